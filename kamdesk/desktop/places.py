"""Where the windows keep their own things on this computer; never client data except inside a vault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamdesk.desktop.settings import Settings

_LAST: Final = "vault.last"

IDLE_KEY: Final = "lock.idle_minutes"
"""The setting that says after how many minutes it locks; 0 means never."""

UNKEPT_KEY: Final = "recovery.unkept"
"""The setting that says that a recovery code was shown but not kept."""


@dataclass(frozen=True)
class Places:
    """``config`` holds the settings, ``data`` the vault that is made where nothing else is said, ``state`` reports of faults.

    ``plain`` is the one folder for files in plain text (see ``private_folder``).
    """

    config: Path
    data: Path
    state: Path
    plain: Path

    @classmethod
    def of_user(cls) -> Places:
        """The places that the system keeps for programs of this user."""
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("kamdesk", appauthor=False)
        return cls(
            Path(dirs.user_config_dir),
            Path(dirs.user_data_dir),
            Path(dirs.user_state_dir),
            Path(dirs.user_cache_dir) / "plain",
        )

    @property
    def settings(self) -> Path:
        """The settings of the windows."""
        return self.config / "settings.json"

    @property
    def own_vault(self) -> Path:
        """Where the user's vault is made."""
        return self.data / "vault"

    def demo_vault(self, language: str) -> Path:
        """Where the demo of a language is made."""
        return self.data / f"demo-{language}"

    @property
    def reports(self) -> Path:
        """Reports of faults, without client data."""
        return self.state / "reports"


def last_vault(settings: Settings) -> Path | None:
    """The vault that was open last, where one is remembered."""
    kept = settings.get(_LAST)
    return Path(kept) if isinstance(kept, str) and kept else None


def remember_vault(settings: Settings, folder: Path | None) -> None:
    """Open this vault at the next start; None forgets it."""
    settings.set(_LAST, str(folder.absolute()) if folder is not None else None)
