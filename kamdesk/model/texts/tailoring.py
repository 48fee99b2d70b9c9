"""Why an argument was chosen, in clauses of one sentence, and why one may not be used."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "tailoring.why": N_("{why}, and {proof}"),
    "tailoring.why_but": N_("{why}, but {proof}"),
    "tailoring.and": N_("{first}; {then}"),
    "tailoring.criterion_1": N_("What matters most is {criterion}"),
    "tailoring.criterion_2": N_("What matters next is {criterion}"),
    "tailoring.criterion_3": N_("The third thing that matters is {criterion}"),
    "tailoring.criterion_more": N_("What matters too is {criterion}"),
    "tailoring.type_first": N_(
        "What usually matters most to “{lens}” is {criterion} (own criteria are not known)"
    ),
    "tailoring.type_usual": N_(
        "What usually matters to “{lens}” is {criterion} (own criteria are not known)"
    ),
    "tailoring.type_besides": N_(
        "What usually matters to “{lens}” is {criterion} (not among the own criteria)"
    ),
    "tailoring.client": N_("What matters to the client as a whole is {criterion}"),
    "tailoring.lens": N_("It suits “{lens}”"),
    "tailoring.general": N_("It suits any reader"),
    "tailoring.unknown_reader": N_("It suits any reader, and the type of this one is not known"),
    "tailoring.by_hand": N_("It is meant for another type of reader"),
    "tailoring.no_proof": N_("nothing backs it yet"),
    "tailoring.proof": N_("there is evidence"),
    "tailoring.proof_figure": N_("there is a figure"),
    "tailoring.proof_case": N_("there is a finished project"),
    "tailoring.proof_reference": N_("there is a reference"),
    "tailoring.proof_exclusive": N_("there is an exclusive term"),
    "tailoring.recommender": N_("a recommender can confirm it"),
    "tailoring.figure_date": N_("there is a calculation of {date}"),
    "tailoring.figure_source": N_("there is a figure ({source})"),
    "tailoring.figure_source_date": N_("there is a figure ({source}, {date})"),
    "tailoring.old": P_(
        "the evidence is {n} year old, check it",
        "the evidence is {n} years old, check it",
    ),
    "tailoring.ends": N_("it holds only until {date}"),
    "tailoring.worked": P_(
        "it has worked in {n} accepted proposal",
        "it has worked in {n} accepted proposals",
    ),
    "tailoring.worked_with": N_("it has worked with {names}"),
    "tailoring.worked_more": P_(
        "it has worked with {names} and {n} more client",
        "it has worked with {names} and {n} more clients",
    ),
    "tailoring.failed": P_(
        "it did not convince in {n} declined proposal",
        "it did not convince in {n} declined proposals",
    ),
    "tailoring.same_industry": N_("it comes from the same industry"),
    "tailoring.not_told": N_("not told yet"),
    "tailoring.told": N_("told on {date} already"),
    "tailoring.told_in": N_("told on {date} in proposal No. {number} already"),
    "tailoring.told_earlier": N_("told on {date} in an earlier proposal already"),
    "tailoring.told_at": N_("told on {date} already ({contact})"),
    "tailoring.pinned": N_("pinned by you"),
    "tailoring.placed": N_("placed by you"),
    "tailoring.other_language": N_("“{text}” is written in another language than the proposal."),
    "tailoring.expired": N_("“{text}” was valid until {date}."),
    "tailoring.case_unnamed": N_("“{text}” names a client whose project we may not quote."),
    "tailoring.no_consent": N_("“{text}” rests on a recommender who has not agreed to be named."),
}
