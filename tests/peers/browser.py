"""A real browser without a window: headless Chromium, told what to do over the DevTools protocol."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile

# Nothing takes this long when all is well.
PATIENCE = 60
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
]


class Browser:
    """One page of it. Close it by leaving a `with`."""

    def __init__(self):
        program = shutil.which("chromium")
        if not program:
            raise SystemExit("chromium is needed (Debian's package chromium)")
        self.home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_read, self.to = os.pipe()
        self.of, to_write = os.pipe()

        def at_their_numbers():
            # The browser reads from 3 and writes to 4; neither end may be in the other's way.
            theirs = os.dup2(to_read, 13), os.dup2(to_write, 14)
            os.dup2(theirs[0], 3)
            os.dup2(theirs[1], 4)

        self.process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self.home.name}/profile", "about:blank"],
            env={"HOME": self.home.name, "PATH": os.environ["PATH"]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=at_their_numbers,
            close_fds=False,
        )
        os.close(to_read)
        os.close(to_write)
        self.count, self.buffer, self.events, self.session = 0, b"", [], None
        page = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        self.call("Page.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.to)
        self.process.kill()
        self.process.wait()
        os.close(self.of)
        self.home.cleanup()

    def call(self, method, **parameters):
        """What a method answers."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while (said := self.next()).get("id") != self.count:
            self.events.append(said.get("method"))
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']}")
        return said["result"]

    def next(self):
        while b"\0" not in self.buffer:
            if not select.select([self.of], [], [], PATIENCE)[0]:
                raise RuntimeError("the browser doesn't answer")
            read = os.read(self.of, 1 << 16)
            if not read:
                raise RuntimeError("the browser went away")
            self.buffer += read
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def open(self, url):
        """Opens a page, and waits until it is there."""
        # Another fragment alone would be no new page.
        for address in ("about:blank", url):
            self.events.clear()
            self.call("Page.navigate", url=address)
            while "Page.loadEventFired" not in self.events:
                self.events.append(self.next().get("method"))

    def run(self, script):
        """The value of a script, waited for."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"])
        return found["result"].get("value")

    def types(self, selector, text):
        """Types over what a field holds."""
        self.run(f"document.querySelector({json.dumps(selector)}).select()")
        self.call("Input.insertText", text=text)

    def looks(self, width, height, scheme="light"):
        """The size of the window, and whether its owner likes it light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.call("Emulation.setEmulatedMedia", features=[feature])

    def picture(self, file):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        with open(file, "wb") as out:
            out.write(base64.b64decode(data))
