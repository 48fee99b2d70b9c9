"""The bundled documents through both converters and back: same words, about the same pages; pages as pictures."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamdesk.documents.blocks import Table
from kamdesk.documents.chart import benefit_chart
from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.fonts import font_folders, write_configuration
from kamdesk.documents.pdf import Libreoffice, find_libreoffice
from kamdesk.documents.pdf_properties import described
from kamdesk.documents.pictures import as_png, png_size
from kamdesk.documents.templates import bundled
from kamdesk.model.messages import KamdeskError
from kamdesk.worker.supervisor import Workers
from tests.documents.sample import EXECUTIVE, FINANCE, PEOPLE, TECHNICAL, proposal, tailored

KINDS = (
    ("group", "group", None), ("executive", "variant", EXECUTIVE), ("people", "variant", PEOPLE),
    ("finance", "variant", FINANCE), ("technical", "variant", TECHNICAL), ("cover", "cover", FINANCE),
)  # fmt: skip


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as pool:
        yield pool


def _docx(workers: Workers, template: str, kind: str, reader: str | None, language: str) -> bytes:
    document = build(proposal(language), tailored(language), kind, reader)
    return workers.render(bundled(language, template).read(), document)


def _words(pdf: bytes, folder: Path) -> Counter[str]:
    """The words of a PDF read by another program: without running lines, bullets, and breaks after hyphens."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    source = folder / "read.pdf"
    source.write_bytes(pdf)
    first = ["-f", "1", "-l", "1", "-x", "0", "-y", "0", "-W", "596", "-H", "795"]
    rest = ["-f", "2", "-x", "0", "-y", "52", "-W", "596", "-H", "743"]
    said = ""
    for area in (first, rest):
        command = ["pdftotext", *area, str(source), "-"]
        said += subprocess.run(command, capture_output=True, check=False).stdout.decode() + "\n"
    said = re.sub(r"([-\u2010\u2011/·])\s+", r"\1", re.sub(r"[\u2022\u00ad\x0c]", " ", said))
    return Counter(said.split())


@pytest.mark.office
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("template", "kind", "reader"), KINDS)
def test_both_converters_say_the_same(
    template: str, kind: str, reader: str | None, language: str, workers: Workers, tmp_path: Path
) -> None:
    if find_libreoffice() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    made = _docx(workers, template, kind, reader, language)
    ours = workers.to_pdf(made)
    theirs = workers.to_pdf(made, "libreoffice")
    assert (ours.converter, ours.reason, theirs.converter, theirs.reason) == (
        "builtin",
        None,
        "libreoffice",
        None,
    )
    assert abs(ours.pages - theirs.pages) <= 1
    if kind == "cover":
        assert ours.pages == 1
    one, other = _words(ours.pdf, tmp_path), _words(theirs.pdf, tmp_path)
    # A table's head stands again where a page breaks it, and the two do not break at the same rows.
    assert set((one - other) + (other - one)) <= _heads(
        build(proposal(language), tailored(language), kind, reader)
    )


def _heads(document: OutgoingDocument) -> set[str]:
    tables = [node for nodes in document.blocks.values() for node in nodes if isinstance(node, Table)]
    return {word for table in tables for cell in table.header for word in cell.split()}


@pytest.mark.office
@pytest.mark.parametrize("template", ["group", "technical"])
def test_every_word_of_a_document_is_in_its_pdf(template: str, workers: Workers, tmp_path: Path) -> None:
    kind, reader = ("group", None) if template == "group" else ("variant", TECHNICAL)
    made = workers.to_pdf(_docx(workers, template, kind, reader, "ru"))
    (tmp_path / "a.pdf").write_bytes(made.pdf)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    said = subprocess.run(
        ["pdftotext", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    flat = re.sub(r"\s+", "", said)
    for words in ("11 231 201,22", "Одиннадцать миллионов двести тридцать одна тысяча двести один рубль 22 копейки",
                  "31 декабря 2026 г.", "Нас рекомендуют", "kuznetsova@chtk.example", "П. С. Иванов"):  # fmt: skip
        assert re.sub(r"\s+", "", words) in flat


def test_pages_are_drawn(workers: Workers) -> None:
    made = workers.to_pdf(_docx(workers, "cover", "cover", PEOPLE, "ru"))
    (page,) = workers.pages(made.pdf, dpi=72)
    assert (page.width, page.height) in {(595, 842), (596, 842), (595, 841)}
    assert png_size(page.png) == (page.width, page.height)
    with pytest.raises(KamdeskError, match="no_page"):
        workers.pages(made.pdf, first=9)
    with pytest.raises(KamdeskError, match="not_pdf"):
        workers.pages(b"%PDF-1.7 nothing of the sort")


def test_a_document_neither_converter_reads_gives_both_reasons(tmp_path: Path) -> None:
    with (
        Workers(1, folder=tmp_path, office=Path("/nonexistent/soffice")) as pool,
        pytest.raises(KamdeskError) as refused,
    ):
        pool.to_pdf(b"PK\x03\x04 this is no document")
    assert refused.value.message.code == "documents.no_converter"
    # The worker's own folder goes with the worker; here it may still be ending.
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith("kamdesk-worker-")]


@pytest.mark.office
def test_the_fallback_names_its_reason(workers: Workers, tmp_path: Path) -> None:
    if find_libreoffice() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    rich = b"{\\rtf1 hello}"  # LibreOffice looks at the content, dxpdf wants a Word file
    made = workers.to_pdf(rich)
    assert made.converter == "libreoffice"
    assert made.reason is not None
    assert made.reason.code == "documents.builtin_failed"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")
def test_a_hanging_or_silent_office_is_told(tmp_path: Path) -> None:
    hanging, silent = tmp_path / "hanging", tmp_path / "silent"
    hanging.write_text("#!/bin/sh\nsleep 60\n")
    silent.write_text("#!/bin/sh\necho broken profile >&2\nexit 1\n")
    for program in (hanging, silent):
        program.chmod(0o755)
    with pytest.raises(KamdeskError, match="libreoffice_slow"):
        Libreoffice(tmp_path / "work", hanging, seconds=0.3).convert(b"x")
    with pytest.raises(KamdeskError) as failed:
        Libreoffice(tmp_path / "work", silent).convert(b"x")
    assert failed.value.message.params["why"] == "broken profile"
    with pytest.raises(KamdeskError, match="cancelled"):
        Libreoffice(tmp_path / "work", hanging).convert(b"x", lambda: True)
    assert not [*(tmp_path / "work").iterdir()]


def test_the_font_configuration_names_folders_and_a_default(tmp_path: Path) -> None:
    from lxml import etree

    root = etree.fromstring(write_configuration(tmp_path).read_bytes())
    assert len(root.findall("dir")) == len(font_folders())
    assert root.find("match/edit/string") is not None


@pytest.mark.parametrize(
    ("net", "unit"), [((-10, 5, 6), 1), ((0, 0), 1), ((10**12, -(10**12)), 10**6), (tuple(range(40)), 1)]
)
def test_any_figures_give_a_chart(net: tuple[int, ...], unit: int) -> None:
    from decimal import Decimal
    from itertools import accumulate

    flow = [Decimal(item) for item in net]
    svg = benefit_chart(
        flow, [*accumulate(flow)], [f"<{n}>" for n in range(len(flow))], title="A & B", legend=("net", "sum"),
        unit=Decimal(unit), language="ru",
    )  # fmt: skip
    width, height = png_size(as_png(svg))
    assert width > height > 100


@pytest.mark.parametrize(
    "name", ["dynamic_table_tpl", "header_footer_image_tpl", "header_footer_tpl", "nested_for_tpl", "order_tpl",
             "richtext_paragraph_tpl", "vertical_merge_tpl", "word2016_tpl"]
)  # fmt: skip
def test_documents_of_others_are_vetted_checked_and_converted(
    name: str, shared_data: Path, workers: Workers
) -> None:
    data = (shared_data / "word" / f"{name}.docx").read_bytes()
    report = workers.vet(data, "foreign")
    findings = workers.check(data, "group")
    assert report.ok or any(item.severity == "error" for item in report.findings)
    assert all(item.text.code for item in findings)
    made = workers.to_pdf(workers.clean(data).data)
    assert made.pages >= 1
    with pytest.raises(KamdeskError) as refused:
        workers.render(data, build(proposal("en"), tailored("en"), "group"))
    assert "place" in refused.value.message.params


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_pdf_says_its_title_author_and_language(language: str, workers: Workers) -> None:
    import pypdfium2

    docx = _docx(workers, "group", "group", None, language)
    made = workers.to_pdf(docx).pdf
    document = pypdfium2.PdfDocument(made)
    try:
        said = document.get_metadata_dict()
        assert document[0].get_textpage().get_text_range()
    finally:
        document.close()
    data = proposal(language)
    assert data.number in said["Title"] and data.subject in said["Title"]
    assert said["Author"] == data.company.short_name
    code = {"ru": "ru-RU", "en": "en-GB"}[language]
    assert b"/Lang <feff" + code.encode("utf-16-be").hex().encode() in made
    assert described(made, docx) == made, "what says its language already is left alone"
    assert described(b"%PDF-1.4 nothing", docx) == b"%PDF-1.4 nothing"
