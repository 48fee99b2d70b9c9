"""Problems of quick capture, and steps of notes that become something else."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "capture.who": N_("Several people fit the line “{text}”. Choose who is meant."),
    "capture.with_whom": N_("Choose the client or the person for the line “{text}”."),
    "note.to_statement": N_("From a note to the client's business: {text}"),
    "note.to_argument": N_("From a note to the library: {text}"),
    "note.to_fact": N_("From a note to what we know of {name}: {text}"),
    "note.to_promise": N_("From a note to a promise: {text}"),
    "note.nothing_chosen": N_("Nothing is chosen. Mark a piece of the note first."),
    "note.of_no_client": N_("This note belongs to no client. Choose the client first."),
    "note.of_no_person": N_("Choose the person this is about."),
}
