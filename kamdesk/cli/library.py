"""The verbs of the library and the price list: out to a file or a table, in from one, what is there."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from kamdesk.bootstrap import Workplace
from kamdesk.cli.reading import read
from kamdesk.exchange import library_file
from kamdesk.model.messages import KamdeskError
from kamdesk.services.import_report import ImportedRow
from kamdesk.services.library_tables import PRICES, prices_of
from kamdesk.services.word_files import write_file
from kamdesk.translation import Translator

_KINDS: Final = {
    "arguments": "argument",
    "objections": "objection",
    "cases": "case_study",
    "recommenders": "recommender",
}
_LARGEST: Final = 50 * 2**20
_SHEET: Final = "sheet of a workbook (default: the one whose headers are understood best)"


def declare(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of these verbs."""
    actions = _actions(verb("library", "the library: write it to a file or a table, take one over"))
    out = _action(
        actions,
        "export",
        "write the library to a file (.json), or one kind of entries as a table (.xlsx, .csv)",
    )
    out.add_argument("file", type=Path, metavar="FILE")
    out.add_argument("--kind", choices=tuple(_KINDS), default="arguments", help="of a table")
    into = _action(actions, "import", "take a library (.json) or a table of entries over")
    into.add_argument("file", type=Path, metavar="FILE")
    into.add_argument("--kind", choices=tuple(_KINDS), default="arguments", help="of a table")
    into.add_argument("--sheet", default="", metavar="NAME", help=_SHEET)
    into.add_argument("--dry-run", action="store_true", help="only say what would happen")
    actions = _actions(
        verb("prices", "the price list: take a table over, write it to one, list what is there")
    )
    out = _action(actions, "export", "write the price list to a table (.xlsx, .csv)")
    out.add_argument("file", type=Path, metavar="FILE")
    into = _action(actions, "import", "take a price list over (.xlsx, .xls, .ods, .csv)")
    into.add_argument("file", type=Path, metavar="FILE")
    into.add_argument("--list", dest="price_list", default="", metavar="NAME", help="name of the price list")
    into.add_argument("--sheet", default="", metavar="NAME", help=_SHEET)
    into.add_argument("--currency", default="RUB", metavar="CODE", help="where the file does not say")
    into.add_argument("--replace", action="store_true", help="delete the lines that the file no longer has")
    into.add_argument("--dry-run", action="store_true", help="only say what would happen")
    listed = _action(actions, "list", "list the lines of the price list")
    listed.add_argument("text", nargs="*", metavar="TEXT", help="words of article number, name or section")
    listed.add_argument("--limit", type=int, default=100)


def library(place: Workplace, options: argparse.Namespace, words: Translator) -> dict[str, Any]:
    """Where the library was written, or what a file brought and which entries were not taken."""
    path: Path = options.file
    kind = _KINDS[options.kind]
    if options.action == "export":
        return {"file": str(write_file(path.parent, path.name, _written(place, path, kind, words)))}
    files = place.library_files
    if path.suffix.casefold() == ".json":
        report = files.import_file(read(path, library_file.LIMIT + 1), dry_run=options.dry_run)
    else:
        table, remarks = place.library_tables.of_file(read(path, _LARGEST), path.name, kind, options.sheet)
        report = files.import_table(table, kind, remarks=remarks, dry_run=options.dry_run)
    return {
        "created": len(report.created),
        "completed": len(report.updated),
        "same": len(report.same),
        "skipped": [_told(one, words) for one in report.skipped],
        "notes": [_told(one, words) for one in (*report.created, *report.updated) if one.notes],
        "remarks": [words.message(one) for one in report.remarks],
    }


def prices(place: Workplace, options: argparse.Namespace, words: Translator) -> Any:
    """The lines, where they were written, or what a table changes: new, changed, the same, no longer there, not taken."""
    if options.action == "list":
        return [
            {
                "id": one.id,
                "article": one.article,
                "name": one.name,
                "unit": one.unit,
                "price": str(one.price),
                "currency": one.currency,
                "vat": str(one.vat) if one.vat is not None else None,
                "section": one.section,
                "price_list": one.price_list,
                "valid_until": one.valid_until.isoformat() if one.valid_until else None,
                "expired": one.expired,
            }
            for one in place.prices.list(" ".join(options.text), limit=max(0, options.limit))
        ]
    path: Path = options.file
    if options.action == "export":
        ending = path.suffix.casefold()
        if ending not in (".xlsx", ".csv"):
            raise KamdeskError("prices.ending", file=path.name)
        data = place.prices.table(words.language, ending[1:])
        return {"file": str(write_file(path.parent, path.name, data))}
    currency = options.currency.upper()
    if place.vocabularies().item("currency", currency) is None:
        raise KamdeskError("prices.no_currency", currency=options.currency)
    table, remarks = place.library_tables.of_file(read(path, _LARGEST), path.name, PRICES, options.sheet)
    report = place.prices.take(
        prices_of(table, words.language, remarks),
        price_list=options.price_list,
        currency=currency,
        replace=options.replace,
        dry_run=options.dry_run,
    )
    return {
        "new": len(report.new),
        "changed": [
            {
                "article": one.article,
                "name": one.name,
                "from": f"{one.price} {one.currency}",
                "to": f"{one.new_price} {one.new_currency}",
                "fields": list(one.fields),
            }
            for one in report.changed
        ],
        "same": report.same,
        "gone": [{"article": one.article, "name": one.name} for one in report.gone],
        "gone_deleted": report.removed and not options.dry_run,
        "skipped": [_told(one, words) for one in report.skipped],
        "notes": [_told(one, words) for one in report.noted],
        "remarks": [words.message(one) for one in report.remarks],
    }


def _written(place: Workplace, path: Path, kind: str, words: Translator) -> bytes:
    ending = path.suffix.casefold()
    if ending == ".json":
        return place.library_files.export()
    if ending in (".xlsx", ".csv"):
        return place.library_files.table(kind, words.language, ending[1:])
    raise KamdeskError("library_file.ending", file=path.name)


def _told(row: ImportedRow, words: Translator) -> dict[str, Any]:
    messages = [*((row.why,) if row.why is not None else ()), *row.notes]
    return {"place": row.source, "name": row.name, "why": " ".join(words.message(one) for one in messages)}


def _actions(parser: argparse.ArgumentParser) -> Any:
    return parser.add_subparsers(dest="action", required=True, metavar="ACTION")


def _action(actions: Any, name: str, words: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = actions.add_parser(name, help=words, description=words)
    made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    return made
