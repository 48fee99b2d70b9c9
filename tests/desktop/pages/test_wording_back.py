"""The dialog of what was changed in Word: one by one, all, for the library; what has no place is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from kamdesk.desktop.dialogs.wording_back import WordingBackDialog
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.changed_words import ChangedWords
from kamdesk.services.generation import Audience
from tests.services.test_wording import W, say

if TYPE_CHECKING:
    from tests.desktop.pages.conftest import Opened


class Screen:
    """A proposal with an edited document, and its dialog."""

    def __init__(self, opened: Opened, change: Callable[[Any], object]) -> None:
        from docx import Document

        place = opened.place
        self.opened = opened
        self.proposal = place.proposals.list()[0].id
        place.proposals.edit(
            self.proposal, {"understanding": "Задача **одна**: газ.", "payment": "30 % — аванс."}
        )
        [made] = place.generation.generate(self.proposal, Audience(letters=()))
        document = Document(BytesIO(place.word_files.docx(made.document_id)))
        change(document)
        out = BytesIO()
        document.save(out)
        new = place.word_files.take_back(made.document_id, out.getvalue())
        assert new is not None
        self.document = new
        self.dialog = WordingBackDialog(
            opened.desk, ProposalWords(opened.kit, place.vocabularies), new, opened.window
        )
        self.dialog.open()
        opened.settle()

    def press(self, begins: str) -> None:
        """Press the first button of this name."""
        next(one for one in self.dialog.findChildren(QPushButton) if one.text().startswith(begins)).click()
        self.opened.settle()

    def said(self) -> list[str]:
        """Everything that is written."""
        return [one.accessibleName() or one.text() for one in self.dialog.findChildren(QLabel)]

    def values(self) -> Any:
        """The fields of the proposal."""
        return self.opened.place.proposals.page(self.proposal).values


def changed(document: Any) -> None:
    say(document, "understanding", "Задача, как мы её поняли, ")
    say(document, "payment", "50 % — аванс.")
    say(document, "arg_", "Так говорят сами заказчики.")
    for table in document.tables:
        for row in table.rows:
            if any(cell.text.startswith("Всего") for cell in row.cells[:-1]) and len(row.cells) > 3:
                next(row.cells[-1]._tc.iter(W + "t")).text = "1\u00a0200\u00a0000,00"
                return


@pytest.fixture
def screen(opened: Opened) -> Iterator[Screen]:
    made = Screen(opened, changed)
    yield made
    made.dialog.close()
    opened.settle()


def test_everything_is_said_in_words(screen: Screen) -> None:
    said = screen.said()
    assert any(one.startswith("Было «30 % — аванс.», стало «50 % — аванс.»") for one in said)
    assert any("Сумма в Word расходится" in one and "1\u00a0200\u00a0000,00" in one for one in said)
    assert any("Всего" in one and "столбец" in one for one in said)
    assert not any("**" in one for one in said)
    shown = next(one for one in screen.dialog.findChildren(ChangedWords) if "аванс" in one.text())
    assert "line-through" in shown.text() and "underline" in shown.text()


def test_one_by_one_and_undone(screen: Screen) -> None:
    screen.press("Взять в это предложение")
    assert screen.values()["understanding"] == "Задача, как мы её поняли, **одна**: газ."
    assert screen.values()["payment"] == "30 % — аванс."
    assert screen.dialog.changes is not None and len(screen.dialog.changes.wordings) == 2
    screen.opened.place.vault.history.undo()
    assert screen.values()["understanding"] == "Задача **одна**: газ."


def test_an_argument_goes_to_the_library(screen: Screen) -> None:
    screen.press("В библиотеку")
    texts = [one.text for one in screen.opened.place.library.arguments()]
    assert "Так говорят сами заказчики." in texts


def test_all_at_once(screen: Screen) -> None:
    screen.press("Взять всё")
    assert screen.values()["payment"] == "50 % — аванс."
    assert screen.dialog.changes is not None and not screen.dialog.changes.wordings
    assert screen.dialog.all.isHidden()
    assert any(one.startswith("Всё, чему есть место") for one in screen.said())
