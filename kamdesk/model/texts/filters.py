"""English texts of filters that are kept by name."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "filter.save": N_("Save the filter {name}"),
    "filter.delete": N_("Delete the filter {name}"),
    "filter.no_name": N_("Type a name for the filter."),
}
