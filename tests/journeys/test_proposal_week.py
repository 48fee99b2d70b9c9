"""A proposal's week in the window, in both languages: from the price list to the sending, and from the sending to the yes."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kamdesk.bootstrap import make_demo, open_workplace
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.concession import ConcessionDialog
from kamdesk.desktop.dialogs.mail_drafts import MailDraftsDialog
from kamdesk.desktop.dialogs.price_pick import PricePickDialog
from kamdesk.desktop.dialogs.proposal_compare import ProposalCompareDialog
from kamdesk.desktop.dialogs.proposal_send import SendDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, proposals
from kamdesk.desktop.pages.proposal import ProposalEditPage
from kamdesk.desktop.qt_setup import make_application
from kamdesk.services.proposal_views import BenefitRow, OfferRow
from kamdesk.store.vault import Secret, open_vault


@dataclass(frozen=True)
class Story:
    """What is typed in one language. ``articles`` are of the demo's price list; ``net`` is what they come to."""

    language: str
    family: str
    articles: tuple[str, str]
    net: Decimal
    assumptions: str
    figures: str
    texts: tuple[tuple[str, str], ...]
    argument: str
    concession: str
    payment: tuple[str, str]


STORIES = (
    Story(
        "ru",
        "Караваев",
        ("ПЧ-075", "Р-МН"),
        Decimal(2_940_000),
        "Допущение\tЗначение\tЕд. изм.\tМин\tМакс\tИсточник\nТариф\t6,4\t₽/кВт·ч\t5,6\t7,5\tсчета за год\n",
        "Наименование\tВид\tНачало\tГод 1\tГод 2\nЦена\tВложения\t2 940 000\t0\t0\nЭнергия\tЭкономия\t0\t1 900 000\t1 900 000\n",
        (("understanding", "Насос качает в задвижку."), ("uniqueness", "**Сами** ставим и сами отвечаем."),
         ("exclusivity", "Год без роста цены.")),
        "Пуск — в одну промывку.",
        "Отсрочка на 30 дней",
        ("Условия оплаты", "Аванс 20 %"),
    ),
    Story(
        "en",
        "Raman",
        ("HT-200", "W-SUN"),
        Decimal(124_400),
        "Assumption\tValue\tUnit\tLow\tHigh\tSource\nPrice of gas\t50.7\t€ per MWh\t43\t60\tinvoices\n",
        "Item\tKind\tStart\tYear 1\tYear 2\nPrice\tInvestment\t124,400\t0\t0\nGas\tSaving\t0\t80,000\t80,000\n",
        (("understanding", "The boiler heats what the chillers throw away."), ("uniqueness", "**Our own** people do the work."),
         ("exclusivity", "A year without a rise in price.")),
        "Tied in on one Sunday.",
        "30 more days to pay",
        ("Payment", "20% in advance"),
    ),
)  # fmt: skip


def pages_conftest() -> ModuleType:
    """How tests of pages open a vault in a window."""
    path = Path(__file__).resolve().parent.parent / "desktop/pages/conftest.py"
    spec = importlib.util.spec_from_file_location("week_pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    return pages_conftest()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, pages: ModuleType) -> Callable[[str], Path]:
    """The demo vault of a language, made once and to be copied."""
    made: dict[str, Path] = {}

    def folder(language: str) -> Path:
        if language not in made:
            made[language] = tmp_path_factory.mktemp(f"week-{language}") / "vault"
            make_demo(made[language], language, clock=pages.clock)[0].close()
        return made[language]

    return folder


@pytest.fixture(params=STORIES, ids=[one.language for one in STORIES])
def story(request: pytest.FixtureRequest, demo: Callable[[str], Path]) -> Story:
    """The story in one language; its demo is made before the test begins."""
    demo(request.param.language)
    return request.param


@pytest.fixture
def opened(story: Story, demo: Callable[[str], Path], pages: ModuleType, tmp_path: Path) -> Iterator:
    """A window on a copy of the demo."""
    folder = tmp_path / "vault"
    shutil.copytree(demo(story.language), folder)
    place = open_workplace(open_vault(folder, Secret(""), clock=pages.clock))
    app = make_application(["week"])
    found = pages.open_on(app, pages.make_kit(app, story.language), place, tmp_path)
    clients.register(found.desk)
    proposals.register(found.desk, lambda _path: True)
    yield found
    found.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dialog(opened, kind: type[DialogBase]):
    """The open dialog of a kind."""
    opened.settle()
    [found] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return found


def page_of(opened, proposal: str, step: str) -> ProposalEditPage:
    page = opened.show(Target("proposal", proposal, step))
    assert isinstance(page, ProposalEditPage)
    return page


def begin(opened, story: Story) -> str:
    """A proposal of the deal that has a group of its own; one of the group reads it."""
    deal = next(one for one in opened.place.deals.list(opened.client) if one.stage == "needs")
    proposal = opened.place.proposals.start(opened.client, subject=deal.name, deal_id=deal.id)
    readers = opened.place.proposals.page(proposal).readers
    assert len(readers) > 1, "the deal's own group reads it"
    opened.place.proposals.set_readers(proposal, [opened.person(story.family)])
    return proposal


@pytest.mark.timeout(120)
@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_from_the_price_list_to_the_sending(opened, story: Story, tmp_path: Path) -> None:
    place, proposal = opened.place, begin(opened, story)
    page = page_of(opened, proposal, "offer")
    pick_prices(opened, page, story)
    work_out(opened, page, story)
    [reader] = page.work.state.page.readers
    chosen = page.work.state.reader(reader.id).chosen
    assert chosen and all(one.reason for one in chosen), "the library has something for each"
    page.go_step("arguments")
    column = page.arguments.columns[reader.id]
    column.box.setPlainText(story.argument)
    column.add.click()
    opened.settle()
    assert page.work.state.reader(reader.id).chosen[0].pinned
    page.go_step("documents")
    page.documents.generate()
    opened.settle()
    assert {one.kind for one in page.work.state.page.documents} == {"group", "cover"}
    draft_mail(opened, page, tmp_path)
    page.documents.ask_send()
    send = dialog(opened, SendDialog)
    send.next_date.setText("10.03.2026")
    send.accept()
    opened.settle()
    state = page.work.state.page
    assert (state.status, state.values["next_date"]) == ("sent", date(2026, 3, 10))
    assert all(place.sending.sent_file(one.id)[1] for one in state.dispatches)
    assert "closing" in page.steps.shown()


def pick_prices(opened, page: ProposalEditPage, story: Story) -> None:
    """Two lines of the price list by their article numbers."""
    page.offer.from_list.click()
    pick = dialog(opened, PricePickDialog)
    for article in story.articles:
        row = next(one for one in opened.place.prices.list(article) if one.article == article)
        pick.choose(row)
    pick.accept()
    opened.settle()
    assert [row.article for row in page.work.state.page.offer] == list(story.articles)
    assert page.work.state.page.totals.net == story.net


def work_out(opened, page: ProposalEditPage, story: Story) -> None:
    """Figures that rest on an assumption, and the texts that no proposal should lack."""
    page.go_step("figures")
    page.figures.assumptions.grid.paste(story.assumptions)
    page.figures.grid.paste(story.figures)
    page.go_step("start")
    for name, text in story.texts:
        page.start.texts.editor(name).text.setPlainText(text)
    page.leave()
    opened.settle()
    state = page.work.state.page
    assert state.assumptions[0].low < state.assumptions[0].value < state.assumptions[0].high
    assert state.benefit_result is not None and state.benefit_result.npv > 0
    assert not [one for one in state.findings if one.block in ("uniqueness", "exclusivity", "price")]


def draft_mail(opened, page: ProposalEditPage, folder: Path) -> None:
    """One draft for the one who reads it, with the PDF attached."""
    page.documents.draft_mails()
    drafts = dialog(opened, MailDraftsDialog)
    drafts.save_to(folder / "drafts")
    opened.settle()
    [path] = (folder / "drafts").iterdir()
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert list(mail.iter_attachments())
    drafts.reject()
    opened.settle()


@pytest.mark.timeout(120)
@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_from_the_sending_to_the_yes(opened, story: Story) -> None:
    place, proposal = opened.place, begin(opened, story)
    price = place.prices.list(story.articles[0])[0]
    place.proposals.save_offer(
        proposal, (OfferRow(name=price.name, article=price.article, price=price.price),)
    )
    place.proposals.save_benefit(proposal, (BenefitRow(name="+", kind="saving", amounts=(Decimal(1),)),))
    place.proposals.set_status(proposal, "sent", next_date=date(2026, 3, 10))
    page = page_of(opened, proposal, "closing")
    step = page.closing
    assert len(step.list.rows()) == 5
    receipt = step.list.rows()[1]
    receipt.done.click()
    opened.settle()
    assert place.closing.view(proposal).status == "receipt_confirmed"
    step.concessions.start()
    form = dialog(opened, ConcessionDialog)
    form.given.line.setText(story.concession)
    form.cost.line.setText("5000")
    form.accept()
    opened.settle()
    assert [one.given for one in place.concessions.list(proposal_id=proposal)] == [story.concession]
    assert place.closing.view(proposal).reading.neediness.value > 0
    second = next_version(opened, page, story)
    place.proposals.set_status(second, "sent", next_date=date(2026, 3, 11))
    assert place.proposals.page(proposal).status == "superseded"
    page = page_of(opened, second, "closing")
    page.ask_status("accepted")
    opened.settle()
    assert place.proposals.page(second).status == "accepted"
    assert not [one for one in place.closing.view(second).steps if one.is_open], "a yes ends the steps"


def next_version(opened, page: ProposalEditPage, story: Story) -> str:
    """The next version with other terms of payment, compared with the first; its id."""
    first = page.work.id
    page.actions_table.action("proposal.version").trigger()
    opened.settle()
    second = opened.window.here().id
    assert second != first
    opened.place.proposals.edit(second, {"payment": story.payment[1]})
    opened.settle()
    page = opened.window.page()
    page.versions.compare()
    compare = dialog(opened, ProposalCompareDialog)
    said = [(compare._say(row.what), compare._say(row.after)) for row in compare.rows()]
    assert any(after == story.payment[1] for _what, after in said)
    compare.reject()
    opened.settle()
    return second
