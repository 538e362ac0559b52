#!/usr/bin/env python3
"""Whether anybody can tell by the time, or by the bytes, why a sign-in was refused.

Run by hand on a quiet machine: tests/peers/sign_in_sameness.py [--tries 200] [BINARY]
Every kind of account is tried so many times, in turn, with passwords of 15 bytes, 129 bytes
and 1 MiB; among them users with imported hashes that need just under 2 s here. Exit 1 if two means
lie more than 3 ms apart, or if any two answers differ. On a busy machine, look at how far apart the
means lie by chance alone, and at the rounds in which the floor moved: a sign-in before that is
answered earlier than one after it, whoever it is for.
"""

import argparse
import csv
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/data"
MOST_MS = 3.0
LENGTHS = {"15 B": 15, "129 B": 129, "1 MiB": 1024 * 1024}
PASSWORD = "umbrella tundra monocle quartz"
FREE = 90
THROTTLE = f"""
[throttle]
free_attempts = {FREE}
lock_after = 100
base_delay = "24h"
max_delay = "24h"
"""
KINDS = ["$2y$", "pbkdf2_sha256$", "argon2$", "scrypt$", "bcrypt_sha256$"]
SALT = "MDEyMzQ1Njc4OWFiY2RlZg"
OUTPUT = "KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4"
# For each kind of hash, from the dearest down: the first that is taken here needs just under 2 s.
DEAR = {
    "dear bcrypt": [
        f"$2b${cost}$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m" for cost in (15, 14, 13)
    ],
    "dear PBKDF2": [
        f"$pbkdf2-sha512$i={rounds}${SALT}${OUTPUT}" for rounds in range(5_000_000, 400_000, -200_000)
    ],
    "dear Argon2": [
        f"$argon2id$v=19$m=262144,t={passes},p=1${SALT}${OUTPUT}" for passes in range(16, 0, -1)
    ],
}


class Desk:
    """A home of its own with a store in it."""

    def __init__(self, binary, home):
        self.binary = binary
        self.home = home

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

    def configure(self, text):
        path = Path(self.home, ".config/backoffice/config.toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def floor_moves(self):
        """How often a late refusal has moved the floor."""
        store = Path(self.home, ".local/share/backoffice/backoffice.db")
        sql = "SELECT count(*) FROM audit_events WHERE action = 'sys_failure_floor_raised'"
        connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchone()[0]
        finally:
            connection.close()

    def sign_in(self, email, password):
        return self.run("login", email, "--password-stdin", given=password)


def hashes():
    """The hash of each imported user, by e-mail."""
    with open(DATA / "spryker-spy_user.csv", newline="", encoding="utf-8") as file:
        found = {row["username"]: row["password"] for row in csv.DictReader(file)}
    for entry in json.loads((DATA / "django-auth_user.json").read_text(encoding="utf-8")):
        fields = entry["fields"]
        found[fields["email"]] = fields["password"]
    return found


def imported():
    """An active user with a known password for each kind of hash."""
    known = hashes()
    with open(DATA / "known-passwords.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "active" and row["password"]]
    return {
        kind.rstrip("$"): next(row["email"] for row in rows if known[row["email"]].startswith(kind))
        for kind in KINDS
    }


def prepare(desk):
    """Makes somebody for every reason to be refused; gives their addresses."""
    desk.configure('[login]\nfailure_floor = "1ms"\n' + THROTTLE)
    for file in ["spryker-spy_user.csv", "django-auth_user.json"]:
        desk.do("user", "import", str(DATA / file))
    names = ["wrong", "none", "pending", "deactivated", "deleted", "throttled"]
    for name in names:
        create = ["user", "create", f"{name}@example.com", "--password-stdin"]
        desk.do(*create, *([] if name == "pending" else ["--activate"]), given=PASSWORD)
    desk.do("password", "remove", "none@example.com")
    desk.do("user", "deactivate", "deactivated@example.com")
    desk.do("user", "delete", "deleted@example.com", "--yes")
    for _ in range(FREE):
        desk.sign_in("throttled@example.com", "x" * 15)
    desk.configure(THROTTLE)
    cases = {name: f"{name}@example.com" for name in ["unknown", *names]}
    return cases | imported()


def add_dear(desk):
    """Makes a user with the dearest hash of each kind that is taken here; gives their addresses."""
    cases = {}
    for name, hashes_of_kind in DEAR.items():
        email = name.replace(" ", "-").lower() + "@example.com"
        for text in hashes_of_kind:
            create = ["user", "create", email, "--activate", "--password-hash-stdin"]
            if desk.run(*create, given=text).returncode == 0:
                print(f"{name}: {text.split('$' + SALT)[0]}")
                break
        else:
            sys.exit(f"{name}: none is taken")
        cases[name] = email
    return cases


def measure(desk, cases, tries, jobs):
    """The times of each case and length in milliseconds, every answer there was, and the rounds in
    which the floor moved.
    """
    times = {(name, length): [] for name in cases for length in LENGTHS}
    moved, moves = [], desk.floor_moves()
    answers = set()

    def once(case):
        name, length = case
        password = "x" * LENGTHS[length]
        began = time.perf_counter()
        done = desk.sign_in(cases[name], password)
        taken = 1000 * (time.perf_counter() - began)
        return case, taken, (done.stdout, done.stderr, done.returncode)

    counted = [email for name, email in cases.items() if name not in ("unknown", "throttled")]
    lengths = list(LENGTHS)
    with ThreadPoolExecutor(jobs) as pool:
        for turn in range(tries):
            # Nobody but `throttled` may become it.
            if turn and turn % (FREE // 2) == 0:
                desk.do("user", "unlock", *counted)
            round_ = [(name, lengths[turn % len(lengths)]) for name in cases]
            random.shuffle(round_)
            for case, taken, answer in pool.map(once, round_):
                times[case].append(taken)
                answers.add(answer)
            if desk.floor_moves() > moves:
                moved.append(turn)
                moves = desk.floor_moves()
    return times, answers, moved


def by_chance(samples):
    """How far apart the means of so many samples lie on average, if nothing else tells them apart."""
    errors = [statistics.stdev(taken) / len(taken) ** 0.5 for taken in samples if len(taken) > 1]
    if not errors:
        return 0.0
    draw = lambda: [random.gauss(0, error) for error in errors]
    ranges = [max(drawn) - min(drawn) for drawn in (draw() for _ in range(2000))]
    return statistics.fmean(ranges)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", default=str(ROOT / "target/release/backoffice"))
    parser.add_argument("--tries", type=int, default=200, help="of each kind of account")
    parser.add_argument("--jobs", type=int, default=1, help="sign-ins at once")
    parser.add_argument("--no-dear", action="store_true", help="without the hashes that need 2 s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o700)
        desk = Desk(os.path.abspath(options.binary), home)
        cases = prepare(desk)
        if not options.no_dear:
            cases |= add_dear(desk)
        times, answers, moved = measure(desk, cases, options.tries, options.jobs)
    print(f"{'':16}" + "".join(f"{text:>12}" for text in ["mean ms", "median", "worst", *LENGTHS]))
    means, samples = {}, {}
    for name in cases:
        of_case = samples[name] = [taken for length in LENGTHS for taken in times[name, length]]
        means[name] = statistics.fmean(of_case)
        by_length = [statistics.fmean(times[name, length] or [0]) for length in LENGTHS]
        numbers = [means[name], statistics.median(of_case), max(of_case), *by_length]
        print(f"{name:16}" + "".join(f"{number:12.2f}" for number in numbers))
    apart = max(means.values()) - min(means.values())
    print(f"means lie apart by chance: about {by_chance(samples.values()):.2f} ms")
    print(f"the floor moved in the rounds: {moved or 'none'} of {options.tries}")
    print(f"largest difference of means: {apart:.2f} ms (at most {MOST_MS}); answers: {len(answers)}")
    return 0 if apart <= MOST_MS and len(answers) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
