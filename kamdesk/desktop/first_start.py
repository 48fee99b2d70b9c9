"""The first start: the demo, a vault of one's own in five steps, or a vault that exists (interface.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from kamdesk.desktop.dialogs.disk import ask_folder
from kamdesk.desktop.first_start_view import FirstStartView
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import set_state
from kamdesk.model.messages import Message

OpenedVault = Any
"""What the application made of a vault: it is only handed on here."""


@dataclass(frozen=True)
class AboutYou:
    """What was typed about the user and the company; every field may be empty."""

    name: str = ""
    post: str = ""
    phone: str = ""
    email: str = ""
    company: str = ""
    inn: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(vars(self).values())


@dataclass(frozen=True)
class FirstStartWork:
    """What the steps do, in the lane of edits: every function may raise KamdeskError.

    ``create(folder, passphrase)`` gives the opened vault; ``demo(language)`` too; ``make_code(opened)`` gives the recovery code;
    ``about(opened, AboutYou)`` records it.
    """

    create: Callable[[Path, str], OpenedVault]
    demo: Callable[[str], OpenedVault]
    make_code: Callable[[OpenedVault], str]
    about: Callable[[OpenedVault, AboutYou], object]


class FirstStart(FirstStartView):
    """``opened(vault, source)`` at the end: ``source`` is paste, table, outlook, vcard or "" for none.

    ``folder_chosen(Path)`` when the user opens a vault that exists. ``abandon()`` gives an opened vault whose steps were not finished.
    """

    opened = Signal(object, str)
    folder_chosen = Signal(object)
    code_made = Signal()
    code_kept = Signal()

    def __init__(
        self,
        kit: Kit,
        work: FirstStartWork,
        folder: Path,
        cautions: Callable[[Path], tuple[Message, ...]],
        print_pdf: Callable[[bytes], object] | None = None,
    ) -> None:
        super().__init__(kit, print_pdf)
        self._work = work
        self._folder = folder
        self._cautions = cautions
        self._vault: OpenedVault | None = None
        self.demo.clicked.connect(self._open_demo)
        self.own.clicked.connect(lambda: self.show_step("passphrase"))
        self.existing.clicked.connect(self._ask_existing)
        self.back.clicked.connect(lambda: self.show_step("welcome"))
        self.make.clicked.connect(self._create)
        self.new.entered.connect(self._create)
        self.new.changed.connect(lambda: self.make.setEnabled(self.new.ready()))
        self.make.setEnabled(False)
        self.where_change.clicked.connect(self._ask_place)
        self.make_code.clicked.connect(self._make_code)
        self.code.kept_changed.connect(lambda: self.code_next.setEnabled(self.code.kept))
        self.code_next.clicked.connect(self._code_kept)
        self.later.clicked.connect(lambda: self._leave_code())
        self.about_next.clicked.connect(self._about_done)
        self.about_skip.clicked.connect(lambda: self.show_step("people"))
        for field in self.fields.values():
            field.returnPressed.connect(self._about_done)
        for source, choice in self.sources.items():
            choice.clicked.connect(lambda _checked=False, source=source: self._end(source))
        self.finish.clicked.connect(lambda: self._end(""))
        kit.words.bind(self, self._say_where)
        self.show_step("welcome")

    def abandon(self) -> OpenedVault | None:
        """The vault that was opened while the steps are not finished; None where there is none."""
        return self._vault

    def set_folder(self, folder: Path) -> None:
        """Make the vault in this folder; the step says where, and warns of folders that other programs synchronise."""
        self._folder = folder
        self._say_where()

    # --- inside -----------------------------------------------------------------------------------------------

    def _say_where(self) -> None:
        _ = self.kit.words.gettext
        words = _("The vault will be in {folder}.").format(folder=self._folder)
        said = [words, *(self.kit.words.message(caution) for caution in self._cautions(self._folder))]
        self.where.setText("\n".join(said))

    def _run(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self.tell("")
        self.set_busy(True)

        def well(result: Any) -> None:
            self.set_busy(False)
            done(result)

        def badly(message: Message) -> None:
            self.set_busy(False)
            self.tell(self.kit.words.message(message))

        self.kit.commands.run(work, well, badly, owner=self)

    def _open_demo(self) -> None:
        language = self.kit.words.language
        self._run(lambda: self._work.demo(language), lambda vault: self.opened.emit(vault, ""))

    def _create(self) -> None:
        if not self.new.ready():
            return
        folder, passphrase = self._folder, self.new.first.text()
        self._run(lambda: self._work.create(folder, passphrase), self._created)

    def _created(self, vault: OpenedVault) -> None:
        self.new.take()
        self._vault = vault
        self.show_step("recovery")

    def _make_code(self) -> None:
        vault = self._vault
        self._run(lambda: self._work.make_code(vault), self._show_code)

    def _show_code(self, code: str) -> None:
        self.code_made.emit()
        self.code.show_code(code)
        self.code.show()
        self.make_code.hide()
        self.code_next.show()
        self.code_next.setEnabled(False)
        self.pages["recovery"].first = self.code.save_button
        self.pages["recovery"].begin()

    def _code_kept(self) -> None:
        self.code_kept.emit()
        self._leave_code()

    def _leave_code(self) -> None:
        self.code.forget()
        self.show_step("about")

    def _about_done(self) -> None:
        about = AboutYou(**{key: field.text().strip() for key, field in self.fields.items()})
        if about.is_empty:
            self.show_step("people")
            return
        vault = self._vault
        self.tell("")
        self.set_busy(True)

        def well(_result: object) -> None:
            self.set_busy(False)
            self.show_step("people")

        def badly(message: Message) -> None:
            self.set_busy(False)
            self.tell(self.kit.words.message(message))
            wrong = self.fields.get(
                {"company.full_name": "company", "colleague.name": "name"}.get(message.code, "inn")
            )
            if wrong is not None:
                set_state(wrong, "wrong", "true")
                wrong.setFocus()

        self.kit.commands.run(lambda: self._work.about(vault, about), well, badly, owner=self)

    def _end(self, source: str) -> None:
        vault, self._vault = self._vault, None
        self.opened.emit(vault, source)

    def _ask_existing(self) -> None:
        _ = self.kit.words.gettext
        ask_folder(self, _("Open a vault: choose its folder"), self.folder_chosen.emit, Path.home())

    def _ask_place(self) -> None:
        _ = self.kit.words.gettext
        ask_folder(
            self,
            _("Choose an empty folder for the vault"),
            lambda folder: self.set_folder(_inside(folder)),
            self._folder.parent,
        )


def _inside(folder: Path) -> Path:
    """The chosen folder where it is empty, else a new one inside it: nobody wants a vault strewn among other files."""
    try:
        empty = not any(folder.iterdir())
    except OSError:
        empty = True
    return folder if empty else folder / "kamdesk"
