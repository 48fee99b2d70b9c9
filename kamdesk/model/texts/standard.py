"""English texts of the dossier standard."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "standard.add_field": N_("Add the field {name}"),
    "standard.edit_field": N_("Change the field {name}"),
    "standard.delete_field": N_("Delete the field {name}"),
    "standard.move_field": N_("Move the field {name}"),
    "standard.set_value": N_("Change {field}: {name}"),
    "standard.add_question": N_("Add the question {name}"),
    "standard.edit_question": N_("Change the question {name}"),
    "standard.delete_question": N_("Delete the question {name}"),
    "standard.move_question": N_("Move the question {name}"),
    "standard.not_asked": N_("Do not ask {name} any more"),
    "standard.import": N_("Take over a dossier standard"),
    "standard.no_label": N_("Type what the field is called."),
    "standard.no_text": N_("Type the question."),
    "standard.exists": N_("There is a field {name} already. Give this one another name."),
    "standard.no_choices": N_("Name at least one choice, several parted by commas."),
    "standard.kind_with_values": P_(
        "{n} value cannot be read as the new kind. Change that value first, or add another field.",
        "{n} values cannot be read as the new kind. Change those values first, or add another field.",
    ),
    "standard.wrong_value": N_("This does not fit the field {field}. Check what was typed."),
    "standard.not_ours": N_(
        "This is not a dossier standard of kamdesk. Ask for the file that was exported there."
    ),
    "standard.newer": N_("This standard comes from a newer kamdesk. Update this program to take it over."),
    "standard.too_large": N_("This file is too large for a dossier standard."),
    "standard.broken": N_(
        "The file cannot be taken over: {place} is not as it should be. Nothing was changed."
    ),
}
