"""An SMTP server for the tests: smtp_server.py MODE FOLDER

Prints its port once it listens. In FOLDER: ca.pem (the authority to believe), every message it
took as N.eml with its envelope in N.json and the name it was greeted with in N.hello;
commands.log, the verbs it was told and no more; tokens.log, the access tokens it was shown; and
clear.log, whatever reached it unencrypted.
Modes: starttls, implicit, no-starttls, refuse-recipient, drop-after-data, silent, dribble,
wrong-ca, wrong-name, inject-one, inject-all, late-answer,
self-signed, self-signed-ca, implicit-self-signed-ca (ca.pem is then the certificate of the server
itself, as openssl makes it, without and with the mark of an authority), xoauth2 (takes
access tokens that begin with `good`, and no password). User `desk`, password `open sesame`.
"""

import asyncio
import base64
import json
import logging
import pathlib
import ssl
import subprocess
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER = LoginPassword(b"desk", b"open sesame")


class Verbs(logging.Handler):
    """Keeps the first word of each command: what follows may be a secret."""

    def __init__(self, path):
        super().__init__(logging.DEBUG)
        self.file = open(path, "a", buffering=1)

    def emit(self, record):
        # Answers to a challenge are logged alike, but for the level.
        if record.msg == "%r >> %r" and record.levelno == logging.INFO:
            line = record.args[1]
            text = line.decode("utf-8", "replace") if isinstance(line, bytes) else str(line)
            self.file.write((text.split() or [""])[0].upper() + "\n")


class Desk:
    def __init__(self, mode, folder):
        self.mode, self.folder, self.count = mode, folder, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refuse-recipient":
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "drop-after-data":
            server.transport.abort()
            return "421 gone"
        if self.mode == "late-answer":
            # Longer than any other step is given in the tests.
            await asyncio.sleep(3)
        self.count += 1
        (self.folder / f"{self.count}.eml").write_bytes(envelope.original_content)
        facts = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or self.mode.startswith("implicit"),
            "signed_in": session.auth_data is not None,
        }
        (self.folder / f"{self.count}.json").write_text(json.dumps(facts))
        (self.folder / f"{self.count}.hello").write_text(session.host_name)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data == USER, handled=False, auth_data=data)


class TokenDesk(Desk):
    async def auth_XOAUTH2(self, server, args):
        """https://developers.google.com/workspace/gmail/imap/xoauth2-protocol"""
        fields = base64.b64decode(args[1]).decode().split("\x01")
        user, token = fields[0].removeprefix("user="), fields[1].removeprefix("auth=Bearer ")
        with open(self.folder / "tokens.log", "a") as log:
            log.write(token + "\n")
        if user == "desk" and token.startswith("good") and fields[2:] == ["", ""]:
            return AuthResult(success=True, auth_data=user)
        await server.challenge_auth(b'{"status":"401","schemes":"bearer"}')
        return AuthResult(success=False, handled=False)


class Overheard(SMTP):
    """Keeps what anybody on the way could have read."""

    clear = None

    def data_received(self, data):
        if self.clear and self.session.ssl is None:
            self.clear.write(data)
        super().data_received(data)


def mute(clear):
    async def listen(reader, writer):
        while data := await reader.read(65536):
            clear.write(data)

    return listen


async def dribble(reader, writer):
    while True:
        writer.write(b"2")
        await writer.drain()
        await asyncio.sleep(0.1)


def between(port, forged):
    """Relays to the real server, and slips answers of its own in behind the one to STARTTLS."""

    async def relay(reader, writer):
        back, forth = await asyncio.open_connection("localhost", port)

        async def out():
            while data := await reader.read(65536):
                forth.write(data)

        pump = asyncio.create_task(out())
        slipped = False
        while data := await back.read(65536):
            if data.startswith(b"220 Ready") and not slipped:
                data, slipped = data + forged, True
            writer.write(data)
        pump.cancel()

    return relay


FORGED = {
    "inject-one": b"250-x\r\n250 AUTH PLAIN\r\n",
    "inject-all": b"250-x\r\n250 AUTH PLAIN\r\n235 in\r\n250 a\r\n250 b\r\n354 go on\r\n250 taken\r\n",
}


def self_sign(folder, is_ca, context):
    key, certificate = folder / "key.pem", folder / "ca.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    if not is_ca:
        command += ["-addext", "basicConstraints=critical,CA:FALSE"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    context.load_cert_chain(certificate, key)


async def main(mode, folder):
    folder.mkdir(parents=True, exist_ok=True)
    ours, theirs = trustme.CA(), trustme.CA()
    ours.cert_pem.write_to_path(str(folder / "ca.pem"))
    (folder / "ca.pem").chmod(0o644)
    name = "elsewhere.example" if mode == "wrong-name" else "localhost"
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if "self-signed" in mode:
        self_sign(folder, "ca" in mode.split("-"), context)
    else:
        (theirs if mode == "wrong-ca" else ours).issue_cert(name).configure_cert(context)
    log = logging.getLogger("mail.log")
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(Verbs(folder / "commands.log"))
    by_token = mode == "xoauth2"
    desk = (TokenDesk if by_token else Desk)(mode, folder)
    implicit = mode.startswith("implicit")
    starttls = not implicit and mode != "no-starttls"

    clear = open(folder / "clear.log", "ab", buffering=0)

    def smtp():
        smtp = Overheard(
            desk,
            hostname="localhost",
            enable_SMTPUTF8=True,
            tls_context=context if starttls else None,
            require_starttls=starttls,
            auth_required=implicit or mode in ("starttls", "self-signed", "xoauth2"),
            auth_require_tls=starttls,
            authenticator=authenticate,
            auth_exclude_mechanism=["LOGIN", "PLAIN"] if by_token else None,
        )
        smtp.clear = None if implicit else clear
        return smtp

    loop = asyncio.get_running_loop()
    by_hand = {"silent": mute(clear), "dribble": dribble}.get(mode)
    if by_hand:
        server = await asyncio.start_server(by_hand, "127.0.0.1", 0)
    else:
        server = await loop.create_server(
            smtp, "127.0.0.1", 0, ssl=context if implicit else None
        )
    if mode in FORGED:
        port = server.sockets[0].getsockname()[1]
        server = await asyncio.start_server(between(port, FORGED[mode]), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with whoever started it.
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1], pathlib.Path(sys.argv[2])))
    finally:
        logging.shutdown()
