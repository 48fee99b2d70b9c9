"""The verbs for what comes in by hand or as a file: capture, attach; and for calendars that go out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.cli.reading import read
from kamdesk.model.messages import KamdeskError
from kamdesk.services.attachments import NewFile, Owner
from kamdesk.services.capture import CaptureLine
from kamdesk.services.incoming import Found, InvitationFound
from kamdesk.services.word_files import write_file
from kamdesk.translation import Translator

_LONGEST = 100_000
"""Letters of one capture: some two thousand lines, more than any meeting gives."""


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of these verbs."""
    capture = verb("capture", "sort lines after a meeting and save them in one step")
    capture.add_argument("text", nargs="*", metavar="LINE", help="a line each; standard input without any")
    capture.add_argument("--client", metavar="C", help="name or id")
    capture.add_argument(
        "--keep-warned", action="store_true", help="save facts too that should rather not be written down"
    )
    capture.add_argument("--dry-run", action="store_true", help="only say how each line is understood")
    attach = verb("attach", "keep files; an invitation is planned and a mail goes into the history")
    attach.add_argument("files", nargs="+", type=Path, metavar="FILE")
    attach.add_argument("--client", metavar="C", help="name or id")
    attach.add_argument("--person", metavar="P", help="name or id")
    attach.add_argument("--as-file", action="store_true", help="keep invitations and mails as plain files")
    attach.add_argument("--link", action="store_true", help="link to the files where they lie")
    attach.add_argument("--dry-run", action="store_true", help="only say what would happen")
    calendar = verb("calendar", "write a meeting or the birthdays as .ics")
    calendar.add_argument(
        "meeting", nargs="?", metavar="MEETING", help="id of an interaction; birthdays without it"
    )
    calendar.add_argument("--client", metavar="C", help="birthdays of one client's people")
    calendar.add_argument("--output", type=Path, required=True, metavar="DIR")


def capture(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """Sort lines and save them; a line that leaves a question is told and nothing is saved.

    A fact that the guard warns of has its ``warning`` and no ``id``: it is only saved with ``--keep-warned``.
    """
    text = "\n".join(options.text) if options.text else sys.stdin.read(_LONGEST + 1)
    if len(text) > _LONGEST:
        raise KamdeskError("cli.capture_too_long", n=_LONGEST)
    client = place.organisations.find(options.client) if options.client else ""
    lines = place.capture.preview(text, client)
    client = client or place.capture.client_meant(lines)
    wanted = [one for one in lines if options.keep_warned or one.warning is None]
    made: Iterator[tuple[str, str]] = iter(())
    if not options.dry_run and (wanted or not lines):
        made = iter(place.capture.save(wanted, client))
    rows = [next(made, ("", ""))[1] if one in wanted else "" for one in lines]
    return [_line(one, row, words) for one, row in zip(lines, rows, strict=True)]


def _line(one: CaptureLine, row: str, words: Translator) -> dict[str, Any]:
    day = one.due or one.starts_at or one.when
    warning = words.message(one.warning) if one.warning is not None else ""
    return {
        "id": row,
        "kind": one.kind,
        "of_kind": one.contact_kind or one.fact_kind,
        "text": one.text,
        "people": [who.name.full() for who in one.people]
        or [name.full() for name in (one.new_name or one.person,) if name],
        "choices": [who.name.full() for who in one.choices],
        "day": (day.isoformat() if hasattr(day, "isoformat") else str(day)) if day else "",
        "outcome": one.outcome,
        "warning": warning,
    }


def attach(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """Keep files, each as what it is; unknown people of an invitation or a mail are named, not added."""
    client = place.organisations.find(options.client) if options.client else ""
    person = place.people.find(options.person) if options.person else ""
    owner = Owner(person_id=person) if person else Owner(organisation_id=client)
    result: list[dict[str, Any]] = []
    for path in options.files:
        if options.link:
            row = "" if options.dry_run else place.attachments.link(owner, path)
            result.append({"file": path.name, "became": "link", "id": row})
            continue
        data = read(path)
        found = Found() if options.as_file else place.incoming.look(path.name, data, client, person)
        taken = _take(place, found, client, dry_run=options.dry_run)
        if not taken:
            taken = [_plain(place, owner, path.name, data, words, dry_run=options.dry_run)]
        remarks = [words.message(remark) for remark in found.remarks]
        result += [{"file": path.name, **one} | ({"remarks": remarks} if remarks else {}) for one in taken]
    return result


def _take(place: Workplace, found: Found, client: str, *, dry_run: bool) -> list[dict[str, Any]]:
    taken = [_invitation(place, one, client, dry_run=dry_run) for one in found.invitations]
    mail = found.mail
    if mail is not None:
        row = mail.interaction_id
        change = "same" if row else "new"
        if not row and not dry_run:
            row = place.incoming.take_mail(mail, client)
        unknown = [one.email for one in mail.people if not one.known]
        taken.append(
            {
                "became": "mail",
                "change": change,
                "id": row,
                "subject": mail.mail.subject,
                "client": mail.organisation,
                "unknown": unknown,
            }
        )
    return taken


def _invitation(place: Workplace, one: InvitationFound, client: str, *, dry_run: bool) -> dict[str, Any]:
    row = one.interaction_id
    if one.change != "same" and not dry_run:
        row = place.incoming.take_invitation(one, client)
    return {
        "became": "meeting",
        "change": one.change,
        "id": row,
        "subject": one.invitation.summary,
        "starts": one.invitation.starts_at.isoformat(timespec="minutes"),
        "client": one.organisation,
        "unknown": [who.email or who.written for who in one.people if not who.known],
    }


def _plain(
    place: Workplace, owner: Owner, name: str, data: bytes, words: Translator, *, dry_run: bool
) -> dict[str, Any]:
    owner.pair()
    if not data:
        raise KamdeskError("files.empty", name=name)
    new, remark = place.attachments.read(name, data) if not dry_run else (NewFile(name, data), None)
    row = "" if dry_run else place.attachments.add(owner, [new])[0]
    return {"became": "file", "id": row} | ({"remarks": [words.message(remark)]} if remark else {})


def calendar(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Write one meeting, or the birthdays of a client's people or of all."""
    if options.meeting:
        name, data = "meeting.ics", place.calendars.calendar_of(options.meeting)
    else:
        client = place.organisations.find(options.client) if options.client else ""
        name, data = "birthdays.ics", place.calendars.birthdays(client)
    return {"file": str(write_file(options.output, name, data))}
