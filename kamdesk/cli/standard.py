"""The verbs of the dossier standard: own fields and questions as a file, and what to learn next (D12)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kamdesk.bootstrap import Workplace
from kamdesk.cli.reading import read
from kamdesk.services.word_files import write_file
from kamdesk.translation import Translator

_LARGEST: Final = 2 * 1024 * 1024
_SUBJECTS: Final = {"client": "organisation", "person": "person"}


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of these verbs."""
    standard = verb("standard", "own fields and questions: list them, write them to a file, take a file over")
    actions = standard.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, words in (
        ("list", "list own fields and questions, retired ones too"),
        ("export", "write the standard to a file"),
        ("import", "take a file over: nothing is deleted or made more open"),
    ):
        action = actions.add_parser(name, help=words, description=words)
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
        if name != "list":
            action.add_argument("file", type=Path, metavar="FILE")
        if name == "import":
            action.add_argument("--dry-run", action="store_true", help="only say what would happen")
    questions = verb("questions", "what to learn next about a client or a person")
    questions.add_argument("kind", choices=tuple(_SUBJECTS))
    questions.add_argument("name", metavar="X", help="name or id")
    questions.add_argument("--limit", type=int, default=5)


def standard(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """The standard, where it was written, or the counts of what a file brought."""
    if options.action == "export":
        path: Path = options.file
        return {"file": str(write_file(path.parent, path.name, place.standard.export()))}
    if options.action == "import":
        data = read(options.file, _LARGEST)
        return asdict(place.standard.import_(data, dry_run=options.dry_run))
    return {
        "fields": [asdict(one) for one in place.standard.fields(retired=True)],
        "questions": [asdict(one) for one in place.questions.list(retired=True)],
    }


def questions(place: Workplace, options: argparse.Namespace, words: Translator) -> list[dict[str, Any]]:
    """What is open about one client or person, in the order of the standard."""
    subject = _SUBJECTS[options.kind]
    found = place.organisations.find if subject == "organisation" else place.people.find
    return [
        {"id": one.id, "question": one.text(words.language), "answered_by": one.about}
        for one in place.questions.to_learn(subject, found(options.name), max(0, options.limit))
    ]
