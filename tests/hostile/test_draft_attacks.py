"""E-mail drafts whose names, addresses, subjects and attachments want to be headers of their own."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from kamdesk.exchange import mail_draft

NASTY = [
    "а\r\nBcc: evil@example.com", "a\nX-Evil: 1\n\nтело", "a\x0b\x85\u2028Bcc: x@y.z", 'И", <evil@example.com>, "', "a\x00b", "\ud800",
    "\u202egpj.exe", "=?utf-8?q?a?=\r\n b", "я" * 3000, "a, b@c.d; e@f.g",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_text_breaks_out_of_its_header(text: str) -> None:
    data = mail_draft.draft(
        text, text, [(text, "a@example.com"), (text, f"b@example.com{text}")], [(f"{text}.pdf", b"x")]
    )
    read = message_from_bytes(data, policy=policy.default)
    assert sorted(read.keys()) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]
    assert [one.addr_spec for one in read["To"].addresses] == ["a@example.com"]
    (file,) = read.iter_attachments()
    for said in (str(read["Subject"]), read["To"].addresses[0].display_name, file.get_filename() or ""):
        assert not set(said) & set("\r\n\x00\x0b\x85\u2028\u202e")


@pytest.mark.parametrize(
    "address", ["a@b.c\r\nBcc: d@e.f", "a@b.c, d@e.f", "<a@b.c>", '"a b"@c.d', "a@b", "@b.c", "a@b.c;d@e.f", "a@b..c", "a" * 300 + "@b.c", "a\n@b.c"]
)  # fmt: skip
def test_what_is_no_address_is_left_out(address: str) -> None:
    assert not mail_draft.is_address(address)
    assert b"To:" not in mail_draft.draft("s", "b", [("n", address)])
