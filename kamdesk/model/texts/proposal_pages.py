"""Problems and remarks of the proposal pages."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "template.cannot_read": N_("The file {name} cannot be read: {reason}."),
    "document.stale": N_("The proposal was changed after the documents were made. Make them again."),
    "document.not_made_yet": N_("This document is not made yet. Make the documents first."),
}
