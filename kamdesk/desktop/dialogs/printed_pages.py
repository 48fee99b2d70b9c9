"""What every dialog and page does with a paper that was made: keep it as a file, open it in Word, warn before all of it is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import confirm
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.word_watch import OpenFile
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.services.printed import Printed

_ASKED: Final = "brief.whole_asked"


def keep_file(
    desk: Desk, owner: QWidget, path: Path, make: Callable[[], bytes], refused: Callable[[Message], object]
) -> None:
    """Make what is wanted and write it where the user said, whole or not at all; then say the file's name."""
    _, window = desk.kit.words.gettext, desk.window

    def work() -> Path:
        from kamdesk.services.word_files import write_file

        return write_file(path.parent, path.name, make())

    def done(kept: Path) -> None:
        window.notify(lambda: _("Saved: {file}").format(file=kept.name), "success")

    desk.kit.queries.run(work, done, refused, owner=owner)


def open_word(desk: Desk, made: Printed, open_file: OpenFile, refused: Callable[[Message], object]) -> None:
    """Give a copy to the system's program for Word files; where there is none say where the copy lies."""
    path = desk.plain.give(f"{made.name}.docx", made.docx)
    if not open_file(path):
        refused(KamdeskError("document.no_program", folder=str(path.parent)).message)


def before_whole(kit: Kit, parent: QWidget, agreed: Callable[[], object]) -> bool:
    """Warn once on this computer before what is only for us is printed. False while it asks; ``agreed`` is called then."""
    if kit.settings.get(_ASKED):
        return True
    _ = kit.words.gettext

    def remember() -> None:
        kit.settings.set(_ASKED, True)
        agreed()

    confirm(
        kit,
        parent,
        lambda: _("Print what is only for us too?"),
        lambda: _("A paper can be read upside down across the table, and left behind."),
        lambda: _("Print everything"),
        remember,
        danger=False,
    )
    return False
