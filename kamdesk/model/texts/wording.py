"""Texts about wordings that come back from Word: places in tables, what differs, what was taken."""

from __future__ import annotations

from typing import Final

from kamdesk.model.messages import N_, P_, Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "wording.at_cell": N_("“{row}”, column “{column}”"),
    "wording.at_row": N_("row “{row}”"),
    "wording.at_head": N_("heading of the column “{column}”"),
    "wording.was_became": N_("Was “{before}”, became “{after}”"),
    "wording.was": N_("Was: {text}"),
    "wording.became": N_("Became: {text}"),
    "wording.added": N_("Added: “{after}”"),
    "wording.removed": N_("Removed: “{before}”"),
    "wording.sum_differs": N_("The sum in Word differs from the offer: {after} / {before}."),
    "wording.number_differs": N_("{place}: {after} in Word, {before} in the proposal."),
    "wording.nothing": N_("This wording stands here as in Word already."),
    "wording.take": N_("Take from Word: {what}"),
    "wording.take_all": P_("Take {n} wording from Word", "Take {n} wordings from Word"),
    "wording.to_library": N_("Take into the library from Word: {what}"),
    "wording.argument": N_("Argument"),
}
