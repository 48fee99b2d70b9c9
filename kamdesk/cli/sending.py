"""The verbs of what leaves the house: ``send``, ``sent``, ``sent-file`` and ``mail-drafts``. Plain JSON values."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.cli.proposals import find
from kamdesk.cli.reading import formats_of
from kamdesk.model.messages import KamdeskError
from kamdesk.services.proposal_views import DispatchView
from kamdesk.services.word_files import check_folder, write_file
from kamdesk.translation import Translator


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of these verbs."""
    send_one = verb("send", "record that the documents of a proposal were sent, and keep the exact files")
    send_one.add_argument("proposal", metavar="P", help="number or id")
    send_one.add_argument(
        "--next", type=date.fromisoformat, metavar="DAY", help="of the next contact, 2026-03-10"
    )
    send_one.add_argument(
        "--channel", default="email", metavar="CODE", help="email, platform, courier, by_hand …"
    )
    send_one.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="today by default")
    send_one.add_argument(
        "--to", default="", metavar="TEXT", help="who got it, where it is none of the readers"
    )
    send_one.add_argument("--note", default="", metavar="TEXT")
    send_one.add_argument(
        "--document", action="append", metavar="ID", help="only this one; may be given again"
    )
    send_one.add_argument(
        "--accept-behind",
        action="store_true",
        help="also what was edited before the last changes of the offer",
    )
    listed = verb("sent", "list what was sent of a proposal: file, hash, to whom, how and when")
    listed.add_argument("proposal", metavar="P", help="number or id")
    one = verb("sent-file", "write a file exactly as it was sent; its hash is checked")
    one.add_argument("id", metavar="ID", help='as "sent" lists it')
    one.add_argument(
        "--out", type=Path, required=True, metavar="F", help="a file, or a folder for its own name"
    )
    drafts = verb("mail-drafts", "write e-mail drafts (.eml) to the readers of a proposal")
    drafts.add_argument("proposal", metavar="P", help="number or id")
    drafts.add_argument("--one", action="store_true", help="one to all readers instead of one to each")
    drafts.add_argument("--attach", default="pdf", help="pdf (the default), docx, or both")
    drafts.add_argument("--text", default="", metavar="T", help="name or id of a text template")
    drafts.add_argument("--accept-behind", action="store_true", help="as of send")
    drafts.add_argument("--output", type=Path, required=True, metavar="DIR")


def send(place: Workplace, options: argparse.Namespace, _words: Translator) -> list[dict[str, Any]]:
    """Record a sending; what is kept of it."""
    proposal_id = find(place, options.proposal)
    page = place.proposals.page(proposal_id)
    before = {one.id for one in page.dispatches}
    chosen = options.document or [one.id for one in page.documents if one.is_current]
    place.sending.send(
        proposal_id,
        chosen,
        channel=options.channel,
        next_date=options.next,
        sent_on=options.on,
        note=options.note,
        recipient=options.to,
        accept_behind=options.accept_behind,
    )
    return [_dispatch(one) for one in place.sending.sent(proposal_id) if one.id not in before]


def sent(place: Workplace, options: argparse.Namespace, _words: Translator) -> list[dict[str, Any]]:
    """What was sent."""
    return [_dispatch(one) for one in place.sending.sent(find(place, options.proposal))]


def sent_file(place: Workplace, options: argparse.Namespace, _words: Translator) -> dict[str, Any]:
    """Write the exact bytes."""
    try:
        name, data = place.sending.sent_file(options.id)
    except KamdeskError as error:
        if error.message.code == "record.gone":
            raise KamdeskError("sending.no_such", name=options.id) from error
        raise
    out: Path = options.out
    path = write_file(out, name, data) if out.is_dir() else write_file(out.parent, out.name, data)
    return {"path": str(path), "name": name, "size": len(data)}


def mail_drafts(place: Workplace, options: argparse.Namespace, _words: Translator) -> list[dict[str, Any]]:
    """Write the drafts; one entry each."""
    formats = formats_of(options.attach)
    check_folder(options.output)
    proposal_id = find(place, options.proposal)
    drafts = place.mail_drafts.drafts(
        proposal_id,
        formats=formats,
        template_id=place.text_templates.find(options.text).id if options.text else "",
        one_for_all=options.one,
        accept_behind=options.accept_behind,
    )
    return [
        {
            "path": str(write_file(options.output, one.file_name, one.data)),
            "subject": one.subject,
            "to": [{"name": who.name, "email": who.email} for who in one.to],
            "attachments": list(one.attachments),
        }
        for one in drafts
    ]


def _dispatch(one: DispatchView) -> dict[str, Any]:
    return {
        "id": one.id,
        "file": one.file_name,
        "sha256": one.sha256,
        "size": one.size,
        "origin": one.origin,
        "recipient": one.recipient,
        "person": one.person_id,
        "channel": one.channel,
        "sent_on": one.sent_on.isoformat() if one.sent_on else None,
        "note": one.note,
    }
