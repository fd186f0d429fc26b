"""Long silences in streams: the official clients pass over what keeps the connection, and proxies see that it lives."""

import unittest

import anthropic
import httpx
import httpx2
import openai

from server import Server
from upstream import Upstream

UPSTREAM = None
SERVER = None
WORDS = "well gate met, Wren"


def setUpModule():
    global UPSTREAM, SERVER
    UPSTREAM = Upstream()
    SERVER = Server(UPSTREAM, settings={"ARBITER_EVENTS_HEARTBEAT_SECONDS": "1"})


def tearDownModule():
    UPSTREAM.gate.set()
    SERVER.close()
    UPSTREAM.close()


def listening(library, heartbeat):
    """A transport of the HTTP library that a client has. It keeps what comes, and lets the upstream go on when two heartbeats
    were in it."""

    class Heard(library.SyncByteStream):
        def __init__(self, stream, transport):
            self.stream = stream
            self.transport = transport

        def __iter__(self):
            for data in self.stream:
                self.transport.heard += data
                if self.transport.beats >= 2:
                    UPSTREAM.gate.set()
                yield data

        def close(self):
            self.stream.close()

    class Listening(library.HTTPTransport):
        heard = b""

        @property
        def beats(self):
            return self.heard.count(heartbeat)

        def handle_request(self, request):
            response = super().handle_request(request)
            return library.Response(
                response.status_code, headers=response.headers, stream=Heard(response.stream, self))

    return Listening()


class Heartbeats(unittest.TestCase):
    def setUp(self):
        UPSTREAM.gate.clear()

    def openai(self, transport):
        return openai.OpenAI(
            base_url=f"{SERVER.address}/v1", api_key=SERVER.key, max_retries=0,
            http_client=httpx.Client(transport=transport))

    def test_chat(self):
        for model in ["small", "claude/small"]:
            UPSTREAM.gate.clear()
            transport = listening(httpx, b": ping\n\n")
            with self.openai(transport) as client:
                stream = client.chat.completions.create(
                    model=model, messages=[{"role": "user", "content": WORDS}], stream=True)
                text = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
            self.assertEqual(text, WORDS)
            self.assertGreaterEqual(transport.beats, 2)

    def test_messages(self):
        for model in ["small", "claude/small"]:
            UPSTREAM.gate.clear()
            transport = listening(httpx2, b"event: ping\n")
            with anthropic.Anthropic(
                    base_url=SERVER.address, api_key=SERVER.key, max_retries=0,
                    http_client=httpx2.Client(transport=transport)) as client:
                with client.messages.stream(
                        model=model, max_tokens=50, messages=[{"role": "user", "content": WORDS}]) as stream:
                    self.assertEqual(stream.get_final_text(), WORDS)
            self.assertGreaterEqual(transport.beats, 2)

    def test_responses(self):
        for store in [True, False]:
            UPSTREAM.gate.clear()
            transport = listening(httpx, b": ping\n\n")
            with self.openai(transport) as client:
                events = list(client.responses.create(model="small", input=WORDS, stream=True, store=store))
                self.assertEqual([event.sequence_number for event in events], list(range(len(events))))
                self.assertEqual(events[-1].response.output_text, WORDS)
                self.assertGreaterEqual(transport.beats, 2)
                if store:
                    again = list(client.responses.retrieve(events[-1].response.id, stream=True))
                    self.assertEqual(again, events)
