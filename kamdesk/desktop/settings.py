"""What the windows remember between two starts: places, widths, filters, theme. Never client data.

Keys are dotted names ("list.people.columns"), values are what JSON holds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol


class Settings(Protocol):
    """A remembered value by key."""

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or ``default``."""

    def set(self, key: str, value: Any) -> None:
        """Remember a value; None forgets it."""


class MemorySettings:
    """Settings that last as long as the object: for tests and for a vault that is only looked at."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or ``default``."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Remember a value; None forgets it."""
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value


class JsonSettings(MemorySettings):
    """Settings in one JSON file, written whole and swapped in, so that a crash leaves the old or the new one.

    A file that cannot be read is set aside as ``<name>.bad``: lost column widths must not stop a start.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        try:
            loaded = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            loaded = {}
        except (OSError, ValueError):
            loaded = {}
            if path.is_file():
                path.replace(path.with_name(path.name + ".bad"))
        self._values = loaded if isinstance(loaded, dict) else {}

    def set(self, key: str, value: Any) -> None:
        """Remember and write. Raises OSError when the folder cannot be written."""
        if self._values.get(key) == value:
            return
        super().set(key, value)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(self._path.name + ".new")
        draft.write_text(json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
        draft.replace(self._path)
