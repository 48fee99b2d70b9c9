"""One tag after another of a part: grammar, names, blocks, and (by ``tagmarks``) whether what begins also ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateError, nodes

from kamdesk.documents import tagmarks, tagwords
from kamdesk.documents.environment import FILTERS, METHODS, TESTS, LockedEnvironment, forbidden
from kamdesk.documents.fieldnames import certain, is_private, nearest, nearest_word, squeezed
from kamdesk.documents.findings import GUESS, SAFE
from kamdesk.documents.found import Found, Spot
from kamdesk.documents.mixed_letters import unmixed_name
from kamdesk.documents.ooxml.walk import Paragraph
from kamdesk.documents.tags import Tag, damaged, mended, quoted_name, repaired, unquoted
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.documents.doctor import Catalogue

OPENERS: Final = frozenset({"for", "if", "with", "filter", "raw"})
_FORBIDDEN: Final = frozenset(
    {"import", "from", "include", "extends", "macro", "call", "block", "autoescape", "do", "trans"}
)
_CELL_MARKS: Final = {"colspan": True, "cellbg": True, "vm": False, "hm": False}
"""docxtpl's marks inside table cells, and whether an expression follows."""
_LOOP: Final = frozenset(
    "index index0 revindex revindex0 first last length depth depth0 previtem nextitem".split()
)
_NAME: Final = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Known:
    """What a template of one kind may name. ``elsewhere`` says of which other kind a name is, None where of none.

    ``client_facing`` kinds go to a client; ``kind`` is the code of the kind.
    """

    catalogue: Catalogue
    kind: str
    client_facing: bool
    elsewhere: Callable[[str], str | None]


class TagChecker:
    """Checks the tags of one part in reading order; :meth:`finish` names what was never closed.

    ``blocks`` collects the stable paths of the block tags seen, ``fields`` those of the others that are shown.
    """

    def __init__(self, known: Known, environment: LockedEnvironment) -> None:
        self.blocks: set[str] = set()
        self.fields: set[str] = set()
        self._known = known
        self._catalogue = known.catalogue
        self._environment = environment
        self._pairs = tagmarks.Pairs()
        self._set: set[str] = set()
        self._alias: dict[str, str] = {}

    def check(self, tag: Tag, paragraph: Paragraph, text: str) -> Iterator[Found]:
        """The findings of one tag. ``text`` is the text of its whole paragraph."""
        if tag.kind == "comment" or (self._pairs.inside_raw and tag.word != "endraw"):
            return
        spot = Spot(tag, paragraph, text)
        if not tag.inner:
            yield spot.found("syntax", "word.tag_empty")
            return
        bare = self._bare(tag)
        if bare is not None:
            severity = "warning" if self._reads(tag) else "error"
            better = bare(tag.raw)
            yield spot.found(
                "syntax", "word.tag_name_quoted", better, severity, repair=SAFE, edits=(spot.edit(bare),)
            )
            spot = Spot(mended(tag, bare), paragraph, text)
        elif damaged(tag.raw):
            better = repaired(tag.raw)
            severity = "warning" if self._reads(tag) else "error"
            yield spot.found(
                "autocorrect",
                "word.tag_damaged",
                better,
                severity,
                repair=SAFE,
                edits=(spot.edit(repaired),),
            )
            spot = Spot(mended(tag), paragraph, text)
        if spot.tag.kind == "expression":
            yield from tagwords.braces(spot)
            spot = Spot(replace(spot.tag, inner=spot.tag.inner.strip("{} ")), paragraph, text)
        try:
            if spot.tag.kind == "statement":
                yield from self._statement(spot)
            else:
                yield from self._expression(spot)
        except RecursionError:
            # «1+1+1+…» a hundred thousand times reads well and is too deep to walk.
            yield spot.found("syntax", "word.tag_syntax")

    def _bare(self, tag: Tag) -> Callable[[str], str] | None:
        """How a known field in quotes becomes the field; None where a tag has no such."""
        name = quoted_name(tag)
        path_of = self._catalogue.path_of
        right = name if name and path_of(name) is not None else certain(name, path_of) if name else ""
        return (lambda raw: unquoted(raw, name, right)) if right else None

    def finish(self) -> Iterator[Found]:
        """What was begun and never ended."""
        yield from self._pairs.finish()

    # --- expressions and statements ------------------------------------------------------------------------

    def _expression(self, spot: Spot) -> Iterator[Found]:
        tag = spot.tag
        meant = squeezed(tag.inner, self._catalogue.names)
        if meant and self._catalogue.path_of(tag.inner) is None:
            yield spot.found(
                "syntax", "word.tag_name_apart", f"{{{{ {meant} }}}}", repair=SAFE, nearest=meant
            )
            return
        tree = self._parse(f"{{{{ {tag.inner} }}}}")
        if tree is None:
            yield tagwords.unreadable(spot, self._parse)
            return
        yield from self._names(tree, spot)
        if tag.prefix:
            plain = tagmarks.without_mark(tag.raw)
            yield spot.found("wrong_marker", "word.value_with_mark", plain, repair=SAFE, mark=tag.prefix)
        shown = {name: path for name in chains(tree) if (path := self._path_of(name))}
        paths = {name: path for name, path in shown.items() if path.startswith("block.")}
        self.fields.update(set(shown.values()) - set(paths.values()))
        self.blocks.update(paths.values())
        alone = (
            re.fullmatch(r"\w+\.\w+", tag.inner)
            and spot.text.strip() == spot.text[tag.start : tag.end].strip()
        )
        if paths and not alone:
            yield spot.found("block_not_alone", "word.block_not_alone", f"{{{{ {next(iter(paths))} }}}}")

    def _statement(self, spot: Spot) -> Iterator[Found]:
        word = spot.tag.word
        if spot.tag.prefix in ("tr", "tc") and spot.paragraph.cell is None:
            yield spot.found(
                "syntax", "word.tag_outside_table", tagmarks.with_mark("p")(spot.tag.raw), repair=GUESS
            )
        elif spot.tag.prefix in ("p", "tr", "tc"):
            yield from tagmarks.alone(spot)
        if word in _FORBIDDEN:
            yield spot.found("forbidden", "word.tag_forbidden", what=word)
        elif word in _CELL_MARKS:
            yield from self._cell_mark(word, spot)
        elif word.startswith("end") and word[3:] in OPENERS | {"set"}:
            yield from self._pairs.end(word[3:], spot)
        elif word in tagmarks.BETWEEN:
            yield from self._between(word, spot)
        elif word == "set":
            yield from self._set_name(spot)
        elif word in OPENERS:
            source = "" if word == "raw" else f"{{% {spot.tag.inner} %}}{{% end{word} %}}"
            yield from self._parsed(source, spot)
            self._pairs.begin(word, spot, bound(spot.tag.inner, word))
            self._remember(spot, word)
        else:
            yield tagwords.unknown_word(spot)

    def _cell_mark(self, word: str, spot: Spot) -> Iterator[Found]:
        if spot.paragraph.cell is None:
            yield spot.found("wrong_marker", "word.tag_outside_table")
        elif not _CELL_MARKS[word] and not self._pairs.in_loop:
            yield spot.found("wrong_marker", "word.tag_outside_loop")
        if _CELL_MARKS[word]:
            yield from self._parsed(f"{{{{ {spot.tag.inner[len(word) :]} }}}}", spot)

    def _between(self, word: str, spot: Spot) -> Iterator[Found]:
        yield from self._pairs.between(spot)
        if word == "elif":
            yield from self._parsed(f"{{% if {spot.tag.inner[4:]} %}}{{% endif %}}", spot)
        elif spot.tag.inner != "else":
            better = re.sub(r"else\s+(?:if\s+)?", "elif ", spot.tag.raw, count=1)
            yield spot.found("syntax", "word.tag_syntax", better, repair=GUESS)

    def _set_name(self, spot: Spot) -> Iterator[Found]:
        inner = spot.tag.inner
        names = set(_NAME.findall(inner.partition("=")[0])) - {"set"}
        if "=" in inner:
            yield from self._parsed(f"{{% {inner} %}}", spot)
            self._remember(spot, "set")
        else:
            self._pairs.begin("set", spot, set())
        self._set |= names

    def _remember(self, spot: Spot, word: str) -> None:
        """«set c = client» and «with c = client» give a root another name; a field asked of it is a field of the root."""
        for name, value in re.findall(r"([^\W\d]\w*)\s*=\s*([^\W\d][\w.]*)\s*(?=,|\Z)", spot.tag.inner):
            if word in ("set", "with"):
                self._alias[name] = value

    # --- names ---------------------------------------------------------------------------------------------

    def _parsed(self, source: str, spot: Spot) -> Iterator[Found]:
        if not source:
            return
        tree = self._parse(source)
        if tree is None:
            yield tagwords.unreadable(spot, self._parse)
            return
        yield from self._names(tree, spot, bound(spot.tag.inner, spot.tag.word))

    def _names(
        self, tree: nodes.Template, spot: Spot, own: set[str] | frozenset[str] = frozenset()
    ) -> Iterator[Found]:
        said = next(forbidden(tree), None)
        if said is not None:
            yield spot.found("forbidden", "word.tag_forbidden", what=said[1])
        yield from _listed(tree, spot)
        for name in chains(tree):
            if said is not None:
                break
            yield from self._name(name, own, spot)

    def _name(self, name: str, own: set[str] | frozenset[str], spot: Spot) -> Iterator[Found]:
        root, _, rest = name.partition(".")
        bound_here = root in own or root in self._set or self._pairs.knows(root)
        if root == "loop" and bound_here:
            if rest and rest not in _LOOP:
                better = nearest_word(rest, _LOOP)
                fixed = spot.tag.raw.replace(name, f"loop.{better}") if better else ""
                yield spot.found(
                    "unknown_field", "word.unknown_loop_name", fixed, repair=GUESS if fixed else "", name=name
                )
            return
        if bound_here:
            meant = self._alias.get(root, "")
            full = f"{meant}.{rest}"
            if rest and meant and "." not in meant and self._catalogue.path_of(full) is None:
                yield self._unknown(full, spot, written=name)
            return
        if self._catalogue.path_of(name) is None and not self._is_alias_source(name, spot):
            yield self._unknown(name, spot)

    def _path_of(self, name: str) -> str | None:
        """The stable path of a name, also where its root got another name."""
        root, _, rest = name.partition(".")
        return self._catalogue.path_of(f"{self._alias[root]}.{rest}" if root in self._alias else name)

    def _is_alias_source(self, name: str, spot: Spot) -> bool:
        """«{% set c = client %}»: a root by itself is no field, but may get another name."""
        if "." in name or spot.tag.word not in ("set", "with"):
            return False
        return any(known.partition(".")[0] == name for known in self._catalogue.names)

    def _unknown(self, name: str, spot: Spot, written: str = "") -> Found:
        raw, written = spot.tag.raw, written or name
        path_of = self._catalogue.path_of
        clear = unmixed_name(name)

        def better(right: str) -> str:
            return _renamed(raw, written, right)

        def found(kind: str, code: str, right: str, repair: str, **params: Any) -> Found:
            edits = (spot.edit(lambda text: _renamed(text, written, right)),) if right else ()
            suggestion = better(right) if right else ""
            return spot.found(
                kind, code, suggestion, repair=repair if right else "", edits=edits, name=written, **params
            )

        if clear != name and path_of(clear) is not None:
            return found("mixed_letters", "word.tag_mixed", clear, SAFE)
        sure = certain(name, path_of)
        if sure:
            return found("unknown_field", "word.unknown_field_nearest", sure, SAFE, nearest=sure)
        other = self._known.elsewhere(name)
        if self._known.client_facing and (is_private(name) or (other or "").startswith("internal:")):
            return found("private_field", "word.private_field", "", "")
        if other:
            where = Message(f"word.kind_{other.rpartition(':')[2]}")
            return found("unknown_field", "word.field_of_other_kind", "", "", where=where)
        near = nearest(name, self._catalogue.names)
        if not near:
            return found("unknown_field", "word.unknown_field", "", "")
        return found("unknown_field", "word.unknown_field_nearest", near, GUESS, nearest=near)

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


def _listed(tree: nodes.Template, spot: Spot) -> Iterator[Found]:
    """Filters and tests that do not exist."""
    kinds: Mapping[type[nodes.Node], frozenset[str]] = {nodes.Filter: FILTERS, nodes.Test: TESTS}
    for kind, known in kinds.items():
        for item in tree.find_all(kind):
            name: str = getattr(item, "name")  # noqa: B009 (both kinds of node have it)
            if name in known:
                continue
            near = nearest_word(name, known)
            better = _renamed(spot.tag.raw, name, near) if near else ""
            yield spot.found(
                "syntax", "word.tag_unknown_filter", better, repair=GUESS if better else "", what=name
            )


def _renamed(raw: str, name: str, right: str) -> str:
    """The tag with one name in place of another; the whole tag anew where the name is written in another way."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    if pattern.search(raw):
        return pattern.sub(right.replace("\\", ""), raw)
    return f"{{{{ {right} }}}}" if raw.startswith("{{") else raw


def names_in(tag: Tag, environment: LockedEnvironment) -> list[str]:
    """The dotted names a tag reads; none for a tag that is not written correctly."""
    tree = tree_of(tag, environment)
    try:
        return chains(tree) if tree is not None else []
    except RecursionError:
        return []


def tree_of(tag: Tag, environment: LockedEnvironment) -> nodes.Template | None:
    """What a tag says as a syntax tree, its end tag added; None where it says nothing or is not written correctly."""
    inner = mended(tag).inner
    source = f"{{{{ {inner} }}}}" if tag.kind == "expression" else ""
    if tag.kind == "statement" and tag.word in ("for", "if", "with", "filter"):
        source = f"{{% {inner} %}}{{% end{tag.word} %}}"
    elif tag.word == "elif":
        source = f"{{% {inner[2:]} %}}{{% endif %}}"
    elif tag.word == "set":
        source = f"{{% {inner} %}}" if "=" in inner else ""
    elif tag.word in ("colspan", "cellbg"):
        source = f"{{{{ {inner[len(tag.word) :]} }}}}"
    try:
        return environment.parse(source)
    except (TemplateError, RecursionError, ValueError, MemoryError):
        return None


def bound(inner: str, word: str) -> set[str]:
    """The names that a for or with statement makes known inside."""
    if word == "for":
        return {*_NAME.findall(inner.partition(" in ")[0]), "loop"} - {"for"}
    if word == "with":
        return set(re.findall(r"([^\W\d]\w*)\s*=", inner))
    return set()


def chains(tree: nodes.Node) -> list[str]:
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
