"""A provider on loopback that speaks OpenAI's chat protocol and, below /anthropic, Anthropic's messages.

What it answers depends on what it is asked, so that a test sees what became of its request: with tools it calls the first, with
a schema it fills it, and else it says the last words of the request again, word by word. "cut" breaks off in the middle, "busy"
is refused with a time to come back, and after the word "gate" it waits until the test lets it go on.
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL = "small-2026"
USAGE = {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}


class Upstream:
    def __init__(self):
        self.requests = []
        self.left = threading.Event()
        self.gate = threading.Event()
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                self.whole(200, {"data": [{"id": "small"}, {"id": "large"}]})

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                upstream.requests.append((self.path, dict(self.headers), body))
                if self.path.startswith("/anthropic"):
                    self.messages(body)
                elif self.path.endswith("/embeddings"):
                    vectors = [{"object": "embedding", "index": 0, "embedding": [0.25, -0.5]}]
                    usage = {"prompt_tokens": 2, "total_tokens": 2}
                    self.whole(200, {"object": "list", "data": vectors, "model": "e", "usage": usage})
                else:
                    self.chat(body)

            # --- OpenAI's chat protocol

            def chat(self, body):
                words = last_words(body["messages"])
                if words == "busy":
                    return self.whole(
                        429, {"error": {"message": "slow down", "type": "tokens", "code": "rate"}}, {"Retry-After": "11"})
                message, reason = {"role": "assistant", "content": words}, "stop"
                if body.get("tools"):
                    function = {"name": body["tools"][0]["function"]["name"], "arguments": '{"place": "Køge"}'}
                    call = {"id": "call_1", "type": "function", "function": function}
                    message, reason = {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls"
                elif body.get("response_format"):
                    message["content"] = '{"place": "Køge", "degrees": 7}'
                if not body.get("stream"):
                    choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
                    return self.whole(
                        200,
                        {"id": "c1", "object": "chat.completion", "created": 1, "model": MODEL, "choices": [choice],
                         "usage": USAGE, "odd": {"kept": True}})
                self.begin("text/event-stream")
                self.chunk({"role": "assistant"})
                if message.get("tool_calls"):
                    call = message["tool_calls"][0]
                    head = dict(call, index=0, function=dict(call["function"], arguments=""))
                    self.chunk({"tool_calls": [head]})
                    for piece in ['{"place": ', '"Køge"}']:
                        self.chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
                else:
                    for piece in pieces(message["content"]):
                        self.chunk({"content": piece})
                        if words == "cut here please" and piece == "here ":
                            return self.break_off()
                        if words == "never ends" and piece == "never ":
                            return self.wait_for_departure()
                        if piece == "gate ":
                            upstream.gate.wait(60)
                self.chunk({}, finish_reason=reason)
                self.event(json.dumps({"model": MODEL, "choices": [], "usage": USAGE}))
                self.event("[DONE]")
                self.end()

            def chunk(self, delta, finish_reason=None):
                choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
                self.event(json.dumps(
                    {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice],
                     "usage": None}))

            # --- Anthropic's messages protocol

            def messages(self, body):
                words = last_words(body["messages"])
                usage = {"input_tokens": 11, "output_tokens": 3}
                blocks, reason = [{"type": "text", "text": words}], "end_turn"
                if body.get("tools"):
                    use = {"type": "tool_use", "id": "toolu_1", "name": body["tools"][0]["name"]}
                    blocks, reason = [dict(use, input={"place": "Køge"})], "tool_use"
                message = {"id": "m1", "type": "message", "role": "assistant", "model": MODEL, "content": blocks,
                           "stop_reason": reason, "stop_sequence": None, "usage": usage}
                if not body.get("stream"):
                    return self.whole(200, message)
                self.begin("text/event-stream")
                self.named({"type": "message_start", "message": dict(message, content=[], stop_reason=None)})
                block = blocks[0]
                if block["type"] == "text":
                    self.named({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}})
                    for piece in pieces(words):
                        self.named({"type": "content_block_delta", "index": 0,
                                    "delta": {"type": "text_delta", "text": piece}})
                        if words == "cut here please" and piece == "here ":
                            return self.break_off()
                        if piece == "gate ":
                            upstream.gate.wait(60)
                else:
                    self.named({"type": "content_block_start", "index": 0, "content_block": dict(block, input={})})
                    self.named({"type": "content_block_delta", "index": 0,
                                "delta": {"type": "input_json_delta", "partial_json": '{"place": "Køge"}'}})
                self.named({"type": "content_block_stop", "index": 0})
                self.named({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None},
                            "usage": {"output_tokens": 3}})
                self.named({"type": "message_stop"})
                self.end()

            def named(self, event):
                self.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n")

            # --- the wire

            def whole(self, status, document, headers=None):
                body = json.dumps(document).encode()
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def begin(self, kind):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()

            def event(self, data):
                self.write(f"data: {data}\n\n")

            def write(self, text):
                data = text.encode()
                self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                self.wfile.flush()

            def end(self):
                self.wfile.write(b"0\r\n\r\n")

            def break_off(self):
                self.close_connection = True

            def wait_for_departure(self):
                """Says a word now and then until nobody listens any more."""
                self.close_connection = True
                try:
                    while True:
                        self.chunk({"content": "on "})
                        time.sleep(0.05)
                except OSError:
                    upstream.left.set()

        self.server = Listener(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Listener(ThreadingHTTPServer):
    def handle_error(self, request, address):
        """A server that is killed resets its connections, which is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, address)


def last_words(messages):
    content = messages[-1]["content"]
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if part.get("type") == "text")


def pieces(text):
    words = text.split(" ")
    return [word + " " for word in words[:-1]] + [words[-1]]
