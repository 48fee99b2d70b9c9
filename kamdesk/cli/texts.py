"""The verb ``text``: the texts of letters, what is wrong with one, one filled for a proposal or a meeting."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kamdesk.bootstrap import Workplace
from kamdesk.cli.proposals import find
from kamdesk.cli.reading import read
from kamdesk.model.messages import LANGUAGES, KamdeskError, Message
from kamdesk.translation import Translator

_LARGEST = 1024 * 1024


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of this verb."""
    text = verb("text", "list the texts of letters, check one, or fill one for a proposal or a meeting")
    text.add_argument("action", choices=("list", "render", "check"))
    text.add_argument(
        "text", nargs="?", metavar="T", help="name, id or purpose; for check also a file of text"
    )
    text.add_argument("--proposal", metavar="P", help="number or id of a proposal")
    text.add_argument("--meeting", metavar="M", help="id of an interaction that took place")
    text.add_argument("--reader", metavar="R", help="one reader (name or id); all together by default")
    text.add_argument("--language", choices=tuple(LANGUAGES), help="of the text")


def text(
    place: Workplace, options: argparse.Namespace, words: Translator
) -> list[dict[str, Any]] | dict[str, Any]:
    """List, check or fill texts."""
    if options.action == "list":
        return _listed(place, options)
    if not options.text:
        raise KamdeskError("text.unknown", name="")
    proposal = find(place, options.proposal) if options.proposal else ""
    if options.action == "check":
        return _checked(place, options, proposal, words)
    view = place.text_templates.find(options.text, options.language or "")
    made = place.text_templates.render(
        view.id,
        proposal_id=proposal,
        meeting_id=options.meeting or "",
        reader_id=place.people.find(options.reader) if options.reader else "",
    )
    return {"text": view.id, "language": made.language, "subject": made.subject, "body": made.body}


def _listed(place: Workplace, options: argparse.Namespace) -> list[dict[str, Any]]:
    return [
        {
            "id": view.id,
            "name": view.name,
            "purpose": view.purpose,
            "language": view.language,
            "own": view.own,
            "by_itself": view.is_default,
        }
        for view in place.text_templates.list(language=options.language or "")
    ]


def _checked(
    place: Workplace, options: argparse.Namespace, proposal: str, words: Translator
) -> dict[str, Any]:
    path = Path(options.text)
    if path.is_file():
        try:
            subject, body = "", read(path, _LARGEST).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise KamdeskError("cli.cannot_read", file=str(path)) from error
        language = options.language or words.language
    else:
        view = place.text_templates.find(options.text, options.language or "")
        subject, body, language = view.subject, view.body, view.language
    found = place.text_templates.check(subject, body, language=language, proposal_id=proposal)
    return {
        "findings": [
            {
                "part": one.part,
                "line": one.line,
                "column": one.column,
                "kind": one.finding.kind,
                "severity": one.finding.severity,
                "place": _said(one.finding.place, words),
                "text": words.message(one.finding.text),
                "suggestion": one.finding.suggestion,
            }
            for one in found
        ]
    }


def _said(place: Message | str, words: Translator) -> str:
    return words.message(place) if isinstance(place, Message) else place


def in_words(result: Any, words: Translator) -> str:
    """A letter as it is sent; anything else as lines."""
    from kamdesk.cli import verbs

    if isinstance(result, dict) and "body" in result:
        return f"{result['subject']}\n\n{result['body']}\n"
    if isinstance(result, dict) and not result["findings"]:
        return words.gettext("Nothing to complain of: it can be used") + "\n"
    return verbs.in_words(result)
