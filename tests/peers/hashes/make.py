#!/usr/bin/env python3
"""Makes tests/data/hashes.jsonl: hashes of the kinds that an import takes, by the programs that write them.

Run by hand, when a kind is added:

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r tests/peers/hashes/requirements.txt
    npm install --prefix /tmp/peers drupal-hash@1.0.4 aspnetcore-identity-password-hasher@1.0.1
    /tmp/peers/bin/python tests/peers/hashes/make.py > tests/data/hashes.jsonl

It needs `php` (php-cli) and `node`; WORDPRESS names a folder `wp-includes` of WordPress before 6.8, from
which it takes `class-phpass.php`. Salts are random: each run makes other hashes of the same kinds.

Most hashes come from the program that writes them. These are computed here, from the published forms:
Keycloak's credential (hashlib and argon2-cffi), ASP.NET Core Identity version 2 (hashlib), WordPress 6.8
(PHP), the first version of passlib's bcrypt_sha256 (bcrypt; passlib verifies it), and Drupal's `U$S$`
(drupal-hash over an MD5).
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import argon2.low_level
import bcrypt
import django
import django.conf
import passlib
import passlib.hash as kinds
import werkzeug.security
from django.contrib.auth import hashers

HERE = Path(__file__).resolve().parent
PEERS = Path(sys.prefix)
PASSWORDS = ["correct horse battery staple", "Grüße aus Łódź, 東京"]


def row(kind, made_by, password, made):
    line = {"kind": kind, "made_by": made_by, "password": password, "hash": made}
    print(json.dumps(line, ensure_ascii=False))


def of_passlib(password):
    made_by = f"passlib {passlib.__version__}"
    for name, handler in {
        "sha256_crypt": kinds.sha256_crypt.using(rounds=5000),
        "sha512_crypt": kinds.sha512_crypt.using(rounds=5000),
        "sha512_crypt rounds": kinds.sha512_crypt.using(rounds=12_345),
        "sha256_crypt few rounds": kinds.sha256_crypt.using(rounds=1000),
        "phpass P": kinds.phpass.using(rounds=8, ident="P"),
        "phpass H": kinds.phpass.using(rounds=8, ident="H"),
        "pbkdf2_sha1": kinds.pbkdf2_sha1.using(rounds=12_000),
        "pbkdf2_sha256": kinds.pbkdf2_sha256.using(rounds=12_000),
        "pbkdf2_sha512": kinds.pbkdf2_sha512.using(rounds=12_000),
        "pbkdf2_sha256 few rounds": kinds.pbkdf2_sha256.using(rounds=1000),
        "scrypt": kinds.scrypt.using(rounds=13, block_size=8),
        "scrypt little memory": kinds.scrypt.using(rounds=10, block_size=8),
        "argon2id": kinds.argon2.using(type="ID", rounds=2, memory_cost=19456, parallelism=2),
        "argon2i": kinds.argon2.using(type="I", rounds=3, memory_cost=16384, parallelism=1),
        "argon2d little memory": kinds.argon2.using(type="D", rounds=2, memory_cost=1024, parallelism=1),
        "bcrypt": kinds.bcrypt.using(rounds=10),
        "bcrypt low cost": kinds.bcrypt.using(rounds=4, ident="2a"),
        "bcrypt_sha256": kinds.bcrypt_sha256.using(rounds=10),
        "ldap_salted_sha1": kinds.ldap_salted_sha1.using(salt_size=4),
        "ldap_salted_sha256": kinds.ldap_salted_sha256.using(salt_size=8),
        "ldap_salted_sha512": kinds.ldap_salted_sha512.using(salt_size=16),
        "ldap_pbkdf2_sha1": kinds.ldap_pbkdf2_sha1.using(rounds=12_000),
        "ldap_pbkdf2_sha256": kinds.ldap_pbkdf2_sha256.using(rounds=12_000),
        "ldap_pbkdf2_sha512": kinds.ldap_pbkdf2_sha512.using(rounds=12_000),
        "ldap_bcrypt": kinds.ldap_bcrypt.using(rounds=10),
        "ldap_sha512_crypt": kinds.ldap_sha512_crypt.using(rounds=5000),
    }.items():
        row(f"passlib {name}", made_by, password, handler.hash(password))
    dovecot = kinds.sha512_crypt.using(rounds=5000).hash(password)
    row("dovecot SHA512-CRYPT", made_by, password, "{SHA512-CRYPT}" + dovecot)
    row("dovecot BLF-CRYPT", made_by, password, "{BLF-CRYPT}" + kinds.bcrypt.using(rounds=10, ident="2y").hash(password))
    padded = kinds.pbkdf2_sha512.using(rounds=12_000).hash(password)
    _, name, rounds, salt, output = padded.replace(".", "+").split("$")
    row("padded base64", made_by, password, f"${name}$i={rounds},l=64${salt}==${output}==")
    # The version 1 that passlib reads and no longer writes.
    salt = bcrypt.gensalt(10, b"2a")
    digest = base64.b64encode(hashlib.sha256(password.encode()).digest())
    made = bcrypt.hashpw(digest, salt).decode()
    older = f"$bcrypt-sha256$2a,10${made[7:29]}${made[29:]}"
    assert kinds.bcrypt_sha256.verify(password, older)
    row("passlib bcrypt_sha256 version 1", f"bcrypt {bcrypt.__version__}", password, older)


def of_django(password):
    made_by = f"Django {django.__version__}"
    fewer = {"iterations": 12_000, "rounds": 10, "work_factor": 2**13}
    for name in [
        "PBKDF2PasswordHasher",
        "PBKDF2SHA1PasswordHasher",
        "Argon2PasswordHasher",
        "BCryptPasswordHasher",
        "BCryptSHA256PasswordHasher",
        "ScryptPasswordHasher",
    ]:
        hasher = getattr(hashers, name)()
        for key, value in fewer.items():
            if hasattr(hasher, key):
                setattr(hasher, key, value)
        row(f"django {hasher.algorithm}", made_by, password, hasher.encode(password, hasher.salt()))


def of_werkzeug(password):
    made_by = f"Werkzeug {version('werkzeug')}"
    for method in ["pbkdf2:sha1:12000", "pbkdf2:sha256:12000", "pbkdf2:sha512:12000", "scrypt:8192:8:1"]:
        made = werkzeug.security.generate_password_hash(password, method)
        row(f"werkzeug {method.removesuffix(':12000').split(':8192')[0]}", made_by, password, made)


def of_keycloak(password):
    salt = os.urandom(16)
    base64_of = lambda data: base64.b64encode(data).decode()
    for algorithm, digest in [("pbkdf2", "sha1"), ("pbkdf2-sha256", "sha256"), ("pbkdf2-sha512", "sha512")]:
        output = hashlib.pbkdf2_hmac(digest, password.encode(), salt, 12_000, 64)
        credential = {
            "type": "password",
            "secretData": json.dumps({"value": base64_of(output), "salt": base64_of(salt), "additionalParameters": {}}),
            "credentialData": json.dumps({"hashIterations": 12_000, "algorithm": algorithm, "additionalParameters": {}}),
        }
        row(f"keycloak {algorithm}", "hashlib", password, json.dumps(credential))
    output = argon2.low_level.hash_secret_raw(password.encode(), salt, 5, 7168, 1, 32, argon2.low_level.Type.ID, 19)
    parameters = {"hashLength": ["32"], "memory": ["7168"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}
    credential = {
        "type": "password",
        "secretData": {"value": base64_of(output), "salt": base64_of(salt), "additionalParameters": {}},
        "credentialData": {"hashIterations": 5, "algorithm": "argon2", "additionalParameters": parameters},
    }
    row("keycloak argon2", f"argon2-cffi {version('argon2-cffi')}", password, credential)


def of_aspnet(password):
    salt = os.urandom(16)
    output = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 32)
    row("aspnet version 2", "hashlib", password, base64.b64encode(b"\0" + salt + output).decode())


def of_others(password):
    for command in [["php", HERE / "make.php"], ["node", HERE / "make.mjs", PEERS]]:
        made = subprocess.run([*command, password], capture_output=True, check=True, text=True)
        for line in made.stdout.splitlines():
            kind, made_by, made_hash = line.split("\t")
            row(kind, made_by, password, made_hash)


if __name__ == "__main__":
    django.conf.settings.configure()
    for password in PASSWORDS:
        of_passlib(password)
        of_django(password)
        of_werkzeug(password)
        of_keycloak(password)
        of_aspnet(password)
        of_others(password)
