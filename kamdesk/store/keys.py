"""Keys of a vault: the random key that encrypts, and the slots that wrap it (trust.md, Vault).

``vault.json`` holds the format number, the vault's id and the slots; it is kept in two copies, each replaced
atomically, with a checksum that tells a damaged copy from a good one.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kamdesk.model.messages import KamdeskError
from kamdesk.store.durable import replace_file

FORMAT: Final = 1
HEADER_NAMES: Final = ("vault.json", "vault.json.copy")
_MAX_MEMORY_KIB: Final = 1024 * 1024
_MAX_TIME: Final = 16
_MAX_PARALLELISM: Final = 16
_MAX_HEADER_BYTES: Final = 64 * 1024
_KEY: Final = 32
_TAG: Final = 16
_NONCE: Final = 12
_SALTS: Final = range(8, 65)
_LONGEST_ID: Final = 100
_RECOVERY_GROUPS: Final = 8
_RECOVERY_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class KdfCost:
    """The cost of Argon2id: memory in KiB, passes, lanes. The default takes about 0.45 s on a laptop."""

    memory_kib: int = 256 * 1024
    time: int = 3
    parallelism: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the key. ``kind`` is passphrase, recovery or unprotected (the demo, which has no secret)."""

    kind: str
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """What ``vault.json`` says."""

    vault_id: str
    slots: tuple[Slot, ...] = field(default=())
    format: int = FORMAT

    def has(self, kind: str) -> bool:
        """Whether there is a slot of this kind."""
        return any(slot.kind == kind for slot in self.slots)

    def with_slot(self, slot: Slot) -> Header:
        """The header with this slot instead of any other of its kind."""
        return replace(self, slots=(*(s for s in self.slots if s.kind != slot.kind), slot))


def new_key() -> bytes:
    """32 random bytes: the key of a vault."""
    return secrets.token_bytes(32)


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for another purpose (files, names of files), derived so that none tells of another."""
    return HKDF(SHA256(), 32, None, f"kamdesk {purpose}".encode()).derive(key)


def _derive(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    data = unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(data, salt, cost.time, cost.memory_kib, cost.parallelism, _KEY, Type.ID)
    except (HashingError, MemoryError) as error:
        # The parameters were checked when they were read, so what is left is memory that the system will not give.
        raise KamdeskError("vault.no_memory", megabytes=cost.memory_kib // 1024) from error


def wrap(kind: str, secret: str, key: bytes, vault_id: str, cost: KdfCost) -> Slot:
    """A slot that gives ``key`` to whoever knows ``secret``."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    box = AESGCM(_derive(secret, salt, cost))
    return Slot(kind, cost, salt, nonce, box.encrypt(nonce, key, f"{vault_id}/{kind}".encode()))


def unprotected(key: bytes) -> Slot:
    """The slot of a demo vault: the key stands open. Never made for a vault of the user's own."""
    return Slot("unprotected", KdfCost(0, 0, 0), b"", b"", key)


def unwrap(header: Header, kind: str, secret: str) -> bytes:
    """The key, by the slot of this kind.

    Raises KamdeskError ``vault.wrong_passphrase`` or ``vault.wrong_recovery_code`` where the secret is wrong.
    """
    for slot in header.slots:
        if slot.kind == "unprotected":
            return slot.wrapped
        if slot.kind != kind:
            continue
        try:
            box = AESGCM(_derive(secret, slot.salt, slot.cost))
            return box.decrypt(slot.nonce, slot.wrapped, f"{header.vault_id}/{kind}".encode())
        except InvalidTag:
            break
    raise KamdeskError("vault.wrong_passphrase" if kind == "passphrase" else "vault.wrong_recovery_code")


# --- the recovery code -------------------------------------------------------------------------------------


def _check_digit(digits: str) -> str:
    """A weighted sum modulo 10; the weights have no factor in common with 10, so one wrong digit always tells."""
    return str(sum(weight * int(digit) for weight, digit in zip((1, 3, 7, 9, 1), digits, strict=True)) % 10)


def new_recovery_code() -> str:
    """Eight groups of six digits (132 random bits); the sixth of each group checks the five before it."""
    groups = []
    for _ in range(_RECOVERY_GROUPS):
        digits = "".join(secrets.choice("0123456789") for _ in range(_RECOVERY_DIGITS))
        groups.append(digits + _check_digit(digits))
    return "-".join(groups)


def clean_recovery_code(typed: str) -> str:
    """The code as it is stored, whatever blanks or dashes were typed.

    Raises KamdeskError that names the first group with a wrong digit, or says how many digits are expected.
    """
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isalnum())
    size = _RECOVERY_DIGITS + 1
    groups = [digits[start : start + size] for start in range(0, len(digits), size)]
    for number, group in enumerate(groups, 1):
        right = group.isascii() and group.isdigit() and len(group) == size
        if not right or _check_digit(group[:-1]) != group[-1]:
            raise KamdeskError("vault.recovery_group_wrong", group=number)
    if len(groups) != _RECOVERY_GROUPS:
        raise KamdeskError("vault.recovery_length", n=_RECOVERY_GROUPS * size)
    return "-".join(groups)


# --- the file ----------------------------------------------------------------------------------------------


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _to_json(header: Header) -> dict[str, Any]:
    return {
        "format": header.format,
        "vault_id": header.vault_id,
        "slots": [
            {
                "kind": slot.kind,
                "kdf": {
                    "name": "argon2id",
                    "memory_kib": slot.cost.memory_kib,
                    "time": slot.cost.time,
                    "parallelism": slot.cost.parallelism,
                    "salt": _b64(slot.salt),
                },
                "nonce": _b64(slot.nonce),
                "wrapped": _b64(slot.wrapped),
            }
            for slot in header.slots
        ],
    }


def _checksum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _from_json(text: str) -> Header:
    """Raises ValueError, KeyError, TypeError or OverflowError for a damaged copy, KamdeskError for a newer or greedy one."""
    document = json.loads(text)
    body = document["vault"]
    if document["checksum"] != _checksum(body):
        raise ValueError("checksum")
    if int(body["format"]) > FORMAT:
        raise KamdeskError("vault.newer")
    vault_id = str(body["vault_id"])
    if int(body["format"]) != FORMAT or not vault_id.isascii() or len(vault_id) > _LONGEST_ID:
        raise ValueError("vault_id")
    return Header(vault_id, tuple(_slot(raw) for raw in body["slots"]))


def _slot(raw: dict[str, Any]) -> Slot:
    """Raises as :func:`_from_json`; what passes is fit for Argon2 and AES-GCM."""
    kdf = raw["kdf"]
    cost = KdfCost(int(kdf["memory_kib"]), int(kdf["time"]), int(kdf["parallelism"]))
    if cost.memory_kib > _MAX_MEMORY_KIB or cost.time > _MAX_TIME or cost.parallelism > _MAX_PARALLELISM:
        raise KamdeskError("vault.greedy_header")
    salt, nonce, wrapped = (
        base64.b64decode(text, validate=True) for text in (kdf["salt"], raw["nonce"], raw["wrapped"])
    )
    slot = Slot(str(raw["kind"]), cost, salt, nonce, wrapped)
    if slot.kind == "unprotected":
        sound = len(wrapped) == _KEY
    else:
        # Argon2 wants eight KiB for each lane (RFC 9106, 3.1).
        costs = cost.time >= 1 and cost.parallelism >= 1 and cost.memory_kib >= 8 * cost.parallelism
        sound = costs and len(salt) in _SALTS and len(nonce) == _NONCE and len(wrapped) == _KEY + _TAG
    if not sound:
        raise ValueError("slot")
    return slot


def _claims_newer(path: Path) -> bool:
    """Whether a copy that this program cannot check says of itself that it is of a newer format."""
    try:
        return int(json.loads(path.read_text("utf-8"))["vault"]["format"]) > FORMAT
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return False


def read_header(folder: Path) -> Header:
    """The first good copy of the header; the other is mended from it where it is damaged, gone or older.

    Raises KamdeskError ``vault.missing`` where there is no copy, ``vault.header_damaged`` where none is good,
    ``vault.newer`` or ``vault.greedy_header``.
    """
    found: dict[Path, Header | None] = {}
    for name in HEADER_NAMES:
        path = folder / name
        if path.exists():
            found[path] = _read(path)
    header = next((one for one in found.values() if one is not None), None)
    if header is None:
        if any(_claims_newer(path) for path in found):
            raise KamdeskError("vault.newer")
        raise KamdeskError("vault.header_damaged" if found else "vault.missing", folder=str(folder))
    for name in HEADER_NAMES:
        if found.get(folder / name) != header:
            # A copy that cannot be mended now (a read-only medium) is mended at the next opening.
            with contextlib.suppress(KamdeskError):
                _replace(folder / name, header)
    return header


def _read(path: Path) -> Header | None:
    """One copy, or None for a damaged one."""
    try:
        if path.stat().st_size > _MAX_HEADER_BYTES:
            return None
        return _from_json(path.read_text("utf-8"))
    except OSError as error:
        raise KamdeskError("vault.cannot_read", file=str(path), reason=error.strerror or "") from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def write_header(folder: Path, header: Header) -> None:
    """Replace both copies: the new header holds in full, or, with KamdeskError ``vault.cannot_write``, not at all.

    The first copy decides. A disk that fails at the second one must not be told as "nothing was changed": the old
    passphrase or recovery code would be gone and the new one never shown. The next opening mends the second copy.
    """
    first, second = (folder / name for name in HEADER_NAMES)
    _replace(first, header)
    with contextlib.suppress(KamdeskError):
        _replace(second, header)


def _replace(path: Path, header: Header) -> None:
    body = _to_json(header)
    text = json.dumps({"vault": body, "checksum": _checksum(body)}, indent=1)
    try:
        replace_file(path, text.encode("utf-8"))
    except OSError as error:
        raise KamdeskError("vault.cannot_write", file=str(path), reason=error.strerror or "") from error
