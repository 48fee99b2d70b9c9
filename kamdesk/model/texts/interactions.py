"""Steps and problems of interactions, promises, notes, facts, quick capture, and the words of the guard."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "interaction.plan": N_("Plan: {name}"),
    "interaction.log": N_("Record in history: {name}"),
    "interaction.done": N_("How it went: {name}"),
    "interaction.cancel": N_("Did not take place: {name}"),
    "interaction.move": N_("Move to another time: {name}"),
    "interaction.participants": N_("Who took part: {name}"),
    "interaction.when": N_("Say when it is planned: a day and an hour."),
    "interaction.in_future": N_("This moment is still ahead. Check the date, or plan it instead."),
    "interaction.ends_before": N_("It would end before it begins. Check both times."),
    "promise.add_ours": N_("We promised: {text}"),
    "promise.add_theirs": N_("We were promised: {text}"),
    "promise.keep": N_("Promise kept: {text}"),
    "promise.reopen": N_("Promise open again: {text}"),
    "note.add": N_("Add a note: {text}"),
    "note.edit": N_("Edit a note: {text}"),
    "note.of_whom": N_("Choose the client or the person this note is about."),
    "fact.add": N_("Add what we know of {name}: {text}"),
    "fact.edit": N_("Edit what we know: {text}"),
    "fact.confirm": N_("Still true: {text}"),
    "fact.birthday": N_("Birthday: {name}"),
    "draft.too_long": N_(
        "The text is longer than two million characters. Shorten it or attach it as a file."
    ),
    "capture.save": P_("Quick capture: {n} line", "Quick capture: {n} lines"),
    "capture.nothing": N_("There is nothing to save. Type at least one line."),
    "capture.whose_fact": N_("Say whom this is about: “{text}”"),
    "capture.no_name": N_(
        "No name is recognised in the line “{text}”. Type the full name, or keep it as a note."
    ),
    "guard.health": N_(
        "“{word}” speaks of health. Such things about a person are not kept here. Would you show it to them?"
    ),
    "guard.religion": N_(
        "“{word}” speaks of religion. Such things about a person are not kept here. Would you show it to them?"
    ),
    "guard.politics": N_(
        "“{word}” speaks of politics. Such things about a person are not kept here. Would you show it to them?"
    ),
    "guard.ethnicity": N_(
        "“{word}” speaks of ethnicity. Such things about a person are not kept here. Would you show it to them?"
    ),
    "guard.intimate": N_(
        "“{word}” speaks of intimate life. Such things about a person are not kept here. Would you show it to them?"
    ),
}
