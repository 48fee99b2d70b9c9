"""Why two people may be one."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "duplicate.email": N_("The same e-mail: {value}"),
    "duplicate.email_other_name": N_("The same e-mail under another name: {value}"),
    "duplicate.phone": N_("The same phone and a name that fits: {value}"),
    "duplicate.name_organisation": N_("The same name in the same organisation"),
    "duplicate.full_name": N_("The same full name"),
    "duplicate.name": N_("A name that fits"),
}
