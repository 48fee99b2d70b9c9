"""What a file of contacts is, is told by its content."""

from __future__ import annotations

import pytest

from kamdesk.exchange.columns import Mapping
from kamdesk.exchange.contact_files import holds_cards, read_contacts

CARD = "\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Иванов Пётр\r\nEND:VCARD\r\n"
TABLE = "ФИО;Хобби\nИванов Пётр;лыжи\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize(("text", "cards"), [(CARD, True), (TABLE, False)])
def test_cards_and_tables_are_told_apart(text: str, cards: bool, encoding: str) -> None:
    data = text.encode(encoding)
    assert holds_cards(data) is cards
    assert [person.name.family for person in read_contacts(data, "wrong.bin").people] == ["Иванов"]


def test_a_mapping_decides_for_a_table() -> None:
    read = read_contacts(TABLE.encode(), "a.csv", mapping=Mapping(("name", "notes")))
    assert (read.people[0].notes, read.people[0].hobby) == ("лыжи", "")
