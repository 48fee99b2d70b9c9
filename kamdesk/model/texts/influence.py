"""The influence map: words on the drawing, answers to its questions, names of steps and problems."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    # on the drawing
    "influence.only": N_("{what}"),
    "influence.change_dated": N_("{what}: {date}"),
    "influence.vacant": N_("Vacant seat"),
    "influence.elsewhere": N_("Elsewhere"),
    "influence.outside_reporting": N_("Outside the reporting lines"),
    "influence.circle": N_("reports in a circle"),
    "influence.will_take_seat": N_("is to take the seat"),
    "influence.key_unknown": N_("Stance unknown"),
    "influence.key_size": N_("A larger card: more influence"),
    "influence.key_vacant": N_("Vacant seat"),
    "influence.key_relation": N_("Relationship; a thicker line is a stronger one"),
    "influence.key_expected": N_("Expected"),
    "influence.key_folded": N_("Folded branch with the number of people in it"),
    "influence.title": N_("Influence map: {name}"),
    "influence.title_part": N_("Influence map: {name} ({page} of {pages})"),
    # names of steps
    "influence.place": N_("Move on the map: {name}"),
    "influence.fold": N_("Fold on the map: {name}"),
    "influence.unfold": N_("Unfold on the map: {name}"),
    "influence.tidy": N_("Tidy the map"),
    "influence.create": N_("Make map “{name}”"),
    "influence.rename": N_("Rename map to “{name}”"),
    "influence.delete": N_("Delete map “{name}”"),
    "influence.set_members": N_("Choose who is on map “{name}”"),
    # problems
    "influence.name_empty": N_("Type a name for the map."),
    "influence.nobody": N_("Nobody is chosen. Mark at least one person for the map."),
    "influence.not_a_selection": N_(
        "A client's own map shows everybody there. Make a map of chosen people instead."
    ),
    "influence.not_on_map": N_("This card is not on the map any more."),
    "influence.empty": N_("There is nobody on this map yet. Add people to the group first."),
    # how we know somebody
    "influence.we_ladder": N_("our relationship: {level}"),
    "influence.we_coverage": N_("our contact: {level}"),
    "influence.colleague_knows": N_("{colleague} knows them: {strength}"),
    "influence.we_do_not_know": N_("we have no contact yet"),
    # through whom can I be introduced
    "influence.intro_direct": N_("You know {who} yourself: {how}."),
    "influence.intro_found": P_(
        "You can be introduced to {who} through one person.",
        "You can be introduced to {who} through {n} people.",
    ),
    "influence.intro_none": N_(
        "Nobody we know leads to {who}. Add relationships, or note which of our colleagues knows somebody there."
    ),
    "influence.intro_start": N_("Start with {who}: {how}."),
    "influence.intro_step": N_("{who}. {relation}: {whom}."),
    "influence.intro_other": N_("Another way: {chain}; the first one — {how}."),
    "influence.intro_other_short": N_("Another way ({how}): {step}"),
    "influence.intro_careful": N_("Careful: {who} is sceptical of us."),
    # who reaches the decider
    "influence.deciders_unknown": N_(
        "Nobody is marked as making the decision. Mark who decides, signs or controls the budget."
    ),
    "influence.deciders": N_("The decision is made by: {names}."),
    "influence.decider_known": N_("{who}: {how}; stance towards us: {stance}."),
    "influence.decider_by": N_("{who}. {relation}: {whom}. On our side: {how}; stance towards us: {stance}."),
    "influence.decider_nobody": N_("We know nobody yet who reaches {who}."),
    # the one who holds it together
    "influence.connector_none": N_("There are too few ties on this map to tell who holds it together."),
    "influence.connector": N_("{who} holds this group together."),
    "influence.connector_even": N_(
        "Nobody holds this group together alone: it stays connected without anyone."
    ),
    "influence.connector_cut": P_(
        "Without {who} one person would be cut off from the rest: {names}.",
        "Without {who}, {n} people would be cut off from the rest: {names}.",
    ),
    "influence.connector_between": N_(
        "{share} % of the shortest ways between people on the map run through {who}."
    ),
    "influence.connector_decider": N_("Our ways to {whom} run through {who}."),
    "influence.connector_next": N_("The next most connecting: {who}."),
    "influence.connector_us": N_("On our side: {how}; stance towards us: {stance}."),
    # what changes when this one leaves
    "influence.leaving": N_("If {who} leaves:"),
    "influence.leaving_vacant": N_("The seat “{title}” is vacant: nobody can leave it."),
    "influence.leaving_nothing": N_("no part in the decision falls vacant and no way is lost."),
    "influence.leaving_expected": N_("It is expected: {what}."),
    "influence.leaving_part_vacant": N_("Nobody else plays this part: {part}."),
    "influence.leaving_part_left": N_("{part}: still {names}."),
    "influence.leaving_champion": N_("We lose the only one with this part for us: {part}."),
    "influence.leaving_successor": N_("To take the seat: {names}."),
    "influence.leaving_no_successor": N_("Nobody is known who would take the seat “{title}”."),
    "influence.leaving_reports": P_(
        "One report is left without a boss: {names}.", "{n} reports are left without a boss: {names}."
    ),
    "influence.leaving_cut": P_(
        "We reach one person only through them: {names}.", "We reach {n} people only through them: {names}."
    ),
    "influence.leaving_decider_left": N_("Still leading to {whom}: {names}."),
    "influence.leaving_decider_lost": N_("Nobody else leads us to {whom}."),
    "influence.leaving_relief": N_("An opponent leaves; stance towards us: {stance}."),
    "influence.leaving_ties": P_("One tie on the map goes.", "{n} ties on the map go."),
    "influence.and_more": P_("{names} and one more", "{names} and {n} more"),
    "influence.unknown_stance": N_("unknown"),
    "influence.cannot_write": N_("{file} cannot be written. Check the folder and your rights."),
    "influence.paper": N_("“{paper}” is no sheet that a map is printed on. Choose A4 or A3."),
}
