"""Why an argument was chosen, in clauses of one sentence, and why one may not be used."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "tailoring.and": N_("{first}; {then}"),
    "tailoring.criterion_1": N_("First criterion: {criterion}"),
    "tailoring.criterion_2": N_("Second criterion: {criterion}"),
    "tailoring.criterion_3": N_("Third criterion: {criterion}"),
    "tailoring.criterion_more": N_("One of the criteria: {criterion}"),
    "tailoring.client": N_("Matters to the client as a whole: {criterion}"),
    "tailoring.lens": N_("Suits the type “{lens}”"),
    "tailoring.general": N_("Suits any reader"),
    "tailoring.by_hand": N_("Meant for another type of reader"),
    "tailoring.no_proof": N_("not backed by evidence yet"),
    "tailoring.proof": N_("backed by evidence"),
    "tailoring.proof_figure": N_("backed by a figure"),
    "tailoring.proof_case": N_("backed by a finished project"),
    "tailoring.proof_reference": N_("backed by a reference"),
    "tailoring.proof_exclusive": N_("backed by an exclusive term"),
    "tailoring.recommender": N_("a recommender can confirm it"),
    "tailoring.figure_date": N_("backed by a calculation of {date}"),
    "tailoring.figure_source": N_("backed by: {source}"),
    "tailoring.figure_source_date": N_("backed by: {source} ({date})"),
    "tailoring.worked": P_(
        "has worked in {n} accepted proposal",
        "has worked in {n} accepted proposals",
    ),
    "tailoring.same_industry": N_("from the same industry"),
    "tailoring.not_told": N_("not told yet"),
    "tailoring.told": N_("already told on {date}"),
    "tailoring.pinned": N_("pinned by you"),
    "tailoring.placed": N_("placed by you"),
    "tailoring.other_language": N_("“{text}” is written in another language than the proposal."),
    "tailoring.expired": N_("“{text}” was valid until {date}."),
    "tailoring.no_consent": N_("“{text}” rests on a recommender who has not agreed to be named."),
}
