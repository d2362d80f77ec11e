"""An OpenTelemetry receiver for tests: OTLP over HTTP as JSON, read strictly by protobuf's classes and by OTLP's own rules.

otlp_receiver.py [PORT] [--tls CERTIFICATE KEY [--client-ca FILE]]
  says "listening: PORT" on standard error, and before it, with --tls, "listening with TLS: PORT"
POST /v1/traces, /v1/metrics, /v1/logs   as of a collector
PUT /mode {"mode": …}     what the next requests meet: ok, status (with "status" and "retry_after"), html, partial (with
                          "rejected"), garbage (no HTTP), hang
GET /report               what came: requests, mistakes in them, spans, metrics, log records, resources
"""
import argparse
import base64
import json
import re
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

lock = threading.Lock()
mode = {"mode": "ok"}
report = {"requests": 0, "mistakes": [], "spans": [], "metrics": [], "logs": [], "resources": [], "headers": {}, "answers": [],
          "tls": {}}
ids = {"traceId": 32, "spanId": 16, "parentSpanId": 16}
times = {"startTimeUnixNano", "endTimeUnixNano", "timeUnixNano", "observedTimeUnixNano"}


def unique(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a name twice: {names}"
    return dict(pairs)


def checked(value):
    """What protobuf's JSON leaves open or does otherwise: ids are hexadecimal, never zero; times are strings."""
    if isinstance(value, list):
        return [checked(one) for one in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for name, one in value.items():
        if name in ids:
            assert re.fullmatch("[0-9a-f]{%d}" % ids[name], one) and int(one, 16) != 0, f"{name}: {one}"
            out[name] = base64.b64encode(bytes.fromhex(one)).decode()
            continue
        if name in times or name in ("intValue", "count"):
            assert isinstance(one, str) and re.fullmatch("-?[0-9]+", one), f"{name} must be a string: {one}"
        if name in ("kind", "aggregationTemporality", "severityNumber"):
            assert isinstance(one, int), f"{name} must be a number: {one}"
        if name == "kind":
            assert 1 <= one <= 5, one
        if name == "attributes":
            keys = [attribute["key"] for attribute in one]
            assert len(keys) == len(set(keys)) and all(keys), f"a key twice, or none: {keys}"
        out[name] = checked(one)
    return out


def attributes(of):
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in of}


def take_spans(message):
    for resource in message.resource_spans:
        report["resources"].append(attributes(resource.resource.attributes))
        for scope in resource.scope_spans:
            assert scope.scope.name == "orderlab" and scope.schema_url.startswith("https://opentelemetry.io/schemas/"), scope
            for span in scope.spans:
                assert span.trace_id and span.span_id and span.name, span
                assert 0 < span.start_time_unix_nano <= span.end_time_unix_nano, span
                assert all(link.trace_id and link.span_id for link in span.links), span
                report["spans"].append({
                    "trace": span.trace_id.hex(), "id": span.span_id.hex(), "parent": span.parent_span_id.hex(), "name": span.name,
                    "kind": span.kind, "start": span.start_time_unix_nano // 1000, "end": span.end_time_unix_nano // 1000,
                    "attributes": attributes(span.attributes), "error": span.status.code == 2, "message": span.status.message,
                    "events": [{"name": event.name, "attributes": attributes(event.attributes)} for event in span.events],
                    "links": [{"trace": link.trace_id.hex(), "span": link.span_id.hex()} for link in span.links]})


def take_metrics(message):
    for resource in message.resource_metrics:
        report["resources"].append(attributes(resource.resource.attributes))
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                kind = metric.WhichOneof("data")
                data = getattr(metric, kind)
                assert metric.name and kind in ("sum", "gauge", "histogram"), metric
                assert kind == "gauge" or data.aggregation_temporality == 2, metric
                assert kind != "sum" or data.is_monotonic, metric
                points = []
                for point in data.data_points:
                    assert point.time_unix_nano > 0, metric
                    if kind == "histogram":
                        assert len(point.bucket_counts) == len(point.explicit_bounds) + 1, metric
                        assert sum(point.bucket_counts) == point.count, metric
                        assert list(point.explicit_bounds) == sorted(set(point.explicit_bounds)), metric
                    points.append({"attributes": attributes(point.attributes),
                                   "value": point.count if kind == "histogram" else point.as_double})
                report["metrics"].append({"name": metric.name, "kind": kind, "unit": metric.unit, "points": points})


def take_logs(message):
    for resource in message.resource_logs:
        report["resources"].append(attributes(resource.resource.attributes))
        for scope in resource.scope_logs:
            for record in scope.log_records:
                assert record.time_unix_nano > 0 and 1 <= record.severity_number <= 24, record
                report["logs"].append({"body": record.body.string_value, "severity": record.severity_number,
                                       "trace": record.trace_id.hex(), "span": record.span_id.hex(),
                                       "attributes": attributes(record.attributes)})


kinds = {"/v1/traces": (ExportTraceServiceRequest, take_spans), "/v1/metrics": (ExportMetricsServiceRequest, take_metrics),
         "/v1/logs": (ExportLogsServiceRequest, take_logs)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, content_type="application/json", **headers):
        body = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with lock:
            body = json.dumps(report)
        self.answer(200, body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with lock:
            mode.clear()
            mode.update(json.loads(body))
        self.answer(200, "{}")

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # The sender went away: that is no request.
            self.close_connection = True
            return
        with lock:
            now = dict(mode)
            report["requests"] += 1
            report["headers"] = dict(self.headers)
            report["answers"].append(now["mode"])
            if isinstance(self.connection, ssl.SSLSocket):
                peer = dict(pair for name in (self.connection.getpeercert() or {}).get("subject", ()) for pair in name)
                report["tls"] = {"version": self.connection.version(), "client": peer.get("commonName", "")}
            if now["mode"] in ("ok", "partial"):  # Others have not taken it.
                try:
                    assert self.headers["Content-Type"] == "application/json", self.headers
                    document = json.loads(body.decode("utf-8", "strict"), object_pairs_hook=unique)  # One alone.
                    message, take = kinds[self.path]
                    take(json_format.ParseDict(checked(document), message()))
                except Exception as mistake:  # pylint: disable=broad-except
                    report["mistakes"].append(f"{type(mistake).__name__}: {mistake}"[:2000])
        if now["mode"] == "hang":
            time.sleep(600)
        elif now["mode"] == "garbage":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
            self.close_connection = True
        elif now["mode"] == "html":
            self.answer(200, "<html>Welcome to the hotel</html>", "text/html")
        elif now["mode"] == "status":
            more = {"Retry_After": now["retry_after"]} if "retry_after" in now else {}
            self.answer(now["status"], "not this", "text/plain", **more)
        elif now["mode"] == "partial":
            self.answer(200, json.dumps({"partialSuccess": {"rejectedSpans": str(now["rejected"]), "errorMessage": "no"}}))
        else:
            self.answer(200, "{}")


parser = argparse.ArgumentParser()
parser.add_argument("port", nargs="?", type=int, default=0)
parser.add_argument("--tls", nargs=2)
parser.add_argument("--client-ca")
arguments = parser.parse_args()
ThreadingHTTPServer.daemon_threads = True
if arguments.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*arguments.tls)
    if arguments.client_ca:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(arguments.client_ca)
    secure = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=secure.serve_forever, daemon=True).start()
    print(f"listening with TLS: {secure.server_port}", file=sys.stderr, flush=True)
server = ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
print(f"listening: {server.server_port}", file=sys.stderr, flush=True)
server.serve_forever()
