"""Arguments told in a talk: the name of the step and what can be wrong."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "telling.tell": N_("Told an argument: {name}"),
    "telling.ahead": N_("{date} has not come yet. Choose the day on which it was said."),
}
