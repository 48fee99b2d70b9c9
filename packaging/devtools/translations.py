"""The Russian catalogue: extraction from the source, merging of new translations, and what is unfinished.

``resources/translations/ru/LC_MESSAGES/kamdesk.po`` is the only source; compiled files are never committed. It is
written so that two people who add strings at once get a readable merge: sorted, unwrapped, no line numbers, no dates.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import string
import sys
import tempfile
import time
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "resources/translations/ru/LC_MESSAGES/kamdesk.po"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "N_": None,
    "P_": (1, 2),
    "ngettext": (1, 2),
}
FORMS = 3  # Russian: 1 строка, 2 строки, 5 строк
HEADER = r"""# Russian translation of kamdesk. Written by `dev.py translate`; strings are changed with `--add`.
msgid ""
msgstr ""
"Project-Id-Version: kamdesk\n"
"Language: ru\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

"""


@dataclass(frozen=True)
class Entry:
    """One string of the catalogue: English source, English plural or "", Russian forms (one, or three)."""

    source: str
    plural: str = ""
    russian: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether every Russian form is there."""
        return len(self.russian) == (FORMS if self.plural else 1) and all(self.russian)


def extract(package: Path) -> dict[str, Entry]:
    """Every string marked for translation under ``package``, by its English (singular) text.

    A file that is no Python at this moment is named on stderr and passed over: its translations are kept.
    """
    from babel.messages.extract import extract_from_file

    found: dict[str, Entry] = {}
    for path in sorted(package.rglob("*.py")):
        try:
            rows = list(extract_from_file("python", path, keywords=KEYWORDS))
        except (SyntaxError, tokenize.TokenError) as error:
            print(f"passed over, cannot be read: {path}: {error}", file=sys.stderr)
            continue
        for _line, text, _comments, _context in rows:
            source, plural = (text[0], text[1]) if isinstance(text, (tuple, list)) else (text, "")
            if source and (plural or source not in found):
                found[source] = Entry(source, plural)
    return found


def read(path: Path) -> dict[str, Entry]:
    """The strings of a .po file; empty where there is none. Raises Babel's PoFileError for a damaged one."""
    from babel.messages.pofile import read_po

    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        catalogue: Catalog = read_po(stream, locale="ru", abort_invalid=True)
    found = {}
    for message in catalogue:
        if not message.id:
            continue
        source, plural = message.id if isinstance(message.id, (tuple, list)) else (message.id, "")
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        found[source] = Entry(source, plural, tuple(form or "" for form in forms))
    return found


def write(path: Path, entries: Mapping[str, Entry]) -> bool:
    """Write the catalogue whole, sorted, at once. Returns whether the file changed."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale="ru")
    for entry in entries.values():
        message = catalogue.add(
            (entry.source, entry.plural) if entry.plural else entry.source,
            (entry.russian or ("",) * FORMS) if entry.plural else "".join(entry.russian),
        )
        message.flags.clear()
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True)
    content = HEADER.encode() + body.getvalue().strip() + b"\n"
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".part")
    fresh.write_bytes(content)
    fresh.replace(path)
    return True


def merge(known: Mapping[str, Entry], extracted: Mapping[str, Entry], *, prune: bool) -> dict[str, Entry]:
    """The catalogue for the present source.

    A translation whose source is gone is kept, since the code may be about to arrive; ``prune`` drops it.
    """
    merged = {}
    for source, entry in extracted.items():
        old = known.get(source)
        same_kind = old is not None and bool(old.plural) == bool(entry.plural)
        merged[source] = Entry(source, entry.plural, old.russian if old is not None and same_kind else ())
    for source, entry in known.items():
        if source not in merged and entry.finished and not prune:
            merged[source] = entry
    return merged


def additions(path: Path) -> dict[str, Entry]:
    """Translations from a JSON file: {english: russian}, plurals {"one|||many": [three forms]}.

    Raises ValueError that names the string for anything of another shape or with other placeholders.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path}: an object {{english: russian}} is expected")
    found = {}
    for key, value in content.items():
        source, separator, plural = key.partition("|||")
        forms = tuple(value) if isinstance(value, list) else (value,)
        entry = Entry(source, plural, forms)
        if bool(separator) != isinstance(value, list) or not all(isinstance(form, str) for form in forms):
            raise ValueError(
                f"{path}: {key!r}: a text wants a text, a plural 'one|||many' wants {FORMS} forms"
            )
        if not entry.finished:
            raise ValueError(
                f"{path}: {key!r}: {FORMS if plural else 1} non-empty form(s) wanted, got {value!r}"
            )
        wrong = wrong_placeholders(entry)
        if wrong:
            raise ValueError(f"{path}: {wrong}")
        found[source] = entry
    return found


def placeholders(text: str) -> set[str] | None:
    """The names of the ``str.format`` fields of a text; None for a text that is no format string."""
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return None


def wrong_placeholders(entry: Entry) -> str:
    """What is wrong with the fields of a translation, or "". Every form has those of the English (plural) text."""
    wanted = placeholders(entry.plural or entry.source)
    if wanted is None:
        return ""
    for form in entry.russian:
        if form and placeholders(form) != wanted:
            return f"{entry.source!r}: {form!r} has other placeholders than {sorted(wanted)}"
    return ""


def problems(package: Path = ROOT / "kamdesk", catalogue: Path = CATALOGUE) -> list[str]:
    """Why the catalogue is unfinished: one line a fault, empty when all is well."""
    known, found = read(catalogue), []
    for source, entry in sorted(merge(known, extract(package), prune=False).items()):
        if not entry.finished:
            found.append(f"not translated: {source!r}" + (f" ||| {entry.plural!r}" if entry.plural else ""))
        elif wrong := wrong_placeholders(entry):
            found.append(f"placeholders: {wrong}")
        elif known[source].plural != entry.plural:
            found.append(f"run `dev.py translate`: the plural of {source!r} changed")
    return found


def compile_words(catalogue: Path = CATALOGUE) -> Path:
    """Write the .mo beside the .po where it is older. Returns its path; it is never committed."""
    target = catalogue.with_suffix(".mo")
    if not target.is_file() or target.stat().st_mtime < catalogue.stat().st_mtime:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with catalogue.open("rb") as stream:
            content = read_po(stream, locale="ru")
        fresh = target.with_name(f"{target.name}.{os.getpid()}.part")
        with fresh.open("wb") as out:
            write_mo(out, content)
        fresh.replace(target)
    return target


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other runs on the same file away. The lock stands in the temporary folder and ends with the process."""
    mark = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"kamdesk-translate-{mark}.lock").open("a+b") as stream:
        _lock(stream)
        yield


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
                return
            except OSError:
                time.sleep(0.1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX)


def main(arguments: Sequence[str]) -> int:
    """The verb ``translate``. Returns 1 where ``--missing`` finds something or an added file is wrong."""
    parser = argparse.ArgumentParser(prog="dev.py translate", description=__doc__)
    parser.add_argument(
        "--add", metavar="FILE", type=Path, nargs="+", default=[], help="JSON of new translations"
    )
    parser.add_argument("--missing", action="store_true", help="list what is unfinished and change nothing")
    parser.add_argument(
        "--compile", action="store_true", help="write the compiled file where it is out of date"
    )
    parser.add_argument("--prune", action="store_true", help="drop translations whose source is gone")
    options = parser.parse_args(arguments)
    if options.missing:
        found = problems()
        print("\n".join(found) or "every string is translated")
        return 1 if found else 0
    if options.compile:
        compile_words()
        return 0
    with locked(CATALOGUE):
        known = read(CATALOGUE)
        try:
            for path in options.add:
                known.update(additions(path))
        except (ValueError, OSError) as error:
            print(f"nothing was changed: {error}", file=sys.stderr)
            return 1
        merged = merge(known, extract(ROOT / "kamdesk"), prune=options.prune)
        changed = write(CATALOGUE, merged)
    unfinished = [source for source, entry in merged.items() if not entry.finished]
    state = "written" if changed else "unchanged"
    print(f"{CATALOGUE.relative_to(ROOT)} {state}: {len(merged)} strings, {len(unfinished)} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
