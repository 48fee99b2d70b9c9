"""Which arguments speak to which reader, in which order, and why (R5, R6).

Points are added up per argument and reader; the weights below are the whole rule. Then arguments are taken one by
one, and an argument that answers nothing new steps back, so that a reader's first criteria are all met before one
is met twice. What the KAM decided by hand always holds, except that an argument which has expired, is written in
another language or names a recommender without consent is never used (:func:`blocked` says so).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kamdesk.model.inputs import (
    ArgumentChoice,
    ChosenArgument,
    LibraryArgument,
    ReaderArguments,
    ReaderProfile,
    Tailored,
)
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label, Vocabularies
from kamdesk.rules.left_names import mentions, words_of

# Points. What the person said of themselves outweighs their type; having been told outweighs nearly all.
LENS_NAMED: Final = 40
LENS_OPEN: Final = 20
OWN_CRITERION_BY_RANK: Final = (130, 90, 60, 35, 25, 15, 10)
USUAL_CRITERION_BY_RANK: Final = (60, 40, 30, 20, 15, 10, 5)
CRITERION_BESIDES: Final = 5
CLIENT_CRITERION_BY_RANK: Final = (15, 10, 5)
EVIDENCE_BEST: Final = 45
EVIDENCE_SUITS: Final = 20
EVIDENCE_OTHER: Final = 8
RECOMMENDER_AT_HAND: Final = 6
SAME_INDUSTRY: Final = 10
FRESH_BY_YEARS: Final = (12, 7, 3)
PAST_RESULT_MOST: Final = 12
TOLD_THIS_YEAR: Final = -120
TOLD_LONG_AGO: Final = -40
NOTHING_NEW: Final = -40

OLD_YEARS: Final = 2
"""Evidence of this age is no longer fresh and is better checked before it is shown."""
ENDS_SOON_DAYS: Final = 30
NAMED_CLIENTS: Final = 2
WATCHED: Final = 3
"""How many of a reader's first criteria must find an argument."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """An argument the KAM pinned or placed that may not be used, and why."""

    argument_id: str
    reader_id: str
    reason: Message


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion: its rank (from 0) for each reader who watches it, and the arguments that answer it, by reader."""

    criterion: str
    ranks: Mapping[str, int]
    argument_ids: Mapping[str, tuple[str, ...]]

    def is_open(self, reader_id: str) -> bool:
        """Whether this reader watches the criterion and has no argument for it."""
        return reader_id in self.ranks and not self.argument_ids.get(reader_id)


@dataclass(frozen=True, slots=True)
class _Case:
    """What stays the same while one proposal is tailored."""

    vocabularies: Vocabularies
    client_criteria: tuple[str, ...]
    industry: str
    today: date


def choose(
    readers: Sequence[ReaderProfile],
    library: Sequence[LibraryArgument],
    choices: Sequence[ArgumentChoice] = (),
    *,
    vocabularies: Vocabularies,
    language: str,
    today: date,
    industry: str = "",
    client_criteria: Sequence[str] = (),
    nameable: Collection[str] | None = None,
    most: int = 5,
) -> Tailored:
    """Choose at most ``most`` arguments for each reader, best first; pinned and placed ones are never cut off.

    ``nameable`` holds the ids of recommenders who may be named in this proposal (None: all of them). Equal points
    are ordered by text, so the same dossier gives the same proposal in every vault.
    """
    usable = [argument for argument in library if _obstacle(argument, language, today, nameable) is None]
    case = _Case(vocabularies, tuple(client_criteria), industry, today)
    by_reader: dict[str, dict[str, ArgumentChoice]] = {}
    for choice in choices:
        by_reader.setdefault(choice.reader_id, {})[choice.argument_id] = choice
    return Tailored(
        tuple(
            _for_reader(reader, usable, by_reader.get(reader.reader_id, {}), case, most) for reader in readers
        ),
        industry,
    )


def blocked(
    library: Sequence[LibraryArgument],
    choices: Sequence[ArgumentChoice],
    *,
    language: str,
    today: date,
    nameable: Collection[str] | None = None,
) -> tuple[Blocked, ...]:
    """Arguments chosen by hand that :func:`choose` leaves out all the same, so that the page can say why."""
    known = {argument.id: argument for argument in library}
    found = []
    for choice in choices:
        argument = known.get(choice.argument_id)
        if argument is None or choice.dropped or not (choice.pinned or choice.position is not None):
            continue
        obstacle = _obstacle(argument, language, today, nameable)
        if obstacle is not None:
            found.append(Blocked(choice.argument_id, choice.reader_id, obstacle))
    return tuple(found)


def ranked_criteria(reader: ReaderProfile, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The person's own criteria, then those usual for their type that they did not name."""
    return tuple(dict.fromkeys((*reader.criteria, *vocabularies.criteria_of(reader.lens))))


def criteria_rows(
    tailored: Tailored,
    readers: Sequence[ReaderProfile],
    library: Sequence[LibraryArgument],
    vocabularies: Vocabularies,
) -> tuple[CriterionRow, ...]:
    """Criteria × readers (R6): rows for all that some reader has among the first three, most watched first."""
    criteria_of = {argument.id: argument.criteria for argument in library}
    ranks: dict[str, dict[str, int]] = {}
    for reader in readers:
        for rank, criterion in enumerate(ranked_criteria(reader, vocabularies)[:WATCHED]):
            ranks.setdefault(criterion, {})[reader.reader_id] = rank
    answers: dict[str, dict[str, tuple[str, ...]]] = {criterion: {} for criterion in ranks}
    for chosen_for in tailored.readers:
        for criterion, row in answers.items():
            ids = tuple(
                chosen.argument_id
                for chosen in chosen_for.chosen
                if criterion in criteria_of.get(chosen.argument_id, ())
            )
            if ids:
                row[chosen_for.reader_id] = ids
    order = sorted(ranks, key=lambda code: (-len(ranks[code]), min(ranks[code].values()), code))
    return tuple(CriterionRow(criterion, ranks[criterion], answers[criterion]) for criterion in order)


def _obstacle(
    argument: LibraryArgument, language: str, today: date, nameable: Collection[str] | None
) -> Message | None:
    if argument.language != language:
        return Message("tailoring.other_language", {"text": argument.short or argument.text})
    if argument.valid_until is not None and argument.valid_until < today:
        return Message(
            "tailoring.expired", {"text": argument.short or argument.text, "date": argument.valid_until}
        )
    if nameable is not None and argument.recommender_id and argument.recommender_id not in nameable:
        return Message("tailoring.no_consent", {"text": argument.short or argument.text})
    if argument.unnamed:
        said = f"{argument.text} {argument.evidence} {argument.evidence_source}"
        if mentions(said, [words_of(argument.unnamed)]):
            return Message("tailoring.case_unnamed", {"text": argument.short or argument.text})
    return None


# --- one reader --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    argument: LibraryArgument
    choice: ArgumentChoice | None
    score: int = 0

    @property
    def forced(self) -> bool:
        return self.choice is not None and (self.choice.pinned or self.choice.position is not None)


def _for_reader(
    reader: ReaderProfile,
    usable: Sequence[LibraryArgument],
    choices: Mapping[str, ArgumentChoice],
    case: _Case,
    most: int,
) -> ReaderArguments:
    criteria = ranked_criteria(reader, case.vocabularies)
    convincing = case.vocabularies.evidence_of(reader.lens)
    candidates = []
    for argument in usable:
        choice = choices.get(argument.id)
        if choice is not None and choice.dropped:
            continue
        candidate = _Candidate(argument, choice)
        if candidate.forced or _speaks_to(argument, reader, criteria, case):
            candidates.append(replace(candidate, score=_score(argument, reader, criteria, convincing, case)))
    ordered = _placed(_taken(candidates, criteria, most))
    met = {criterion for candidate in ordered for criterion in candidate.argument.criteria}
    return ReaderArguments(
        reader.reader_id,
        case.vocabularies.subject_of(reader.lens),
        tuple(_chosen(candidate, reader, criteria, case) for candidate in ordered),
        tuple(criterion for criterion in criteria[:WATCHED] if criterion not in met),
    )


def _speaks_to(
    argument: LibraryArgument, reader: ReaderProfile, criteria: Sequence[str], case: _Case
) -> bool:
    """Whether it fits at all: by type, by what this person said matters to them, or because it names neither."""
    if reader.lens in argument.lenses or not (argument.lenses or argument.criteria):
        return True
    wanted = set(reader.criteria) if argument.lenses else {*criteria, *case.client_criteria}
    return not wanted.isdisjoint(argument.criteria)


def _taken(candidates: Sequence[_Candidate], criteria: Sequence[str], most: int) -> list[_Candidate]:
    """Pinned and placed ones, then the best of the others, preferring what answers something new."""
    watched = set(criteria[:WATCHED])
    left = sorted(candidates, key=lambda each: (-each.score, each.argument.text, each.argument.id))
    taken = [candidate for candidate in left if candidate.forced]
    left = [candidate for candidate in left if not candidate.forced]
    met = {criterion for candidate in taken for criterion in candidate.argument.criteria}

    def worth(candidate: _Candidate) -> int:
        new = set(candidate.argument.criteria) & watched - met
        return candidate.score if new or not met else candidate.score + NOTHING_NEW

    while left and len(taken) < most:
        best = max(left, key=worth)
        left.remove(best)
        taken.append(best)
        met.update(best.argument.criteria)
    return taken


def _placed(taken: Sequence[_Candidate]) -> list[_Candidate]:
    """In order of choice, those with a place of their own put there."""

    def place(candidate: _Candidate) -> int | None:
        return candidate.choice.position if candidate.choice is not None else None

    ordered = [candidate for candidate in taken if place(candidate) is None]
    for candidate in sorted(
        (each for each in taken if place(each) is not None),
        key=lambda each: (place(each) or 0, each.argument.text),
    ):
        ordered.insert(place(candidate) or 0, candidate)
    return ordered


def _chosen(
    candidate: _Candidate, reader: ReaderProfile, criteria: Sequence[str], case: _Case
) -> ChosenArgument:
    argument, choice = candidate.argument, candidate.choice
    return ChosenArgument(
        argument_id=argument.id,
        text=choice.text if choice is not None and choice.text else argument.text,
        evidence=argument.evidence,
        evidence_kind=argument.evidence_kind,
        evidence_source=argument.evidence_source,
        reason=_reason(candidate, reader, criteria, case),
        score=candidate.score,
        pinned=choice is not None and choice.pinned,
        case_id=argument.case_id,
        recommender_id=argument.recommender_id,
    )


# --- points ------------------------------------------------------------------------------------------------


def _score(
    argument: LibraryArgument,
    reader: ReaderProfile,
    criteria: Sequence[str],
    convincing: Sequence[str],
    case: _Case,
) -> int:
    """The points of one argument for one reader, before it is seen what else was chosen."""
    return sum(
        (
            LENS_OPEN if not argument.lenses else LENS_NAMED if reader.lens in argument.lenses else 0,
            _criterion_points(argument, reader, criteria),
            _by_rank(CLIENT_CRITERION_BY_RANK, _best_rank(argument, case.client_criteria)),
            _evidence_points(argument, convincing),
            _by_rank(FRESH_BY_YEARS, _age_in_years(argument.evidence_date, case.today)),
            _industry_points(argument, case.industry),
            _past_points(argument, reader.lens),
            _told_points(argument, reader, case.today),
        )
    )


def _best_rank(argument: LibraryArgument, criteria: Sequence[str]) -> int | None:
    return next((rank for rank, criterion in enumerate(criteria) if criterion in argument.criteria), None)


def _by_rank(points: Sequence[int], rank: int | None) -> int:
    return points[rank] if rank is not None and rank < len(points) else 0


def _criterion_points(argument: LibraryArgument, reader: ReaderProfile, criteria: Sequence[str]) -> int:
    rank = _best_rank(argument, criteria)
    if rank is None:
        return 0
    points = OWN_CRITERION_BY_RANK if criteria[rank] in reader.criteria else USUAL_CRITERION_BY_RANK
    besides = sum(criterion in criteria for criterion in argument.criteria) - 1
    return _by_rank(points, rank) + besides * CRITERION_BESIDES


def _evidence_points(argument: LibraryArgument, convincing: Sequence[str]) -> int:
    if not argument.evidence_kind:
        return 0
    at_hand = RECOMMENDER_AT_HAND if argument.recommender_id else 0
    if argument.evidence_kind not in convincing:
        return EVIDENCE_OTHER
    return (EVIDENCE_BEST if argument.evidence_kind == convincing[0] else EVIDENCE_SUITS) + at_hand


def _age_in_years(made: date | None, today: date) -> int | None:
    return max(0, (today - made).days) // 365 if made is not None else None


def _industry_points(argument: LibraryArgument, industry: str) -> int:
    if not argument.industry or not industry:
        return 0
    return SAME_INDUSTRY if argument.industry.casefold() == industry.casefold() else -SAME_INDUSTRY


def _past_points(argument: LibraryArgument, lens: str) -> int:
    won, lost = _results(argument, lens)
    return PAST_RESULT_MOST * (won - lost) // (won + lost + 2)


def _results(argument: LibraryArgument, lens: str) -> tuple[int, int]:
    return (argument.won or {}).get(lens, 0), (argument.lost or {}).get(lens, 0)


def _told_points(argument: LibraryArgument, reader: ReaderProfile, today: date) -> int:
    told = (reader.told or {}).get(argument.id)
    at = (reader.told_at or {}).get(argument.id)
    told = told or (at.on if at is not None else None)
    if told is None or (at is not None and at.same_offer and at.on >= told):
        return 0  # a new version says what the earlier one said, unless the KAM decides otherwise
    return TOLD_THIS_YEAR if (today - told).days < 365 else TOLD_LONG_AGO


# --- the sentence ------------------------------------------------------------------------------------------


def _reason(candidate: _Candidate, reader: ReaderProfile, criteria: Sequence[str], case: _Case) -> Message:
    """One sentence: why it fits and what proves it; then how it went elsewhere, whether it was told, what was decided."""
    argument = candidate.argument
    why = _why(argument, reader, criteria, case)
    joined = "tailoring.why" if argument.evidence_kind else "tailoring.why_but"
    sentence = Message(joined, {"why": why, "proof": _proof(argument)})
    clauses = (
        _age(argument, case.today),
        _ending(argument, case.today),
        _worked(argument, reader, case),
        _told(argument, reader),
        _by_hand(candidate),
    )
    for clause in clauses:
        if clause is not None:
            sentence = Message("tailoring.and", {"first": sentence, "then": clause})
    return sentence


def _why(argument: LibraryArgument, reader: ReaderProfile, criteria: Sequence[str], case: _Case) -> Message:
    rank = _best_rank(argument, criteria)
    if rank is not None:
        code, label = criteria[rank], Label("criteria", criteria[rank])
        if code in reader.criteria:
            place = f"tailoring.criterion_{rank + 1}" if rank < WATCHED else "tailoring.criterion_more"
            return Message(place, {"criterion": label})
        # What is usual for a type is not what this person said: the sentence must not sound as if it were.
        known = "besides" if reader.criteria else "first" if rank == 0 else "usual"
        params = {"criterion": label, "lens": Label("lens", reader.lens, inline=False)}
        return Message(f"tailoring.type_{known}", params)
    for_client = _best_rank(argument, case.client_criteria)
    if for_client is not None:
        return Message("tailoring.client", {"criterion": Label("criteria", case.client_criteria[for_client])})
    if reader.lens and reader.lens in argument.lenses:
        return Message("tailoring.lens", {"lens": Label("lens", reader.lens, inline=False)})
    if argument.lenses:
        return Message("tailoring.by_hand")
    return Message("tailoring.general" if reader.lens else "tailoring.unknown_reader")


def _proof(argument: LibraryArgument) -> Message:
    kind, made, source = argument.evidence_kind, argument.evidence_date, argument.evidence_source.strip(" .")
    if not kind:
        return Message("tailoring.no_proof")
    if kind == "reference" and argument.recommender_id:
        return Message("tailoring.recommender")
    if kind == "figure" and source and made:
        return Message("tailoring.figure_source_date", {"source": source, "date": made})
    if kind == "figure" and source:
        return Message("tailoring.figure_source", {"source": source})
    if kind == "figure" and made:
        return Message("tailoring.figure_date", {"date": made})
    return Message(
        f"tailoring.proof_{kind}"
        if kind in ("figure", "case", "reference", "exclusive")
        else "tailoring.proof"
    )


def _age(argument: LibraryArgument, today: date) -> Message | None:
    """A word about evidence that is no longer fresh."""
    years = _age_in_years(argument.evidence_date, today)
    return Message("tailoring.old", {"n": years}) if years is not None and years >= OLD_YEARS else None


def _ending(argument: LibraryArgument, today: date) -> Message | None:
    until = argument.valid_until
    if until is None or (until - today).days > ENDS_SOON_DAYS:
        return None
    return Message("tailoring.ends", {"date": until})


def _worked(argument: LibraryArgument, reader: ReaderProfile, case: _Case) -> Message | None:
    """How it went with readers of this type: with whom it worked, or that it did not convince."""
    won, lost = _results(argument, reader.lens)
    if won > lost and argument.won_with:
        named = ", ".join(argument.won_with[:NAMED_CLIENTS])
        more = len(argument.won_with) - NAMED_CLIENTS
        if more > 0:
            return Message("tailoring.worked_more", {"names": named, "n": more})
        return Message("tailoring.worked_with", {"names": named})
    if won > lost:
        return Message("tailoring.worked", {"n": won})
    if lost > won:
        return Message("tailoring.failed", {"n": lost})
    if argument.industry and _industry_points(argument, case.industry) > 0:
        return Message("tailoring.same_industry")
    return None


def _told(argument: LibraryArgument, reader: ReaderProfile) -> Message:
    """Whether this person heard it, when and where: what was said twice sounds like a record."""
    on = (reader.told or {}).get(argument.id)
    at = (reader.told_at or {}).get(argument.id)
    if on is None and at is None:
        return Message("tailoring.not_told")
    if at is None:
        return Message("tailoring.told", {"date": on})
    if at.number:
        return Message("tailoring.told_in", {"date": at.on, "number": at.number})
    if at.contact:
        return Message("tailoring.told_at", {"date": at.on, "contact": Label("interaction", at.contact)})
    return Message("tailoring.told_earlier" if at.in_proposal else "tailoring.told", {"date": at.on})


def _by_hand(candidate: _Candidate) -> Message | None:
    choice = candidate.choice
    if choice is None:
        return None
    if choice.pinned:
        return Message("tailoring.pinned")
    return Message("tailoring.placed") if choice.position is not None else None
