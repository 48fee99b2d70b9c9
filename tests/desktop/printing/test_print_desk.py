"""What is asked before paper, and the way without CUPS."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.print_desk import Printing, QueueItem
from kamdesk.desktop.printing import DPI, PrinterChoice, PrintOrder, Sides, print_pictures, read_pages
from kamdesk.desktop.private_folder import PrivateFolder
from kamdesk.documents import pages as pdf_pages
from kamdesk.model.messages import KamdeskError, Message

from .test_cups import pages_pdf


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("3", ((3, 3),)),
        ("1, 3-5", ((1, 1), (3, 5))),
        ("1 3 – 5", ((1, 1), (3, 5))),
        ("8-", ((8, 9),)),
        ("-2", ((1, 2),)),
        ("1;2", ((1, 1), (2, 2))),
    ],
)
def test_pages_are_read_as_people_type_them(text: str, found: tuple[tuple[int, int], ...]) -> None:
    assert read_pages(text, 9) == found


@pytest.mark.parametrize("text", ["0", "5-3", "10", "a", "1-", "1,,x", "-"])
def test_what_is_no_page_is_refused(text: str) -> None:
    if text == "1-":
        assert read_pages(text, 9) == ((1, 9),)
        return
    with pytest.raises(KamdeskError) as caught:
        read_pages(text, 9)
    assert caught.value.message.code == "print.pages"


def test_pages_are_printed_as_pictures_where_no_cups_is(tmp_path: Path, kit: Kit, qtbot) -> None:
    source = pages_pdf(3)
    drawn = [page.png for page in pdf_pages.draw(source, 0, None, DPI)]
    steps: list[tuple[int, int]] = []
    target = tmp_path / "out.pdf"
    print_pictures(
        drawn,
        PrintOrder("", pages=((1, 1), (3, 3))),
        "kamdesk",
        target,
        lambda done, of: steps.append((done, of)),
    )
    assert steps == [(1, 2), (2, 2)]
    made = target.read_bytes()
    assert pdf_pages.count(made) == 2
    again = QImage.fromData(pdf_pages.draw(made, 1, 1, 60)[0].png)
    wanted = QImage.fromData(pdf_pages.draw(source, 2, 1, 60)[0].png)
    assert abs(again.width() - wanted.width()) <= 2 and abs(again.height() - wanted.height()) <= 2
    assert abs(_ink(again) - _ink(wanted)) < 0.2 * _ink(wanted)


def _ink(image: QImage) -> int:
    return sum(
        255 - image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())
    )


class _Queue:
    """A queue that remembers."""

    def __init__(self, printers: Sequence[PrinterChoice], problem: KamdeskError | None = None) -> None:
        self._printers, self._problem = printers, problem
        self.orders: list[tuple[bytes, PrintOrder, str]] = []

    def printers(self) -> Sequence[PrinterChoice]:
        return self._printers

    def submit(self, pdf: Path, order: PrintOrder, title: str) -> str:
        if self._problem is not None:
            raise self._problem
        self.orders.append((pdf.read_bytes(), order, title))
        return "x-1"


def _page() -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice

    image = QImage(400, 560, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawText(40, 60, "1")
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _desk(kit: Kit, folder: Path, queue: _Queue) -> tuple[Printing, list[str], list[Message]]:
    told: list[str] = []
    problems: list[Message] = []
    printing = Printing(
        kit,
        PrivateFolder(folder),
        lambda _pdf, _dpi: [_page(), _page()],
        lambda say: told.append(say()),
        problems.append,
        queue,  # type: ignore[arg-type]
    )
    return printing, told, problems


def test_the_dialog_shows_the_pages_and_prints_what_was_asked(kit: Kit, qtbot, tmp_path: Path) -> None:
    queue = _Queue((PrinterChoice("a", "Hall", True), PrinterChoice("b", "Room 5", state="stopped")))
    printing, told, _problems = _desk(kit, tmp_path / "plain", queue)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = printing.print_pdf(window, "Proposal 12", b"%PDF-1")
    qtbot.waitUntil(lambda: dialog.preview.page_count() == 2 and dialog.printer.count() == 2)
    assert dialog.printer.currentText() == "Hall"
    assert "stopped" in dialog.printer.itemText(1)
    dialog.pages.setText("7")
    qtbot.keyClick(dialog.pages, Qt.Key.Key_Return)
    assert "2 pages" in dialog.problem.text()
    assert dialog.isVisible()
    dialog.pages.setText("2")
    dialog.copies.setText("3")
    dialog.sides.setCurrentIndex(1)
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert queue.orders == [(b"%PDF-1", PrintOrder("a", 3, ((2, 2),), Sides.LONG_EDGE), "kamdesk")]
    assert not list((tmp_path / "plain").glob("*/*")), "the file given to the queue is removed"
    assert kit.settings.get("print.sides") == "two-sided-long-edge"


def test_a_refused_print_is_told(kit: Kit, qtbot, tmp_path: Path) -> None:
    queue = _Queue((), KamdeskError("print.refused", reason="no paper"))
    printing, told, problems = _desk(kit, tmp_path / "plain", queue)
    printing.order(b"%PDF-1", PrintOrder("a"))
    qtbot.waitUntil(lambda: bool(problems))
    assert "no paper" in kit.words.message(problems[0])
    assert told == []


def test_without_a_printer_the_dialog_says_what_to_do(kit: Kit, qtbot, tmp_path: Path) -> None:
    printing, _told, _problems = _desk(kit, tmp_path / "plain", _Queue(()))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = printing.print_pdf(window, "Proposal", b"%PDF-1")
    qtbot.waitUntil(lambda: "no printer" in dialog.note.text())
    assert not dialog.ok_button.isEnabled()
    dialog.reject()


def test_several_are_handed_over_in_order_and_one_problem_is_told(kit: Kit, qtbot, tmp_path: Path) -> None:
    queue = _Queue((PrinterChoice("a", "Hall", True),))
    printing, told, problems = _desk(kit, tmp_path / "plain", queue)

    def fails() -> bytes:
        raise KamdeskError("storage.file_damaged")

    items = [
        QueueItem("One", lambda: b"%PDF-1"),
        QueueItem("Two", fails),
        QueueItem("Three", lambda: b"%PDF-3"),
    ]
    printing.order_many(items, PrintOrder("a", 2))
    qtbot.waitUntil(lambda: bool(problems))
    assert [order[0] for order in queue.orders] == [b"%PDF-1", b"%PDF-3"]
    assert {order[1].copies for order in queue.orders} == {2}
    assert {order[2] for order in queue.orders} == {"kamdesk"}, "no name of a client is seen in the queue"
    assert told == ["Handed to the printer: 2 of 3."]
    assert "Two" in kit.words.message(problems[0])


def test_a_cancel_ends_the_queue_between_two_documents(kit: Kit, qtbot, tmp_path: Path) -> None:
    queue = _Queue(())
    printing, told, problems = _desk(kit, tmp_path / "plain", queue)
    handed = threading.Event()
    go_on = threading.Event()

    def second() -> bytes:
        handed.set()
        go_on.wait(5)
        return b"%PDF-2"

    items = [QueueItem("1", lambda: b"%PDF-1"), QueueItem("2", second), QueueItem("3", lambda: b"%PDF-3")]
    job = printing.order_many(items, PrintOrder("a"))
    qtbot.waitUntil(handed.is_set)
    kit.jobs.cancel(job)
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))
    assert len(queue.orders) < 3
    assert queue.orders[0][0] == b"%PDF-1"
    assert not problems


def test_the_dialog_of_the_queue_prints_what_is_ticked(kit: Kit, qtbot, tmp_path: Path) -> None:
    queue = _Queue((PrinterChoice("a", "Hall", True),))
    printing, told, _problems = _desk(kit, tmp_path / "plain", queue)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    items = [QueueItem(str(n), lambda n=n: f"%PDF-{n}".encode()) for n in range(3)]
    dialog = printing.print_many(window, items)
    qtbot.waitUntil(lambda: dialog.printer.count() == 1)
    for row in range(3):
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    dialog.ok_button.click()
    assert "at least one" in dialog.problem.text()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.list.item(2).setCheckState(Qt.CheckState.Checked)
    dialog.list.setCurrentRow(2)
    dialog.up.click()
    dialog.up.click()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert [order[0] for order in queue.orders] == [b"%PDF-2", b"%PDF-0"]
