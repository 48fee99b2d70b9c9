"""Our company in a real window: fields checked beside themselves, the number's example, logo, colleagues."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry
from kamdesk.desktop.pages.company import CompanyPage
from tests.desktop.pages.conftest import Opened
from tests.desktop.pages.walk import caught, english_words, nameless


def show(opened: Opened) -> CompanyPage:
    """The page over an open vault."""
    library_entry.register(opened.desk)
    page = opened.show(Target("company"))
    assert isinstance(page, CompanyPage)
    return page


@pytest.fixture
def page(opened: Opened) -> CompanyPage:
    return show(opened)


def put(opened: Opened, editor, text: str) -> None:
    """Type into an editor and leave it."""
    editor.line.setText(text)
    editor.flush()
    opened.settle()


def picture() -> bytes:
    """A small PNG."""
    image = QImage(40, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_the_card_is_edited_in_place(opened: Opened, page: CompanyPage) -> None:
    put(opened, page.editors["short_name"], "ООО «Иное»")
    assert opened.place.company.get().data.short_name == "ООО «Иное»"
    opened.window.undo_requested.emit()
    opened.settle()
    assert page.editors["short_name"].value() != "ООО «Иное»"


def test_a_wrong_requisite_is_told_beside_the_field(opened: Opened, page: CompanyPage) -> None:
    before = opened.place.company.get().data.inn
    put(opened, page.editors["inn"], "7707083894")
    assert page.editors["inn"].problem()
    assert page.editors["inn"].line.text() == "7707083894", "the draft stays"
    assert opened.place.company.get().data.inn == before


def test_an_odd_account_is_said_but_kept(opened: Opened, page: CompanyPage) -> None:
    put(opened, page.editors["account"], "40702810900000000001")
    assert opened.place.company.get().data.account == "40702810900000000001"
    assert page.warnings["account"].text()


def test_the_pattern_shows_its_next_number(opened: Opened, page: CompanyPage) -> None:
    assert opened.place.company.get().next_number in page.example.text()
    page.editors["number_pattern"].line.setText("{n}/{month}-{year}")
    assert "/03-2026" in page.example.text(), "while one types"
    page.editors["number_pattern"].flush()
    opened.settle()
    assert opened.place.company.get().next_number in page.example.text()
    put(opened, page.editors["number_pattern"], "без номера")
    assert page.editors["number_pattern"].problem()


def test_the_logo_comes_from_a_file_and_from_the_clipboard(
    opened: Opened, page: CompanyPage, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    page.logo.dropped.emit(str(tmp_path / "logo.png"))
    opened.settle()
    assert opened.place.company.get().logo_id is not None
    page.remove_logo.click()
    opened.settle()
    assert opened.place.company.get().logo_id is None
    QApplication.clipboard().setImage(QImage.fromData(picture()))
    page.paste_logo.click()
    opened.settle()
    assert opened.place.company.get().logo_id is not None
    (tmp_path / "bad.png").write_bytes(b"no picture")
    page.logo.dropped.emit(str(tmp_path / "bad.png"))
    opened.settle()
    assert page.logo_problem.text()
    QApplication.clipboard().clear()


def test_colleagues_are_added_ordered_and_deleted(opened: Opened, page: CompanyPage) -> None:
    page.add_line.line.setText("Новиков Глеб Ильич")
    page.add_line.button.click()
    opened.settle()
    last = opened.place.company.colleagues()[-1]
    assert last.data.name.middle == "Ильич"
    card = page._colleagues[last.id]
    put(opened, card.editors["post"], "Инженер")
    card.signs.box.click()
    opened.settle()
    assert "Новиков" in page.signers.text()
    put(opened, card.authority, "доверенности № 5")
    card.moved.emit(-1)
    opened.settle()
    order = [view.id for view in opened.place.company.colleagues()]
    assert order.index(last.id) == len(order) - 2
    stored = next(view for view in opened.place.company.colleagues() if view.id == last.id)
    assert (stored.data.post, stored.data.signs, stored.data.authority) == (
        "Инженер",
        True,
        "доверенности № 5",
    )
    card.me.box.click()
    opened.settle()
    assert opened.place.company.me().id == last.id
    card.delete_wanted.emit()
    opened.settle()
    assert last.id not in [view.id for view in opened.place.company.colleagues()]
    opened.window.undo_requested.emit()
    opened.settle()
    assert last.id in page._colleagues


def test_an_empty_card_begins_with_the_name(blank: Opened) -> None:
    page = show(blank)
    assert page.hint.isVisible()
    put(blank, page.editors["short_name"], "ООО «Рано»")
    assert page.editors["short_name"].problem()
    put(blank, page.editors["full_name"], "Общество «Первое»")
    assert blank.place.company.get().data.full_name == "Общество «Первое»"
    assert not page.hint.isVisible()
    page.add_line.line.setText("Соколова Мария")
    page.add_line.button.click()
    blank.settle()
    assert blank.place.company.me() is not None, "the first one is the user"


def test_a_colleague_that_was_found_is_gone_to(opened: Opened, page: CompanyPage) -> None:
    wanted = opened.place.company.colleagues()[-1].id
    found = opened.show(Target("colleague", wanted))
    assert found._colleagues[wanted].name.has_focus() or not opened.window.isActiveWindow()


def test_names_words_and_tab(opened: Opened, page: CompanyPage) -> None:
    assert not nameless(page)
    assert not english_words(page)
    assert not caught(opened, page)
    opened.kit.words.set_language("en")
    opened.settle()
    assert page.title() == "Our company"
