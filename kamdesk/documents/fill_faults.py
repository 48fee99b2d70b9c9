"""What went wrong while a template was filled, in words: the same for Word files and for texts."""

from __future__ import annotations

from types import TracebackType

from jinja2.exceptions import SecurityError, UndefinedError

from kamdesk.documents.language.filters import FilterMisuse
from kamdesk.model.messages import KamdeskError, Message


def line_of(trace: TracebackType | None) -> int:
    """The line of the template that ran last, from 1."""
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def fault(error: Exception, place: Message | str) -> KamdeskError:
    """The error to be told for what Jinja or a filter raised at a place."""
    if isinstance(error, FilterMisuse):
        return KamdeskError("documents.filter", why=error.said, place=place)
    if isinstance(error, UndefinedError):
        return KamdeskError("documents.undefined", why=error.message or "", place=place)
    if isinstance(error, SecurityError):
        return KamdeskError("documents.not_allowed", what=error.message or "", place=place)
    if isinstance(error, MemoryError):
        return KamdeskError("documents.too_much_memory", place=place)
    if isinstance(error, RecursionError):
        return KamdeskError("documents.too_deep", place=place)
    return KamdeskError("documents.cannot_fill", why=type(error).__name__, place=place)
