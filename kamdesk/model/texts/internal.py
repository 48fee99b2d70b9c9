"""English texts of internal documents and of the letter after a meeting: briefs, results, prints of a dossier."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "brief.paper": N_("A brief is printed on A4 or A5, not on “{paper}”."),
    "sheet.paper": N_("A cheat sheet is printed on A4 or A5, not on “{paper}”."),
    "sheet.nobody": N_("Nobody is known at {name} yet. Add those you will face under “Who decides”."),
    "template.other_kind": N_(
        "“{name}” is not a template for this document in this language. Choose another one."
    ),
    "generation.internal_template": N_(
        "“{name}” is a template for documents that stay in the house. Choose another one for the proposal."
    ),
    "letter.nobody": N_(
        "Nobody of the client's side is named at this meeting. Say who took part, then write the letter."
    ),
    "letter.not_done": N_("This meeting has not taken place yet. Say how it went, then write the letter."),
    "letter.empty": N_("The letter is empty. Write at least a line."),
    "letter.sent": N_("Log the letter with results: {name}"),
    "dossier_print.paper": N_("A dossier is printed on A4, on A5 or as a booklet, not on “{paper}”."),
    "dossier_print.level": N_("There is no level “{level}” of what is shown."),
    "dossier_print.category": N_(
        "There are no categories called {names}. Known: family, gifts, margin, negotiation, notes."
    ),
    "dossier_print.nothing": N_("Nothing would be printed. Tick at least one part."),
    "dossier_print.period": N_("The history cannot end before it begins. Change one of the two days."),
    "cli.not_one": P_(
        "{n} deal or proposal is called “{name}”. Give its id.",
        "{n} deals or proposals are called “{name}”. Give the id of one.",
    ),
    "cli.sheet_of_what": N_("Say one of them: --client, --deal or --proposal."),
    "cli.brief_of_what": N_("Say one of them: a meeting, --client or --person."),
}
