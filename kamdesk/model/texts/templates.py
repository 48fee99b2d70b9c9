"""Steps and problems of the user's own Word files and of stored files."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "template.add": N_("Add the Word file “{name}”"),
    "template.replace": N_("Replace the Word file “{name}”"),
    "template.rename": N_("Rename the Word file: {name}"),
    "template.set_start": N_("Where the text begins: {name}"),
    "template.set_use": N_("What the Word file is for: {name}"),
    "template.set_default": N_("Take the Word file for new proposals: {name}"),
    "template.unset_default": N_("No longer take the Word file for new proposals: {name}"),
    "template.set_pattern": N_("How tables look on the letterhead: {name}"),
    "template.delete": N_("Delete the Word file “{name}”"),
    "template.name_taken": N_("There is already a Word file “{name}”. Choose another name."),
    "template.in_use": P_(
        "“{name}” is used by {n} proposal. Choose another file there first.",
        "“{name}” is used by {n} proposals. Choose another file there first.",
    ),
    "files.add": N_("Add the file “{name}”"),
    "files.empty": N_("The file “{name}” is empty. Choose another one."),
}
