"""The Word templates of documents that are not proposals; they are not offered among the user's templates."""

from __future__ import annotations

from typing import Final

from kamdesk.model.messages import LANGUAGES, KamdeskError
from kamdesk.resources import resources_folder

NAMES: Final = ("brief", "brief_a5", "cheat_sheet", "cheat_sheet_a5", "dossier", "dossier_a5", "results")


def read(name: str, language: str) -> bytes:
    """The template of one name in one language.

    Raises KamdeskError ``documents.unknown_kind``, and ``documents.template_missing`` where the installation is incomplete.
    """
    if name not in NAMES or language not in LANGUAGES:
        raise KamdeskError("documents.unknown_kind", kind=name)
    path = resources_folder() / "templates" / f"{name}.{language}.docx"
    try:
        return path.read_bytes()
    except OSError as error:
        raise KamdeskError("documents.template_missing", name=path.name) from error
