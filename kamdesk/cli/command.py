"""Running one verb: open the vault, call the services, print words or JSON, turn problems into exit codes."""

from __future__ import annotations

import argparse
import json
import locale
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.cli import (
    arrivals,
    closing,
    day,
    internal,
    library,
    maps,
    parser,
    proposals,
    propose,
    sending,
    standard,
    templates,
    texts,
    ties,
    upkeep,
    verbs,
)
from kamdesk.cli.reading import read
from kamdesk.model.messages import KamdeskError
from kamdesk.store import vault as vaults
from kamdesk.store.keys import KdfCost
from kamdesk.translation import Translator

_LONGEST_SECRET = 64 * 1024
Verb = Callable[[Workplace, argparse.Namespace, Translator], Any]
WITH_VAULT: Mapping[str, Verb] = {
    "today": day.today,
    "clients": verbs.clients,
    "people": verbs.people,
    "deals": verbs.deals,
    "statements": verbs.statements,
    "show": verbs.show,
    "relations": ties.relations,
    "who-knows": ties.who_knows,
    "import": verbs.import_files,
    "search": verbs.search,
    "map": maps.influence_map,
    "templates": verbs.templates,
    "propose": propose.propose,
    "text": texts.text,
    "proposals": proposals.proposals,
    "proposal-version": proposals.new_version,
    "proposal-compare": proposals.compare,
    "send": sending.send,
    "sent": sending.sent,
    "sent-file": sending.sent_file,
    "mail-drafts": sending.mail_drafts,
    "closing": closing.closing,
    "concessions": closing.concessions,
    "concession": closing.concession,
    "brief": internal.brief,
    "cheat-sheet": internal.cheat_sheet,
    "letter": internal.letter,
    "dossier-print": internal.dossier_print,
    "capture": arrivals.capture,
    "attach": arrivals.attach,
    "calendar": arrivals.calendar,
    "standard": standard.standard,
    "questions": standard.questions,
    "library": library.library,
    "prices": library.prices,
    "trash": upkeep.trash,
    "restore": upkeep.restore,
    "duplicates": upkeep.duplicates,
    "merge": upkeep.merge,
    "field-history": upkeep.field_history,
    "undo": verbs.undo,
}

IN_WORDS: Mapping[str, Callable[[Any, Translator], str]] = {
    "today": day.in_words,
    "demo": propose.demo_in_words,
    "propose": propose.documents_in_words,
    "map": maps.in_words,
    "closing": closing.in_words,
    "proposal-compare": proposals.in_words,
    "text": texts.in_words,
}


def run(arguments: Sequence[str], out: TextIO, err: TextIO) -> int:
    """Run one verb. 0 done, 1 a problem told on ``err``, 2 wrong usage."""
    try:
        options = parser.build().parse_args(list(arguments))
    except SystemExit as stop:
        return int(stop.code or 0)
    _mend_words(options)
    translator = Translator(options.interface or system_language())
    try:
        result, code = _call(options, translator)
    except KamdeskError as error:
        print(translator.message(error.message), file=err)
        return 1
    if options.json or getattr(options, "format", "") == "dossier":
        # JSON may name any letter by its number, so that it is right in every encoding of a pipe.
        in_unicode = (out.encoding or "utf-8").casefold().replace("-", "").startswith("utf")
        json.dump(result, out, ensure_ascii=not in_unicode, indent=2)
        out.write("\n")
    else:
        out.write(
            IN_WORDS[options.verb](result, translator) if options.verb in IN_WORDS else verbs.in_words(result)
        )
    return code


def _mend_words(options: argparse.Namespace) -> None:
    """Bytes of the command line that are no text come as lone surrogates, which nothing below can store or compare.

    Paths keep them: a file may be called so.
    """
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, value.encode("utf-8", "replace").decode())
        elif isinstance(value, list):
            words = [
                one.encode("utf-8", "replace").decode() if isinstance(one, str) else one for one in value
            ]
            setattr(options, name, words)


def _call(options: argparse.Namespace, translator: Translator) -> tuple[Any, int]:
    if options.verb == "demo":
        return propose.demo(options, translator), 0
    if options.verb == "template" and (options.vault is not None or options.sample is None):
        if options.sample is None:
            return templates.template(options, translator, None)
        with workplace(options) as place:
            return templates.template(options, translator, place)
    if options.vault is None:
        raise KamdeskError("cli.no_vault")
    if options.verb == "init":
        return verbs.init(options.vault, _passphrase(options), cost()), 0
    with workplace(options) as place:
        return WITH_VAULT[options.verb](place, options, translator), 0


@contextmanager
def workplace(options: argparse.Namespace) -> Iterator[Workplace]:
    """The opened vault of the options, closed at the end whatever happens."""
    secret = "" if vaults.is_unprotected(options.vault) else _passphrase(options)
    place = open_workplace(vaults.open_vault(options.vault, vaults.Secret(secret), cost=cost()))
    try:
        yield place
    finally:
        place.close()


def _passphrase(options: argparse.Namespace) -> str:
    path: Path | None = options.passphrase_file
    if path is None:
        raise KamdeskError("cli.no_passphrase")
    try:
        text = read(path, _LONGEST_SECRET).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KamdeskError("cli.cannot_read", file=str(path)) from error
    return text.split("\n", 1)[0].rstrip("\r")


def cost() -> KdfCost:
    """The cost of deriving keys; tests make it cheap through the environment, and only for vaults they make."""
    given = os.environ.get("KAMDESK_KDF_MEMORY_KIB", "")
    return KdfCost(int(given), 1, 1) if given.isdigit() else KdfCost()


def system_language() -> str:
    """The interface's language by the system: Russian where the system is, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "ru" if name.casefold().startswith(("ru", "russian")) else "en"
