"""A real CUPS prints: letters through a capture queue, pages and pictures through cups-pdf."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.print_desk import Printing, QueueItem
from kamdesk.desktop.printing import Cups, PrintOrder, Sides
from kamdesk.desktop.private_folder import PrivateFolder
from kamdesk.model.messages import KamdeskError

from .conftest import PrivateCups

WORDS = "Уважаемый Пётр Сергеевич! Цена 1 200 000 ₽, «ёлочки», and Latin words."


def pages_pdf(pages: int = 4, picture: QImage | None = None) -> bytes:
    """A PDF with a sentence and its number on each page."""
    document = QTextDocument()
    image = ""
    if picture is not None:
        document.addResource(QTextDocument.ResourceType.ImageResource, "picture", picture)
        image = "<img src='picture' width='200' height='200'>"
    document.setHtml(
        "".join(
            f"<p style='font-family:Liberation Sans;{'page-break-before:always' if number > 1 else ''}'>{WORDS} Лист{number}</p>{image}"
            for number in range(1, pages + 1)
        )
    )
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(target)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(20, 20, 20, 20)
        )
    )
    writer.setResolution(96)
    document.print_(writer)
    del writer
    return bytes(target.data().data())


def text_of(pdf: Path) -> str:
    """The words that an independent reader finds, blanks as one."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    said = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True, timeout=40
    ).stdout
    return " ".join(said.decode().split())


@pytest.fixture
def document(qapp: QApplication, tmp_path: Path) -> Path:
    """Four pages."""
    path = tmp_path / "предложение.pdf"
    path.write_bytes(pages_pdf())
    return path


def test_printers_are_listed_with_their_words(private_cups: PrivateCups) -> None:
    found = private_cups.cups.printers()
    assert [(one.name, one.words, one.is_default, one.state) for one in found] == [
        ("capture", "Бумага для проверки", True, "")
    ]


def test_every_word_reaches_the_paper(private_cups: PrivateCups, document: Path) -> None:
    job = private_cups.cups.submit(document, PrintOrder("capture"), "kamdesk")
    words = text_of(private_cups.caught(job))
    assert words.count(" ".join(WORDS.split())) == 4
    assert [f"Лист{number}" in words for number in (1, 2, 3, 4)] == [True] * 4


def test_only_the_chosen_pages_are_printed(private_cups: PrivateCups, document: Path) -> None:
    job = private_cups.cups.submit(document, PrintOrder("capture", pages=((1, 1), (3, 4))), "kamdesk")
    words = text_of(private_cups.caught(job))
    assert [f"Лист{number}" in words for number in (1, 2, 3, 4)] == [True, False, True, True]


def test_copies_and_sides_reach_the_queue(private_cups: PrivateCups, document: Path) -> None:
    order = PrintOrder("capture", copies=2, pages=((2, 2),), sides=Sides.LONG_EDGE)
    job = private_cups.cups.submit(document, order, "kamdesk")
    words = text_of(private_cups.caught(job))
    assert words.count("Лист2") == 2


def test_several_documents_come_out_in_their_order(
    private_cups: PrivateCups, kit: Kit, qtbot, tmp_path: Path
) -> None:
    told: list[str] = []
    problems: list[object] = []
    printing = Printing(
        kit, PrivateFolder(tmp_path / "plain"), lambda *_: [], lambda say: told.append(say()), problems.append,
        private_cups.cups,
    )  # fmt: skip
    before = {path.name for path in (private_cups.root / "caught").glob("*.pdf")}
    items = [QueueItem(str(n), lambda n=n: pages_pdf(n)) for n in (3, 1, 2)]
    printing.order_many(items, PrintOrder("capture"))
    qtbot.waitUntil(lambda: bool(told or problems))
    assert not problems

    def fresh() -> list[Path]:
        found = [path for path in (private_cups.root / "caught").glob("*.pdf") if path.name not in before]
        return sorted(found, key=lambda path: int(path.stem))

    qtbot.waitUntil(lambda: len(fresh()) == 3)
    assert [text_of(path).count("Лист") for path in fresh()] == [3, 1, 2]


def test_an_unknown_printer_is_a_problem_in_words(private_cups: PrivateCups, document: Path) -> None:
    with pytest.raises(KamdeskError) as caught:
        private_cups.cups.submit(document, PrintOrder("nowhere"), "kamdesk")
    assert caught.value.message.code == "print.refused"
    assert "nowhere" in str(caught.value.message.params["reason"]) or caught.value.message.params["reason"]


def test_a_stopped_printer_says_so(private_cups: PrivateCups) -> None:
    private_cups.admin("-p", "idle", "-E", "-v", f"capture:{private_cups.root}/caught", "-P",
                       "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")  # fmt: skip
    subprocess.run(["cupsdisable", "idle"], env=private_cups.environment, check=True, timeout=8)
    try:
        assert {one.name: one.state for one in private_cups.cups.printers()} == {
            "capture": "",
            "idle": "stopped",
        }
    finally:
        private_cups.admin("-x", "idle")


def test_no_server_means_no_printers_and_a_problem_in_words(tmp_path: Path, document: Path) -> None:
    if not Cups.is_installed():
        pytest.skip("lp and lpstat are not installed")
    cups = Cups({**os.environ, "CUPS_SERVER": str(tmp_path / "nobody")})
    assert cups.printers() == ()
    with pytest.raises(KamdeskError) as caught:
        cups.submit(document, PrintOrder("capture"), "kamdesk")
    assert caught.value.message.code == "print.refused"


def test_pages_and_pictures_come_through_cups_pdf(
    private_cups: PrivateCups, tmp_path: Path, qapp: QApplication
) -> None:
    """The letters of cups-pdf are drawn, not kept: its pages and the colour of a picture are looked at."""
    backend = private_cups.root / "bin" / "backend" / "cups-pdf"
    ppd = next(
        (
            path
            for name in ("CUPS-PDF_noopt", "CUPS-PDF_opt")
            if (path := Path(f"/usr/share/ppd/cups-pdf/{name}.ppd")).is_file()
        ),
        None,
    )
    spool = Path("/var/spool/cups-pdf/ANONYMOUS")
    if os.geteuid() != 0 or not backend.is_file() or ppd is None:
        pytest.skip("cups-pdf (printer-driver-cups-pdf) needs root and is not usable here")
    picture = QImage(200, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor(200, 30, 40))
    path = tmp_path / "pages.pdf"
    path.write_bytes(pages_pdf(2, picture))
    private_cups.admin("-p", "paper", "-E", "-v", "cups-pdf:/", "-P", str(ppd))
    title = f"kamdesk{uuid.uuid4().hex[:10]}"
    stranger = {**private_cups.environment, "CUPS_USER": "nobody-of-this-system"}
    Cups(stranger).submit(path, PrintOrder("paper"), title)
    made = _wait_for(spool, title)
    try:
        drawn = tmp_path / "drawn"
        subprocess.run(["pdftoppm", "-r", "40", "-png", str(made), str(drawn)], check=True, timeout=40)
        found = sorted(tmp_path.glob("drawn*.png"))
        assert len(found) == 2
        for page in found:
            image = QImage(str(page))
            colours = [
                image.pixelColor(x, y)
                for x in range(0, image.width(), 4)
                for y in range(0, image.height(), 4)
            ]
            red = sum(one.red() > 150 and one.green() < 90 for one in colours)
            assert red > 40, "the picture is not on the page"
    finally:
        made.unlink()


def _wait_for(folder: Path, title: str) -> Path:
    deadline = time.monotonic() + 9
    while time.monotonic() < deadline:
        found = [
            path for path in (folder.glob(f"*{title}*.pdf") if folder.is_dir() else ()) if path.stat().st_size
        ]
        if found:
            time.sleep(0.2)
            return found[0]
        time.sleep(0.1)
    pytest.skip("cups-pdf keeps its files elsewhere on this system")
