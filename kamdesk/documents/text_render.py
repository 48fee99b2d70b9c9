"""Texts of letters and e-mails: checked by the template doctor's rules, filled in the same locked environment, plain text out (R9).

Both run in the worker: a text may come from anybody, by an open dossier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateError
from lxml.etree import Element

from kamdesk.documents.blanks import filled_paths
from kamdesk.documents.context.catalogue import KINDS, Catalogue, catalogue
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal import INTERNAL
from kamdesk.documents.context.text_contract import KIND
from kamdesk.documents.environment import LockedEnvironment, forbidden
from kamdesk.documents.fill_faults import fault, line_of
from kamdesk.documents.findings import Finding, finding_from_json, finding_to_json
from kamdesk.documents.language.filters import FORMS, LANGUAGE
from kamdesk.documents.legal import legal
from kamdesk.documents.mixed_letters import mixed_words
from kamdesk.documents.ooxml.names import w
from kamdesk.documents.ooxml.walk import Paragraph
from kamdesk.documents.tagcheck import Known, TagChecker, names_in
from kamdesk.documents.tagmarks import without_mark
from kamdesk.documents.tags import Tag, scan
from kamdesk.model.letter import LetterText
from kamdesk.model.messages import KamdeskError, Message

SUBJECT: Final = "subject"
BODY: Final = "body"
LONGEST: Final = 50_000
"""Characters of a text, before and after it is filled: nobody writes a longer letter."""
_MOST: Final = 200
_ALONE: Final = re.compile(
    r"^((?:[ \t]*\{[%#](?:(?!\{[%#{]|[%#]\}).)*[%#]\})*[ \t]*\{[%#](?:(?!\{[%#{]|[%#]\}).)*?)(-?[%#]\})[ \t]*\n",
    re.M,
)
"""A line with nothing but statements and comments; Jinja's own ``trim_blocks`` takes the end of any line that a
statement ends, the inner words of «{% if a %}…{% endif %}» included."""


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A finding with its place: ``part`` is "subject" or "body", ``start`` and ``length`` count characters of that part.

    ``line`` and ``column`` count from 1, as a person would say it.
    """

    part: str
    line: int
    column: int
    start: int
    length: int
    finding: Finding

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON values."""
        plain = {name: getattr(self, name) for name in ("part", "line", "column", "start", "length")}
        return {**plain, "finding": finding_to_json(self.finding)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> TextFinding:
        """The inverse of :meth:`to_json`."""
        return cls(**{**value, "finding": finding_from_json(value["finding"])})


class TextEnvironment(LockedEnvironment):
    """The locked environment for plain text: nothing is escaped, and a line with nothing but a statement leaves no line."""

    def __init__(self) -> None:
        super().__init__()
        self.autoescape = False
        self.finalize = _written
        self.lstrip_blocks = True

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """The source with the end of each line of statements alone moved into its last tag: lines keep their numbers."""
        return _ALONE.sub(r"\1\n\2", super().preprocess(source, name, filename))


def _written(value: Any) -> Any:
    """What a tag puts into the text; never the inside of an object."""
    if isinstance(value, StrictUndefined):
        return value
    if isinstance(value, str):
        return legal(str(value))
    if isinstance(value, bool | int | float):
        return str(value)
    if value is None:
        return ""
    raise SecurityError(type(value).__name__)


# --- filling -----------------------------------------------------------------------------------------------


def render(subject: str, body: str, document: OutgoingDocument) -> LetterText:
    """The filled text: a subject of one line, a body without blank lines at its ends or three in a row.

    Raises KamdeskError ``documents.syntax``, ``documents.undefined``, ``documents.not_allowed``, ``documents.filter``,
    ``text.too_long`` and others, each with line and column.
    """
    fields = catalogue(KIND)
    values = dict(fields.spread(document.fields)) | {LANGUAGE: document.language, FORMS: document.forms}
    made = _fill(SUBJECT, subject, fields, values)
    return LetterText(
        " ".join(made.split(" ")).strip().replace("\n", " "), tidy(_fill(BODY, body, fields, values))
    )


def tidy(text: str) -> str:
    """No blanks at the ends of lines, at most one blank line in a row, none at the ends: an empty field leaves no hole."""
    lines = "\n".join(line.rstrip(" \t") for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def _fill(part: str, source: str, fields: Catalogue, values: Mapping[str, Any]) -> str:
    if len(source) > LONGEST:
        raise KamdeskError("text.too_long", n=LONGEST)
    environment = TextEnvironment()
    try:
        tree = environment.parse(source)
        for line, what in forbidden(tree):
            raise KamdeskError("documents.not_allowed", what=what, place=_place(part, line, 1))
        _refuse_unknown(part, source, fields)
        made = _within(environment.from_string(source).generate(values))
    except KamdeskError:
        raise
    except TemplateSyntaxError as error:
        raise KamdeskError(
            "documents.syntax", why=error.message or "", place=_place(part, error.lineno, 1)
        ) from error
    except (
        TemplateError,
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        RecursionError,
        MemoryError,
    ) as error:
        raise _problem(error, part, source) from error
    return made


def _within(pieces: Iterator[str]) -> str:
    """The joined pieces, stopped as soon as there are too many: a loop in a loop would write for minutes."""
    made, size = [], 0
    for piece in pieces:
        made.append(piece)
        size += len(piece)
        if size > LONGEST:
            raise KamdeskError("text.too_long", n=LONGEST)
    return "".join(made)


def _refuse_unknown(part: str, source: str, fields: Catalogue) -> None:
    """Fields that do not exist are refused before anything runs, with the nearest one."""
    for found in _check_part(part, source, fields):
        if found.finding.kind in ("unknown_field", "private_field", "mixed_letters") and (
            found.finding.severity == "error"
        ):
            raise KamdeskError("text.refused", why=found.finding.text, place=found.finding.place)


def _problem(error: Exception, part: str, source: str) -> KamdeskError:
    line = line_of(error.__traceback__)
    return fault(error, _place(part, line, _first_tag(source, line)))


def _first_tag(source: str, line: int) -> int:
    lines = source.split("\n")
    text = lines[min(max(line, 1), len(lines)) - 1]
    return max(text.find("{"), 0) + 1


def _place(part: str, line: int, column: int) -> Message:
    if part == SUBJECT:
        return Message("text.at_subject", {"column": column})
    return Message("text.at_body", {"line": line, "column": column})


# --- checking ----------------------------------------------------------------------------------------------


def check(subject: str, body: str, document: OutgoingDocument | None = None) -> tuple[TextFinding, ...]:
    """Everything found, in reading order; with ``document`` also which fields come out blank and what fails in filling."""
    fields = catalogue(KIND)
    found: list[TextFinding] = []
    for part, source in ((SUBJECT, subject), (BODY, body)):
        if len(source) > LONGEST:
            found.append(_finding(part, source, 0, 0, "refused", Message("text.too_long", {"n": LONGEST})))
            continue
        mine = list(islice(_check_part(part, source, fields), _MOST))
        if not any(item.finding.severity == "error" for item in mine):
            mine += _compiled(part, source)
        if document is not None:
            mine += _blank(part, source, fields, document)
        found += sorted(mine, key=lambda item: item.start)
    if "\n" in subject.strip():
        found.append(_finding(SUBJECT, subject, 0, len(subject), "syntax", Message("text.subject_lines")))
    if body.strip() and not _tags(subject, fields) and not _tags(body, fields):
        found.append(_finding(BODY, body, 0, 0, "no_tags", Message("text.no_fields"), severity="warning"))
    if document is not None and not any(item.finding.severity == "error" for item in found):
        found += _tried(subject, body, fields, document)
    return tuple(found)


def _check_part(part: str, source: str, fields: Catalogue) -> Iterator[TextFinding]:
    environment = TextEnvironment()
    checker = TagChecker(Known(fields, KIND, True, _elsewhere), environment)
    tags, broken = scan(source, lambda name: fields.path_of(name) is not None)
    # The doctor looks where in a Word file a tag stands; a text is one paragraph to it.
    whole = Element(w("p"))
    for tag in tags:
        line_start = source.rfind("\n", 0, tag.start) + 1
        line_end = source.find("\n", tag.end)
        line = source[line_start : line_end if line_end >= 0 else len(source)]
        inside = replace(tag, start=tag.start - line_start, end=tag.end - line_start, prefix="")
        where = Paragraph(_place(part, *_line_column(source, tag.start)), part, "body", whole)
        for found in checker.check(inside, where, line):
            yield _placed(part, source, tag.start, tag.end - tag.start, found.finding)
        if tag.prefix:
            said = Message("text.word_mark", {"mark": tag.prefix, "tag": tag.raw[:60]})
            yield _finding(part, source, tag.start, len(tag.raw), "wrong_marker", said, without_mark(tag.raw))
    for ruin in broken:
        code, kind = ("word.remark_unclosed", "unclosed") if ruin.remark else ("word.tag_broken", "syntax")
        shown = source[ruin.start : ruin.start + 60] if ruin.remark else ruin.raw[:60]
        said = Message(code, {"tag": shown})
        yield _finding(part, source, ruin.start, len(ruin.raw), kind, said, ruin.suggestion)
    at = {item.raw: item for item in reversed(tags)}
    for found in checker.finish():
        opened = at.get(str(found.finding.text.params.get("tag", "")))
        start, length = (opened.start, len(opened.raw)) if opened is not None else (0, 0)
        yield _placed(part, source, start, length, found.finding)
    yield from _mixed(part, source, tags)


def _elsewhere(name: str) -> str | None:
    """Of which kind of Word document a name is a field."""
    for other in KINDS:
        if catalogue(other).path_of(name) is not None:
            return f"{'internal' if other in INTERNAL else 'outgoing'}:{other}"
    return None


def _mixed(part: str, source: str, tags: list[Tag]) -> Iterator[TextFinding]:
    outside = source
    for tag in tags:
        outside = outside[: tag.start] + " " * (tag.end - tag.start) + outside[tag.end :]
    for start, word, better in mixed_words(outside):
        said = Message("word.mixed_word", {"word": word})
        yield _finding(part, source, start, len(word), "mixed_letters", said, better, severity="warning")


def _compiled(part: str, source: str) -> list[TextFinding]:
    """What only Jinja sees, such as a statement that the doctor takes for one of Word's."""
    try:
        TextEnvironment().from_string(source)
    except TemplateSyntaxError as error:
        start = _line_start(source, error.lineno) + _first_tag(source, error.lineno) - 1
        return [
            _finding(part, source, start, 2, "syntax", Message("text.syntax", {"why": error.message or ""}))
        ]
    except (TemplateError, ArithmeticError, TypeError, ValueError, RecursionError, MemoryError) as error:
        return [_finding(part, source, 0, 0, "syntax", Message("text.syntax", {"why": type(error).__name__}))]
    return []


def _blank(part: str, source: str, fields: Catalogue, document: OutgoingDocument) -> list[TextFinding]:
    """A warning for each field that has no value; what stands under a condition on itself is expected to have none."""
    environment = TextEnvironment()
    filled = filled_paths(document)
    found: list[TextFinding] = []
    seen: set[str] = set()
    guards: list[set[str]] = []
    for tag in scan(source, lambda name: False)[0]:
        paths = {path for name in names_in(tag, environment) if (path := fields.path_of(name)) is not None}
        if tag.word in ("if", "for", "with", "filter"):
            guards.append(paths)
        elif tag.word == "elif" and guards:
            guards[-1] |= paths
        elif tag.word == "else" and guards and guards[-1] & filled:
            guards[-1] = set(fields.paths.values())  # with these values it is not reached
        elif tag.word in ("endif", "endfor", "endwith", "endfilter") and guards:
            guards.pop()
        if tag.kind != "expression" or "default" in tag.inner or "|d(" in tag.inner:
            continue
        for path in sorted(paths - filled - seen - set().union(*guards)):
            seen.add(path)
            said = Message("text.blank", {"tag": tag.raw[:60]})
            found.append(_finding(part, source, tag.start, len(tag.raw), "blank", said, severity="warning"))
    return found


def _tried(subject: str, body: str, fields: Catalogue, document: OutgoingDocument) -> list[TextFinding]:
    """What fails only with values, such as a filter that gets what it cannot take."""
    values = dict(fields.spread(document.fields)) | {LANGUAGE: document.language, FORMS: document.forms}
    found = []
    for part, source in ((SUBJECT, subject), (BODY, body)):
        try:
            _fill(part, source, fields, values)
        except KamdeskError as error:
            place = error.message.params.get("place")
            where = place.params if isinstance(place, Message) else {}
            line, column = int(str(where.get("line", 1))), int(str(where.get("column", 1)))
            start = _line_start(source, line) + column - 1
            why = error.message.params.get("why")
            said = (
                why
                if error.message.code == "documents.filter" and isinstance(why, Message)
                else error.message
            )
            found.append(_finding(part, source, start, 2, "filter", said))
    return found


def _tags(source: str, fields: Catalogue) -> list[Tag]:
    return scan(source, lambda name: fields.path_of(name) is not None)[0]


def _line_column(source: str, start: int) -> tuple[int, int]:
    return source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start)


def _line_start(source: str, line: int) -> int:
    return sum(len(text) + 1 for text in source.split("\n")[: max(line, 1) - 1])


def _finding(
    part: str,
    source: str,
    start: int,
    length: int,
    kind: str,
    text: Message,
    suggestion: str = "",
    severity: str = "error",
) -> TextFinding:
    finding = Finding(_place(part, *_line_column(source, start)), kind, text, suggestion, severity)
    return _placed(part, source, start, length, finding)


def _placed(part: str, source: str, start: int, length: int, finding: Finding) -> TextFinding:
    line, column = _line_column(source, start)
    return TextFinding(part, line, column, start, length, finding)
