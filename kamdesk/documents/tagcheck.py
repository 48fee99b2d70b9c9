"""One tag after another of a part: grammar, names, blocks, and whether what begins also ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateError, nodes

from kamdesk.documents.environment import FILTERS, METHODS, TESTS, LockedEnvironment, forbidden
from kamdesk.documents.fieldnames import is_private, nearest
from kamdesk.documents.findings import Finding
from kamdesk.documents.mixed_letters import unmixed_name
from kamdesk.documents.ooxml.walk import Paragraph
from kamdesk.documents.ooxml.xml import Element
from kamdesk.documents.tags import Tag, damaged, mended, repaired
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.documents.doctor import Catalogue

_OPENERS: Final = frozenset({"for", "if", "with", "filter", "raw"})
_BETWEEN: Final = {"else": ("for", "if"), "elif": ("if",)}
_FORBIDDEN: Final = frozenset(
    {"import", "from", "include", "extends", "macro", "call", "block", "autoescape"}
)
_CELL_MARKS: Final = {"colspan": True, "cellbg": True, "vm": False, "hm": False}
"""docxtpl's marks inside table cells, and whether an expression follows."""
_NAME: Final = re.compile(r"[^\W\d]\w*")


@dataclass(slots=True)
class _Opened:
    word: str
    tag: Tag
    place: Message
    cell: Element
    names: set[str] = field(default_factory=set)


class TagChecker:
    """Checks the tags of one part in reading order; :meth:`finish` names what was never closed.

    ``blocks`` collects the stable paths of the block tags seen.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.blocks: set[str] = set()
        self._catalogue = catalogue
        self._environment = LockedEnvironment()
        self._open: list[_Opened] = []
        self._set: set[str] = set()

    def check(self, tag: Tag, paragraph: Paragraph, text: str) -> Iterator[Finding]:
        """The findings of one tag. ``text`` is the text of its whole paragraph."""
        if tag.kind == "comment" or (self._open and self._open[-1].word == "raw" and tag.word != "endraw"):
            return
        if not tag.inner:
            yield self._finding(paragraph, "syntax", "word.tag_empty", tag)
            return
        source = tag
        if damaged(tag.raw):
            better = repaired(tag.raw)
            reads = self._reads(tag)
            yield self._finding(
                paragraph, "autocorrect", "word.tag_damaged", tag, better, "warning" if reads else "error"
            )
            source = mended(tag)
        if tag.prefix in ("tr", "tc") and paragraph.cell is None:
            yield self._finding(paragraph, "syntax", "word.tag_outside_table", tag)
        try:
            if source.kind == "statement":
                yield from self._statement(source, paragraph)
            else:
                yield from self._expression(source, paragraph, text)
        except RecursionError:
            # «1+1+1+…» a hundred thousand times reads well and is too deep to walk.
            yield self._finding(paragraph, "syntax", "word.tag_syntax", tag)

    def finish(self) -> Iterator[Finding]:
        """What was begun and never ended."""
        for opened in self._open:
            end = f"{{% end{opened.word} %}}"
            params = {"tag": _shown(opened.tag.raw), "end": end}
            yield Finding(opened.place, "unclosed", Message("word.tag_unclosed", params), end)
        self._open.clear()

    # --- expressions and statements ------------------------------------------------------------------------

    def _expression(self, tag: Tag, paragraph: Paragraph, text: str) -> Iterator[Finding]:
        tree = self._parse(f"{{{{ {tag.inner} }}}}")
        if tree is None:
            yield self._finding(paragraph, "syntax", "word.tag_syntax", tag)
            return
        yield from self._names(tree, tag, paragraph)
        paths = {
            name: path
            for name in _chains(tree)
            if (path := self._catalogue.path_of(name)) and path.startswith("block.")
        }
        self.blocks.update(paths.values())
        alone = re.fullmatch(r"\w+\.\w+", tag.inner) and text.strip() == text[tag.start : tag.end]
        if paths and not alone:
            yield self._finding(
                paragraph, "block_not_alone", "word.block_not_alone", tag, f"{{{{ {next(iter(paths))} }}}}"
            )

    def _statement(self, tag: Tag, paragraph: Paragraph) -> Iterator[Finding]:
        word = tag.word
        if word in _FORBIDDEN:
            yield self._finding(paragraph, "forbidden", "word.tag_forbidden", tag, what=word)
        elif word in _CELL_MARKS:
            if _CELL_MARKS[word]:
                yield from self._parsed(f"{{{{ {tag.inner[len(word) :]} }}}}", tag, paragraph)
        elif word.startswith("end"):
            yield from self._end(word[3:], tag, paragraph)
        elif word in _BETWEEN:
            if not self._open or self._open[-1].word not in _BETWEEN[word]:
                yield self._finding(paragraph, "unclosed", "word.tag_without_start", tag)
            if word == "elif":
                yield from self._parsed(f"{{% if {tag.inner[4:]} %}}{{% endif %}}", tag, paragraph)
        elif word == "set":
            yield from self._set_name(tag, paragraph)
        elif word in _OPENERS:
            source = "" if word == "raw" else f"{{% {tag.inner} %}}{{% end{word} %}}"
            yield from self._parsed(source, tag, paragraph)
            self._open.append(_Opened(word, tag, paragraph.place, paragraph.cell, _bound(tag.inner, word)))
        else:
            yield self._finding(
                paragraph, "syntax", "word.tag_unknown_word", tag, what=word or tag.inner[:20]
            )

    def _set_name(self, tag: Tag, paragraph: Paragraph) -> Iterator[Finding]:
        names = set(_NAME.findall(tag.inner.partition("=")[0])) - {"set"}
        if "=" in tag.inner:
            yield from self._parsed(f"{{% {tag.inner} %}}", tag, paragraph)
        else:
            self._open.append(_Opened("set", tag, paragraph.place, paragraph.cell))
        self._set |= names

    def _end(self, word: str, tag: Tag, paragraph: Paragraph) -> Iterator[Finding]:
        if not self._open:
            yield self._finding(paragraph, "unclosed", "word.tag_without_start", tag)
        elif self._open[-1].word == word:
            opened = self._open.pop()
            if (
                opened.cell is not paragraph.cell
                and "tr" not in (opened.tag.prefix, tag.prefix)
                and "tc"
                not in (
                    opened.tag.prefix,
                    tag.prefix,
                )
            ):
                yield self._finding(
                    paragraph,
                    "crossed",
                    "word.tag_over_cells",
                    tag,
                    f"{{%tr {tag.inner} %}}",
                    place=opened.place,
                )
        elif any(opened.word == word for opened in self._open):
            yield self._finding(
                paragraph,
                "crossed",
                "word.tags_crossed",
                tag,
                f"{{% end{self._open[-1].word} %}}",
                inner=self._open[-1].tag.raw,
            )
            while self._open.pop().word != word:
                continue
        else:
            yield self._finding(
                paragraph, "unclosed", "word.tag_without_start", tag, f"{{% end{self._open[-1].word} %}}"
            )

    # --- names ---------------------------------------------------------------------------------------------

    def _parsed(self, source: str, tag: Tag, paragraph: Paragraph) -> Iterator[Finding]:
        if not source:
            return
        tree = self._parse(source)
        if tree is None:
            yield self._finding(paragraph, "syntax", "word.tag_syntax", tag)
            return
        own = _bound(tag.inner, tag.word)
        yield from self._names(tree, tag, paragraph, own)

    def _names(
        self,
        tree: nodes.Template,
        tag: Tag,
        paragraph: Paragraph,
        own: set[str] | frozenset[str] = frozenset(),
    ) -> Iterator[Finding]:
        said = next(forbidden(tree), None)
        if said is not None:
            yield self._finding(paragraph, "forbidden", "word.tag_forbidden", tag, what=said[1])
        for item in tree.find_all(nodes.Filter):
            if item.name not in FILTERS:
                yield self._finding(paragraph, "syntax", "word.tag_unknown_filter", tag, what=item.name)
        for test in tree.find_all(nodes.Test):
            if test.name not in TESTS:
                yield self._finding(paragraph, "syntax", "word.tag_unknown_filter", tag, what=test.name)
        local_names = self._set.union(own, *(opened.names for opened in self._open))
        for name in _chains(tree):
            if (
                said is None
                and name.partition(".")[0] not in local_names
                and self._catalogue.path_of(name) is None
            ):
                yield self._unknown(name, tag, paragraph)

    def _unknown(self, name: str, tag: Tag, paragraph: Paragraph) -> Finding:
        clear = unmixed_name(name)
        if clear != name and self._catalogue.path_of(clear) is not None:
            return self._finding(
                paragraph, "mixed_letters", "word.tag_mixed", tag, tag.raw.replace(name, clear), name=name
            )
        if is_private(name):
            return self._finding(paragraph, "private_field", "word.private_field", tag, name=name)
        known = nearest(name, self._catalogue.names)
        if not known:
            return self._finding(paragraph, "unknown_field", "word.unknown_field", tag, name=name)
        better = tag.raw.replace(name, known) if name in tag.raw else f"{{{{ {known} }}}}"
        return self._finding(
            paragraph, "unknown_field", "word.unknown_field_nearest", tag, better, name=name, nearest=known
        )

    # --- small things --------------------------------------------------------------------------------------

    def _parse(self, source: str) -> nodes.Template | None:
        try:
            return self._environment.parse(source)
        except (TemplateError, RecursionError, ValueError, MemoryError):
            return None

    def _reads(self, tag: Tag) -> bool:
        if tag.kind == "expression":
            return self._parse(tag.raw) is not None
        return not re.search(r"[«»“”„‟‘’‚‛‹›–—−]", tag.raw)

    @staticmethod
    def _finding(
        paragraph: Paragraph,
        kind: str,
        code: str,
        tag: Tag,
        suggestion: str = "",
        severity: str = "error",
        **params: object,
    ) -> Finding:
        shown = {name: _shown(value) if isinstance(value, str) else value for name, value in params.items()}
        text = Message(code, {"tag": _shown(tag.raw), **shown})
        return Finding(paragraph.place, kind, text, suggestion, severity)


def _shown(text: str) -> str:
    """A text fit for a message."""
    return text if len(text) <= 80 else text[:79] + "…"


def names_in(tag: Tag) -> list[str]:
    """The dotted names a tag reads; none for a tag that is not written correctly."""
    inner = mended(tag).inner
    source = f"{{{{ {inner} }}}}" if tag.kind == "expression" else ""
    if tag.kind == "statement" and tag.word in ("for", "if", "with", "filter"):
        source = f"{{% {inner} %}}{{% end{tag.word} %}}"
    elif tag.word == "elif":
        source = f"{{% {inner[2:]} %}}{{% endif %}}"
    elif tag.word == "set":
        source = f"{{% {inner} %}}" if "=" in inner else ""
    try:
        return _chains(LockedEnvironment().parse(source))
    except (TemplateError, RecursionError, ValueError):
        return []


def _bound(inner: str, word: str) -> set[str]:
    """The names that a for or with statement makes known inside."""
    if word == "for":
        return {*_NAME.findall(inner.partition(" in ")[0]), "loop"} - {"for"}
    if word == "with":
        return set(re.findall(r"([^\W\d]\w*)\s*=", inner))
    return set()


def _chains(tree: nodes.Node) -> list[str]:
    """The dotted names that a template reads, without names it binds itself and without text methods at their end."""
    found: list[str] = []

    def visit(node: nodes.Node) -> None:
        parts = _unrolled(node)
        if parts is not None:
            if isinstance(node, nodes.Name) and node.ctx != "load":
                return
            while len(parts) > 2 and parts[-1] in METHODS:
                parts.pop()
            found.append(".".join(parts))
            return
        for child in node.iter_child_nodes():
            visit(child)

    visit(tree)
    return found


def _unrolled(node: nodes.Node) -> list[str] | None:
    """The parts of a dotted name, also written with brackets and a text; None for anything else."""
    tail: list[str] = []
    while True:
        if isinstance(node, nodes.Name):
            return [node.name, *reversed(tail)]
        if isinstance(node, nodes.Getattr):
            tail.append(node.attr)
        elif (
            isinstance(node, nodes.Getitem)
            and isinstance(node.arg, nodes.Const)
            and isinstance(node.arg.value, str)
        ):
            tail.append(node.arg.value)
        else:
            return None
        node = node.node
