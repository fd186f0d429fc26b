"""An Arbiter that serves a new data folder, connected to an upstream, with a key for programs."""

import os
import re
import subprocess
import tempfile
import threading


class Server:
    def __init__(self, upstream):
        self.program = os.environ["ARBITER_PROGRAM"]
        self.folder = tempfile.TemporaryDirectory(prefix="arbiter-clients-")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("ARBITER_")
        } | {"ARBITER_DATA": self.folder.name}
        self.start()
        for path in ["/v1", "/anthropic/v1"]:
            name = "mine" if path == "/v1" else "claude"
            self.run(
                "models", "connect", "--base-url", f"http://127.0.0.1:{upstream.port}{path}", "--model", "small", "--name",
                name)
        self.key = self.run("keys", "create", "tests").strip()

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

    def kill(self):
        """Ends the process at once, whatever it does: SIGKILL."""
        self.process.kill()
        self.ended()

    def run(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"arbiter {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def stop(self):
        """Tells the process to stop, and waits until it has: SIGTERM."""
        self.process.terminate()
        self.ended()

    def close(self):
        self.stop()
        self.folder.cleanup()

    def ended(self):
        self.process.wait(60)
        self.reader.join(60)
        self.process.stdout.close()
