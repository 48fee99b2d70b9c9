"""Merging two records of one thing: names of steps and problems."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "duplicate.apart": N_("Not the same: “{name}” and “{other}”"),
    "merge.step": N_("Merge: “{other}” into “{name}”"),
    "merge.one_record": N_("These are one record already."),
    "merge.unknown_field": N_(
        "There is no field “{field}” to choose. Look at the fields that differ and choose again."
    ),
    "merge.unknown_choice": N_("“{choice}” cannot be chosen for “{field}”. Choose kept or other."),
}
