"""The step after sending, concessions and their dialog, the card of a deal, and Today, in the demo."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kamdesk.desktop.dialogs.concession import ConcessionDialog
from kamdesk.desktop.dialogs.plan_contact import PlanContactDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people, proposals
from kamdesk.desktop.pages.concessions import ClientConcessionsDialog
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.proposal_closing import ClosingStep, StepRow
from kamdesk.desktop.settings_closing import ClosingSection
from kamdesk.services.closing import Contact
from kamdesk.services.concessions import ConcessionData
from kamdesk.services.preferences import Preferences
from tests.desktop.pages.conftest import Opened
from tests.services.press import pdf_text


@pytest.fixture(autouse=True)
def _pages(opened: Opened) -> None:
    for module in (clients, people):
        module.register(opened.desk)
    proposals.register(opened.desk, lambda _path: True)


def sent(opened: Opened) -> str:
    """A proposal of the demo's client that was sent today."""
    proposal = opened.place.proposals.start(opened.client, subject="Линия розлива")
    opened.place.proposals.set_status(proposal, "sent", next_date=date(2026, 3, 12))
    return proposal


def step_of(opened: Opened, proposal: str) -> ClosingStep:
    page = opened.show(Target("proposal", proposal, "closing"))
    assert page.middle.currentWidget() is page.closing
    return page.closing


def test_the_step_is_there_once_it_was_sent(opened: Opened) -> None:
    draft = opened.place.proposals.start(opened.client, subject="Черновик")
    page = opened.show(Target("proposal", draft, "closing"))
    assert "closing" not in page.steps.shown()
    assert page.steps.current() == "documents"
    proposal = sent(opened)
    assert "closing" in opened.show(Target("proposal", proposal, "closing")).steps.shown()
    step = step_of(opened, proposal)
    assert len(step.list.rows()) == 5
    assert "Сегодня" not in step.steps.heading.text()
    assert step.verdict.words.text().startswith("Не звоните ни сегодня, ни раньше 06.03.2026")


def test_a_step_is_done_moved_and_told(opened: Opened) -> None:
    proposal = sent(opened)
    step = step_of(opened, proposal)
    receipt = next(
        row for row in step.list.rows() if isinstance(row, StepRow) and row._item.kind == "receipt"
    )
    receipt.done.click()
    opened.settle()
    assert opened.place.closing.view(proposal).status == "receipt_confirmed"
    receipt.result.text.setPlainText("Получила секретарь")
    assert receipt.result.flush()
    opened.settle()
    assert opened.place.closing.view(proposal).steps[1].result == "Получила секретарь"
    following = step.list.rows()[2]
    following.due.set_value(None)
    following.due.line.setText("16.03.2026")
    assert following.due.flush()
    following.skip.click()
    opened.settle()
    assert opened.place.closing.view(proposal).steps[2].skipped
    following.again.click()
    opened.settle()
    view = opened.place.closing.view(proposal)
    assert view.steps[2].is_open and view.steps[2].due_on == date(2026, 3, 16)


def test_needles_say_their_number_and_their_arithmetic(opened: Opened) -> None:
    proposal = sent(opened)
    for _ in range(3):
        opened.place.closing.touch(proposal, Contact("call", "ours"))
    opened.place.concessions.add(opened.client, ConcessionData("Отсрочка", proposal_id=proposal))
    step = step_of(opened, proposal)
    needles = step.needles
    assert needles.neediness.accessibleName().startswith("Нужда: 60 из 100")
    assert not needles.need_parts.isVisible()
    needles.how.click()
    assert needles.need_parts.isVisible()
    assert needles.need_parts.text().splitlines()[:2] == [
        "3 обращения без ответа: +45", "1 уступка без встречной: +15",
    ]  # fmt: skip
    opened.kit.words.set_language("en")
    assert "3 touches without an answer: +45" in needles.need_parts.text()
    opened.kit.words.set_language("ru")


def test_a_call_is_planned_and_a_concession_written(opened: Opened) -> None:
    proposal = sent(opened)
    step = step_of(opened, proposal)
    step.plan_button.click()
    opened.settle()
    dialog = opened.app.activeModalWidget()
    assert isinstance(dialog, PlanContactDialog)
    dialog.hour.setText("25")
    dialog.accept()
    assert not dialog.problem.isHidden()
    dialog.hour.setText("9.30")
    dialog.accept()
    opened.settle()
    assert opened.place.closing.view(proposal).agreed == date(2026, 3, 6)
    step.concessions.start()
    opened.settle()
    form = opened.app.activeModalWidget()
    assert isinstance(form, ConcessionDialog)
    form.accept()
    opened.settle()
    assert not form.problem.isHidden()
    form.given.line.setText("Скидка 3 %")
    form.cost.line.setText("120 000")
    form.accept()
    opened.settle()
    found = opened.place.concessions.list(proposal_id=proposal)
    assert [(one.given, one.cost, one.given_on) for one in found] == [
        ("Скидка 3 %", Decimal(120000), date(2026, 3, 5))
    ]
    assert len(step.concessions.list.rows()) == 1


def test_the_deal_and_the_client_show_concessions(opened: Opened) -> None:
    deal = opened.place.deals.list(opened.client)[0].id
    opened.place.concessions.add(
        opened.client,
        ConcessionData("Скидка", got="Отзыв", cost=Decimal(500), worth=Decimal(200), deal_id=deal),
    )
    page = opened.show(Target("client", opened.client, f"deals:{deal}"))
    panel = next(one for one in page.findChildren(QWidget) if hasattr(one, "all_concessions"))
    assert any("Скидка" in row.given.text() for row in panel.card.concessions.list.rows())
    panel.all_concessions.click()
    opened.settle()
    dialog = opened.app.activeModalWidget()
    assert isinstance(dialog, ClientConcessionsDialog)
    assert "2026: Дали" in dialog.sums.text()
    dialog.reject()
    opened.settle()


def test_all_concessions_of_a_client_are_printed_with_their_effect(opened: Opened, monkeypatch) -> None:
    opened.place.concessions.add(
        opened.client, ConcessionData("Скидка 3 %", got="Отзыв", cost=Decimal(500), worth=Decimal(200))
    )
    said = Said(opened.kit, opened.place.vocabularies, lambda: date(2026, 3, 5))
    dialog = ClientConcessionsDialog(opened.desk, said, opened.client, "Сосногорье", opened.window)
    printed = []
    monkeypatch.setattr(
        opened.desk.printing, "print_pdf", lambda _parent, name, pdf: printed.append((name, pdf))
    )
    opened.settle()
    dialog.print_button.click()
    opened.settle()
    ((name, pdf),) = printed
    text = " ".join(pdf_text(pdf).replace("\u00a0", " ").split())
    assert name == "Уступки: Сосногорье"
    for words in ("Скидка 3 %", "Отзыв", "500 ₽", "200 ₽", "доход изменился на −114 300 ₽"):
        assert words in text, words
    dialog.reject()
    opened.settle()


def test_the_numbers_after_sending_are_set_in_words_and_move_the_verdict(opened: Opened) -> None:
    section = ClosingSection(opened.kit)
    section.show_preferences(opened.place.preferences.get())
    section.chosen.connect(lambda name, value: opened.place.preferences.set(**{name: value}))
    assert not section.usual.isEnabled()
    assert set(section.spins) == {one.name for one in fields(Preferences) if one.name.startswith("closing_")}
    meanings = [one.text() for one in section.findChildren(QLabel)]
    assert sum("Обычно" in text for text in meanings) == 8
    section.spins["closing_need_limit"].setValue(15)
    section.spins["closing_rest"].stepUp()
    now = opened.place.preferences.get()
    assert (now.closing_need_limit, now.closing_rest) == (15, 6)
    section.show_preferences(now)
    section.usual.click()
    assert opened.place.preferences.get() == Preferences()
    section.deleteLater()
