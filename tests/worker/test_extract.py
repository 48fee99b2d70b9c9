"""The words of attached files, read in the worker."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from docx import Document
from openpyxl import Workbook

from kamdesk.worker import arrivals
from kamdesk.worker.extract import MOST
from kamdesk.worker.supervisor import Workers
from tests.exchange.arrivals import invitation, mail
from tests.exchange.compound import outlook_mail


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as pool:
        yield pool


def word(text: str) -> bytes:
    target, document = io.BytesIO(), Document()
    document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = "в таблице"
    document.save(target)
    return target.getvalue()


def sheets() -> bytes:
    target, book = io.BytesIO(), Workbook()
    book.active.append(["Позиция", "Цена"])
    book.active.append(["Насос", 1200.5])
    book.create_sheet("Второй").append(["Компрессор"])
    book.save(target)
    return target.getvalue()


def test_word_spreadsheet_and_pdf(workers: Workers) -> None:
    docx = word("Турбина в сборе")
    assert "Турбина в сборе" in workers.extract_text(docx, "a.docx")
    assert "в таблице" in workers.extract_text(docx, "a.docx")
    assert "Турбина" in workers.extract_text(workers.to_pdf(docx).pdf, "a.pdf")
    found = workers.extract_text(sheets(), "a.xlsx")
    assert all(piece in found for piece in ("Насос", "1200.5", "Второй", "Компрессор"))


def test_mails_texts_and_pages(workers: Workers) -> None:
    assert "Расчёт во вложении" in workers.extract_text(mail(), "a.eml")
    assert "maria@ours.ru" in workers.extract_text(outlook_mail(), "a.msg")
    assert workers.extract_text("Привет".encode("cp1251"), "a.txt") == "Привет"
    assert workers.extract_text(b"<p>Hi<script>x</script></p>", "a.html") == "Hi"


def test_pictures_and_unknown_files_have_none_and_long_ones_are_cut(workers: Workers) -> None:
    assert workers.extract_text(b"\x89PNG\r\n\x1a\n", "a.png") == ""
    assert workers.extract_text(b"\x00\x01" * 500, "a.txt") == ""
    assert len(workers.extract_text(b"word " * 200_000, "a.txt")) <= MOST


def test_values_pass_between_the_processes_unchanged(workers: Workers) -> None:
    from kamdesk.exchange.calendar import read_calendar
    from kamdesk.exchange.mail import read_mail

    assert workers.read_calendar(invitation(), "a.ics") == read_calendar(invitation(), "a.ics")
    there, here = workers.read_mail(outlook_mail(), "a.msg"), read_mail(outlook_mail(), "a.msg")
    # the zone of a test may differ from the one its worker was started in
    assert replace(there, sent_at=None) == replace(here, sent_at=None) and there.sent_at is not None
    whole = read_mail(mail(), "a.eml")
    assert arrivals.mail_from_json(*arrivals.mail_to_json(whole)) == whole
