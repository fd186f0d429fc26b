"""The official Python clients of OpenAI and Anthropic, as they are, against the gateway of a real server.

`bin/test --suite clients` installs the clients and runs this.
"""

import base64
import json
import unittest

import anthropic
import openai
from pydantic import BaseModel

from server import Server
from upstream import MODEL, Upstream

UPSTREAM = None
SERVER = None


def setUpModule():
    global UPSTREAM, SERVER
    UPSTREAM = Upstream()
    SERVER = Server(UPSTREAM)


def tearDownModule():
    SERVER.close()
    UPSTREAM.close()


def open_openai(**options):
    return openai.OpenAI(base_url=f"{SERVER.address}/v1", api_key=SERVER.key, **options)


def open_anthropic(**options):
    return anthropic.Anthropic(base_url=SERVER.address, api_key=SERVER.key, **options)


def said(words):
    return [{"role": "user", "content": words}]


WEATHER = {"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]}
TOOLS = [{"type": "function", "function": {"name": "weather", "description": "Tells it.", "parameters": WEATHER}}]


class Weather(BaseModel):
    place: str
    degrees: int


class OpenAIClient(unittest.TestCase):
    """Models by their wire: "small" is behind OpenAI's protocol, "claude/small" behind Anthropic's."""

    models = ["small", "claude/small"]

    def test_chat(self):
        with open_openai() as client:
            for model in self.models:
                answer = client.chat.completions.create(model=model, messages=said("well met, Wren"))
                self.assertEqual(answer.choices[0].message.content, "well met, Wren")
                self.assertEqual(answer.choices[0].finish_reason, "stop")
                self.assertEqual(answer.model, MODEL)
                self.assertEqual((answer.usage.prompt_tokens, answer.usage.completion_tokens), (11, 3))

    def test_what_is_not_known_survives(self):
        with open_openai() as client:
            answer = client.chat.completions.create(model="small", messages=said("hi"), extra_body={"odd": [1, {"a": 2}]})
            self.assertEqual(UPSTREAM.requests[-1][2]["odd"], [1, {"a": 2}])
            self.assertEqual(answer.model_extra["odd"], {"kept": True})

    def test_streaming(self):
        with open_openai() as client:
            for model in self.models:
                stream = client.chat.completions.create(
                    model=model, messages=said("well met, Wren"), stream=True, stream_options={"include_usage": True})
                chunks = list(stream)
                text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
                self.assertEqual(text, "well met, Wren")
                self.assertEqual(chunks[-1].usage.completion_tokens, 3)
                self.assertEqual(len({chunk.id for chunk in chunks if chunk.choices}), 1)

    def test_tools(self):
        with open_openai() as client:
            for model in self.models:
                answer = client.chat.completions.create(model=model, messages=said("is it warm?"), tools=TOOLS)
                call = answer.choices[0].message.tool_calls[0]
                self.assertEqual((call.function.name, json.loads(call.function.arguments)), ("weather", {"place": "Køge"}))
                self.assertEqual(answer.choices[0].finish_reason, "tool_calls")
                with client.chat.completions.stream(model=model, messages=said("is it warm?"), tools=TOOLS) as stream:
                    final = stream.get_final_completion()
                call = final.choices[0].message.tool_calls[0]
                self.assertEqual((call.function.name, json.loads(call.function.arguments)), ("weather", {"place": "Køge"}))

    def test_structured_output(self):
        with open_openai() as client:
            answer = client.chat.completions.parse(model="small", messages=said("how warm?"), response_format=Weather)
            self.assertEqual(answer.choices[0].message.parsed, Weather(place="Køge", degrees=7))
            schema = UPSTREAM.requests[-1][2]["response_format"]["json_schema"]["schema"]
            self.assertEqual(list(schema["properties"]), ["place", "degrees"], "in the order of the client")

    def test_images(self):
        picture = base64.b64encode(b"\x89PNG").decode()
        content = [
            {"type": "text", "text": "what is it?"},
            {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{picture}"}},
        ]
        with open_openai() as client:
            client.chat.completions.create(model="claude/small", messages=[{"role": "user", "content": content}])
            sent = UPSTREAM.requests[-1][2]["messages"][0]["content"][1]
            self.assertEqual(sent["source"], {"type": "base64", "media_type": "image/png", "data": picture})

    def test_responses(self):
        with open_openai() as client:
            for model in self.models:
                answer = client.responses.create(model=model, input="well met, Wren", store=False)
                self.assertEqual(answer.output_text, "well met, Wren")
                with client.responses.stream(model=model, input="well met, Wren", store=False) as stream:
                    events = list(stream)
                    self.assertEqual(stream.get_final_response().output_text, "well met, Wren")
                numbers = [event.sequence_number for event in events if hasattr(event, "sequence_number")]
                self.assertEqual(numbers, sorted(set(numbers)))

    def test_embeddings(self):
        with open_openai() as client:
            answer = client.embeddings.create(model="small", input="hi", encoding_format="float")
            self.assertEqual(answer.data[0].embedding, [0.25, -0.5])

    def test_models(self):
        with open_openai() as client:
            self.assertEqual([m.id for m in client.models.list()], ["default", "small", "large", "claude/small", "claude/large"])
            self.assertEqual(client.models.retrieve("large").id, "large")

    def test_a_stream_that_is_cut_raises(self):
        with open_openai() as client:
            for model in self.models:
                text = ""
                with self.assertRaises(openai.APIError):
                    for chunk in client.chat.completions.create(
                        model=model, messages=said("cut here please"), stream=True
                    ):
                        text += chunk.choices[0].delta.content or ""
                self.assertEqual(text, "cut here ")

    def test_refusals_keep_what_the_provider_said(self):
        with open_openai(max_retries=0) as client:
            with self.assertRaises(openai.RateLimitError) as raised:
                client.chat.completions.create(model="small", messages=said("busy"))
            self.assertEqual(raised.exception.response.headers["retry-after"], "11")
            self.assertEqual(raised.exception.code, "rate")

    def test_faults_of_the_client(self):
        with open_openai(max_retries=0) as client:
            with self.assertRaises(openai.NotFoundError):
                client.chat.completions.create(model="nobody", messages=said("hi"))
            with self.assertRaises(openai.BadRequestError) as raised:
                client.chat.completions.create(model="small", messages=said("hi"), max_tokens=-1)
            self.assertEqual(raised.exception.param, "/max_tokens")
        with openai.OpenAI(base_url=f"{SERVER.address}/v1", api_key="sk-none", max_retries=0) as client:
            with self.assertRaises(openai.AuthenticationError):
                client.chat.completions.create(model="small", messages=said("hi"))

    def test_a_client_who_leaves_stops_the_provider(self):
        UPSTREAM.left.clear()
        with open_openai() as client:
            stream = client.chat.completions.create(model="small", messages=said("never ends"), stream=True)
            next(iter(stream))
            next(iter(stream))
            stream.close()
        self.assertTrue(UPSTREAM.left.wait(30))


class AnthropicClient(unittest.TestCase):
    models = ["claude/small", "small"]

    def test_messages(self):
        with open_anthropic() as client:
            for model in self.models:
                answer = client.messages.create(model=model, max_tokens=50, messages=said("well met, Wren"))
                self.assertEqual(answer.content[0].text, "well met, Wren")
                self.assertEqual(answer.stop_reason, "end_turn")
                self.assertEqual((answer.usage.input_tokens, answer.usage.output_tokens), (11, 3))

    def test_streaming(self):
        with open_anthropic() as client:
            for model in self.models:
                with client.messages.stream(model=model, max_tokens=50, messages=said("well met, Wren")) as stream:
                    self.assertEqual("".join(stream.text_stream), "well met, Wren")
                    self.assertEqual(stream.get_final_message().usage.output_tokens, 3)

    def test_tools(self):
        tools = [{"name": "weather", "description": "Tells it.", "input_schema": WEATHER}]
        with open_anthropic() as client:
            for model in self.models:
                answer = client.messages.create(model=model, max_tokens=50, messages=said("is it warm?"), tools=tools)
                self.assertEqual((answer.content[0].name, answer.content[0].input), ("weather", {"place": "Køge"}))
                self.assertEqual(answer.stop_reason, "tool_use")
                results = [
                    {"role": "assistant", "content": answer.content},
                    {"role": "user", "content": [
                        {"type": "tool_result", "tool_use_id": answer.content[0].id, "content": "7 degrees"}]},
                    {"role": "user", "content": "and so?"},
                ]
                final = client.messages.create(model=model, max_tokens=50, messages=said("is it warm?") + results)
                self.assertEqual(final.content[0].text, "and so?")

    def test_models(self):
        with open_anthropic() as client:
            self.assertIn("claude/small", [model.id for model in client.models.list()])

    def test_a_stream_that_is_cut_raises(self):
        with open_anthropic() as client:
            for model in self.models:
                with self.assertRaises(anthropic.APIError):
                    with client.messages.stream(model=model, max_tokens=50, messages=said("cut here please")) as stream:
                        stream.get_final_message()

    def test_faults_of_the_client(self):
        with open_anthropic(max_retries=0) as client:
            with self.assertRaises(anthropic.NotFoundError):
                client.messages.create(model="nobody", max_tokens=5, messages=said("hi"))
        with anthropic.Anthropic(base_url=SERVER.address, api_key="sk-ant-none", max_retries=0) as client:
            with self.assertRaises(anthropic.AuthenticationError):
                client.messages.create(model="small", max_tokens=5, messages=said("hi"))


class TheBooks(unittest.TestCase):
    def test_every_call_is_in_them_once(self):
        before = self.calls()
        with open_openai() as client:
            client.chat.completions.create(model="small", messages=said("hi"))
            with client.chat.completions.stream(model="small", messages=said("hi there")) as stream:
                stream.get_final_completion()
        after = self.calls()
        self.assertEqual(len(after) - len(before), 2)

    @staticmethod
    def calls():
        answer = SERVER.run("perform", "list_model_calls", "--input", json.dumps({"limit": 100}), "--json")
        return json.loads(answer)["output"]["items"]


if __name__ == "__main__":
    unittest.main()
