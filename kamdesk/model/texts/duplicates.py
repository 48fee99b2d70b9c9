"""Why two people or two organisations may be one."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "duplicate.email": N_("The same e-mail: {value}"),
    "duplicate.email_other_name": N_("The same e-mail under another name: {value}"),
    "duplicate.phone": N_("The same phone and a name that fits: {value}"),
    "duplicate.name_organisation": N_("The same name in the same organisation"),
    "duplicate.full_name": N_("The same full name"),
    "duplicate.name": N_("A name that fits"),
    "duplicate.key": N_("The same card in another program"),
    "duplicate.name_birthday": N_("The same name and birthday"),
    "duplicate.other_birthday": N_("The same name in the same organisation, but another birthday"),
    "duplicate.inn": N_("The same INN: {value}"),
    "duplicate.inn_other_kpp": N_("The same INN with another KPP: perhaps a branch"),
    "duplicate.ogrn": N_("The same OGRN: {value}"),
    "duplicate.phone_only": N_("The same phone: {value}"),
    "duplicate.organisation_name": N_("The same name, legal form aside"),
}
