"""An Arbiter that serves a new data folder, connected to an upstream, with a key for programs."""

import json
import os
import re
import subprocess
import tempfile
import threading


class Server:
    def __init__(self, upstream, model="small", connections=(("mine", "/v1"), ("claude", "/anthropic/v1")), settings=None):
        """Each connection is a name and a path at the upstream; settings are variables of the environment."""
        self.program = os.environ["ARBITER_PROGRAM"]
        self.folder = tempfile.TemporaryDirectory(prefix="arbiter-clients-")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("ARBITER_")
        } | {"ARBITER_DATA": self.folder.name} | (settings or {})
        self.start()
        try:
            for name, path in connections:
                self.run(
                    "models", "connect", "--base-url", f"http://127.0.0.1:{upstream.port}{path}", "--model", model,
                    "--name", name)
            self.key = self.run("keys", "create", "tests").strip()
        except BaseException:
            self.close()
            raise

    def start(self):
        """Serves the folder, at an address of its own each time."""
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", "0"], env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.address = None
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.address = found.group()
                break
        # What it still prints is read, so that it never waits for a reader.
        self.reader = threading.Thread(target=self.process.stdout.read, daemon=True)
        self.reader.start()
        if not self.address:
            raise RuntimeError("the server did not say its address")

    def run(self, *arguments):
        done = self.attempt(*arguments)
        if done.returncode != 0:
            raise RuntimeError(f"arbiter {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def attempt(self, *arguments, **options):
        """Runs a command, whatever its status."""
        return subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, timeout=300, **options)

    def calls(self):
        """The books: every attempt at asking a model, newest first."""
        rows, before = [], None
        while True:
            page = {"limit": 200} | ({"before": before} if before else {})
            answer = json.loads(self.run("perform", "list_model_calls", "--input", json.dumps(page), "--json"))["output"]
            rows += answer["items"]
            before = answer.get("next")
            if not before:
                return rows

    def stop(self):
        """Ends it in order: what is under way is settled."""
        self.process.terminate()
        self.ended()

    def kill(self):
        """Ends the process at once, whatever it does: SIGKILL."""
        self.process.kill()
        self.ended()

    def ended(self):
        self.process.wait(60)
        self.reader.join(60)
        self.process.stdout.close()

    def close(self):
        if self.process.poll() is None:
            self.stop()
        self.folder.cleanup()
