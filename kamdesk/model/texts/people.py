"""Posts, ties, expected changes, photos, who of us knows whom: names of steps and problems."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "employment.add": N_("Add a post: {name}, {where}"),
    "employment.move": N_("Moved on: {name}, {where}"),
    "employment.come_back": N_("Came back: {name}, {where}"),
    "employment.reopen": N_("Still there: {name}, {where}"),
    "employment.set_dates": N_("Dates of the post: {name}"),
    "employment.set_unit": N_("Unit: {name}"),
    "employment.set_boss": N_("Reporting line: {name}"),
    "employment.already": N_("They have this post at “{where}” already. Give another job title."),
    "employment.order": N_("The end would come before the beginning. Check the dates."),
    "employment.needs_title": N_(
        "Give the post a job title first: units and reporting lines belong to seats."
    ),
    "relation.edit": N_("Change relationship: {name}"),
    "relation.twice": N_("This relationship with {name} is recorded already. Change that one instead."),
    "relation.kind": N_("Choose a kind of relationship from the list."),
    "relation.strength": N_("The strength goes from 1 to 3."),
    "expected.add": N_("Expected change: {text}"),
    "expected.edit": N_("Edit expected change: {text}"),
    "expected.happens": N_("It happened: {text}"),
    "expected.of_whom": N_("Say whose change is expected."),
    "expected.happened": N_("This change has happened already."),
    "expected.where": N_("Say the new job title, and the company if it is another one."),
    "acquaintance.set": N_("Who knows whom: {ours}, {name}"),
    "acquaintance.strength": N_("How well goes from 0 (not at all) to 3 (closely)."),
    "person.photo": N_("Photo: {name}"),
    "person.photo_remove": N_("Remove the photo: {name}"),
    "person.photo_large": N_(
        "The picture is larger than {megabytes} MB. Save it smaller, or photograph it from the screen."
    ),
    "person.favours": N_("Favours a competitor: {name}"),
    "person.evidence": N_("What shows the stance: {name}"),
    "person.cadence": N_("How often to be in touch: {name}"),
    "person.cadence_wrong": N_("Type a number of days from 1 to 3650."),
    "guard.children": N_(
        "“{word}” says more of a child than is kept here. Leave the first name and the relation. Would you show it to them?"
    ),
    "guard.family": N_("Of a family only first names and the relation are kept. Leave out “{word}”."),
    "person.form": N_("Form of the name: {name}"),
    "seat.form": N_("Form of the job title: {name}"),
    "organisation.form": N_("Form of the company's name: {name}"),
}
