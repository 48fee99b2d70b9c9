"""A press that works in this process: the same renderer and converters as the worker's, without starting one."""

from __future__ import annotations

from kamdesk.documents import booklet, edits, letterhead, pages, pdf
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.pdf import PdfMade
from kamdesk.documents.render import Renderer


class Press:
    """Renders, converts, folds. ``made`` counts the pages made."""

    def __init__(self) -> None:
        self._renderer = Renderer()
        self.made = 0

    def render(self, template: bytes, document: OutgoingDocument) -> bytes:
        """The finished Word file."""
        return self._renderer.render(template, document)

    def prepare(
        self, data: bytes, start: int | None, kind: str, language: str, pattern: bool = True
    ) -> bytes:
        """A template of a letterhead."""
        return letterhead.prepare(data, start, kind, language, pattern)

    def to_pdf(self, docx: bytes, converter: str = "builtin") -> PdfMade:
        """The PDF by the built-in converter."""
        self.made += 1
        made = pdf.built_in(docx)
        return PdfMade(made, "builtin", pages.count(made))

    def booklet(self, data: bytes) -> bytes:
        """The sheets of a booklet."""
        return booklet.imposed(data)


def pdf_text(data: bytes) -> str:
    """The words of all pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()


def word_text(data: bytes) -> str:
    """Every word a Word file carries."""
    return edits.text(data)


def squeezed(text: str) -> str:
    """The text without blanks: a mark may be broken over lines."""
    return "".join(text.split()).replace("\u00a0", "").replace("\u00ad", "").replace("\ufffe", "")
