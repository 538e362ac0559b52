"""A small back office with the README's page for a new password, and a browser that visits it.

reset_page.py BINARY HOME

Prints its address, then does what it is told on standard input, a JSON object a line, and
answers each with one: {"open": URL} opens a page; {"one": PASSWORD, "two": PASSWORD} fills the
form in and sends it; {"picture": FILE} takes one.
"""

import http.server
import json
import pathlib
import subprocess
import sys
import threading

from browser import Browser

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def page():
    start = "```html\n"
    text = README.read_text(encoding="utf-8")
    return text[text.index(start) + len(start) :].split("\n```", 1)[0].encode()


class Office(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        self.remember()
        if self.path == "/reset":
            self.answer(200, "text/html; charset=utf-8", page())
        else:
            self.answer(404, "text/plain", b"not here")

    def do_POST(self):
        self.remember()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        binary, home = sys.argv[1:]
        done = subprocess.run(
            [binary, "reset", "complete", "--input", "-", "--json"],
            input=body,
            env={"HOME": home},
            cwd=home,
            capture_output=True,
        )
        if done.returncode == 0:
            self.answer(200, "application/json", b"{}")
        else:
            error = json.loads(done.stderr)["error"]
            self.answer(400, "text/plain; charset=utf-8", error["message"].encode())

    def remember(self):
        self.asked.append(f"{self.requestline}\n{self.headers}")

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


# What the page says next, once the form is sent.
SEND = """
new Promise((said) => {
  const output = document.querySelector("output");
  new MutationObserver(() => said(output.value)).observe(output, { childList: true });
  document.querySelector("button").click();
})
"""


def obey(browser, order):
    if "open" in order:
        browser.open(order["open"])
        return {"address": browser.run("location.href"), "title": browser.run("document.title")}
    if "picture" in order:
        browser.picture(order["picture"])
        return {}
    browser.types("#one", order["one"])
    browser.types("#two", order["two"])
    return {"said": browser.run(SEND)}


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Office)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    with Browser() as browser:
        browser.looks(900, 500)
        for line in sys.stdin:
            answer = obey(browser, json.loads(line))
            print(json.dumps(answer | {"asked": Office.asked}), flush=True)


if __name__ == "__main__":
    main()
