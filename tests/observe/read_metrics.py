#!/usr/bin/python3
"""Reads metrics with the parsers of Python's prometheus_client, which are not ours.

read_metrics.py page URL          {"text": {name: type}, "open": {name: type}, "exemplars": n, "differences": [...]}
read_metrics.py exemplars URL Q   what a Prometheus has of the exemplars of query Q
"""
import json
import sys
import time
import urllib.parse
import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as text_families


def get(url, accept):
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.headers["Content-Type"], response.read().decode()


def page(url):
    text_type, text = get(url, "text/plain")
    open_type, open_text = get(url, "application/openmetrics-text; version=1.0.0")
    assert text_type.startswith("text/plain; version=0.0.4"), text_type
    assert open_type.startswith("application/openmetrics-text; version=1.0.0"), open_type
    of_text, of_open = list(text_families(text)), list(open_families(open_text))
    exemplars = [s for f in of_open for s in f.samples if s.exemplar]
    for sample in exemplars:
        assert sample.name.endswith(("_total", "_bucket")), sample
        assert sample.exemplar.labels["entry"].isdigit(), sample
    # The same series, but those that began between the two.
    keys = [{(s.name, tuple(sorted(s.labels.items()))) for f in families for s in f.samples if s.labels.get("route") != "/metrics"}
            for families in (of_text, of_open)]
    # A bound of 1 is "1" to one format and "1.0" to the other.
    keys = [{(n, tuple((k, str(float(v)) if k == "le" else v) for k, v in labels)) for n, labels in each} for each in keys]
    return {"text": {f.name: f.type for f in of_text}, "open": {f.name: f.type for f in of_open},
            "exemplars": len(exemplars), "differences": sorted(map(str, keys[0] ^ keys[1]))}


def exemplars(url, query):
    now = time.time()
    arguments = urllib.parse.urlencode({"query": query, "start": now - 600, "end": now + 60})
    with urllib.request.urlopen(f"{url}/api/v1/query_exemplars?{arguments}", timeout=30) as response:
        return json.load(response)["data"]


print(json.dumps({"page": page, "exemplars": exemplars}[sys.argv[1]](*sys.argv[2:])))
