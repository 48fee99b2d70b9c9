"""Invitations and mails that are dropped on the window, and calendars that go out."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "calendar.too_large": N_(
        "“{file}” is larger than {megabytes} MB. Save the one invitation from the calendar and drop that file."
    ),
    "calendar.too_much": N_(
        "“{file}” holds too much for an invitation. Save the one meeting from the calendar and drop that file."
    ),
    "calendar.unreadable": N_(
        "“{file}” cannot be read as a calendar. Save the invitation once more as .ics, or plan the meeting by hand."
    ),
    "calendar.no_events": N_("There is no meeting in “{file}”. Drop an invitation with a date."),
    "calendar.no_time": N_("“{name}” has no time and was left out."),
    "calendar.bad_time": N_("The time of “{name}” makes no sense; it was left out."),
    "calendar.no_moment": N_(
        "This meeting has no time yet. Say when it is, then save it as a calendar file."
    ),
    "mail.too_large": N_("“{file}” is larger than {megabytes} MB. Attach it as a file instead."),
    "mail.too_deep": N_("“{file}” has mails nested too deep to be read. Attach it as a file instead."),
    "mail.unreadable": N_(
        "“{file}” cannot be read as a mail. Save it once more from the mail program, or attach it as a file."
    ),
    "mail.too_many_files": N_("Only the first {limit} files of this mail are taken."),
    "mail.winmail": N_(
        "The mail holds winmail.dat, which only Outlook can open. It was left out; ask for the files once more."
    ),
    "mail.file_unread": N_("The file “{name}” inside the mail could not be read and was left out."),
    "incoming.plan": N_("Plan from an invitation: {name}"),
    "incoming.update": N_("Change by an invitation: {name}"),
    "incoming.cancel": N_("Cancel by an invitation: {name}"),
    "incoming.mail": N_("Keep a mail: {name}"),
    "incoming.whose": N_("Choose the client this belongs to."),
    "incoming.known_mail": N_("This mail is in the history already."),
    "incoming.no_subject": N_("without a subject"),
}
