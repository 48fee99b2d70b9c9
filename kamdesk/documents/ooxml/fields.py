"""Field codes of Word, put together over runs and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kamdesk.documents.ooxml.names import allowed_link, w
from kamdesk.documents.ooxml.xml import Element

ALLOWED_FIELDS: Final = frozenset(
    "PAGE NUMPAGES SECTIONPAGES DATE STYLEREF TOC REF PAGEREF SEQ DOCPROPERTY HYPERLINK".split()
)
"""The list of trust.md. Everything else may read files, start programs or ask for data."""

CHANGING_FIELDS: Final = frozenset("PAGE NUMPAGES SECTIONPAGES DATE PAGEREF TOC".split())
"""Fields whose shown text an office program computes anew by itself."""

_NAME: Final = re.compile(r"\s*([^\s\\\"]+)")
_ARGUMENT: Final = re.compile(r'\s*(?:(\\[a-zA-Z*@#!])|"((?:[^"\\]|\\.)*)"|(\S+))')
_TEXTS: Final = frozenset({w("instrText"), w("delInstrText"), w("t"), w("delText")})
_OF_FIELDS: Final = (w("fldSimple"), w("fldChar"), w("instrText"), w("delInstrText"))
"""A part without any of these has no field; most long ones have none."""


@dataclass(slots=True)
class Field:
    """One field. ``code`` and ``result`` hold the run contents between its marks, in order.

    ``computed`` says that another field takes part in its name or target. ``simple`` is the fldSimple element.
    """

    instruction: str = ""
    computed: bool = False
    simple: Element = None
    marks: list[Element] = field(default_factory=list)
    code: list[Element] = field(default_factory=list)
    result: list[Element] = field(default_factory=list)
    separated: bool = False

    @property
    def name(self) -> str:
        """The name of the field in capitals; "" for an empty one."""
        match = _NAME.match(self.instruction)
        return match[1].upper() if match else ""

    @property
    def allowed(self) -> bool:
        """Whether the field may stay in a document."""
        if self.computed:
            return False
        if self.name == "":
            return True
        return self.name in ALLOWED_FIELDS and (self.name != "HYPERLINK" or self._target_allowed())

    def _target_allowed(self) -> bool:
        rest = self.instruction[_NAME.match(self.instruction).end() :]  # type: ignore[union-attr]
        skip = False
        for switch, quoted, plain in _ARGUMENT.findall(rest):
            if switch:
                # \l names a place inside, \o a tip, \t a frame, \m nothing that opens a file; each takes one argument.
                skip = switch[1] in "lotLOT*"
            elif skip:
                skip = False
            elif not allowed_link(quoted or plain):
                return False
        return True


def read_fields(root: Element) -> list[Field]:
    """Every field of a part in the order in which it begins, unfinished ones included.

    Instruction text outside any field is taken as a field too: some readers would run it.
    """
    if next(root.iter(*_OF_FIELDS), None) is None:
        return []
    found: list[Field] = []
    open_fields: list[Field] = []
    stray = Field()
    for node in root.iter():
        if node.tag == w("fldSimple"):
            found.append(Field(instruction=node.get(w("instr"), ""), simple=node))
            continue
        parent = node.getparent()
        if parent is None or parent.tag != w("r") or node.tag == w("rPr"):
            continue
        if node.tag == w("fldChar"):
            _mark(node, open_fields, found)
        else:
            _content(node, open_fields, stray)
    return [*found, stray] if stray.code else found


def _mark(node: Element, open_fields: list[Field], found: list[Field]) -> None:
    kind = node.get(w("fldCharType"))
    if kind == "begin":
        if open_fields and not open_fields[-1].separated:
            _computed(open_fields[-1])
        for outer in open_fields:
            (outer.result if outer.separated else outer.code).append(node)
        opened = Field(marks=[node])
        open_fields.append(opened)
        found.append(opened)
    elif open_fields:
        for outer in open_fields[:-1]:
            (outer.result if outer.separated else outer.code).append(node)
        current = open_fields[-1]
        current.marks.append(node)
        if kind == "separate":
            current.separated = True
        elif kind == "end":
            open_fields.pop()


def _computed(outer: Field) -> None:
    """A field inside another's code decides its name when none is complete yet, and a link's target always."""
    name = _NAME.match(outer.instruction)
    complete = name is not None and name.end() < len(outer.instruction)
    if not complete or outer.name == "HYPERLINK":
        outer.computed = True


def _content(node: Element, open_fields: list[Field], stray: Field) -> None:
    is_text = node.tag in _TEXTS
    if not open_fields:
        if node.tag in (w("instrText"), w("delInstrText")):
            stray.code.append(node)
            stray.instruction += node.text or ""
        return
    for opened in open_fields:
        (opened.result if opened.separated else opened.code).append(node)
    if is_text and not open_fields[-1].separated:
        open_fields[-1].instruction += node.text or ""
