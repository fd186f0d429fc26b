"""Calls of the gateway for an answer of a form, and what became of each."""

import collections
import json
import urllib.error
import urllib.request

from forms import FORMS, fits
from llama import MODEL

# As docs/guides/gateway.md has them, for what can happen to a request that is right.
STATUSES = {429, 500, 502, 503, 504}

Call = collections.namedtuple("Call", "number form isStreamed asksUsage tokensMax seed")
# What became of it; of a whole answer its text and, where it was told, what it used.
Reply = collections.namedtuple("Reply", "call kind text usage")


class Unstated(Exception):
    """A reply that nothing in the documentation says."""


def calls(count):
    names = list(FORMS)
    for number in range(count):
        isStreamed, turn = number % 2 == 1, number // 2
        yield Call(
            number, names[turn % len(names)], isStreamed, not isStreamed or turn % 4 < 2,
            tokensMax=[12, 60, 150, 600][turn // len(names) % 4],
            # One with a seed fails again in the same way when it is asked again.
            seed=number if number % 3 == 0 else None)


def ask(server, call):
    body = {
        "model": MODEL, "max_tokens": call.tokensMax, "stream": call.isStreamed,
        "messages": [{"role": "user", "content": f"Answer with {call.form}."}],
        "response_format": {
            "type": "json_schema", "json_schema": {"name": call.form, "strict": True, "schema": FORMS[call.form]}},
    }
    if call.seed is not None:
        body["seed"] = call.seed
    if call.isStreamed and call.asksUsage:
        body["stream_options"] = {"include_usage": True}
    request = urllib.request.Request(
        f"{server.address}/v1/chat/completions", json.dumps(body).encode(),
        {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"})
    try:
        try:
            with urllib.request.urlopen(request, timeout=300) as response:
                read = read_stream if call.isStreamed else read_whole
                return read(call, response.read().decode())
        except urllib.error.HTTPError as refusal:
            return read_refusal(call, refusal.code, refusal.headers, refusal.read())
    except Exception as fault:  # Whatever else it is, nothing stated it.
        return Reply(call, f"UNSTATED: {fault!r}", None, None)


def read_refusal(call, status, headers, body):
    error = json.loads(body).get("error")
    if status not in STATUSES or not isinstance(error, dict) or not error.get("message"):
        raise Unstated(f"{status} {body[:200]}")
    if headers["x-should-retry"] != ("false" if error.get("code") == "upstream_nonsense" else "true"):
        raise Unstated(f"{status} with x-should-retry: {headers['x-should-retry']}")
    kind = "left alone" if "Nobody was asked" in error["message"] else "refused"
    return Reply(call, f"{kind}: {status} {error.get('code') if status != 500 else 'of the model server'}", None, None)


def read_whole(call, body):
    document = json.loads(body)
    [choice] = document["choices"]
    return judge(call, choice["message"]["content"] or "", choice["finish_reason"], document["usage"])


def read_stream(call, body):
    events = [line[len("data: "):] for line in body.split("\n") if line.startswith("data: ")]
    text, reason, usage = "", None, None
    for place, event in enumerate(events):
        if event == "[DONE]":
            if place != len(events) - 1 or reason is None:
                raise Unstated("a mark of the end that is not at the end of an answer")
            if (usage is not None) != call.asksUsage:
                raise Unstated(f"usage {usage}, which was {'' if call.asksUsage else 'not '}asked for")
            return judge(call, text, reason, usage)
        document = json.loads(event)
        if "error" in document:
            if place != len(events) - 1 or not document["error"].get("code"):
                raise Unstated(f"an error that ends nothing: {event}")
            return Reply(call, f"broken off: {document['error']['code']}", None, None)
        usage = document.get("usage") or usage
        for choice in document["choices"]:
            text += choice["delta"].get("content") or ""
            reason = choice.get("finish_reason") or reason
    raise Unstated("a stream without an end")


def judge(call, text, reason, usage):
    if reason == "length":
        if usage and usage["completion_tokens"] != call.tokensMax:
            raise Unstated(f"“length” after {usage['completion_tokens']} of {call.tokensMax} tokens")
        return Reply(call, "ended by length", text, usage)
    try:
        document = json.loads(text)
    except ValueError as fault:
        raise Unstated(f"“{reason}” and no JSON: {fault}") from None
    if reason != "stop" or not fits(document, FORMS[call.form]):
        raise Unstated(f"“{reason}” and not of its form: {text}")
    return Reply(call, "valid", text, usage)
