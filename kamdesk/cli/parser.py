"""The verbs and their options, declared once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kamdesk.cli import arrivals, closing, library, proposals, sending, standard, templates, texts, upkeep
from kamdesk.model.messages import LANGUAGES

LEVELS = ("business", "personal", "everything")
LENSES_HELP = "code of a type of stakeholder: executive, people, finance, technical …"


def build() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        "kamdesk", description="Client dossiers and tailored proposals, offline."
    )
    parser.add_argument("--vault", type=Path, metavar="DIR", help="the folder of the vault")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="a file with the passphrase in its first line"
    )
    parser.add_argument(
        "--interface", choices=tuple(LANGUAGES), help="language of messages; the system's by default"
    )
    _json(parser, default=False)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=words, description=words)
        _json(added, default=argparse.SUPPRESS)
        return added

    verb("init", "make a vault in --vault and print its recovery code")
    demo = verb("demo", "make a demo vault and write its proposals")
    demo.add_argument("--into", type=Path, required=True, metavar="DIR", help="folder of the demo vault")
    demo.add_argument("--language", choices=tuple(LANGUAGES), default="ru")
    demo.add_argument(
        "--output", type=Path, metavar="DIR", help="where the documents go; none are made without it"
    )
    today = verb("today", "what is due and why")
    today.add_argument("--on", metavar="DATE", help="as it would be on another day, YYYY-MM-DD")
    verb("clients", "list the clients")
    people = verb("people", "list people")
    people.add_argument("--client", metavar="C", help="only those of one client (name or id)")
    deals = verb("deals", "list deals with their stage and amount")
    deals.add_argument("--client", metavar="C", help="only those of one client (name or id)")
    statements = verb("statements", "list what is known of a client's business")
    statements.add_argument("client", metavar="CLIENT", help="name or id")
    show = verb("show", "show one client or person")
    show.add_argument("kind", choices=("client", "person"))
    show.add_argument("name", metavar="X", help="name or id")
    show.add_argument("--format", choices=("summary", "dossier"), default="summary")
    show.add_argument("--level", choices=LEVELS, default="business", help="of the dossier")
    related = verb(
        "relations", "how somebody is tied to others, what is expected of them, who of us knows them"
    )
    related.add_argument("name", metavar="PERSON", help="name or id")
    knows = verb("who-knows", "who of us knows whom at a client, or about a topic")
    knows.add_argument("--client", metavar="C", help="the matrix of this client (name or id)")
    knows.add_argument("--topic", metavar="T", help="colleagues who know about it")
    load = verb("import", "take contacts (CSV, XLSX, vCard, text) or a dossier")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--client", metavar="C", help="seat everybody at this client")
    load.add_argument("--dry-run", action="store_true", help="only say what would happen")
    search = verb("search", "find anything")
    search.add_argument("text", nargs="+", metavar="TEXT")
    search.add_argument("--limit", type=int, default=30)
    _map(verb("map", "show the influence map of a client, its answers, or a picture of it"))
    verb("templates", "list the templates")
    templates.declare(verb)
    _propose(verb("propose", "write the proposal for a client"))
    proposals.declare(verb)
    sending.declare(verb)
    texts.declare(verb)
    _internal(verb)
    arrivals.declare(verb)
    standard.declare(verb)
    library.declare(verb)
    upkeep.add_verbs(verb)
    verb("undo", "take the last step back")
    return parser


def _internal(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The verbs that write documents of the house."""
    closing.declare(verb)
    brief = verb("brief", "write the one-page brief for a meeting, a client or a person")
    brief.add_argument("meeting", nargs="?", metavar="MEETING", help="id of an interaction")
    brief.add_argument("--client", metavar="C", help="the client's next meeting, else the client as such")
    brief.add_argument("--person", metavar="P", help="somebody without a planned meeting")
    brief.add_argument("--paper", choices=("a4", "a5"), default="a4")
    brief.add_argument("--full", action="store_true", help="print what is only for us too")
    sheet = verb("cheat-sheet", "write whom you face together on two landscape pages")
    sheet.add_argument("--client", metavar="C", help="the decision group of this client (name or id)")
    sheet.add_argument("--deal", metavar="D", help="that of a deal (id, or its name with --client)")
    sheet.add_argument("--proposal", metavar="P", help="the readers of a proposal (number, id or subject)")
    sheet.add_argument("--paper", choices=("a4", "a5"), default="a4")
    sheet.add_argument("--full", action="store_true", help="print what is only for us too")
    letter = verb("letter", "write the letter with a meeting's results")
    letter.add_argument("meeting", metavar="MEETING", help="id of an interaction that took place")
    letter.add_argument(
        "--template", metavar="T", help='a stored template or letterhead; "" for our own look'
    )
    letter.add_argument("--output", type=Path, required=True, metavar="DIR")
    dossier = verb("dossier-print", "write the dossier of a client, a person or a decision group for paper")
    dossier.add_argument("about", choices=("client", "person", "group"))
    dossier.add_argument("name", metavar="X", help="name or id")
    dossier.add_argument(
        "--level", choices=("business", "business_personal", "everything", "own"), default="business"
    )
    dossier.add_argument(
        "--ceiling",
        choices=("public", "business", "personal", "private"),
        default="business",
        help='of "own"',
    )
    dossier.add_argument(
        "--leave-out", default="", metavar="CODES", help="family,gifts,margin,negotiation,notes"
    )
    dossier.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="history from 2026-01-31 on")
    dossier.add_argument("--until", type=date.fromisoformat, metavar="DAY")
    dossier.add_argument("--paper", choices=("a4", "a5", "booklet"), default="a4")
    for one in (brief, sheet, dossier):
        one.add_argument(
            "--template", metavar="T", help='a stored template (name or id); "" for our own look'
        )
        one.add_argument(
            "--language", choices=tuple(LANGUAGES), help="of the pages; the interface's by default"
        )
        one.add_argument("--format", default="docx,pdf", help="docx, pdf or both (the default)")
        one.add_argument("--output", type=Path, required=True, metavar="DIR")


def _json(parser: argparse.ArgumentParser, default: object) -> None:
    """``--json`` is understood before and after the verb."""
    parser.add_argument("--json", action="store_true", default=default, help="print JSON")


def _map(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar="CLIENT", help="name or id")
    parser.add_argument("--to", metavar="PERSON", help="also ask through whom to be introduced to this one")
    parser.add_argument("--without", metavar="PERSON", help="also ask what changes when this one leaves")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="write the map as SVG")
    parser.add_argument("--png", type=Path, metavar="FILE", help="write the map as PNG")
    parser.add_argument("--width", type=int, default=1600, help="width of the PNG in pixels")
    parser.add_argument(
        "--discreet", action="store_true", help="leave out stance, influence, parts and relationships"
    )


def _propose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar="CLIENT", help="name or id")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument(
        "--group", action="store_true", help="one document for the group and a letter to each reader"
    )
    whom.add_argument("--for", dest="person", metavar="PERSON", help="a separate variant for one person")
    whom.add_argument("--lens", metavar="L", help=f"separate variants by type; {LENSES_HELP}")
    whom.add_argument(
        "--all", action="store_true", help="the group document, letters and separate variants for all"
    )
    parser.add_argument(
        "--proposal", metavar="P", help="number, id or subject; else the client's newest open one"
    )
    parser.add_argument("--template", metavar="T", help="a Word file or the name of a stored template")
    parser.add_argument("--format", default="docx,pdf", help="docx, pdf or both (the default)")
    parser.add_argument("--converter", choices=("builtin", "libreoffice"), default="builtin")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
