"""Rows of documents: one proposal as Word against bare docxtpl, and its PDF against LibreOffice."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.pdf import find_libreoffice
from kamdesk.documents.templates import bundled
from kamdesk.model.inputs import OfferLine
from kamdesk.worker.supervisor import Workers
from tests.bench.measure import Row, alternating
from tests.documents import sample

_COLUMNS = ("number", "name", "unit", "quantity", "price", "amount")


def proposal(workers: Workers, lines: int, rounds: int) -> Row:
    """The group document with an offer of ``lines`` rows, bytes in hand, against docxtpl's loop over the same rows.

    docxtpl knows no blocks, so its template is the bundled one with the offer as a looped table and everything
    else as paragraphs: the same words in the same styles.
    """
    document, template = _document(lines), bundled("ru", "group").read()
    looped, values = _looped(template, document, lines)

    def bare() -> None:
        from docxtpl import DocxTemplate

        filled = DocxTemplate(io.BytesIO(looped))
        filled.render(values, autoescape=True)
        filled.save(io.BytesIO())

    ours, other = alternating(lambda: workers.render(template, document), bare, rounds)
    return Row(f"one document, {lines} rows → .docx", ours, other, "≤ 0.3×")


def _document(lines: int) -> OutgoingDocument:
    data = replace(
        sample.proposal("ru"),
        offer=tuple(
            OfferLine(f"Насос {n}", "шт.", Decimal(n % 9 + 1), Decimal(1000 + n), vat=Decimal(22))
            for n in range(lines)
        ),
    )
    return build(data, sample.tailored("ru"), "group")


def _looped(template: bytes, document: OutgoingDocument, lines: int) -> tuple[bytes, dict[str, Any]]:
    """A template for docxtpl and its values."""
    from docx import Document

    word = Document(io.BytesIO(template))
    for section in word.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            _empty(part._element)
    _empty(word.element.body)
    for _ in range(40):
        word.add_paragraph("{{ text }}")
    table = word.add_table(rows=3, cols=len(_COLUMNS))
    table.cell(0, 0).text = "{%tr for row in rows %}"
    for index, name in enumerate(_COLUMNS):
        table.cell(1, index).text = f"{{{{ row.{name} }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    target = io.BytesIO()
    word.save(target)
    rows = [dict.fromkeys(_COLUMNS, f"Насос {n}") for n in range(lines)]
    return target.getvalue(), {"text": document.title, "rows": rows}


def _empty(element: Any) -> None:
    """Take away every paragraph and table, keeping the section's settings."""
    for child in list(element):
        if child.tag.endswith(("}p", "}tbl")):
            element.remove(child)


def pdf(workers: Workers, folder: Path, rounds: int) -> Row | None:
    """The built-in conversion against ``soffice --headless --convert-to pdf`` of the same file."""
    office = find_libreoffice()
    if office is None:
        return None
    docx = workers.render(bundled("ru", "group").read(), _document(10))
    source = folder / "one.docx"
    source.write_bytes(docx)
    command = [
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]

    def bare() -> None:
        subprocess.run(
            [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120
        )

    ours, other = alternating(lambda: workers.to_pdf(docx), bare, rounds)
    return Row("the same → PDF", ours, other, "≤ 0.15×")
