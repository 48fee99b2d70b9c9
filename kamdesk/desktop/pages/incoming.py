"""Files dropped anywhere on the window: invitations and mails are shown first, everything else is attached to the shown record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.incoming import IncomingDialog, dialogs_of
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.drop import DropCatcher
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.services.attachments import NewFile, Owner
    from kamdesk.services.incoming import Found

LARGEST: Final = 256 * 1024 * 1024
_MOST: Final = 100


@dataclass(frozen=True)
class _Read:
    """What a job read: mails and invitations, plain files, and what to say."""

    found: tuple[Found, ...]
    plain: tuple[NewFile, ...]
    remarks: tuple[Message, ...]


def read_file(path: Path) -> bytes:
    """The bytes of a file from the disk. Raises KamdeskError ``attachment.not_file``, ``.unreadable``, ``.too_large``."""
    try:
        if path.is_dir():
            raise KamdeskError("attachment.not_file", name=path.name)
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise KamdeskError("attachment.unreadable", name=path.name) from error
    if len(data) > LARGEST:
        raise KamdeskError("attachment.too_large", name=path.name, megabytes=LARGEST // 2**20)
    return data


class Arrivals(QObject):
    """Takes files: reads them in a job, asks where there is something to ask, attaches the rest.

    One for the window; :meth:`take` is what panels call too.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        _ = desk.kit.words.gettext
        self.catcher = DropCatcher(
            desk.kit,
            desk.window,
            lambda: (
                _("Drop an invitation, a mail or a file for the shown client or person")
                if any(self._shown())
                else _("Drop an invitation or a mail: the client is found by the people")
            ),
        )
        self.catcher.dropped.connect(lambda paths: self.take(paths))
        self.dialogs: list[IncomingDialog] = []

    def take(self, paths: Sequence[Path], owner: Owner | None = None, *, as_files: bool = False) -> None:
        """Read files and do what they ask for; ``as_files`` attaches invitations and mails too, without asking.

        ``owner`` is what plain files belong to; the shown page tells it without one.
        """
        client, person = self._shown()
        owner = owner or _owner(client, person)
        files = list(paths)[:_MOST]
        _, place = self._desk.kit.words.gettext, self._desk.workplace

        def work(progress: Progress) -> _Read:
            found: list[Found] = []
            plain: list[NewFile] = []
            remarks: list[Message] = []
            for number, path in enumerate(files):
                progress.report(path.name, number, len(files))
                data = read_file(path)
                held = None if as_files else place.incoming.look(path.name, data, client, person)
                if held is not None and (held.invitations or held.mail):
                    found.append(held)
                    continue
                if not data:
                    raise KamdeskError("files.empty", name=path.name)
                new, remark = place.attachments.read(path.name, data)
                plain.append(new)
                remarks += [remark] if remark is not None else []
            return _Read(tuple(found), tuple(plain), tuple(remarks))

        self._desk.kit.jobs.start(
            _("Reading what was dropped"), work, lambda read: self._taken(read, owner), owner=self
        )

    def take_content(self, name: str, data: bytes, owner: Owner) -> None:
        """Attach something that is not a file yet, such as a picture from the clipboard."""
        place = self._desk.workplace
        self._desk.kit.commands.run(
            lambda: place.attachments.add(owner, [place.attachments.read(name, data)[0]]),
            self._attached(1),
            owner=self,
        )

    # --- inside -------------------------------------------------------------------------------------------------

    def _shown(self) -> tuple[str, str]:
        page = self._desk.window.page()
        ids = []
        for name in ("client_id", "person_id"):
            known = getattr(page, name, None)
            ids.append((known() if callable(known) else "") or "")
        return ids[0], ids[1]

    def _taken(self, read: _Read, owner: Owner | None) -> None:
        _, window = self._desk.kit.words.gettext, self._desk.window
        if read.plain and owner is None:
            window.notify(
                lambda: _("Open the client or the person these files belong to, then drop them there."),
                "warning",
            )
        elif read.plain and owner is not None:
            place, plain, to = self._desk.workplace, read.plain, owner
            self._desk.kit.commands.run(
                lambda: place.attachments.add(to, plain), self._attached(len(plain)), owner=self
            )
        for remark in read.remarks:
            window.notify(remark, "warning")
        asked = [(one, two, held.remarks) for held in read.found for one, two in dialogs_of(held)]
        self._ask(asked)

    def _ask(self, asked: list[tuple]) -> None:
        """One dialog after another, so that none lies over the other."""
        if not asked:
            return
        invitation, mail, remarks = asked[0]
        dialog = IncomingDialog(self._desk, self._said, invitation, mail, remarks, self._desk.window)
        self.dialogs.append(dialog)
        dialog.taken.connect(self._show)
        dialog.finished.connect(lambda _result: self.dialogs.remove(dialog))
        dialog.finished.connect(lambda _result: self._ask(asked[1:]))
        dialog.open()

    def _show(self, client: str, interaction: str) -> None:
        _, window, place = self._desk.kit.words.gettext, self._desk.window, self._desk.workplace

        def go(view) -> None:
            target = view.organisation_id or client
            if target:
                window.navigate(Target("client", target, f"history:{interaction}"))
            window.notify(
                lambda: _("It stands in the history."),
                "success",
                action=lambda: _("Undo"),
                on_action=window.undo_requested.emit,
            )

        self._desk.kit.queries.run(lambda: place.interactions.view(interaction), go, owner=self)

    def _attached(self, n: int) -> Callable[[object], object]:
        words, window = self._desk.kit.words, self._desk.window
        return lambda _ids: window.notify(
            lambda: words.ngettext("{n} file attached", "{n} files attached", n).format(n=n),
            "success",
            action=lambda: words.gettext("Undo"),
            on_action=window.undo_requested.emit,
        )


def _owner(client: str, person: str) -> Owner | None:
    from kamdesk.services.attachments import Owner

    if person:
        return Owner(person_id=person)
    return Owner(organisation_id=client) if client else None


def arrivals(desk: Desk) -> Arrivals:
    """The one of the window; made when it is first asked for."""
    return desk.window.findChild(Arrivals) or Arrivals(desk)


def register(desk: Desk) -> None:
    """Files dropped on the window, and the same from the menu, for those who do not drag."""
    took, window, _ = arrivals(desk), desk.window, desk.kit.words.gettext
    action = QAction(desk.kit.icons.icon("mail"), "", window)

    def choose() -> None:
        from kamdesk.desktop.dialogs.disk import ask_files

        ask_files(window, _("Invitation, mail or file"), took.take)

    action.triggered.connect(lambda _checked=False: choose())
    desk.kit.words.bind(action, lambda: action.setText(_("Invitation, mail or file…")))
    first = window.menu.actions()
    window.menu.insertAction(first[0] if first else None, action)
