"""Names that were left in a copied text: in any case form, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from kamdesk.rules.left_names import mentions, words_of


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("АО «Север»", "Линия для Севера", ["Севера"]),
        ("АО «Север»", "северный склад, на севере", []),
        ("Группа «Северная звезда»", "Для «Северной звезды» и вас", ["Северной звезды"]),
        ("Группа «Северная Звезда»", "Для «Северной Звезды» и вас", ["Северной Звезды"]),
        ("Иванова", "Как сказала Иванова, Ивановой и Ивановне", ["Иванова", "Ивановой"]),
        ("Кузнецов", "С Кузнецовым согласовано", ["Кузнецовым"]),
        ("Пётр Сергеевич", "Уважаемый Петр Сергеевич!", ["Петр Сергеевич"]),
        ("Белый", "передали Белому, белая линия", ["Белому"]),
        ("Northwind Ltd", "What Northwind needs", ["Northwind"]),
        ("Northwind Ltd", "Northwinds blow", []),
        ("Best Group", "the best price", []),
        ("ООО «И К»", "И к нам", []),
        ("Ко", "Кот", []),
    ],
)
def test_found(name: str, text: str, found: list[str]) -> None:
    assert [one.words for one in mentions(text, [words_of(name)])] == found


def test_the_words_around_are_given() -> None:
    [one] = mentions("а" * 100 + " завод Вектор " + "б" * 100, [words_of("«Вектор»")])
    assert one.around.startswith("а" * 20)
    assert "завод Вектор" in one.around
    assert len(one.around) < 110
