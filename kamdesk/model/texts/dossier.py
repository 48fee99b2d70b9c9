"""What is said of a dossier document that is read or written."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    # the whole document
    "dossier.too_large": N_("The dossier is larger than {limit} MB. Ask its author to send it in parts."),
    "dossier.too_many": N_("The dossier has more than {limit} rows. Ask its author to send it in parts."),
    "dossier.not_utf8": N_("This is not a dossier: the text is not UTF-8. Save the file as UTF-8 and try again."),
    "dossier.not_json": N_("The dossier cannot be read: there is an error in line {line}, column {column}. Ask its author to save it again."),
    "dossier.too_deep": N_("The dossier is nested too deeply to be one. Nothing was taken from it."),
    "dossier.twice": N_("The dossier names “{name}” twice in one place. Remove one of the two and try again."),
    "dossier.not_a_number": N_("The dossier contains {name}, which is not a number. Correct it and try again."),
    "dossier.not_a_dossier": N_("This file is not a dossier. A dossier begins with \"format\": \"kamdesk-dossier\"."),
    "dossier.no_version": N_("The dossier does not say which version of the format it has. Add \"version\": 1 and try again."),
    "dossier.newer": N_("The dossier has version {version} of the format, and this program knows versions up to {known}. Install the newer kamdesk, or ask for the dossier in an earlier version."),
    "dossier.bad_header": N_("The field “{name}” at the head of the dossier cannot be understood. Correct it and try again."),
    # one row
    "dossier.not_a_list": N_("{place}: a list is expected here."),
    "dossier.not_an_object": N_("{place}: a row with named fields is expected here."),
    "dossier.same_id": N_("{place}: the id “{id}” stands in this list twice."),
    "dossier.same_row": N_("{place}: the same row stands in this list twice."),
    "dossier.bad_id": N_("{place}: an id is a text of 1 to 200 characters."),
    "dossier.missing": N_("{place} is missing."),
    "dossier.expected_text": N_("{place}: a text is expected here."),
    "dossier.too_long": N_("{place}: the text is longer than {limit} characters."),
    "dossier.broken_text": N_("{place}: the text contains characters that do not exist."),
    "dossier.expected_texts": N_("{place}: a list of texts is expected here."),
    "dossier.expected_integer": N_("{place}: a whole number is expected here."),
    "dossier.expected_decimal": N_("{place}: a number such as \"1250.50\" is expected here."),
    "dossier.expected_amounts": N_("{place}: a list of numbers is expected here."),
    "dossier.expected_yes_no": N_("{place}: true or false is expected here."),
    "dossier.expected_date": N_("{place}: “{value}” is not a date. Write it as 2026-03-05."),
    "dossier.expected_partial_date": N_("{place}: “{value}” is not a date. Write the known parts: 1975-03-05, 1975, --03-05."),
    "dossier.expected_moment": N_("{place}: “{value}” is not a time. Write it as 2026-03-05T10:00, without a zone."),
    "dossier.not_a_choice": N_("{place}: “{value}” is not one of {choices}."),
    "dossier.no_owner": N_("{place} points to a row that is neither in the dossier nor here, or was not taken."),
    "dossier.bad_file": N_("{place}: the content of the file is damaged."),
    "dossier.company_here": N_("Our company is already filled in here and stays as it is."),
    "dossier.code_here": N_("This code is already known here and stays as it is."),
    "dossier.merged_here": N_("Here this was merged into another record, which stays as it is."),
    # what was done
    "dossier.changed_fields": N_("Changed: {fields}"),
    "dossier.left_open": N_("{place} points to a row that is not here, and was left empty."),
    "dossier.circle": N_("{place} would make the row belong to itself, and was left empty."),
    "dossier.and_field": N_("{first}, {next}"),
    "dossier.kept_private": N_("{place}: the stricter setting of who may see it stays."),
    "dossier.not_me": N_("{place}: the colleague is taken without “This is me”."),
    "dossier.usual_here": N_("{place}: what is taken by itself is decided here and stays as it is."),
    "dossier.unknown_field": N_("{place} is unknown to this version and was not taken: {value}"),
    "dossier.more_unknown": P_("and {n} more part that is unknown to this version", "and {n} more parts that are unknown to this version"),
    "dossier.imported": N_("Import the dossier “{name}”"),
}  # fmt: skip
