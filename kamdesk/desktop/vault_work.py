"""What the first windows do with vaults, in the lane of edits and away from the window; every function may raise KamdeskError.

The heavy parts of the program are imported here, inside the lane, so that the first window stands before them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.places import Places
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace
    from kamdesk.desktop.first_start import AboutYou
    from kamdesk.store.keys import KdfCost


@dataclass(frozen=True)
class Opened:
    """An open vault with its services, and the place to begin at."""

    workplace: Workplace
    target: Target | None = None


class VaultWork:
    """Opening, making and filling vaults. ``cost`` is that of key derivation, None for the real one."""

    def __init__(self, places: Places, cost: KdfCost | None = None) -> None:
        self._places = places
        self._cost = cost

    @staticmethod
    def warm() -> None:
        """Import what opening will need, while the passphrase is being typed."""
        import kamdesk.bootstrap
        import kamdesk.desktop.session  # noqa: F401

    def open(self, folder: Path, secret: str, kind: str) -> Opened:
        """Open by passphrase or recovery code; a demo ignores the secret."""
        from kamdesk.bootstrap import open_workplace
        from kamdesk.store.vault import Secret, open_vault

        vault = open_vault(folder, Secret(secret, kind), cost=self._cost)
        try:
            return Opened(open_workplace(vault))
        except BaseException:
            vault.close()
            raise

    def create(self, folder: Path, passphrase: str) -> Opened:
        """Make a vault of one's own."""
        from kamdesk.bootstrap import open_workplace
        from kamdesk.store.vault import create

        return Opened(open_workplace(create(folder, passphrase, cost=self._cost)))

    def demo(self, language: str) -> Opened:
        """The demo as it was left; made anew where there is none or it cannot be opened."""
        from kamdesk.bootstrap import make_demo
        from kamdesk.store.vault import is_vault

        folder = self._places.demo_vault(language)
        if is_vault(folder):
            try:
                opened = self.open(folder, "", "passphrase")
            except KamdeskError as problem:
                if problem.message.code == "vault.already_open":
                    raise
                shutil.rmtree(folder)
            else:
                return Opened(opened.workplace, _first_client(opened.workplace))
        workplace, client = make_demo(folder, language)
        return Opened(workplace, Target("client", client))

    def make_code(self, opened: Opened) -> str:
        """A fresh recovery code."""
        return opened.workplace.vault.make_recovery_code()

    def set_passphrase(self, opened: Opened, passphrase: str) -> None:
        """A new passphrase for a vault that the recovery code opened: the old one is not known."""
        opened.workplace.vault.set_passphrase(passphrase)

    def about(self, opened: Opened, about: AboutYou) -> None:
        """Record who the user is and the company's card; harmless when done twice."""
        from kamdesk.model.values import PersonName
        from kamdesk.rules.typed.names import parse_name
        from kamdesk.services.company import ColleagueData

        company = opened.workplace.company
        card = {"full_name": about.company, "inn": about.inn, "address": about.address}
        if any(card.values()):
            company.save({name: value for name, value in card.items() if value})
        if about.name or about.post or about.phone or about.email:
            data = ColleagueData(
                parse_name(about.name) or PersonName(), about.post, about.phone, about.email, signs=True
            )
            known = company.me()
            if known is None:
                company.set_me(company.add_colleague(data))
            else:
                company.edit_colleague(known.id, data)


def _first_client(workplace: Workplace) -> Target | None:
    found = (row.id for row in workplace.organisations.list() if row.kind == "client")
    return next((Target("client", row_id) for row_id in found), None)


def looks_like_vault(folder: Path) -> bool:
    """Whether there is a vault, whole or damaged; asks the names of files only."""
    return any((folder / name).exists() for name in ("vault.json", "vault.json.copy", "data.db"))


def is_demo(folder: Path) -> bool:
    """Whether the vault opens without a passphrase. Raises KamdeskError for a damaged header."""
    from kamdesk.store import keys

    return keys.read_header(folder).has("unprotected")


def cautions(folder: Path) -> tuple[Message, ...]:
    """Warnings about a place for a vault."""
    from kamdesk.store.vault import cautions as warnings

    return warnings(folder)


def free_folder(folder: Path) -> Path:
    """The folder, or a numbered one beside it where something lies there already."""
    candidates: Callable[[int], Path] = lambda n: folder if n == 1 else folder.with_name(f"{folder.name}-{n}")  # noqa: E731
    return next(path for n in range(1, 1000) if not (path := candidates(n)).exists())
