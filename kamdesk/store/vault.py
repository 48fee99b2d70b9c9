"""A vault on disk: create, open, change the passphrase, close (trust.md, Vault).

A folder with ``vault.json`` (two copies), ``data.db`` (SQLCipher), ``files/``, ``backups/``, ``vault.lock`` and
``open.kamdesk`` for the double click.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.store import connection, keys, migrate, triggers
from kamdesk.store.backup import Backups
from kamdesk.store.files import FileStore
from kamdesk.store.history import History
from kamdesk.store.keys import Header, KdfCost
from kamdesk.store.lockfile import OwnerLock
from kamdesk.store.unit_of_work import Clock, Store, told, utc_now

DATA: Final = "data.db"
_SYNCED_FOLDERS: Final = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "yandex.disk",
    "yandexdisk",
    "яндекс.диск",
    "mega",
    "nextcloud",
)


@dataclass(frozen=True, slots=True)
class Secret:
    """What was typed: a passphrase, or the recovery code. An unprotected vault ignores it."""

    text: str
    kind: str = "passphrase"


def is_vault(folder: Path) -> bool:
    """Whether the folder looks like a vault, whole or damaged."""
    return any((folder / name).exists() for name in (*keys.HEADER_NAMES, DATA))


def is_unprotected(folder: Path) -> bool:
    """Whether the vault opens without a passphrase (a demo). Raises KamdeskError for a damaged header."""
    return keys.read_header(folder).has("unprotected")


def cautions(folder: Path) -> tuple[Message, ...]:
    """Warnings about the place of a vault: folders that other programs synchronise."""
    parts = [part.casefold() for part in folder.resolve().parts]
    synced = next((name for name in _SYNCED_FOLDERS if any(part.startswith(name) for part in parts)), None)
    return (Message("vault.in_synced_folder", {"folder": str(folder)}),) if synced else ()


def create(
    folder: Path, passphrase: str | None, *, cost: KdfCost | None = None, clock: Clock = utc_now
) -> Vault:
    """Make a vault in an empty or new folder and open it; ``passphrase`` None makes an unprotected demo.

    Raises KamdeskError ``vault.exists``, ``vault.folder_not_empty``, ``vault.passphrase_empty`` or a problem of
    the disk; a folder that could not be made complete is left as it was.
    """
    connection.check_driver()
    if passphrase is not None and not passphrase.strip():
        raise KamdeskError("vault.passphrase_empty")
    if is_vault(folder):
        raise KamdeskError("vault.exists", folder=str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KamdeskError("vault.folder_not_empty", folder=str(folder))
    cost = cost or KdfCost()
    key = keys.new_key()
    vault_id = str(uuid.uuid4())
    slot = (
        keys.unprotected(key)
        if passphrase is None
        else keys.wrap("passphrase", passphrase, key, vault_id, cost)
    )
    fresh = not folder.exists()
    try:
        return _make(folder, Header(vault_id, (slot,)), key, cost, clock)
    except BaseException:
        _clear(folder, fresh)
        raise


def _make(folder: Path, header: Header, key: bytes, cost: KdfCost, clock: Clock) -> Vault:
    try:
        # Nobody else on the computer gets a copy to guess passphrases at.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("files", "backups"):
            (folder / name).mkdir()
    except OSError as error:
        raise KamdeskError("vault.cannot_write", file=str(folder), reason=error.strerror or "") from error
    lock = OwnerLock(folder)
    vault: Vault | None = None
    try:
        connection.connect(folder / DATA, key, create=True).close()
        vault = _open(folder, header, key, lock, cost, clock)
        keys.write_header(folder, header)
        (folder / "open.kamdesk").write_text(f'{{"vault": "{header.vault_id}"}}\n', "utf-8", newline="\n")
    except BaseException as error:
        if vault is not None:
            vault.store.close()
        lock.release()
        if isinstance(error, OSError):
            raise KamdeskError("vault.cannot_write", file=str(folder), reason=error.strerror or "") from error
        raise
    return vault


def _clear(folder: Path, fresh: bool) -> None:
    """Take away what an unfinished creation left in a folder that was empty or not there."""
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.is_dir():
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def open_vault(folder: Path, secret: Secret, *, cost: KdfCost | None = None, clock: Clock = utc_now) -> Vault:
    """Open a vault.

    Raises KamdeskError: ``vault.missing``, ``vault.header_damaged``, ``vault.wrong_passphrase``,
    ``vault.already_open``, ``vault.damaged``, ``vault.newer`` … each says what to do next.
    """
    connection.check_driver()
    header = keys.read_header(folder)
    lock = OwnerLock(folder)
    try:
        typed = keys.clean_recovery_code(secret.text) if secret.kind == "recovery" else secret.text
        key = keys.unwrap(header, secret.kind, typed)
        connection.check_file(folder / DATA)
        return _open(folder, header, key, lock, cost or KdfCost(), clock)
    except BaseException:
        lock.release()
        raise


def _open(folder: Path, header: Header, key: bytes, lock: OwnerLock, cost: KdfCost, clock: Clock) -> Vault:
    data = folder / DATA
    backups = Backups(folder / "backups", key)
    writer = connection.make_engine(lambda: connection.connect(data, key), write=True)
    try:
        migrated = _prepare(writer, backups)
        reader = connection.make_engine(lambda: connection.connect(data, key, query_only=True), write=False)
        store = Store(writer, reader, FileStore(folder / "files", key), header.vault_id, clock, _watch(data))
    except BaseException:
        writer.dispose()
        raise
    vault = Vault(folder, header, key, store, lock, cost, backups)
    if migrated:
        vault.history.cut()
    return vault


def _prepare(writer: Engine, backups: Backups) -> bool:
    """Bring the schema up to date and start recording; whether there was a migration of a filled vault.

    Only what SQLite itself calls malformed is told as damage: a step that does not fit the data is our fault, and
    whoever reads "damaged" restores a backup on which the same step fails again.
    """
    try:
        migrated = migrate.bring_up_to_date(writer, lambda raw: backups.make(raw, "before-migration"))
        with writer.connect() as opened, opened.begin():
            triggers.install(opened)
    except DBAPIError as error:
        known = told(error)
        if known is None:
            raise KamdeskError("vault.migration_failed") from error
        if known.message.code == "vault.damaged_inside":
            raise KamdeskError("vault.damaged", file=DATA) from error
        raise known from error
    return migrated


def _watch(data: Path) -> Callable[[], None]:
    """A check that the file at the path is still the one that was opened (a sync program may swap it)."""
    born = data.stat()

    def unchanged() -> None:
        try:
            now = data.stat()
        except OSError as error:
            raise KamdeskError("vault.replaced", file=str(data)) from error
        if (now.st_dev, now.st_ino) != (born.st_dev, born.st_ino):
            raise KamdeskError("vault.replaced", file=str(data))

    return unchanged


class Vault:
    """An open vault: its store and history, and what can be done with its keys."""

    def __init__(
        self,
        folder: Path,
        header: Header,
        key: bytes,
        store: Store,
        lock: OwnerLock,
        cost: KdfCost,
        backups: Backups,
    ) -> None:
        self.folder = folder
        self.header = header
        self.store = store
        self.history = History(store)
        self._key = key
        self._lock = lock
        self._cost = cost
        self._backups = backups

    @property
    def is_unprotected(self) -> bool:
        """Whether anybody can open it (a demo)."""
        return self.header.has("unprotected")

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the same key under another passphrase. Raises KamdeskError when the old one is wrong."""
        keys.unwrap(self.header, "passphrase", old)
        self.set_passphrase(new)

    def set_passphrase(self, new: str) -> None:
        """Wrap the same key under another passphrase when the old one is not known: after opening by the recovery code.

        Raises KamdeskError ``vault.passphrase_empty``. Whoever asks for this has shown that the vault may be opened.
        """
        if not new.strip():
            raise KamdeskError("vault.passphrase_empty")
        self._store_header(self.header.with_slot(self._wrap("passphrase", new)))

    def make_recovery_code(self) -> str:
        """A fresh recovery code (digits in groups), which replaces an earlier one. It is shown once, never stored."""
        code = keys.new_recovery_code()
        self._store_header(self.header.with_slot(self._wrap("recovery", code)))
        return code

    def back_up(self, reason: str = "by-hand") -> Path:
        """Make a verified backup now and return its path."""
        return self.store.raw_writer(lambda opened: self._backups.make(_raw(opened), reason))

    def close(self) -> None:
        """Finish what was submitted, close the connections, free the lock; harmless when done twice."""
        self.store.close()
        self._lock.release()

    def _wrap(self, kind: str, secret: str) -> keys.Slot:
        return keys.wrap(kind, secret, self._key, self.header.vault_id, self._cost)

    def _store_header(self, header: Header) -> None:
        keys.write_header(self.folder, header)
        self.header = header


def _raw(opened: Any) -> Any:
    return opened.connection.driver_connection
