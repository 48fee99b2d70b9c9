"""Texts about making documents: templates, rendering, conversion, pictures, the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kamdesk.model.messages import N_, Plural

TEXTS: Final[Mapping[str, str | Plural]] = {
    "documents.part": N_("part {name} of the file"),
    "documents.anywhere": N_("somewhere in the file"),
    "documents.unknown_kind": N_("There is no kind of document called “{kind}”."),
    "documents.unknown_field": N_(
        "The template has a field “{field}” that kamdesk does not know ({place}). The field catalogue lists all fields."
    ),
    "documents.unknown_field_nearest": N_(
        "The template has a field “{field}” that kamdesk does not know ({place}). Did you mean “{nearest}”?"
    ),
    "documents.undefined": N_("A field of the template has no value ({place}): {why}."),
    "documents.syntax": N_("A tag of the template cannot be read ({place}): {why}."),
    "documents.no_picture": N_(
        "It can be shown once its tags are right ({place}). “Template check” says how to write them."
    ),
    "documents.not_allowed": N_(
        "The template contains something that may not be in one ({place}): {what}. Nothing was run."
    ),
    "documents.block_not_alone": N_("The block “{tag}” must stand alone in its paragraph ({place})."),
    "documents.cannot_fill": N_("A tag of the template cannot be filled ({place}): {why}."),
    "documents.too_deep": N_("The template is nested too deeply ({place})."),
    "documents.too_large": N_("The template makes a document that is too large ({place})."),
    "documents.too_much_memory": N_(
        "This file needs more memory than it may have ({place}). It was stopped."
    ),
    "documents.too_slow": N_("This file takes longer than it may ({place}). It was stopped."),
    "documents.broken_result": N_(
        "With this template the document cannot be read any more ({place}): {why}."
    ),
    "documents.bad_picture": N_("The picture cannot be read. PNG, JPEG, GIF and WebP are known."),
    "documents.picture_too_large": N_(
        "The picture has more than {megapixels} megapixels. Make it smaller first."
    ),
    "documents.not_pdf": N_("The file cannot be shown: it is damaged or not a PDF."),
    "documents.no_page": N_("The document has no page {number}."),
    "documents.no_libreoffice": N_(
        "LibreOffice was not found on this computer. Install it or choose the built-in converter."
    ),
    "documents.libreoffice_failed": N_("LibreOffice could not convert the document: {why}"),
    "documents.libreoffice_slow": N_("LibreOffice did not finish within {seconds} seconds and was stopped."),
    "documents.builtin_failed": N_("The built-in converter could not read the document: {why}"),
    "documents.no_converter": N_("The document could not be made a PDF. {first} {second}"),
    "documents.cancelled": N_("Cancelled."),
    "documents.worker_failed": N_(
        "The helper process could not finish: {why}. It was started afresh; try again."
    ),
    "documents.worker_missing": N_("The helper process cannot be started: {why}. Reinstall kamdesk."),
    "documents.output_refused": N_("The finished document did not pass the safety check: {why}"),
    "documents.template_missing": N_("The bundled template “{name}” is missing. Reinstall kamdesk."),
}
