"""An e-mail draft as a file (.eml) that mail programs open ready to send: ``X-Unsent`` says it has not left yet.

Built by the standard library only, so that no text can break out of its header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Ends of lines, and marks of direction that let a name or a file look like another."""


def is_address(text: str) -> bool:
    """Whether a text is an address that a mail program takes."""
    return len(text) <= 254 and _ADDRESS.match(text.strip()) is not None


def draft(
    subject: str,
    body: str,
    to: Sequence[tuple[str, str]],
    attachments: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """The bytes of the file. ``to`` are pairs of name and address; what is no address is left out.

    ``attachments`` are pairs of file name and content.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=998, utf8=False))
    message["X-Unsent"] = "1"
    addresses = []
    for name, address in to:
        if is_address(address):
            user, _at, domain = address.strip().rpartition("@")
            addresses.append(Address(_line(name), user, domain))
    if addresses:
        message["To"] = addresses
    message["Subject"] = _line(subject)
    clean = body.replace("\x00", "").encode("utf-8", "replace").decode()
    message.set_content(clean.rstrip() + "\n", charset="utf-8", cte="base64")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype=_subtype(name), filename=_line(name))
    return message.as_bytes()


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).encode("utf-8", "replace").decode().split())


def _subtype(name: str) -> str:
    known = {
        "pdf": "pdf",
        "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    return known.get(name.rpartition(".")[2].casefold(), "octet-stream")
