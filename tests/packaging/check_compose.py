"""Whether compose.yaml fits together and fits the programs: what its schema cannot know."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML

path, program = sys.argv[1:]
here = os.path.dirname(path)
text = open(path, encoding="utf-8").read()
compose = YAML(typ="safe").load(text)
services = compose["services"]
wrong = []

# Settings: a name that the program does not know would be ignored in silence.
known = subprocess.run([program, "serve", "--help"], check=True, capture_output=True, text=True).stdout
container = open(f"{here}/Containerfile", encoding="utf-8").read()
for name in sorted(set(re.findall(r"\b(?:ORDERLAB|OTEL)_[A-Z_]+\b", text + container)) - {"ORDERLAB_API_TOKEN"}):
    if f"Env:{name})" not in known:
        wrong.append(f"orderlabd serve does not know {name}")
version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
if services["api"]["image"] != f"orderlab:{version}":
    wrong.append(f"the image is {services['api']['image']}, the program's version {version}")
partitions = int(re.search(r"--partitions .*?(?:=|\[)(\d+)", known)[1])
if services["worker"]["deploy"]["replicas"] > partitions:
    wrong.append(f"some workers would have no partition: a topic has {partitions}")

for name, service in services.items():
    if not re.search(r":v?\d+(\.\d+)*$", service["image"]):
        wrong.append(f"{name}: the version of {service['image']} is not said")
    for port in service.get("ports", []):
        if not port.startswith("127.0.0.1:"):
            wrong.append(f"{name}: port {port} is open to the network")
    for other, condition in service.get("depends_on", {}).items():
        if other not in services:
            wrong.append(f"{name} depends on {other}, which is no service")
        elif "profiles" in services[other] and condition.get("required", True):
            wrong.append(f"{name} cannot start without the profile of {other}")
        elif condition["condition"] == "service_healthy" and not (
                "healthcheck" in services[other] or "Containerfile" in str(services[other].get("build"))):
            wrong.append(f"{name} waits for the health of {other}, which has no health check")
    for config in service.get("configs", []):
        if config["source"] not in compose["configs"]:
            wrong.append(f"{name}: config {config['source']} is not defined")
for name, config in compose["configs"].items():
    if "file" in config and not os.path.isfile(os.path.join(here, config["file"])):
        wrong.append(f"config {name}: {config['file']} does not exist")
profiles = {profile for service in services.values() for profile in service.get("profiles", [])}
asked = re.search(r"^COMPOSE_PROFILES=(.*)$", open(f"{here}/.env", encoding="utf-8").read(), re.M)[1].split(",")
if profiles != set(asked):
    wrong.append(f".env asks for {sorted(asked)}, there are {sorted(profiles)}")

# Addresses inside: host and port of each must be a service and where it listens.
settings = services["worker"]["environment"]
collector = open(f"{here}/otel-collector.yaml", encoding="utf-8").read()
for name, listening in [("ORDERLAB_KAFKA_BROKERS", services["kafka"]["environment"]["KAFKA_LISTENERS"]),
                        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector)]:
    host, port = re.search(r"([a-z-]+):(\d+)", re.sub(r"\$\{\w+:?-|http://", "", settings[name])).groups()
    if host not in services or f":{port}" not in listening:
        wrong.append(f"{name}: nothing listens at {settings[name]}")
for name in ["api", "worker"]:
    if name not in services[name]["environment"]["ORDERLAB_ALLOWED_HOSTS"].split(","):
        wrong.append(f"{name} refuses requests by its own name")
    if f"{name}" not in open(f"{here}/prometheus.yml", encoding="utf-8").read():
        wrong.append(f"Prometheus does not scrape {name}")

with tempfile.TemporaryDirectory() as scratch:
    for config in services["prometheus"]["configs"]:
        source = compose["configs"][config["source"]]
        target = os.path.join(scratch, os.path.basename(config["target"]))
        if "file" in source:
            shutil.copy(os.path.join(here, source["file"]), target)
        else:
            open(target, "w", encoding="utf-8").write(source["content"])
    check = subprocess.run(["promtool", "check", "config", f"{scratch}/prometheus.yml"], capture_output=True, text=True)
    if check.returncode != 0 or "rules found" not in check.stdout:
        wrong.append(f"prometheus.yml: {check.stdout}{check.stderr}")

for line in wrong:
    print(f"{path}: {line}", file=sys.stderr)
if wrong:
    sys.exit(1)
print(f"compose: {len(services)} services, {len(profiles)} profiles")
