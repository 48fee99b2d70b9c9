"""Organisations, people and the group grid: names of steps and problems."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "organisation.add": N_("Add “{name}”"),
    "organisation.add_unit": N_("Add unit “{name}”"),
    "organisation.add_seat": N_("Add seat “{title}”"),
    "organisation.name_empty": N_("The organisation needs a name."),
    "organisation.unit_name_empty": N_("The unit needs a name."),
    "organisation.seat_title_empty": N_("The seat needs a job title."),
    "organisation.exists": N_("“{name}” is already in the list. Open it, or give this one another name."),
    "organisation.unknown": N_("There is no organisation called “{name}”. Check the spelling or add it."),
    "organisation.ambiguous": N_("“{name}” can mean several organisations: {names}. Give the full name."),
    "organisation.reports_to_itself": N_(
        "“{title}” would report to itself through others. Choose another seat."
    ),
    "person.add": N_("Add {name}"),
    "person.rename": N_("Rename: {name}"),
    "person.set_influence": N_("Influence: {name}"),
    "person.set_stance": N_("Stance: {name}"),
    "person.set_ladder": N_("Level of relationship: {name}"),
    "person.set_lens": N_("Type of stakeholder: {name}"),
    "person.set_criteria": N_("What matters: {name}"),
    "person.set_parts": N_("Part in the decision: {name}"),
    "person.set_seat": N_("Job title: {name}"),
    "person.leave": N_("Left the post: {name}"),
    "person.add_contact": N_("Add contact: {name}"),
    "person.set_contact": N_("Change contact: {value}"),
    "person.relate": N_("Add relationship: {name}"),
    "person.name_empty": N_("Type a name: at least a family name."),
    "person.contact_empty": N_("Type a phone, an e-mail or another contact."),
    "person.related_to_self": N_("A person cannot be related to themselves. Choose somebody else."),
    "person.unknown": N_("There is nobody called “{name}”. Check the spelling or add the person."),
    "person.ambiguous": N_("“{name}” can mean several people: {names}. Give the full name."),
    "person.both_sets": N_("Choose parts of one set: the usual ones, or economic, technical and user buyer."),
    "group.save": P_("Decision group: {n} row", "Decision group: {n} rows"),
    "group.reports_needs_title": N_("Give this row a job title: reporting lines run between seats."),
    "group.reports_to_many": N_("“{name}” fits several rows. Write the name in full."),
    "group.reports_to_unknown": N_("There is no “{name}” in the group. Add the row, or correct the name."),
}
