"""A real llama.cpp server with random weights behind the gateway of a real server: it writes anything that a form allows, and
some things that its own server cannot read.

`bin/test --suite models` installs llama.cpp and runs this. How the calls ended stands below the tests.
"""

import collections
import concurrent.futures
import json
import unittest

import replies
from forms import ENDLESS, FORMS
from llama import MODEL, Llama
from server import Server

CALLS = 300
TURNS = ["I look around.", "I cast fireball at the goblins.", "I run."]
OUTCOMES = {"executed", "told", "classic", "refused", "execution_failed", "model_unavailable"}

LLAMA = None
SERVER = None
REPLIES = []
SEEN = collections.Counter()


def setUpModule():
    global LLAMA, SERVER, REPLIES
    LLAMA = Llama()
    SERVER = Server(LLAMA, model=MODEL, connections=[("llama", "/v1")])
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        REPLIES = list(pool.map(lambda call: replies.ask(SERVER, call), replies.calls(CALLS)))
    SEEN.update(f"replies, {reply.kind}" for reply in REPLIES)


def tearDownModule():
    SERVER.close()
    LLAMA.close()
    for what, count in sorted(SEEN.items()):
        print(f"{count:5} {what}")


class Replies(unittest.TestCase):
    def test_every_reply_is_handled_in_a_stated_way(self):
        self.assertEqual(len(REPLIES), CALLS)
        self.assertEqual([reply for reply in REPLIES if reply.kind.startswith("UNSTATED")], [])

    def test_each_form_is_filled_and_cut_both_streamed_and_whole(self):
        seen = {(reply.call.form, reply.call.isStreamed, reply.kind) for reply in REPLIES}
        for form in FORMS:
            for isStreamed in [True, False]:
                for kind in ["ended by length"] + (["valid"] if form != ENDLESS else []):
                    self.assertIn((form, isStreamed, kind), seen)

    def test_proposals_are_checked_whatever_they_say(self):
        """A proposal of the right form is one that can be carried out, or one of which every fault has a name."""
        proposals = [reply.text for reply in REPLIES if reply.call.form == "proposal" and reply.kind == "valid"]
        SERVER.attempt("campaign", "import", "--sample")
        for text in proposals[:12]:
            done = SERVER.attempt("plan", "check", "-", "--campaign", "ashford_mill", "--json", input=text)
            answer = json.loads(done.stdout)
            self.assertIn(done.returncode, [0, 1], done.stderr)
            faults = [fault["code"] for fault in answer.get("faults", [])]
            self.assertEqual(done.returncode == 0, not faults, answer)
            SEEN.update([f"proposals, {faults[0] if faults else 'executable'}"])


class TurnsOfPlay(unittest.TestCase):
    def test_every_turn_ends_in_a_named_outcome(self):
        """Nothing holds this model to the form of a proposal: what it says is no JSON, twice, and then a story is told."""
        for words in TURNS:
            done = SERVER.attempt("play", words, "--json")
            self.assertIn(done.returncode, [0, 1], done.stderr)
            run = json.loads(done.stdout)
            self.assertIn(run["outcome"], OUTCOMES, run)
            SEEN.update([f"turns, {run['outcome']}"])


class WhatIsBooked(unittest.TestCase):
    def test_every_attempt_is_settled_with_the_tokens_that_were_told(self):
        SERVER.stop()
        try:
            books = SERVER.calls()
        finally:
            SERVER.start()
        for row in books:
            SEEN.update([f"attempts of {row['surface']}, {row['state']} {row.get('errorKind') or ''}".rstrip()])
            self.assertIn(row["state"], ["finished", "failed", "cut"])
        rows = [row for row in books if row["surface"] == "gateway"]
        asked = [reply for reply in REPLIES if not reply.kind.startswith("left alone")]
        self.assertEqual(len({row["call"] for row in rows}), len(asked))
        whole = [reply for reply in REPLIES if reply.text is not None]
        finished = [row for row in rows if row["state"] == "finished"]
        self.assertEqual(len(finished), len(whole))
        told = collections.Counter(
            (reply.usage["prompt_tokens"], reply.usage["completion_tokens"]) for reply in whole if reply.usage)
        booked = collections.Counter((row["inputTokens"], row["outputTokens"]) for row in finished)
        self.assertEqual(told - booked, collections.Counter())
        self.assertEqual((booked - told).total(), len([reply for reply in whole if not reply.usage]))


if __name__ == "__main__":
    unittest.main()
