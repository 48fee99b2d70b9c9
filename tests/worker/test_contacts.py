"""Files of contacts read in the worker, and letterheads told from templates with tags."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from kamdesk.documents.templates import bundled
from kamdesk.exchange.contact_files import read_contacts
from kamdesk.model.messages import KamdeskError
from kamdesk.worker.supervisor import Workers
from tests.documents.made import template_with

TABLE = (
    "ФИО;Должность;E-mail\nИванов Пётр;Директор;ivanov@zavod.ru\nЁлкина Анна;Бухгалтер;anna@zavod.ru\n;;\n"
)
CARDS = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Black\nEMAIL:anna@x.com\nBDAY:--02-29\nPHOTO;ENCODING=b;TYPE=PNG:aGVsbG8=\nEND:VCARD\n"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "vcards"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as pool:
        yield pool


def test_a_table_comes_with_its_look(workers: Workers) -> None:
    file = workers.contacts(TABLE.encode("cp1251"), "team.csv")
    assert [person.name.full() for person in file.read.people] == ["Иванов Пётр", "Ёлкина Анна"]
    look = file.table
    assert look is not None
    assert look.headers == ("ФИО", "Должность", "E-mail")
    assert look.fields == ("name", "title", "email")
    assert (look.separator, look.encoding, look.examples[0][0]) == (";", "cp1251", "Иванов Пётр")
    assert look.fingerprint


def test_columns_can_be_chosen(workers: Workers) -> None:
    file = workers.contacts(TABLE.encode(), "team.csv", fields=("name", "-", "notes"))
    assert file.read.people[0].title == ""
    assert file.read.people[0].notes == "ivanov@zavod.ru"
    other = workers.contacts(TABLE.encode(), "team.csv", fields=("name",))
    assert other.table is not None
    assert other.table.fields == ("name", "title", "email"), "a choice for another table is not used"


def test_cards_come_through_with_photo_and_partial_birthday(workers: Workers) -> None:
    file = workers.contacts(CARDS.encode(), "cards.vcf")
    assert file.table is None
    assert file.read == read_contacts(CARDS.encode(), "cards.vcf")
    assert file.read.people[0].photo == b"hello"
    assert str(file.read.people[0].birthday) == "--02-29"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared contact cards are not here")
def test_the_shared_cards_read_the_same_in_the_worker(workers: Workers) -> None:
    for path in sorted(SHARED.glob("*.vcf")):
        assert workers.read_contacts(path.read_bytes(), path.name) == read_contacts(
            path.read_bytes(), path.name
        )


def test_a_refusal_is_told_as_the_reader_tells_it(workers: Workers) -> None:
    with pytest.raises(KamdeskError) as caught:
        workers.read_contacts(b"\x00\x01\x02" * 500, "a.csv")
    assert caught.value.message.code == "table.not_text"


def test_tags_make_a_template(workers: Workers) -> None:
    assert workers.has_tags(bundled("ru", "group").read())
    assert workers.has_tags(template_with("Dear {{ client.name }}"))
    plain = io.BytesIO()
    document = Document()
    document.add_paragraph("A set {1, 2}, 5 % of it, and a price")
    document.save(plain)
    assert not workers.has_tags(plain.getvalue())
