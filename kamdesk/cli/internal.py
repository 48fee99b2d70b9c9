"""The verbs that write documents of the house: ``brief``, ``cheat-sheet``, ``letter``, ``dossier-print``. Each tells the paths of its files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.cli.reading import formats_of
from kamdesk.model.internal import DossierOptions
from kamdesk.model.messages import KamdeskError
from kamdesk.services.printed import Printed, export
from kamdesk.services.word_files import check_folder, write_file
from kamdesk.translation import Translator


def brief(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """One page for a meeting, for a client's next one, or for somebody without a meeting."""
    formats = formats_of(options.format)
    check_folder(options.output)
    subject = _subject(place, options)
    language = options.language or words.language
    template = _template(place, "brief", language, options.template)
    made = place.briefs.print(subject, language, paper=options.paper, full=options.full, template=template)
    return _written(made, options.output, formats, kind="brief", subject=subject)


def cheat_sheet(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """Two pages about those whom one faces together: a client's group, a deal's, or the readers of a proposal."""
    formats = formats_of(options.format)
    check_folder(options.output)
    subject = _group(place, options)
    language = options.language or words.language
    template = _template(place, "cheat_sheet", language, options.template)
    made = place.cheat_sheets.print(
        subject, language, paper=options.paper, full=options.full, template=template
    )
    return _written(made, options.output, formats, kind="cheat_sheet", subject=subject)


def letter(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """The draft of the letter with results, as mail and as Word file, unedited and not logged."""
    check_folder(options.output)
    letters = place.meeting_letters
    draft = letters.draft(options.meeting)
    stem = draft.text.subject
    template = _template(place, "results", draft.language, options.template)
    made = {
        "eml": letters.mail(options.meeting, draft.text),
        "docx": letters.word(options.meeting, draft.text, template=template),
    }
    return [
        {
            "path": str(write_file(options.output, f"{stem}.{ending}", content)),
            "format": ending,
            "kind": "letter",
            "subject": draft.text.subject,
            "recipients": [{"name": one.name, "email": one.email} for one in draft.to],
        }
        for ending, content in made.items()
    ]


def dossier_print(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """A dossier for paper at a level of redaction."""
    formats = formats_of(options.format)
    check_folder(options.output)
    find = place.people.find if options.about == "person" else place.organisations.find
    row_id = find(options.name)
    left_out = tuple(code.strip() for code in options.leave_out.split(",") if code.strip())
    unknown = set(left_out) - set(place.vocabularies().codes("left_out", hidden=True))
    if unknown:
        raise KamdeskError("dossier_print.category", names=", ".join(sorted(unknown)))
    chosen = DossierOptions(
        level=options.level,
        ceiling=options.ceiling,
        left_out=left_out,
        since=options.since,
        until=options.until,
        paper=options.paper,
    )
    language = options.language or words.language
    template = _template(place, "dossier", language, options.template)
    made = place.dossier_prints.print(options.about, row_id, language, chosen, template=template)
    return _written(made, options.output, formats, kind="dossier", level=options.level)


def _subject(place: Workplace, options: argparse.Namespace) -> str:
    given = [one for one in (options.meeting, options.client, options.person) if one]
    if len(given) != 1:
        raise KamdeskError("cli.brief_of_what")
    if options.client:
        return place.briefs.next_meeting(place.organisations.find(options.client))
    return f"person:{place.people.find(options.person)}" if options.person else str(options.meeting)


def _group(place: Workplace, options: argparse.Namespace) -> str:
    if options.deal:
        if options.proposal:
            raise KamdeskError("cli.sheet_of_what")
        client_id = place.organisations.find(options.client) if options.client else None
        return f"deal:{_one(options.deal, [(row.id, row.name) for row in place.deals.list(client_id)])}"
    if bool(options.client) == bool(options.proposal):
        raise KamdeskError("cli.sheet_of_what")
    if options.client:
        return f"client:{place.organisations.find(options.client)}"
    rows = place.proposals.list()
    named = [(row.id, name) for row in rows for name in {row.number, row.subject} if name]
    return f"proposal:{_one(options.proposal, named)}"


def _one(wanted: str, rows: list[tuple[str, str]]) -> str:
    """The id of what is called so. Raises KamdeskError ``cli.not_one`` for none and for several."""
    folded = wanted.casefold()
    found = {row_id for row_id, name in rows if wanted == row_id or name.casefold() == folded}
    if len(found) != 1:
        raise KamdeskError("cli.not_one", name=wanted, n=len(found))
    return found.pop()


def _template(place: Workplace, kind: str, language: str, wanted: str | None) -> str | None:
    """The id of a stored template by name or id; "" and None as they are. Raises ``cli.template_unknown``."""
    if not wanted:
        return wanted
    for one in place.own_templates.choices(kind, language):
        if wanted in (one.id, one.name):
            return one.id
    raise KamdeskError("cli.template_unknown", name=wanted)


def _written(made: Printed, folder: Path, formats: tuple[str, ...], **more: str) -> list[dict[str, Any]]:
    paths = export(made, folder, formats)
    return [
        {"path": str(path), "format": ending, "pages": made.pages, **more}
        for path, ending in zip(paths, formats, strict=True)
    ]
