"""What the template doctor found in one tag, with the edits that would repair it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kamdesk.documents.findings import Finding
from kamdesk.documents.ooxml.walk import Paragraph
from kamdesk.documents.tags import Tag
from kamdesk.model.messages import Message

AROUND: Final = 40
"""Characters of a paragraph shown at either side of a fault: enough to find it by eye in Word."""
LONGEST_TAG: Final = 80


@dataclass(frozen=True, slots=True)
class Edit:
    """Letters [start, end) of a paragraph, and what turns them into better ones."""

    paragraph: Paragraph
    start: int
    end: int
    change: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its edits; there are some if ``finding.repair`` is not empty."""

    finding: Finding
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A tag where it stands. ``text`` is that of its whole paragraph."""

    tag: Tag
    paragraph: Paragraph
    text: str

    def edit(self, change: Callable[[str], str]) -> Edit:
        """An edit of this tag."""
        return Edit(self.paragraph, self.tag.start, self.tag.end, change)

    def found(
        self,
        kind: str,
        code: str,
        suggestion: str = "",
        severity: str = "error",
        *,
        repair: str = "",
        edits: tuple[Edit, ...] = (),
        **params: Any,
    ) -> Found:
        """A finding about this tag; the message gets ``tag``. Without ``edits`` a repair writes the suggestion over the tag."""
        shown = {name: cut(value) if isinstance(value, str) else value for name, value in params.items()}
        if repair and not edits:
            edits = (self.edit(lambda raw: suggestion),)
        finding = Finding(
            self.paragraph.place,
            kind,
            Message(code, {"tag": cut(self.tag.raw), **shown}),
            suggestion,
            severity,
            around(self.text, self.tag.start, self.tag.end),
            self.paragraph.part,
            repair,
        )
        return Found(finding, edits)


def cut(text: str, longest: int = LONGEST_TAG) -> str:
    """A text fit for one line of a message."""
    line = " ".join(text[: 10 * longest].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def around(text: str, start: int, end: int) -> str:
    """The letters [start, end) of a text with what stands before and after, in one line."""
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    middle = text[start:end] if end - start <= 2 * AROUND else text[start : start + 2 * AROUND] + "…"
    shown = (
        f"{'…' if first else ''}{text[first:start]}{middle}{text[end:last]}{'…' if last < len(text) else ''}"
    )
    return " ".join(shown.split())
