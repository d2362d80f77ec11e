"""The examples of each language: how they are built, and how they are started."""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples" / "workers"
WORKERS = ["payment", "notification", "order-status", "loyalty", "mistakes", "tour"]
MISTAKES = ["without-key", "key-in-memory", "own-clock", "remembers-too-early", "swallows-errors"]


def need(program, package):
    if not shutil.which(program):
        raise SystemExit(f"{program} is not installed: apt-get install {package}")
    return program


def build_go(build):
    go = need("go", "golang-go")
    subprocess.run([go, "vet", "./..."], cwd=EXAMPLES / "go", check=True)
    subprocess.run([go, "build", "-o", f"{build}/", "./..."], cwd=EXAMPLES / "go", check=True)


def build_cpp(build):
    compiler = next((name for name in ("c++", "g++", "clang++") if shutil.which(name)), None) or need("g++", "g++")
    for worker in WORKERS:
        subprocess.run([compiler, "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                        str(EXAMPLES / "cpp" / f"{worker}.cpp"), "-o", f"{build}/{worker}"], check=True)


# How to build into a folder, and the words that start a worker of it.
LANGUAGES = {
    "python": (lambda build: None, lambda build, worker: [sys.executable, str(EXAMPLES / "python" / f"{worker}.py")]),
    "javascript": (lambda build: need("node", "nodejs"), lambda build, worker: ["node", str(EXAMPLES / "javascript" / f"{worker}.js")]),
    "go": (build_go, lambda build, worker: [f"{build}/{worker}"]),
    "cpp": (build_cpp, lambda build, worker: [f"{build}/{worker}"]),
}


def command(language, build, name):
    """`name`: a worker, or "mistakes." and the name of one."""
    worker, _, mistake = name.partition(".")
    return LANGUAGES[language][1](build, worker) + ([mistake] if mistake else [])
