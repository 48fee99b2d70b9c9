"""The verb ``template``: check a Word template, repair a copy of it, list the fields it may name."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.cli.proposals import find
from kamdesk.cli.reading import read
from kamdesk.documents.context.catalogue import CONTRACTS
from kamdesk.documents.findings import Finding
from kamdesk.model.messages import KamdeskError
from kamdesk.services.field_catalogue import catalogue_fields
from kamdesk.services.template_check import TEMPLATE_KINDS
from kamdesk.translation import Translator
from kamdesk.worker.supervisor import Workers

SAMPLE = "sample"


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The verb and its options."""
    template = verb("template", "check or repair a Word template, or list the fields it may name")
    template.add_argument("action", choices=("check", "fix", "fields"))
    template.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the template (check, fix)")
    template.add_argument("--kind", choices=TEMPLATE_KINDS, default="group")
    template.add_argument(
        "--sample",
        metavar="S",
        help=f'check: name what comes out blank for "{SAMPLE}", or for this proposal (number or id), brief (meeting, '
        "client:ID, person:ID), dossier (client:ID, person:ID), cheat sheet (proposal:ID, deal:ID, client:ID) or "
        "letter (meeting); needs --vault",
    )
    template.add_argument("--out", type=Path, metavar="COPY", help="fix: where to write the repaired copy")
    template.add_argument(
        "--only",
        type=int,
        action="append",
        metavar="N",
        help="fix: only finding N of check, from 0; a guess too",
    )
    template.add_argument("--search", default="", metavar="TEXT", help="fields: only those with this text")


def template(options: argparse.Namespace, words: Translator, place: Workplace | None) -> tuple[Any, int]:
    """The answer and the exit code: 1 where a check found an error."""
    if options.action == "fields":
        return _fields(options, words), 0
    if options.file is None:
        raise KamdeskError("cli.template_file")
    data = read(options.file)
    if options.action == "fix":
        return _fix(data, options, words), 0
    if place is not None:
        sample = "" if options.sample == SAMPLE else _sample(place, options.kind, options.sample)
        findings = place.template_checks.check(
            data, kind=options.kind, language=words.language, sample_id=sample, origin="foreign"
        )
    else:
        with Workers(1) as workers:
            findings = workers.check(data, options.kind)
    said = [_finding(number, item, words) for number, item in enumerate(findings)]
    return {"file": str(options.file), "kind": options.kind, "findings": said}, int(
        any(item.severity == "error" for item in findings)
    )


def _fix(data: bytes, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    if options.out is None:
        raise KamdeskError("cli.template_out")
    if options.out.exists():
        raise KamdeskError("cli.file_exists", file=str(options.out))
    with Workers(1) as workers:
        fixed, done = workers.repair(data, options.kind, only=options.only)
        left = workers.check(fixed, options.kind)
    try:
        with options.out.open("xb") as stream:
            stream.write(fixed)
    except OSError as error:
        raise KamdeskError("cli.cannot_write", file=str(options.out)) from error
    return {
        "file": str(options.file),
        "copy": str(options.out),
        "repaired": [
            {
                "place": _place(item, words),
                "part": item.part,
                "before": item.text.params["tag"],
                "after": item.suggestion,
            }
            for item in done
        ],
        "left": [_finding(number, item, words) for number, item in enumerate(left)],
    }


def _fields(options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    wanted = options.search.casefold().replace("ё", "е")
    return [
        {
            "path": field.path,
            "tag": field.tag,
            "other_tag": field.other_tag,
            "about": field.about,
            "example": field.example,
            "block": field.is_block,
        }
        for field in catalogue_fields(options.kind, words.language)
        if wanted
        in " ".join((field.path, field.tag, field.other_tag, field.about, field.example))
        .casefold()
        .replace("ё", "е")
    ]


def _finding(number: int, item: Finding, words: Translator) -> dict[str, Any]:
    return {
        "number": number,
        "place": _place(item, words),
        "part": item.part,
        "kind": item.kind,
        "severity": item.severity,
        "text": words.message(item.text),
        "around": item.around,
        "suggestion": item.suggestion,
        "repair": item.repair,
    }


def _place(item: Finding, words: Translator) -> str:
    return item.place if isinstance(item.place, str) else words.message(item.place)


def _sample(place: Workplace, kind: str, wanted: str) -> str:
    """The sample as the doctor takes it; whether there is such a record of the house, its paper says."""
    if kind not in CONTRACTS:
        return wanted
    return find(place, wanted)
