"""Whether a list of components is valid CycloneDX and names each library that the programs load."""
import json
import re
import subprocess
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

path, *programs = sys.argv[1:]
text = open(path, encoding="utf-8").read()
bom = json.loads(text)
wrong = []
error = JsonStrictValidator(SchemaVersion.from_version(bom["specVersion"])).validate_str(text)
if error:
    wrong.append(f"not valid: {error}")

references = [component["bom-ref"] for component in bom["components"]] + [bom["metadata"]["component"]["bom-ref"]]
if len(references) != len(set(references)):
    wrong.append("a bom-ref is there twice")
for edge in bom["dependencies"]:
    for reference in [edge["ref"], *edge["dependsOn"]]:
        if reference not in references:
            wrong.append(f"a dependency names {reference}, which is no component")

files = {file["name"] for component in bom["components"] for file in component.get("components", [])}
for program in programs:
    listing = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    real = subprocess.run(["realpath", *re.findall(r"=> (/\S+)", listing)], check=True, capture_output=True, text=True).stdout
    for library in real.split():
        if library.rsplit("/", 1)[1] not in files:
            wrong.append(f"{program} loads {library}, which is not listed")
    if program.rsplit("/", 1)[1] not in references:
        wrong.append(f"{program} is not listed")
# Header-only libraries leave no trace in the programs.
names = " ".join(component["name"] for component in bom["components"])
for part in ["boost", "cli11", "spdlog", "tomlplusplus"]:
    if part not in names:
        wrong.append(f"{part} is not listed")

for line in wrong:
    print(f"{path}: {line}", file=sys.stderr)
if wrong:
    sys.exit(1)
print(f"sbom: CycloneDX {bom['specVersion']}, {len(bom['components'])} components, {len(files)} files")
