#!/usr/bin/env python3
"""Whether anybody can tell by the time, or by the bytes, whose address it was they asked a link for.

Run by hand on a quiet machine: tests/peers/reset_request_sameness.py [--tries 100] [BINARY]
`reset request` is run so many times for every kind of address and every state of the mail
server, in turn. Exit 1 if two means lie more than 3 ms apart, if any two answers differ, or if
a request so much as connected to the mail server.
"""

import argparse
import contextlib
import os
import random
import socket
import socketserver
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_MS = 3.0
PASSWORD = "umbrella tundra monocle quartz"
FREE = 5
ADDRESSES = ["existing", "unknown", "pending", "deactivated", "throttled", "slowed", "administrator"]
SERVERS = ["up", "down", "slow"]
CONFIGURATION = """
base_url = "https://desk.example.com"
[mail]
transport = "smtp"
host = "127.0.0.1"
port = {port}
tls = "none"
timeout = "1s"
from = "no-reply@example.com"
[reset]
self_service_except = ["administrators"]
[login]
failure_floor = "{floor}"
"""


class Obliging(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self):
        self.server.connections += 1
        self.answer("220 hello")
        for line in self.rfile:
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.answer("354 go on")
                while (text := self.rfile.readline()) and text != b".\r\n":
                    pass
                self.answer("250 taken")
            elif verb == b"QUIT":
                return self.answer("221 bye")
            else:
                self.answer("250 fine")

    def answer(self, text):
        self.wfile.write(text.encode() + b"\r\n")


class Mute(socketserver.StreamRequestHandler):
    """One that takes connections and says nothing."""

    def handle(self):
        self.server.connections += 1
        while self.rfile.read(1024):
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    connections = 0


def serve(handler):
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Desk:
    """A home of its own with a store in it, and a configuration for each mail server."""

    def __init__(self, binary, home):
        self.binary = binary
        self.home = home
        self.store = Path(home, ".local/share/backoffice/backoffice.db")

    def run(self, *arguments, given=""):
        return subprocess.run(
            [self.binary, *arguments],
            input=given.encode(),
            env={"HOME": self.home},
            cwd=self.home,
            capture_output=True,
        )

    def do(self, *arguments, given=""):
        done = self.run(*arguments, given=given)
        if done.returncode:
            sys.exit(f"{arguments}: {done.stderr.decode()}")

    def configure(self, name, port, floor):
        Path(self.home, name).write_text(CONFIGURATION.format(port=port, floor=floor))

    def request(self, address, server):
        return self.run("reset", "request", f"{address}@example.com", "--config", server)

    def forget(self):
        """Nobody but `throttled` has asked before; nothing waits."""
        with contextlib.closing(sqlite3.connect(self.store)) as store, store:
            store.execute(
                "DELETE FROM reset_requests WHERE user_id NOT IN"
                " (SELECT id FROM users WHERE email = 'throttled@example.com')"
            )
            store.execute("UPDATE reset_requests SET at = ?", [int(time.time() * 1e6)])
            store.execute("DELETE FROM mail_queue")

    def waiting(self):
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            sql = "SELECT count(*) FROM mail_queue WHERE user_id IS NOT NULL"
            return store.execute(sql).fetchone()[0]


def prepare(desk):
    """Makes somebody for every address but the unknown one."""
    for name in ADDRESSES:
        if name != "unknown":
            create = ["user", "create", f"{name}@example.com", "--password-stdin"]
            desk.do(*create, *([] if name == "pending" else ["--activate"]), given=PASSWORD)
    desk.do("user", "deactivate", "deactivated@example.com")
    desk.do("group", "add-member", "administrators", "administrator@example.com")
    for _ in range(FREE + 1):
        wrong = ["login", "slowed@example.com", "--password-stdin", "--config", "quick"]
        desk.run(*wrong, given="x" * 15)
    desk.request("throttled", "quick")


def measure(desk, tries):
    """The times of each address and server in milliseconds, every answer, and who was heard."""
    cases = [(address, server) for address in ADDRESSES for server in SERVERS]
    times = {case: [] for case in cases}
    answers, heard = set(), {}
    for _ in range(tries):
        random.shuffle(cases)
        for case in cases:
            desk.forget()
            began = time.perf_counter()
            done = desk.request(*case)
            times[case].append(1000 * (time.perf_counter() - began))
            answers.add((done.stdout, done.stderr, done.returncode))
            heard[case[0]] = desk.waiting()
    return times, answers, heard


def flushes(desk):
    """How sending ends with each server: that they are what they are called."""
    ends = []
    for server in SERVERS:
        desk.forget()
        desk.request("existing", server)
        ends.append(desk.run("mail", "queue", "flush", "--config", server).returncode)
    return ends


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", default=str(ROOT / "target/release/backoffice"))
    parser.add_argument("--tries", type=int, default=100, help="of each address and server")
    parser.add_argument("--floor", default="500ms", help="`login.failure_floor`")
    options = parser.parse_args()
    up, slow, down = serve(Obliging), serve(Mute), socket.socket()
    # Bound and never listening: whoever connects is refused.
    down.bind(("127.0.0.1", 0))
    ports = {"up": up.server_address[1], "slow": slow.server_address[1], "down": down.getsockname()[1]}
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o700)
        desk = Desk(os.path.abspath(options.binary), home)
        for server in SERVERS:
            desk.configure(server, ports[server], options.floor)
        desk.configure("quick", ports["down"], "1ms")
        prepare(desk)
        times, answers, heard = measure(desk, options.tries)
        connections = up.connections + slow.connections
        ends = flushes(desk)
    if heard != {name: int(name in ("existing", "pending", "slowed")) for name in ADDRESSES}:
        sys.exit(f"not what was to be measured: {heard}")
    if ends != [0, 8, 8]:
        sys.exit(f"the mail servers are not what they were to be: {ends}")
    print(f"{'':14}{'mean ms':>10}{'median':>10}{'worst':>10}" + "".join(f"{s:>10}" for s in SERVERS))
    for address in ADDRESSES:
        by_server = [statistics.fmean(times[address, server]) for server in SERVERS]
        of_all = [taken for server in SERVERS for taken in times[address, server]]
        numbers = [statistics.fmean(of_all), statistics.median(of_all), max(of_all), *by_server]
        print(f"{address:14}" + "".join(f"{number:10.2f}" for number in numbers))
    means = [statistics.fmean(of_case) for of_case in times.values()]
    apart = max(means) - min(means)
    print(
        f"largest difference of means: {apart:.2f} ms (at most {MOST_MS});"
        f" answers: {len(answers)}; connections to a mail server: {connections}"
    )
    return 0 if apart <= MOST_MS and len(answers) == 1 and connections == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
