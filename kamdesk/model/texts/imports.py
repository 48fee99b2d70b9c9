"""Imports of contacts: what the report says of a row."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "import.people": P_("Import {n} person", "Import {n} people"),
    "import.left_out": N_("Left out by you."),
    "import.same_name": N_("Somebody else is called {name}. If it is the same person, compare the two."),
    "import.filled": N_("Filled: {field}"),
    "import.kept_title": N_("Job title kept: “{ours}”. The file says “{theirs}”."),
    "import.kept_in_note": P_(
        "{n} line that has no field was kept in a note.", "{n} lines that have no field were kept in a note."
    ),
    "import.photo_unreadable": N_("The photo could not be read and was left out."),
    "import.unknown_word": N_("“{word}” is not in our lists and was left out."),
}
