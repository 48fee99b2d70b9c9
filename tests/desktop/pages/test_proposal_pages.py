"""The proposal pages over the real demo: typing, pasting, deciding, the live pages, documents, Word, sending; both languages and themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from kamdesk.desktop.dialogs.argument_pick import ArgumentPickDialog
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.compare_versions import CompareDialog
from kamdesk.desktop.dialogs.letterhead_place import LetterheadDialog
from kamdesk.desktop.dialogs.proposal_send import SendDialog, StatusDialog
from kamdesk.desktop.dialogs.proposal_start import StartDialog
from kamdesk.desktop.dialogs.reword import RewordDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import proposals
from kamdesk.desktop.pages.proposal import ProposalEditPage
from kamdesk.desktop.pages.proposal_words import STEPS
from kamdesk.desktop.pages.proposals import ProposalsPage

if TYPE_CHECKING:
    from tests.desktop.pages.conftest import Opened

EDIT = "Согласовано с главным инженером."


class Screen:
    """The demo's proposal on the screen."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.shown: list[Path] = []
        proposals.register(opened.desk, self._open)
        self.place = opened.place
        self.id = self.place.proposals.list()[0].id

    def _open(self, path: Path) -> bool:
        self.shown.append(path)
        return True

    def page(self, step: str = "start", *, pages: bool = False) -> ProposalEditPage:
        """The page at a step, filled. With ``pages`` there is room for those of the document: each visit makes them."""
        self.opened.window.resize(1280 if pages else 1100, 720)
        page = self.opened.show(Target("proposal", self.id, step))
        assert isinstance(page, ProposalEditPage)
        return page

    def stored(self):
        """The proposal as it is stored."""
        self.opened.settle()
        return self.place.proposals.page(self.id)

    def wait(self, until, most: int = 15_000) -> None:
        """Let the window live until something is so."""
        waited = 0
        while not until() and waited < most:
            QTest.qWait(30)
            waited += 30
        assert until()

    def dialog(self, kind: type[DialogBase]):
        """The open dialog of a kind."""
        self.opened.settle()
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        assert len(found) == 1, found
        return found[0]


@pytest.fixture
def screen(opened: Opened) -> Screen:
    return Screen(opened)


def named(root: QWidget) -> Iterator[QWidget]:
    """The controls one can reach."""
    for widget in root.findChildren(QWidget):
        reached = widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
        if reached and isinstance(widget, kinds) and not widget.objectName().startswith("qt_"):
            yield widget


def type_into(grid: Any, row: int, column: str, text: str) -> None:
    """Type into a cell of a column by its name, wherever the column stands."""
    keys = [one.id for one in grid.model.columns]
    assert grid.model.setData(grid.model.index(row, keys.index(column)), text)


# --- the list ----------------------------------------------------------------------------------------------


def test_the_list_filters_and_starts_a_proposal(screen: Screen) -> None:
    page = screen.opened.show(Target("proposals"))
    assert isinstance(page, ProposalsPage)
    before = len(screen.place.proposals.list())
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    assert [page.model.columns[at].text(page.model.rows()[0]) for at in (1, 3, 4)] == ["КП-114", "Черновик", "36 592 924 ₽".replace(" ", "\u00a0")]  # fmt: skip
    page.chips["sent"].click()
    screen.opened.settle()
    assert [row.number for row in page.model.rows()] == ["КП-109"], "the one that awaits an answer"
    page.chips["sent"].click()
    page.start_button.click()
    dialog = screen.dialog(StartDialog)
    dialog.accept()
    assert dialog.isVisible() or dialog.client.currentIndex() >= 0
    if dialog.isVisible():
        assert dialog.problem.isVisible()
        dialog.client.setCurrentIndex(0)
        assert not dialog.problem.isVisible(), "what was asked for is there now"
        dialog.source.setCurrentRow(1)
        dialog.subject.setText("Вторая очередь")
        dialog.accept()
    screen.opened.settle()
    rows = screen.place.proposals.list()
    assert len(rows) == before + 1
    here = screen.opened.window.here()
    assert here is not None
    assert here.kind == "proposal"


def test_an_empty_list_offers_the_first_step(blank: Opened) -> None:
    proposals.register(blank.desk, lambda _path: True)
    page = blank.show(Target("proposals"))
    texts = [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    assert texts.count("Начать предложение") >= 1, texts


# --- typing ------------------------------------------------------------------------------------------------


def test_texts_are_stored_on_leaving_and_undone_in_words(screen: Screen) -> None:
    page = screen.page("start")
    page.start.subject.focus()
    page.start.subject.line.setText("Новая тема")
    page.go_step("team")
    assert screen.stored().values["subject"] == "Новая тема"
    assert page.title() == "Новая тема"
    screen.opened.window.undo_requested.emit()
    assert screen.stored().values["subject"] != "Новая тема"


def test_a_refresh_leaves_what_is_being_typed(screen: Screen) -> None:
    page = screen.page("start")
    page.start.subject.focus()
    page.start.subject.line.setText("Ещё печатаю")
    screen.place.proposals.edit(screen.id, {"payment": "По факту"})
    screen.opened.window.apply(_AnyChange())
    screen.opened.settle()
    assert page.start.subject.line.text() == "Ещё печатаю"


class _AnyChange:
    """A ChangeSet that touches everything."""

    def touches(self, *_tables: str) -> bool:
        return True


def test_an_offer_is_pasted_from_excel(screen: Screen) -> None:
    page = screen.page("offer")
    QAbstractItemModelTester(page.offer.grid.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    before = len(page.offer.grid.rows())
    QGuiApplication.clipboard().setText(
        "Наименование\tЕд.изм.\tКоличество\tЦена, руб.\tСкидка\tНДС\tСумма\n"
        "Клапан обратный\tшт.\t4\t12 500,50\t10 %\t22 %\t45 001,80\n"
        "Обучение\tуслуга\t1\t40 000\t\tбез НДС\t40 000\nИтого\t\t\t\t\t\t85 001,80\n"
    )
    page.offer.grid.view.setFocus()
    page.offer.grid.view.paste()
    offer = screen.stored().offer
    assert len(offer) == before + 2
    valve, lesson = offer[-2:]
    assert (valve.name, valve.unit, valve.quantity, valve.price) == (
        "Клапан обратный",
        "шт.",
        Decimal(4),
        Decimal("12500.50"),
    )
    assert (valve.discount, valve.vat, lesson.vat) == (Decimal(10), Decimal(22), None)
    assert [row.key for row in page.offer.grid.rows()] == [row.id for row in offer]
    # the first line again, so that an id is kept and nothing is doubled
    type_into(page.offer.grid, before, "quantity", "5")
    changed = screen.stored().offer
    assert [row.id for row in changed] == [row.id for row in offer]
    assert changed[before].quantity == Decimal(5)


def test_totals_follow_before_anything_is_stored(screen: Screen) -> None:
    page = screen.page("offer")
    type_into(page.offer.grid, 0, "price", "0")
    lines = page.offer.totals.lines
    texts = [lines.itemAt(at).widget().text() for at in range(lines.count())]
    assert "Итого" in texts
    assert not any("36\u00a0592\u00a0924" in text for text in texts), texts
    screen.opened.settle()


def test_a_row_without_a_name_is_not_lost(screen: Screen) -> None:
    page = screen.page("offer")
    before = len(page.offer.grid.rows())
    type_into(page.offer.grid, before, "price", "900")
    screen.opened.settle()
    screen.place.proposals.edit(screen.id, {"payment": "По факту"})
    screen.opened.settle()
    assert len(page.offer.grid.rows()) == before + 1
    type_into(page.offer.grid, before, "name", "Насадка")
    assert screen.stored().offer[-1].price == Decimal(900)


def test_figures_take_more_periods_from_a_paste(screen: Screen) -> None:
    page = screen.page("figures")
    line = "Снижение брака\tЭкономия\t0\t100\t200\t300\t400\t500\t600"
    page.figures.grid.view.go_to(page.figures.grid.model.rowCount() - 1, 0)
    page.figures.grid.paste(line)
    QTest.qWait(50)
    benefit = screen.stored().benefit
    assert benefit[-1].name == "Снижение брака"
    assert benefit[-1].amounts[:7] == tuple(map(Decimal, (0, 100, 200, 300, 400, 500, 600)))
    page.figures.fewer.click()
    assert len(screen.stored().benefit[-1].amounts) == 6
    assert page.figures.chart.isVisible()
    assert "₽" in page.figures.chart.accessibleName()


def test_conditions_come_from_presets(screen: Screen) -> None:
    page = screen.page("offer")
    vocabulary = screen.place.vocabulary.current
    text = vocabulary.items("warranty_terms")[1].text("text", "ru")
    page.work.edit("warranty", text)
    assert screen.stored().values["warranty"] == text


# --- readers and arguments ---------------------------------------------------------------------------------


def test_readers_are_moved_added_and_typed(screen: Screen) -> None:
    page = screen.page("readers")
    first, second, *_rest = [card.reader.id for card in page.readers.cards()]
    page.readers.cards()[0].setFocus()
    QTest.keyClick(page.readers.cards()[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [reader.id for reader in screen.stored().readers][:2] == [second, first]
    card = page.readers.cards()[0]
    card.lens._save("finance")
    card.separate.box.click()
    reader = screen.stored().readers[0]
    assert (reader.own_lens, reader.lens, reader.separate) == ("finance", "finance", True)
    kinds = [page.preview.choice.itemData(at)[0] for at in range(page.preview.choice.count())]
    assert kinds.count("variant") == 1
    page.readers.remove(reader.person_id)
    assert reader.person_id not in {one.person_id for one in screen.stored().readers}
    page.readers.add(reader.person_id)
    assert screen.stored().readers[-1].person_id == reader.person_id


def test_a_click_shows_the_card_of_a_reader(screen: Screen) -> None:
    page = screen.page("readers")
    page.readers.cards()[1].open_card.click()
    screen.opened.settle()
    assert page.right.currentWidget() is page.person
    page.person.close_button.click()
    assert page.right.currentWidget() is page.preview


def test_a_pasted_sentence_becomes_an_argument_of_the_library(screen: Screen) -> None:
    page = screen.page("arguments")
    reader = screen.stored().readers[2]
    column = page.arguments.columns[reader.id]
    column.box.setPlainText("• Окупается за сезон.\n• Сервис круглые сутки.")
    QTest.keyClick(column.box, Qt.Key.Key_Return)
    chosen = screen.stored().readers[2].chosen
    texts = {one.text: one.pinned for one in chosen}
    assert texts["Окупается за сезон."]
    assert texts["Сервис круглые сутки."]
    assert column.box.toPlainText() == ""
    assert {one.text for one in screen.place.library.arguments()} >= {"Окупается за сезон."}
    assert {card.argument.text for card in column.cards()} >= set(texts)


def test_arguments_are_decided_by_keyboard(screen: Screen) -> None:
    page = screen.page("arguments")
    reader = screen.stored().readers[0].id
    column = page.arguments.columns[reader]
    first, second = (card.argument.argument_id for card in column.cards()[:2])
    column.cards()[0].setFocus()
    QTest.keyClick(column.cards()[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.argument_id for one in screen.stored().readers[0].chosen][:2] == [second, first]
    QTest.keyClick(column.cards()[0], Qt.Key.Key_P)
    assert screen.stored().readers[0].chosen[0].pinned
    QTest.keyClick(column.cards()[0], Qt.Key.Key_Delete)
    assert second in {argument_id for argument_id, _text in screen.stored().readers[0].dropped}
    back = [one for one in column.findChildren(QAbstractButton) if one.text() == "Вернуть"]
    back[0].click()
    assert not screen.stored().readers[0].dropped


def test_an_argument_is_dragged_to_another_reader(screen: Screen) -> None:
    page = screen.page("arguments")
    giver, taker = (reader.id for reader in screen.stored().readers[:2])
    argument = page.arguments.columns[giver].cards()[0].argument.argument_id
    data = QMimeData()
    data.setData("application/x-kamdesk-argument", argument.encode())
    column = page.arguments.columns[taker]
    event = QDropEvent(
        QPointF(30, column.cards()[0].y() + 1),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    column.dropEvent(event)
    assert argument in [one.argument_id for one in screen.stored().readers[1].chosen]


def test_words_are_changed_for_the_proposal_or_the_library(screen: Screen) -> None:
    page = screen.page("arguments")
    reader = screen.stored().readers[0]
    argument = reader.chosen[0].argument_id
    page.arguments.decide(reader.id, argument, "reword")
    dialog = screen.dialog(RewordDialog)
    dialog.text.setPlainText("Для вас — иначе.")
    dialog.accept()
    assert screen.stored().readers[0].chosen[0].text == "Для вас — иначе."
    assert screen.place.library.argument(argument).text != "Для вас — иначе."
    page.arguments.decide(reader.id, argument, "reword")
    dialog = screen.dialog(RewordDialog)
    dialog.text.setPlainText("")
    dialog.accept()
    assert dialog.problem.text()
    dialog.text.setPlainText("Для всех.")
    dialog.in_library.click()
    screen.opened.settle()
    assert screen.place.library.argument(argument).text == "Для всех."


def test_an_argument_is_taken_from_the_library(screen: Screen) -> None:
    page = screen.page("arguments")
    reader = screen.stored().readers[0]
    chosen = {one.argument_id for one in reader.chosen}
    listed = screen.place.library.arguments(language=str(screen.stored().values["language"]))
    first = next(one.id for one in listed if one.id not in chosen)
    screen.place.library.edit("argument", first, {"evidence_date": date(2020, 1, 1)})
    screen.place.tellings.tell(reader.person_id, first, date(2026, 1, 20))
    page.arguments.columns[reader.id].library.click()
    dialog = screen.dialog(ArgumentPickDialog)
    dialog.all.setChecked(True)
    screen.opened.settle()
    assert dialog.list.count() > 5
    items = [dialog.list.item(at) for at in range(dialog.list.count())]
    texts = {item.data(Qt.ItemDataRole.UserRole): item.text() for item in items}
    assert "20.01.2026" in texts[first] and "проверьте" in texts[first], "heard on that day, of old evidence"
    dialog.list.setCurrentRow(0)
    wanted = dialog.list.item(0).data(Qt.ItemDataRole.UserRole)
    dialog.accept()
    assert wanted in {one.argument_id for one in screen.stored().readers[0].chosen}


def test_what_is_uncovered_is_said_in_words(screen: Screen) -> None:
    reader = screen.stored().readers[0]
    for one in screen.place.library.arguments():
        if "compliance" in one.criteria:
            screen.place.library.delete("argument", one.id)
    screen.place.people.set_criteria(("compliance",), person_id=reader.person_id)
    page = screen.page("arguments")
    column = page.arguments.columns[reader.id]
    texts = [one.text() for one in column.findChildren(type(page._title))]
    assert any("Нет аргумента на критерий «Соответствие требованиям»" in text for text in texts), texts
    page.arguments.show_view("criteria")
    assert "№ 1: нет ответа" in {
        page.arguments.criteria.cell(row, 0) for row in range(page.arguments.criteria.rowCount())
    }
    # no document was made yet: it is said, but nothing is alarming
    mark, why = page.steps._states["arguments"]
    assert mark == ""
    assert "соответствие требованиям" in why


def test_a_recommender_without_consent_cannot_be_ticked(screen: Screen) -> None:
    page = screen.page("arguments")
    page.arguments.show_view("proofs")
    by_state = {one.consent: one.id for one in screen.place.library.recommenders(language="ru")}
    assert not page.arguments.proofs.ticks[by_state["none"]].isEnabled()
    tick = page.arguments.proofs.ticks[by_state["valid"]]
    tick.click()
    assert screen.stored().recommender_ids == ()
    page.arguments.proofs.ticks[by_state["valid"]].click()
    assert screen.stored().recommender_ids == (by_state["valid"],)


def test_the_team_and_its_order(screen: Screen) -> None:
    page = screen.page("team")
    team = screen.stored().team
    page.team.roles[team[0][0]].line.setText("Отвечает за всё")
    page.leave()
    assert screen.stored().team[0][1] == "Отвечает за всё"
    page.team._move(team[0][0], 1)
    assert screen.stored().team[1][0] == team[0][0]
    page.team.ticks[team[1][0]].click()
    assert len(screen.stored().team) == len(team) - 1


# --- the pages and the documents ---------------------------------------------------------------------------


def test_the_pages_follow_the_work(screen: Screen) -> None:
    page = screen.page("start", pages=True)
    screen.wait(lambda: page.preview.pages.page_count() > 3)
    group = page.preview.pages.page_count()
    page.preview.choose("cover", screen.stored().readers[1].id)
    screen.wait(lambda: page.preview.pages.page_count() == 1)
    assert group > 3
    asked = page.preview._asked
    screen.place.proposals.edit(screen.id, {"understanding": "Другая задача"})
    screen.wait(lambda: page.preview._asked != asked)
    assert page.preview.pages.page_count()


def test_a_template_that_fails_is_said_beside_and_the_last_pages_stay(screen: Screen) -> None:
    page = screen.page("start", pages=True)
    screen.wait(lambda: page.preview.pages.page_count() > 3)
    screen.place.proposals.set_readers(screen.id, ())
    screen.opened.settle()
    page.preview.ask(at_once=True)
    screen.wait(lambda: page.preview.problem.isVisible())
    assert "Кому" in page.preview.problem.text() or "адресат" in page.preview.problem.text().casefold()
    assert page.preview.pages.page_count() > 3


def test_a_companys_word_file_is_cleaned_and_used(screen: Screen, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("ООО «Ровный ход»")
    document.add_paragraph("Исх. № ____ от ________")
    document.add_paragraph("Здесь начинается текст")
    file = tmp_path / "Бланк.docx"
    document.save(str(file))
    page = screen.page("start")
    page.start.take_file(file)
    dialog = screen.dialog(LetterheadDialog)
    assert dialog.list.count() >= 3
    dialog.list.setCurrentRow(2)
    dialog.accept()
    template = screen.place.templates.view(screen.stored().values["template_id"])
    assert (template.name, template.mode, template.start_at) == ("Бланк", "letterhead", 2)
    made = screen.place.generation.preview(screen.id)
    assert made.template == "Бланк"


def edit_outside(path: Path) -> None:
    """Save the file as Word does."""
    from docx import Document

    document = Document(BytesIO(path.read_bytes()))
    document.add_paragraph(EDIT)
    out = BytesIO()
    document.save(out)
    fresh = path.with_name("~wrd.tmp")
    fresh.write_bytes(out.getvalue())
    fresh.replace(path)


def test_word_and_back_and_a_new_price(screen: Screen) -> None:
    page = screen.page("documents")
    page.word.click()
    screen.wait(lambda: bool(screen.shown))
    edit_outside(screen.shown[0])
    screen.wait(lambda: any(one.hand_edited for one in screen.place.proposals.page(screen.id).documents))
    screen.opened.settle()
    assert any("забраны из Word" in text for text in screen.opened.window.notices.texts())
    [card] = page.documents.cards()
    assert card.document.hand_edited
    assert "Правлено в Word" in card.state_words()
    assert not card.changes.isHidden()
    asked: list[tuple[str, str]] = []
    card.asked.connect(lambda at, what: asked.append((at, what)))
    card.changes.click()
    assert asked == [(card.document.id, "changes")]
    screen.opened.settle()
    for shown in QApplication.topLevelWidgets():
        if isinstance(shown, QDialog) and shown.isVisible():
            shown.reject()
    assert page.preview.note.text()

    screen.place.proposals.edit(screen.id, {"payment": "Предоплата 100 %"})
    screen.opened.settle()
    page.documents.generate()
    screen.opened.settle()
    card = page.documents.cards()[0]
    newer = card.newer_generated()
    assert newer is not None
    assert newer.version > card.document.version
    page.documents.compare_with_current(newer.id)
    dialog = screen.dialog(CompareDialog)
    assert "различи" in dialog.note.text()
    dialog.use.click()
    current = screen.stored().documents
    assert next(one for one in current if one.id == newer.id).is_current


def test_documents_are_saved_dragged_and_sent(screen: Screen, tmp_path: Path) -> None:
    page = screen.page("documents")
    page.documents.generate()
    screen.opened.settle()
    cards = page.documents.cards()
    assert len(cards) == 1 + len(screen.stored().readers)
    assert page.steps._states["documents"][0] == "done"
    page.documents.save([card.document.id for card in cards], tmp_path / "out")
    screen.opened.settle()
    assert len(list((tmp_path / "out").iterdir())) == 2 * len(cards)
    page.documents.do(cards[0].document.id, "prepare")
    screen.opened.settle()
    data = cards[0].drag_data()
    assert data is not None
    assert data.urls()[0].toLocalFile().endswith(".pdf")
    page.documents.ask_send()
    dialog = screen.dialog(SendDialog)
    dialog.next_date.setText("")
    dialog.accept()
    assert "свяжетесь" in dialog.problem.text() or dialog.problem.text()
    assert dialog.isVisible()
    dialog.next_date.setText("10.03.2026")
    dialog.accept()
    stored = screen.stored()
    assert (stored.status, stored.values["next_date"]) == ("sent", date(2026, 3, 10))
    # the group document once for each reader, a letter for its own
    assert len(stored.dispatches) == 4 * len(stored.readers)
    assert page.status.text() == "Отправлено"


def test_earlier_data_leave_only_with_a_tick_of_their_own(screen: Screen) -> None:
    screen.page("documents")
    kit, today = screen.opened.kit, date(2026, 3, 5)
    entries = [("a", "Общее предложение", ""), ("b", "Письмо", "")]
    dialog = SendDialog(kit, entries, today, None, screen.opened.window, older={"a": "Прежние данные"})
    ordered: list[object] = []
    dialog.ordered.connect(ordered.append)
    dialog.open()
    dialog.next_date.setText("01.03.2026")
    dialog.accept()
    assert "прежние данные" in dialog.problem.text()
    dialog.all_the_same.setChecked(True)
    dialog.accept()
    assert "прошла" in dialog.problem.text()
    dialog.next_date.setText("10.03.2026")
    dialog.ticks["a"].setChecked(False)
    assert dialog.all_the_same.isHidden()
    dialog.all_the_same.setChecked(False)
    dialog.accept()
    assert [one.document_ids for one in ordered] == [("b",)]  # type: ignore[attr-defined]


def test_large_text_hides_the_pages_by_itself(screen: Screen) -> None:
    page = screen.page("start", pages=True)
    assert page.right.isVisible()
    assert page.middle.width() >= screen.opened.kit.theme.px(550)
    screen.opened.kit.theme.set_scale(1.3)
    screen.opened.settle()
    assert not page.right.isVisible()
    page.pages_button.click()
    assert page.right.isVisible()


def test_amounts_have_kopecks_all_or_none(screen: Screen) -> None:
    page = screen.page("offer")
    first, *rest = screen.stored().offer
    assert "," not in page.offer._show_price(first.price)
    screen.place.proposals.save_offer(screen.id, (replace(first, price=Decimal("96500.5")), *rest))
    screen.opened.settle()
    shown = [page.offer._show_price(row.values["price"]) for row in page.offer.grid.rows()]
    assert shown[0].replace("\u00a0", " ") == "96 500,50"
    assert all("," in one for one in shown)


def test_an_unwritable_folder_is_told(screen: Screen, tmp_path: Path) -> None:
    page = screen.page("documents")
    page.documents.generate()
    screen.opened.settle()
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    page.documents.save([page.documents.cards()[0].document.id], file)
    screen.opened.settle()
    assert any(str(file) in text for text in screen.opened.window.notices.texts())


def test_a_cancelled_generation_leaves_nothing(screen: Screen) -> None:
    page = screen.page("documents")
    page.documents.generate()
    screen.wait(lambda: bool(screen.opened.kit.jobs.running))
    screen.opened.kit.jobs.cancel_all()
    assert not screen.stored().documents
    assert page.documents.make.isEnabled()


def test_a_refusal_asks_for_its_reason(screen: Screen) -> None:
    page = screen.page("documents")
    screen.place.proposals.set_status(screen.id, "sent", next_date=date(2026, 3, 9))
    screen.opened.settle()
    page.ask_status("declined")
    dialog = screen.dialog(StatusDialog)
    dialog.reason.setCurrentIndex(dialog.reason.findData("price"))
    dialog.accept()
    assert (screen.stored().status, screen.stored().values["loss_reason"]) == ("declined", "price")


# --- manners -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS)
def test_every_control_has_a_name_and_the_words_follow_the_language(screen: Screen, step: str) -> None:
    page = screen.page(step, pages=step == "start")
    nameless = [
        widget
        for widget in named(page)
        if not (
            widget.accessibleName()
            or getattr(widget, "text", lambda: "")()
            or getattr(widget, "placeholderText", lambda: "")()
        )
    ]
    assert not nameless, [type(widget).__name__ for widget in nameless]
    before = [button.text() for button in page.steps.findChildren(QAbstractButton)]
    screen.opened.kit.words.set_language("en")
    screen.opened.settle()
    after = [button.text() for button in page.steps.findChildren(QAbstractButton)]
    assert all(one != other for one, other in zip(before, after, strict=True))
    screen.opened.kit.theme.set_choice("dark")
    screen.opened.settle()
    assert not page.grab().isNull()


def test_steps_are_walked_by_keyboard(screen: Screen) -> None:
    page = screen.page("start")
    for step in page.steps.shown()[1:]:
        page.actions_table.action("proposal.next").trigger()
        assert page.steps.current() == step
    page.actions_table.action("proposal.back").trigger()
    assert page.steps.current() == "team"
    here = screen.opened.window.here()
    assert here is not None
    assert here.tab == "team"


def test_nothing_is_wider_than_the_window(screen: Screen) -> None:
    page = screen.page("start", pages=True)
    for step in STEPS:
        page.go_step(step)
        screen.opened.settle()
        inner = page.middle.step(step).widget()
        assert inner.width() <= page.middle.step(step).viewport().width() + 1, step
    assert screen.opened.window.width() == 1280


def test_what_was_typed_and_not_added_comes_back(screen: Screen) -> None:
    page = screen.page("arguments")
    reader = screen.stored().readers[1].id
    page.arguments.columns[reader].box.setPlainText("Почти готовый довод")
    assert list(page.unsaved().values()) == ["Почти готовый довод"]
    screen.opened.show(Target("proposals"))
    screen.opened.window.forget("proposal", screen.id)
    again = screen.page("arguments")
    assert again is not page
    assert again.arguments.columns[reader].box.toPlainText() == "Почти готовый довод"
    again.arguments.columns[reader].add.click()
    again.leave()
    screen.opened.settle()
    assert not screen.place.drafts.all()


def test_annexes_are_lines(screen: Screen) -> None:
    page = screen.page("start")
    assert page.start.annexes.text.toPlainText().count("\n") == len(screen.stored().values["annexes"]) - 1
    page.start.annexes.text.setPlainText("Смета\n\n  График  ")
    page.leave()
    assert screen.stored().values["annexes"] == ("Смета", "График")
