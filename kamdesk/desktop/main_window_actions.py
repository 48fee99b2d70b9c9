"""What the window itself can do, as data."""

from __future__ import annotations

from typing import Final

from kamdesk.desktop.actions import ActionSpec
from kamdesk.model.messages import N_

WINDOW_ACTIONS: Final = (
    ActionSpec("go.back", N_("Back"), "back", ("Alt+Left", "Back"), palette=False, enabled="back"),
    ActionSpec(
        "go.forward", N_("Forward"), "forward", ("Alt+Right", "Forward"), palette=False, enabled="forward"
    ),
    ActionSpec("go.box", N_("Search records and actions"), "search", ("Ctrl+K", "Ctrl+F"), palette=False),
    ActionSpec("go.pane", N_("Next part of the window"), "", ("F6",), palette=False),
    ActionSpec("go.pane_back", N_("Previous part of the window"), "", ("Shift+F6",), palette=False),
    ActionSpec("edit.undo", N_("Undo"), "undo", ("Ctrl+Z",), menu="edit", toolbar=True, enabled="undo"),
    ActionSpec(
        "edit.redo", N_("Redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), menu="edit", toolbar=True, enabled="redo"
    ),
    ActionSpec("edit.save", N_("Save what is being typed"), "save", ("Ctrl+S",), menu="edit"),
    ActionSpec("edit.history", N_("History of this field"), "history", ("Ctrl+Shift+H",), menu="edit"),
    ActionSpec("edit.capture", N_("Quick capture"), "capture", ("Ctrl+J",), menu="edit", toolbar=True),
    ActionSpec(
        "window.blur",
        N_("Hide from the screen"),
        "blur",
        ("F9",),
        menu="window",
        toolbar=True,
        checkable=True,
    ),
    ActionSpec("window.duplicates", N_("Duplicates"), "copy", menu="window"),
    ActionSpec("window.trash", N_("Trash"), "trash", menu="window"),
    ActionSpec("window.lock", N_("Lock"), "lock", ("Ctrl+L",), menu="window", toolbar=True),
    ActionSpec("window.help", N_("Help for this page"), "help", ("F1",), menu="window"),
    ActionSpec("window.close", N_("Quit"), "close", ("Ctrl+Q",), menu="window"),
)
