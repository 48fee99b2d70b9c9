"""Printing as a page asks for it: ``desk.printing.print_pdf(parent, name, pdf)`` shows the pages, takes the order and prints in a job;
``print_many(parent, items)`` prints several one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.printing import (
    DPI,
    Cups,
    DrawPages,
    PrinterChoice,
    PrintOrder,
    QtPrinters,
    print_pictures,
)
from kamdesk.desktop.private_folder import PrivateFolder
from kamdesk.desktop.widgets.basic import Say
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.desktop.dialogs.print_dialog import PrintDialog
    from kamdesk.desktop.dialogs.print_queue import PrintQueueDialog

_PREVIEW_DPI = 110


@dataclass(frozen=True)
class QueueItem:
    """One document of several: what it is called, and how its PDF is got, which is asked in the job."""

    name: str
    load: Callable[[], bytes]


class Printing:
    """One per window. ``draw`` makes pictures of PDF pages; ``printed`` and ``failed`` tell the window."""

    def __init__(
        self,
        kit: Kit,
        plain: PrivateFolder,
        draw: DrawPages,
        printed: Callable[[Say], object],
        failed: Callable[[Message], object],
        cups: Cups | None = None,
    ) -> None:
        self._kit = kit
        self._plain = plain
        self._draw = draw
        self._printed = printed
        self._failed = failed
        self._cups = cups or (Cups() if Cups.is_installed() else None)

    def printers(self) -> Sequence[PrinterChoice]:
        """What can print here; may take a while, so not for the GUI thread."""
        return self._cups.printers() if self._cups is not None else QtPrinters().printers()

    def print_pdf(self, parent: QWidget, name: str, pdf: bytes) -> PrintDialog:
        """Ask how, then print. ``name`` is shown to the user only; the queue is told the name of the program."""
        from kamdesk.desktop.dialogs.print_dialog import PrintDialog

        dialog = PrintDialog(self._kit, lambda: name, parent)
        kit = self._kit
        kit.queries.run(self.printers, dialog.set_printers, owner=dialog)
        kit.queries.run(
            lambda: self._draw(pdf, _PREVIEW_DPI),
            lambda pages: dialog.set_pages(pages, _PREVIEW_DPI),
            lambda message: dialog.tell(kit.words.message(message)),
            owner=dialog,
        )
        dialog.ordered.connect(lambda order: self.order(pdf, order))
        dialog.kept.connect(lambda path: self._keep(pdf, Path(path)))
        dialog.open()
        return dialog

    def _keep(self, pdf: bytes, path: Path) -> None:
        """Save the PDF instead of printing it."""
        from kamdesk.services.word_files import write_file

        _ = self._kit.words.gettext
        self._kit.commands.run(
            lambda: write_file(path.parent, path.name, pdf),
            lambda kept: self._printed(lambda: _("Saved: {file}").format(file=kept.name)),
            self._failed,
        )

    def order(self, pdf: bytes, order: PrintOrder) -> None:
        """Print without asking, in a job."""
        _ = self._kit.words.gettext
        self._kit.jobs.start(
            _("Printing"),
            lambda progress: self._hand(pdf, order, progress),
            lambda _result: self._printed(lambda: _("Handed to the printer.")),
            self._failed,
        )

    def print_many(self, parent: QWidget, items: Sequence[QueueItem]) -> PrintQueueDialog:
        """Ask in which order and how, then print one after another."""
        from kamdesk.desktop.dialogs.print_queue import PrintQueueDialog

        kit = self._kit
        dialog = PrintQueueDialog(kit, [one.name for one in items], parent)
        kit.queries.run(self.printers, dialog.set_printers, owner=dialog)
        dialog.ordered.connect(
            lambda places, order: self.order_many([items[place] for place in places], order)
        )
        dialog.open()
        return dialog

    def order_many(self, items: Sequence[QueueItem], order: PrintOrder) -> int:
        """Print several without asking, in a job; gives its number.

        The queue gets one after another, so that they come out in this order. A document that cannot be made is told and
        the next one is printed; a printer that refuses ends it.
        """
        _ = self._kit.words.gettext
        handed: list[str] = []
        faults: list[tuple[str, Message]] = []

        def work(progress: Progress) -> None:
            for at, one in enumerate(items):
                progress.report(one.name, at, len(items))
                try:
                    pdf = one.load()
                except KamdeskError as error:
                    faults.append((one.name, error.message))
                    continue
                self._hand(pdf, order, progress)
                handed.append(one.name)

        def told(_result: object = None) -> None:
            n = len(handed)
            self._printed(lambda: _("Handed to the printer: {n} of {of}.").format(n=n, of=len(items)))
            for name, why in faults:
                self._failed(Message("print.not_made", {"name": name, "why": why}))

        def failed(message: Message) -> None:
            told()
            self._failed(message)

        return self._kit.jobs.start(_("Printing"), work, told, failed, told)

    def _hand(self, pdf: bytes, order: PrintOrder, progress: Progress) -> None:
        if self._cups is None:
            pages = self._draw(pdf, DPI)
            print_pictures(pages, order, "kamdesk", told=lambda done, total: progress.report("", done, total))
            return
        path = self._plain.give("kamdesk.pdf", pdf)
        try:
            self._cups.submit(path, order, "kamdesk")
        finally:
            self._plain.remove(path)
