"""Texts about letters and e-mails with fields: their steps, what is wrong with one, what a filter cannot take."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "text.add": N_("Add the text “{name}”"),
    "text.edit": N_("Change the text “{name}”"),
    "text.duplicate": N_("Copy the text “{name}”"),
    "text.delete": N_("Delete the text “{name}”"),
    "text.default": N_("Take by itself: {name}"),
    "text.shipped": N_("This text comes with kamdesk and stays as it is. Make a copy and change that."),
    "text.none": N_("There is no text for this purpose. Add one in Templates, Texts."),
    "text.unknown": N_("There is no text called “{name}”. The command “text list” lists all."),
    "text.about_what": N_("Say what the text is about: a proposal or a meeting, not both."),
    "text.not_reader": N_("This person is not among the readers of the proposal. Choose one of them."),
    "text.too_long": N_("The text is longer than {n} characters. Shorten it."),
    "text.at_subject": N_("subject line, character {column}"),
    "text.at_body": N_("line {line}, character {column}"),
    "text.blank": N_("The field {tag} is empty here. The text must read well without it."),
    "text.word_mark": N_("The mark “{mark}” is for Word files only. Take it out of {tag}."),
    "text.subject_lines": N_("The subject line may have one line only."),
    "text.no_fields": N_("The text has no field. It will be the same for everybody."),
    "text.refused": N_("The text has a mistake ({place}). {why}"),
    "text.syntax": N_("This place cannot be read: {why}."),
    "text.filter_not_text": N_("“{filter}” needs a text or a number."),
    "text.filter_too_long": N_("“{filter}” takes at most {n} characters."),
    "text.filter_kind": N_("“{filter}” does not know “{kind}”. Say person, title or company."),
    "text.filter_not_name": N_("“{filter}” needs a name, and “{value}” is none."),
    "text.filter_not_number": N_("“{filter}” needs a number, and “{value}” is none."),
    "text.filter_not_currency": N_(
        "“{filter}” needs a currency of three letters, such as RUB, and “{value}” is none."
    ),
    "text.filter_not_date": N_("“{filter}” needs a date with its year, and “{value}” is none."),
    "text.filter_forms": N_("“{filter}” needs {n} forms of the word in quotes, such as 'year', 'years'."),
    "documents.filter": N_("A filter of the template cannot be used so ({place}): {why}"),
}
