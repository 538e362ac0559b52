"""What Python makes of a mail, as JSON: read_mail.py FILE"""

import email
import email.policy
import json
import sys

with open(sys.argv[1], "rb") as file:
    mail = email.message_from_binary_file(file, policy=email.policy.default)


def everywhere(name):
    """The addresses in all headers of that name."""
    return [a.addr_spec for header in mail.get_all(name, []) for a in header.addresses]


def content(kind):
    part = mail.get_body((kind,))
    return part and part.get_content()


print(
    json.dumps(
        {
            "type": mail.get_content_type(),
            "parts": [part.get_content_type() for part in mail.iter_parts()],
            "from": everywhere("From"),
            "to": everywhere("To"),
            "copies": everywhere("Cc") + everywhere("Bcc"),
            "subject": mail["Subject"],
            "headers": [[k, str(v)] for part in mail.walk() for k, v in part.items()],
            "text": content("plain"),
            "html": content("html"),
            "defects": [str(d) for part in mail.walk() for d in part.defects],
        }
    )
)
