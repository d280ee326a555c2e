"""A receiver of events for the step `api`: holds each against the example of the page, against a library
for HTTP Message Signatures, and against the SDK of CloudEvents. Says its address, reads its secret,
and ends when it knows enough types."""

import importlib.util
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from cloudevents.http import from_http
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms

spec = importlib.util.spec_from_file_location("example", sys.argv[1])
example = importlib.util.module_from_spec(spec)
spec.loader.exec_module(example)
types_wanted = int(sys.argv[2])
types, events = set(), 0


class Keys(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id):
        return secret.encode()


class Message:
    def __init__(self, handler):
        self.method, self.url, self.headers = handler.command, address, dict(handler.headers)


def check(handler, body):
    assert example.is_ours(secret, address, handler.headers, body), "the example refuses it"
    assert not example.is_ours(secret, address, handler.headers, body + b" "), "another body"
    assert not example.is_ours(secret, address + "x", handler.headers, body), "another address"
    assert not example.is_ours(secret[1:], address, handler.headers, body), "another secret"
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.HMAC_SHA256, key_resolver=Keys()
    )
    covered = verifier.verify(Message(handler))[0].covered_components
    for name in ("@method", "@target-uri", "content-type", "content-digest"):
        assert '"%s"' % name in covered, name
    event = from_http(dict(handler.headers), body)
    assert event["source"].startswith("urn:nld:") and event["specversion"] == "1.0"
    assert event["subject"] == event.data["number"] and event["dataref"].endswith(event["subject"])
    return event["type"]


class Receiver(BaseHTTPRequestHandler):
    def do_OPTIONS(self):
        assert self.headers["WebHook-Request-Origin"]
        self.send_response(200)
        self.send_header("WebHook-Allowed-Origin", self.headers["WebHook-Request-Origin"])
        self.end_headers()

    def do_POST(self):
        global events
        body = self.rfile.read(int(self.headers["Content-Length"]))
        types.add(check(self, body))
        events += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(HTTPServer):
    timeout = 60

    def handle_timeout(self):
        sys.exit("nothing was sent for a minute, after %d types" % len(types))

    def handle_error(self, request, client_address):
        # What is not as it should be ends the step.
        raise


server = Server(("127.0.0.1", 0), Receiver)
address = "http://127.0.0.1:%d/events?of=demo" % server.server_port
print(address, flush=True)
secret = sys.stdin.readline().strip()
while len(types) < types_wanted:
    server.handle_request()
print("%d events of %d types" % (events, len(types)))
