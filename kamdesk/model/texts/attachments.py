"""Steps and problems of attached files."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "attachment.add": N_("Attach “{name}”"),
    "attachment.add_many": P_("Attach {n} file", "Attach {n} files"),
    "attachment.link": N_("Link to “{name}”"),
    "attachment.find_again": N_("Find “{name}” again"),
    "attachment.rename": N_("Rename the file: {name}"),
    "attachment.remark": N_("Remark on the file “{name}”"),
    "attachment.delete": P_("Remove {n} file", "Remove {n} files"),
    "attachment.of_what": N_("Choose the client, the person, the meeting or the deal this file belongs to."),
    "attachment.missing": N_(
        "“{name}” is no longer where it was: {path}. Find it again, or attach the file itself."
    ),
    "attachment.unreadable": N_(
        "“{name}” cannot be read from the disk. Check that it is there and may be opened."
    ),
    "attachment.too_large": N_("“{name}” is larger than {megabytes} MB. Link to it instead of attaching it."),
    "attachment.dangerous": N_(
        "“{name}” is a program, and programs from others can do harm. It is kept but not opened from here; save a copy if you "
        "trust it."
    ),
    "attachment.not_file": N_(
        "“{name}” is not a file. Attach the files of a folder one by one, or link to them."
    ),
    "attachment.text_not_read": N_(
        "The words of “{name}” could not be read, so search finds it by name only."
    ),
}
