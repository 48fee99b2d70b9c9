"""The KAM's way from a client to a printed file: start, type prices and figures, speak to each, make, finish in Word, send (all by the window)."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kamdesk.bootstrap import make_demo
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.proposal_send import SendDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import proposals
from kamdesk.desktop.pages.proposal import ProposalEditPage
from kamdesk.desktop.pages.proposals import ProposalsPage
from kamdesk.desktop.qt_setup import make_application

PRICES = "Наименование\tЕд.\tКол-во\tЦена\tНДС\nНасос циркуляционный\tшт.\t2\t350 000\t22 %\nПуск и наладка\tуслуга\t1\t120 000\t22 %\n"
FIGURES = "Наименование\tВид\tНачало\tГод 1\tГод 2\nЦена предложения\tВложения\t820 000\t0\t0\nЭнергия\tЭкономия\t0\t600 000\t600 000\n"
EDIT = "Скидка обещана на встрече 5 марта."


def pages_conftest() -> ModuleType:
    """How tests of pages open the demo in a window."""
    path = Path(__file__).resolve().parent.parent / "desktop/pages/conftest.py"
    spec = importlib.util.spec_from_file_location("journey_pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def wait(until: Callable[[], bool], most: int = 20_000) -> None:
    """Let the window live until something is so."""
    waited = 0
    while not until() and waited < most:
        QTest.qWait(30)
        waited += 30
    assert until()


def dialog(kind: type[DialogBase]) -> DialogBase:
    """The open dialog of a kind."""
    wait(lambda: any(isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets()))
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def words_of(pdf: bytes, folder: Path) -> str:
    """The text of a PDF, blanks joined."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(said.stdout.replace("\u00a0", " ").split())


@pytest.mark.timeout(120)
@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_from_a_client_to_what_was_sent(tmp_path: Path) -> None:
    pages, app = pages_conftest(), make_application(["journey"])
    place, client = make_demo(tmp_path / "vault", "ru", clock=pages.clock)
    opened = pages.open_on(app, pages.make_kit(app, "ru"), place, tmp_path)
    given: list[Path] = []
    proposals.register(opened.desk, lambda path: bool(given.append(path)) or True)
    try:
        page = begin(opened, client)
        write(opened, page)
        sent = finish(opened, page, given, tmp_path)
        assert EDIT in sent
        assert "700 000" in sent
    finally:
        opened.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def begin(opened, client: str) -> ProposalEditPage:
    """A draft from nothing: the decision group reads it."""
    lists = opened.show(Target("proposals"))
    assert isinstance(lists, ProposalsPage)
    lists.start(client, "", "Замена насосов котельной")
    wait(lambda: isinstance(opened.window.page(), ProposalEditPage))
    opened.settle()
    page = opened.window.page()
    assert page.title() == "Замена насосов котельной"
    assert len(page.work.state.page.readers) >= 4
    return page


def write(opened, page: ProposalEditPage) -> None:
    """Prices and figures from Excel, the texts, an argument of one's own."""
    page.go_step("offer")
    page.offer.grid.paste(PRICES)
    page.go_step("figures")
    page.figures.grid.paste(FIGURES)
    page.go_step("start")
    for name, text in (
        ("understanding", "Насосы стоят с 1998 года."),
        ("uniqueness", "Склад в вашем городе."),
        ("exclusivity", "Год без роста цены."),
    ):
        page.start.texts.editor(name).text.setPlainText(text)
    page.leave()
    opened.settle()
    state = page.work.state.page
    assert state.totals.net == Decimal(820_000)
    assert state.benefit_result is not None
    assert state.benefit_result.effect == Decimal(380_000)
    assert not [one for one in state.findings if one.block in ("benefit", "uniqueness", "exclusivity")]
    reader = state.readers[0]
    page.go_step("arguments")
    column = page.arguments.columns[reader.id]
    column.box.setPlainText("Замену делаем между отопительными сезонами.")
    column.add.click()
    opened.settle()
    assert page.work.state.reader(reader.id).chosen[0].pinned


def finish(opened, page: ProposalEditPage, given: list[Path], folder: Path) -> str:
    """Make the documents, finish one in Word, record the sending; the text of the file that went out."""
    page.go_step("documents")
    page.documents.generate()
    opened.settle()
    assert page.work.state.page.values["number"]
    page.open_in_word()
    wait(lambda: bool(given))
    from docx import Document

    document = Document(BytesIO(given[0].read_bytes()))
    document.add_paragraph(EDIT)
    document.save(str(given[0]))
    wait(lambda: any(one.hand_edited for one in page.work.state.page.documents))
    opened.settle()
    page.documents.ask_send()
    send = dialog(SendDialog)
    send.next_date.setText("завтра")
    send.accept()
    if send.isVisible():
        send.next_date.setText("06.03.2026")
        send.accept()
    opened.settle()
    state = page.work.state.page
    assert (state.status, state.values["next_date"]) == ("sent", date(2026, 3, 6))
    edited = next(one for one in state.documents if one.hand_edited)
    sent = [opened.place.sending.sent_file(one.id) for one in state.dispatches]
    [pdf] = {content for name, content in sent if name == f"{edited.file_name}.pdf"}
    assert opened.place.word_files.outgoing(edited.id) in {content for _name, content in sent}
    return words_of(pdf, folder)
