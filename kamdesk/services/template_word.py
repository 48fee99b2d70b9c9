"""A template that is open in Word: given out, and each good save taken back as its file (R9). Broken saves leave the last good one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kamdesk.model.messages import KamdeskError
from kamdesk.rules.filenames import safe_name
from kamdesk.services.templates import Templates
from kamdesk.services.word_files import Given, write_file

KEY = "template:"
"""How the private folder tells a template's file from a document's: the key is this and the template's id."""


class TemplateWord:
    """As :class:`WordFiles` gives out documents; ids are keys (``KEY`` and the id of the template)."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def give_out(self, key: str, folder: Path) -> Given:
        """Write the template into a folder for editing, under its own name. Raises KamdeskError for the folder, ``record.gone``."""
        template_id = key.removeprefix(KEY)
        data = self._templates.content(template_id)
        path = write_file(folder, f"{safe_name(self._templates.view(template_id).name)}.docx", data)
        return Given(key, path, hashlib.sha256(data).hexdigest())

    def take_back(self, key: str, data: bytes) -> str | None:
        """Keep a saved file after cleaning it, and return its key; None where nothing changed.

        Raises KamdeskError with the true reason; the template keeps its last good file then.
        """
        if not data:
            raise KamdeskError("word.empty")
        return key if self._templates.keep_saved(key.removeprefix(KEY), data) else None
