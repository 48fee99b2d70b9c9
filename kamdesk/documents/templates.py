"""The bundled Word templates: one for the group, one for each kind of variant, one for the letter, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamdesk.model.messages import LANGUAGES, N_, KamdeskError
from kamdesk.resources import resources_folder

_LABELS: Final[Mapping[str, str]] = {
    "group": N_("One document for the group"),
    "executive": N_("Variant: special terms first"),
    "people": N_("Variant: experience and references first"),
    "finance": N_("Variant: economic effect first"),
    "technical": N_("Variant: technical solution first"),
    "cover": N_("Cover letter"),
}
_DOCUMENT_KIND: Final[Mapping[str, str]] = {"group": "group", "cover": "cover"}
_BY_SUBJECT: Final[Mapping[str, str]] = {
    "special_terms": "executive",
    "experience": "people",
    "adoption": "people",
    "effect": "finance",
    "conditions": "finance",
    "solution": "technical",
    "compliance": "technical",
    "quality": "technical",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A bundled template. ``label`` is an English source text to be translated; ``kind`` group, variant or cover.

    ``id`` is stable: ``bundled.executive.ru``.
    """

    id: str
    label: str
    kind: str
    language: str
    path: Path

    def read(self) -> bytes:
        """The file's bytes. Raises KamdeskError when the installation is incomplete."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise KamdeskError("documents.template_missing", name=self.path.name) from error


def bundled(language: str, kind: str) -> Template:
    """The template of ``kind``: group, cover, executive, people, finance or technical. Raises KamdeskError for another."""
    if kind not in _LABELS or language not in LANGUAGES:
        raise KamdeskError("documents.unknown_kind", kind=kind)
    path = resources_folder() / "templates" / f"{kind}.{language}.docx"
    return Template(
        f"bundled.{kind}.{language}", _LABELS[kind], _DOCUMENT_KIND.get(kind, "variant"), language, path
    )


def all_bundled() -> tuple[Template, ...]:
    """Every bundled template, Russian first."""
    return tuple(bundled(language, kind) for language in LANGUAGES for kind in _LABELS)


def for_subject(language: str, subject: str) -> Template:
    """The variant's template for the subject that speaks to its reader (``Tailored.of(reader).subject``)."""
    return bundled(language, _BY_SUBJECT.get(subject, "executive"))
