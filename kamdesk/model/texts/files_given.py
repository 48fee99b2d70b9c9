"""Files that a user gives to the window: what cannot be taken, and why."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "template.file_large": N_(
        "“{name}” is larger than {megabytes} MB. Make its pictures smaller and try again."
    ),
    "template.file_unreadable": N_("“{name}” cannot be read: {why}"),
    "import.file_large": N_("“{name}” is larger than {megabytes} MB. Divide it and import the parts."),
    "import.file_unreadable": N_("“{name}” cannot be read: {why}"),
    "import.looking": N_("Looking who is here already"),
    "import.taking": N_("Taking people in"),
}
