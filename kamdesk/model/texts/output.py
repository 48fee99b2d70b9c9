"""English texts of what leaves the house: names of files, batches, e-mail drafts, the print queue, what was sent."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "pattern.too_long": N_("The pattern is longer than {n} characters. Shorten it."),
    "pattern.unknown": N_("There is no field “{field}”. Take one of the fields below."),
    "pattern.unknown_nearest": N_("There is no field “{field}”. Did you mean “{nearest}”?"),
    "pattern.brace": N_("A curly bracket has no other half. Write a field between two of them."),
    "pattern.no_field": N_("Without a field all files would be called alike. Take at least one field."),
    "output.some_failed": P_(
        "{n} document could not be made, the others were. {first}",
        "{n} documents could not be made, the others were. {first}",
    ),
    "output.nothing_chosen": N_("Choose at least one proposal."),
    "output.no_documents": N_("“{name}” has no documents yet. Make them first."),
    "mail.nobody": N_("Nobody of the readers gets one of these documents. Choose other documents."),
    "mail.no_reader_document": N_(
        "Documents for one reader cannot go to the whole group. Choose the document for the group."
    ),
    "sending.behind": N_(
        "“{name}” holds earlier data: it was edited in Word before the last changes of the proposal. "
        "Choose another version, or confirm that it is sent so."
    ),
    "sending.ahead": N_("This day is still ahead. Say on which day it was sent."),
    "sending.not_reader": N_("This person does not read the proposal. Choose one of its readers."),
    "sending.changed": N_(
        "The kept copy of “{name}” is not the file that was sent: its hash differs. "
        "Take the file from a backup of the vault."
    ),
    "sending.missing": N_(
        "The kept copy of “{name}” is missing or damaged. Take the file from a backup of the vault."
    ),
    "print.not_made": N_("{name} was not printed: {why}"),
    "sending.no_such": N_("Nothing was sent under “{name}”. List what was sent to find its id."),
}
