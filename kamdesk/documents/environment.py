"""The locked-down Jinja environment of templates that come from anybody.

Three walls: an inspection of the syntax tree before anything runs, an immutable sandbox that sees plain
dictionaries and text only, and (in the worker) limits of memory and time. Nothing but listed filters, tests and
text methods exists; there are no globals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from kamdesk.documents.language.filters import LANGUAGE_FILTERS
from kamdesk.documents.legal import legal

METHODS: Final = frozenset(
    {
        "upper",
        "lower",
        "title",
        "capitalize",
        "strip",
        "lstrip",
        "rstrip",
        "replace",
        "startswith",
        "endswith",
        "split",
    }
)
_BUILT_IN: Final = frozenset(
    {
        "upper",
        "lower",
        "title",
        "capitalize",
        "trim",
        "replace",
        "default",
        "d",
        "join",
        "length",
        "count",
        "first",
        "last",
    }
)
FILTERS: Final = _BUILT_IN | LANGUAGE_FILTERS.keys()
"""Every filter by every name, English and Russian."""
TESTS: Final = frozenset(
    {"defined", "undefined", "none", "string", "number", "odd", "even", "in", "eq", "equalto", "ne"}
)
LONGEST_REPEAT: Final = 10_000
"""Characters that multiplying a text may give; a template has no honest use for more."""

LARGEST_FACTOR: Final = 10**15
"""Python multiplies whole numbers of any length, and no limit of time reaches into one multiplication."""

_ODD: Final = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff&<>\"']")
"""What a text may hold that is not written as it stands; most cells of a table hold nothing of it."""
_BREAKS: Final = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}
_FORBIDDEN: Final = (
    nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends, nodes.Macro, nodes.CallBlock, nodes.Block,
    nodes.Pow, nodes.ScopedEvalContextModifier, nodes.EvalContextModifier, nodes.NSRef,
)  # fmt: skip


def word_text(text: str) -> str:
    """The text as content of ``w:t``: escaped, line feeds and tabs as Word writes them."""
    if _ODD.search(text) is None:
        return text
    written = str(escape(legal(text)))
    for character, markup in _BREAKS.items():
        if character in written:
            written = written.replace(character, markup)
    return written


def forbidden(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What a template may not contain, as (line, what), in order of the tree."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, _FORBIDDEN):
            yield node.lineno, type(node).__name__.lower()
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield node.lineno, node.attr
        elif isinstance(node, nodes.Getitem) and _hidden_item(node):
            yield node.lineno, str(node.arg.value)  # type: ignore[attr-defined]
        elif isinstance(node, nodes.Name) and node.name.startswith("_"):
            yield node.lineno, node.name
        elif isinstance(node, nodes.Call) and not _is_text_method(node):
            yield node.lineno, _called(node)


def _hidden_item(node: nodes.Getitem) -> bool:
    return (
        isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, str)
        and node.arg.value.startswith("_")
    )


def _is_text_method(node: nodes.Call) -> bool:
    return isinstance(node.node, nodes.Getattr) and node.node.attr in METHODS


def _called(node: nodes.Call) -> str:
    target = node.node
    if isinstance(target, nodes.Getattr):
        return f"{target.attr}()"
    return f"{target.name}()" if isinstance(target, nodes.Name) else "()"


class LockedEnvironment(ImmutableSandboxedEnvironment):
    """Plain dictionaries, text, numbers; nothing else is reachable from a template."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined, autoescape=True, finalize=_written, keep_trailing_newline=True
        )
        self.globals.clear()
        self.filters = {**{name: self.filters[name] for name in _BUILT_IN}, **LANGUAGE_FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.policies["json.dumps_function"] = None

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An entry of a dictionary, or a listed method of a text."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, str) and attribute in METHODS:
            return getattr(obj, attribute)
        if type(obj).__name__ in ("LoopContext", "AsyncLoopContext") and not attribute.startswith("_"):
            return getattr(obj, attribute, self.undefined(obj=obj, name=attribute))
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An entry of a dictionary, an item or slice of a text or list."""
        if isinstance(obj, dict):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=str(argument))
        if isinstance(obj, str | list | tuple) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(obj=obj, name=str(argument))
        return self.undefined(obj=obj, name=str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        """Only a listed method bound to a text."""
        return isinstance(getattr(obj, "__self__", None), str) and getattr(obj, "__name__", "") in METHODS

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers; no powers, no formatting by ``%``, no endless repeating of a text."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "*" and not numbers:
            size = len(left) * right if isinstance(right, int) else len(right) * left
            if size > LONGEST_REPEAT:
                raise SecurityError("*")
        elif operator == "**" or not numbers or max(abs(left), abs(right)) > LARGEST_FACTOR:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


def _written(value: Any) -> Any:
    """What a tag puts into the document: text, or markup that we made; never the inside of an object."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return Markup(word_text(value))  # noqa: S704 (escaped by word_text)
    if isinstance(value, bool | int | float):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, StrictUndefined):
        return value
    raise SecurityError(type(value).__name__)
