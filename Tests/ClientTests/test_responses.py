"""Kept, background and resumed responses, with the official client of OpenAI as it is, against a real server that is also killed."""

import json
import random
import unittest

import openai

from server import Server
from upstream import MODEL, Upstream

UPSTREAM = None
SERVER = None
WORDS = "well met, Wren, said the innkeeper; what may it be? " * 8


def setUpModule():
    global UPSTREAM, SERVER
    UPSTREAM = Upstream()
    SERVER = Server(UPSTREAM)


def tearDownModule():
    UPSTREAM.gate.set()
    SERVER.close()
    UPSTREAM.close()


def open_client(**options):
    return openai.OpenAI(base_url=f"{SERVER.address}/v1", api_key=SERVER.key, max_retries=0, **options)


def raw(client, identity, after=None):
    """The bytes of a kept stream after an event."""
    options = {} if after is None else {"starting_after": after}
    with client.responses.with_streaming_response.retrieve(identity, stream=True, **options) as response:
        return response.read()


class Received:
    """What has come of a stream: whole events are kept when a connection is cut, and what was half there is not."""

    def __init__(self):
        self.whole = b""
        self.rest = b""

    def add(self, data):
        self.rest += data
        while b"\n\n" in self.rest:
            event, self.rest = self.rest.split(b"\n\n", 1)
            self.whole += event + b"\n\n"

    @property
    def events(self):
        return [json.loads(line[6:]) for line in self.whole.split(b"\n") if line.startswith(b"data: ")]

    @property
    def last(self):
        return self.events[-1]["sequence_number"] if self.whole else None


class StoredResponses(unittest.TestCase):
    def setUp(self):
        UPSTREAM.gate.clear()

    def test_what_was_made_is_there_again(self):
        with open_client() as client:
            for model in ["small", "claude/small"]:
                made = client.responses.create(model=model, input="well met, Wren", metadata={"a": "b"})
                again = client.responses.retrieve(made.id, include=["reasoning.encrypted_content"])
                self.assertEqual(again, made)
                self.assertEqual((again.output_text, again.status, again.model), ("well met, Wren", "completed", MODEL))
            kept = client.responses.create(model="small", input="hi", store=False)
            with self.assertRaises(openai.NotFoundError) as raised:
                client.responses.retrieve(kept.id)
            self.assertEqual(raised.exception.body["message"], f"Response with id '{kept.id}' not found.")

    def test_a_stream_that_was_left_goes_on_and_is_resumed(self):
        with open_client() as client:
            stream = client.responses.create(model="small", input="well gate met, Wren", stream=True)
            events = [next(stream) for _ in range(6)]
            identity = events[0].response.id
            stream.close()
            UPSTREAM.gate.set()
            events += client.responses.retrieve(identity, stream=True, starting_after=events[-1].sequence_number)
            self.assertEqual([event.sequence_number for event in events], list(range(len(events))))
            text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
            self.assertEqual(text, "well gate met, Wren")
            self.assertEqual(events[-1].type, "response.completed")
            with client.responses.stream(response_id=identity, starting_after=3) as stream:
                self.assertEqual([event.sequence_number for event in stream][0], 4)
                self.assertEqual(stream.get_final_response().output_text, text)

    def test_cut_at_any_bytes_and_resumed_it_is_the_uncut_stream(self):
        cuts = 0
        with open_client() as client:
            for seed in range(12):
                chance = random.Random(seed)
                received, identity = Received(), None
                while identity is None or received.events[-1]["type"] != "response.completed":
                    left = chance.randrange(1, 9_000)
                    if identity is None:
                        left += 3_000
                        opened = client.responses.with_streaming_response.create(model="small", input=WORDS, stream=True)
                    else:
                        opened = client.responses.with_streaming_response.retrieve(
                            identity, stream=True, **({} if received.last is None else {"starting_after": received.last}))
                    with opened as response:
                        for data in response.iter_bytes(chance.randrange(1, 700)):
                            received.add(data[:left])
                            left -= len(data)
                            if left <= 0:
                                cuts += 1
                                break
                    received.rest = b""
                    identity = received.events[0]["response"]["id"]
                self.assertEqual(received.whole, raw(client, identity), f"seed {seed}")
        self.assertGreater(cuts, 12)

    def test_in_the_background_it_is_polled(self):
        with open_client() as client:
            response = client.responses.create(model="small", input="well met, Wren", background=True)
            self.assertIn(response.status, ["queued", "in_progress"])
            while response.status in ["queued", "in_progress"]:
                response = client.responses.retrieve(response.id)
            self.assertEqual((response.status, response.output_text), ("completed", "well met, Wren"))

    def test_in_the_background_it_is_streamed(self):
        with open_client() as client:
            stream = client.responses.create(model="small", input="well gate met", background=True, stream=True)
            events = [next(stream) for _ in range(3)]
            self.assertEqual(
                [event.type for event in events], ["response.created", "response.queued", "response.in_progress"])
            stream.close()
            UPSTREAM.gate.set()
            rest = list(client.responses.retrieve(events[0].response.id, stream=True, starting_after=2))
            self.assertEqual(rest[0].sequence_number, 3)
            self.assertEqual(rest[-1].response.output_text, "well gate met")

    def test_it_is_cancelled(self):
        with open_client() as client:
            UPSTREAM.left.clear()
            response = client.responses.create(model="small", input="never ends", background=True, stream=True)
            event = next(response)
            while event.type != "response.output_text.delta":
                if hasattr(event, "response"):
                    identity = event.response.id
                event = next(response)
            self.assertEqual(client.responses.cancel(identity).status, "cancelled")
            self.assertEqual(client.responses.cancel(identity).status, "cancelled")
            self.assertTrue(UPSTREAM.left.wait(30))
            self.assertEqual(list(response)[-1].response.status, "cancelled")
            made = client.responses.create(model="small", input="hi")
            with self.assertRaises(openai.BadRequestError) as raised:
                client.responses.cancel(made.id)
            self.assertIn("Cannot cancel a synchronous response.", raised.exception.message)

    def test_it_is_deleted(self):
        with open_client() as client:
            made = client.responses.create(model="small", input="hi")
            client.responses.delete(made.id)
            for call in [client.responses.retrieve, client.responses.delete, client.responses.input_items.list]:
                with self.assertRaises(openai.NotFoundError):
                    call(made.id)

    def test_another_goes_on_with_it(self):
        with open_client() as client:
            first = client.responses.create(model="small", input="I am Wren.", instructions="Be brief.")
            second = client.responses.create(model="small", input="Who am I?", previous_response_id=first.id)
            sent = [(m["role"], m["content"]) for m in UPSTREAM.requests[-1][2]["messages"]]
            self.assertEqual(sent, [("user", "I am Wren."), ("assistant", "I am Wren."), ("user", "Who am I?")])
            self.assertEqual(second.previous_response_id, first.id)
            # A page at a time, which the client does by itself.
            items = list(client.responses.input_items.list(second.id, limit=1, order="asc"))
            self.assertEqual([item.content[0].text for item in items], ["I am Wren.", "I am Wren.", "Who am I?"])
            with self.assertRaises(openai.BadRequestError) as raised:
                client.responses.create(model="small", input="hi", previous_response_id="resp_" + "0" * 32)
            self.assertEqual(raised.exception.code, "previous_response_not_found")

    def test_a_tool_is_called_and_answered(self):
        tool = {"type": "function", "name": "weather", "parameters": {"type": "object", "properties": {}}, "strict": False}
        with open_client() as client:
            first = client.responses.create(model="small", input="is it warm?", tools=[tool])
            call = first.output[0]
            result = {"type": "function_call_output", "call_id": call.call_id, "output": "7 degrees"}
            client.responses.create(model="small", input=[result], previous_response_id=first.id)
            sent = UPSTREAM.requests[-1][2]["messages"]
            self.assertEqual([message["role"] for message in sent], ["user", "assistant", "tool"])
            self.assertEqual(sent[2]["tool_call_id"], call.call_id)

    def test_bad_numbers_are_refused(self):
        with open_client() as client:
            made = client.responses.create(model="small", input="hi", stream=True)
            last = list(made)[-1]
            self.assertEqual(raw(client, last.response.id, last.sequence_number), b"")
            for number in [-1, last.sequence_number + 1, 10**9]:
                with self.assertRaises(openai.BadRequestError):
                    client.responses.retrieve(last.response.id, stream=True, starting_after=number)


class EndTheServer(unittest.TestCase):
    def test_a_server_that_is_told_to_stop_says_so_in_the_stream(self):
        with open_client() as client:
            stream = client.responses.create(model="small", input="never ends", stream=True)
            events = [next(stream) for _ in range(8)]
            SERVER.stop()
            events += stream
            self.assertEqual(events[-1].response.error.code, "server_restarted")
        SERVER.start()
        with open_client() as client:
            again = list(client.responses.retrieve(events[0].response.id, stream=True))
            self.assertEqual(again, events)

    def test_what_was_delivered_is_there_after_a_kill(self):
        for round in range(3):
            received, delivered, is_whole = Received(), b"", False
            with open_client() as client:
                try:
                    opened = client.responses.with_streaming_response.create(model="small", input="never ends", stream=True)
                    with opened as response:
                        for data in response.iter_bytes():
                            delivered += data
                            received.add(data)
                            if SERVER.process.returncode is None and len(received.events) > 8 + 3 * round:
                                SERVER.kill()
                    is_whole = True
                except Exception:
                    # The connection broke: what came until then is what was delivered.
                    self.assertIsNotNone(SERVER.process.returncode)
            self.assertFalse(is_whole, "the stream ended as if it were whole")
            SERVER.start()
            identity = received.events[0]["response"]["id"]
            with open_client() as client:
                whole = raw(client, identity)
                self.assertTrue(whole.startswith(delivered), "what was delivered is the beginning of what is kept")
                self.assertEqual(received.whole + raw(client, identity, received.last), whole)
                rest = list(client.responses.retrieve(identity, stream=True, starting_after=received.last))
                self.assertEqual(rest[-1].type, "response.failed")
                self.assertEqual(rest[-1].response.error.code, "server_restarted")
                response = client.responses.retrieve(identity)
                text = "".join(event["delta"] for event in received.events if event["type"].endswith("text.delta"))
                self.assertEqual(response.status, "failed")
                self.assertTrue(response.output_text.startswith(text) and text)
            calls = json.loads(SERVER.run("perform", "list_model_calls", "--input", '{"limit": 1}', "--json"))
            self.assertEqual(calls["output"]["items"][0]["state"], "lost", "booked once, as what it may have cost")


if __name__ == "__main__":
    unittest.main()
