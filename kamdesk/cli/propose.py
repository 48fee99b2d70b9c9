"""The verbs that write documents: ``propose`` and ``demo``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.cli.proposals import find_by_subject
from kamdesk.cli.reading import formats_of, read
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.rules.markup import plain
from kamdesk.services.generation import Audience, Made, OwnTemplate
from kamdesk.services.organisations import OPEN_STATUSES
from kamdesk.services.printed import FORMATS
from kamdesk.services.word_files import check_folder
from kamdesk.translation import Translator


def propose(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """Make the documents of a client's proposal and write them to a folder.

    Where one document cannot be made the others are written all the same, and the problem is told at the end.
    """
    formats = formats_of(options.format)
    # Asked before anything is made: a run that cannot end well leaves no version and takes no number.
    check_folder(options.output)
    client_id = place.organisations.find(options.client)
    proposal_id = _proposal(place, client_id, options.proposal)
    audience = _audience(place, proposal_id, options)
    made = place.generation.make(
        proposal_id,
        audience,
        formats=formats,
        template=_template(place, options.template),
        converter=options.converter,
    )
    written = write(place, made.made, options.output, formats, words)
    if made.failed:
        first = words.message(made.failed[0].why)
        raise KamdeskError("output.some_failed", n=len(made.failed), first=f"{made.failed[0].name}: {first}")
    return written


def write(
    place: Workplace, made: tuple[Made, ...], output: Path, formats: tuple[str, ...], words: Translator
) -> list[dict[str, Any]]:
    """Write documents to a folder; one entry a file."""
    result = []
    taken: set[str] = set()
    for document in made:
        paths = place.word_files.export(document.document_id, output, formats, taken)
        for path, kind in zip(paths, formats, strict=True):
            result.append(_entry(place, document, path, kind, words))
    return result


def _entry(place: Workplace, document: Made, path: Path, kind: str, words: Translator) -> dict[str, Any]:
    readers = {
        reader.reader_id: name for reader, name in zip(document.reasons, document.recipients, strict=True)
    }
    return {
        "path": str(path),
        "format": kind,
        "kind": document.kind,
        "recipients": list(document.recipients),
        "lens": [document.lenses.get(reader.reader_id, "") for reader in document.reasons],
        "template": document.template,
        "pages": document.pages,
        "arguments": [
            {
                "recipient": readers[reader.reader_id],
                "text": chosen.text,
                "evidence": chosen.evidence,
                "evidence_kind": chosen.evidence_kind,
                "reason": words.message(chosen.reason),
            }
            for reader in document.reasons
            for chosen in reader.chosen
        ],
        "uncovered": [
            {"recipient": readers[reader.reader_id], "criterion": code}
            for reader in document.reasons
            for code in reader.uncovered
        ],
        "converter": document.converter if kind == "pdf" else "",
        "converter_reason": words.message(document.converter_reason) if document.converter_reason else "",
    }


def _proposal(place: Workplace, client_id: str, wanted: str | None) -> str:
    if wanted:
        return find_by_subject(place, wanted, client_id)
    open_ones = [row.id for row in place.proposals.list(client_id) if row.status in OPEN_STATUSES]
    return open_ones[0] if open_ones else place.proposals.start(client_id)


def _audience(place: Workplace, proposal_id: str, options: argparse.Namespace) -> Audience:
    page = place.proposals.page(proposal_id)
    if options.group:
        return Audience(group=True, letters=None, variants=())
    if options.all:
        return Audience(group=True, letters=None, variants=tuple(reader.id for reader in page.readers))
    if options.lens:
        return Audience(False, (), place.generation.readers_of_lens(proposal_id, options.lens))
    person_id = place.people.find(options.person)
    if person_id not in {reader.person_id for reader in page.readers}:
        place.proposals.set_readers(proposal_id, [*(r.person_id for r in page.readers), person_id])
        page = place.proposals.page(proposal_id)
    return Audience(False, (), tuple(reader.id for reader in page.readers if reader.person_id == person_id))


def _template(place: Workplace, wanted: str | None) -> OwnTemplate | None:
    if not wanted:
        return None
    path = Path(wanted)
    if path.suffix.casefold() in (".docx", ".dotx", ".dotm", ".docm") or path.is_file():
        return place.own_template(path.name, read(path))
    for template in place.templates.list():
        if wanted in (template.id, template.name):
            return place.generation.stored_template(template.id)
    raise KamdeskError("cli.template_unknown", name=wanted)


def demo(options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Make a demo vault; with ``--output`` also all documents of its proposal."""
    if options.output is not None:
        check_folder(options.output)
    place, client_id = make_demo(options.into, options.language)
    try:
        proposal_id = _proposal(place, client_id, None)
        documents: list[dict[str, Any]] = []
        if options.output is not None:
            page = place.proposals.page(proposal_id)
            everything = Audience(True, None, tuple(reader.id for reader in page.readers))
            made = place.generation.generate(proposal_id, everything)
            documents = write(place, made, options.output, FORMATS, words)
        return {
            "vault": str(options.into),
            "client": client_id,
            "proposal": proposal_id,
            "holds": {
                "people": len(place.people.list()),
                "proposals": len(place.proposals.list()),
                "arguments": len(place.library.arguments()),
                "prices": place.prices.count(),
            },
            "documents": documents,
        }
    finally:
        place.close()


# --- for people ----------------------------------------------------------------------------------------------


def documents_in_words(documents: list[dict[str, Any]], words: Translator) -> str:
    """What was written, a paragraph a document: its files, for whom, and why its first argument was chosen."""
    lines = []
    for path, entries in _by_stem(documents).items():
        first = entries[0]
        formats = ", ".join(entry["format"] for entry in entries)
        names = ", ".join(first["recipients"])
        lines.append(f"{path} ({formats})")
        lines.append(
            "  " + words.message(Message("cli.written_for", {"names": names, "n": first["pages"] or 0}))
        )
        if first["arguments"] and len(first["recipients"]) == 1:
            chosen = first["arguments"][0]
            lines.append("  " + words.message(Message("cli.first_argument", {"text": plain(chosen["text"])})))
            lines.append("  " + words.message(Message("cli.why", {"reason": chosen["reason"]})))
    return "\n".join(lines) + "\n"


def demo_in_words(result: dict[str, Any], words: Translator) -> str:
    """Where the demo vault is, what it holds, and its documents."""
    said = words.message(Message("cli.demo_made", {"folder": result["vault"]}))
    holds = words.message(Message("cli.demo_holds", result["holds"]))
    return f"{said}\n{holds}\n{documents_in_words(result['documents'], words)}"


def _by_stem(documents: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in documents:
        found.setdefault(str(Path(entry["path"]).with_suffix("")), []).append(entry)
    return found
