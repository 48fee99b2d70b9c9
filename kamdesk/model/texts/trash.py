"""The trash: names of steps and what can be in the way of bringing something back."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "trash.restore": N_("Restore: {noun} “{name}”"),
    "trash.restore_all": P_("Restore: {n} record", "Restore: {n} records"),
    "trash.gone": N_(
        "This is not in the trash any more. It was restored already, or its thirty days are over."
    ),
    "trash.parent_gone": N_("What it belongs to was deleted too ({noun} “{name}”). Restore both."),
    "trash.parent_forgotten": N_(
        "What it belonged to ({noun}) was deleted more than thirty days ago, so it has no place to return to. "
        "A backup may still have both."
    ),
}
