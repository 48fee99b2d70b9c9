"""Steps and problems of objections that were heard."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "objection.heard": N_("Objection heard: {name}"),
    "objection.edit_heard": N_("Change an objection heard: {name}"),
    "objection.delete_heard": N_("Take away an objection heard: {name}"),
    "objection.nobody": N_("Say who raised it: choose a person or a client."),
    "objection.future": N_("The day is still to come. Give the day on which it was heard."),
}
