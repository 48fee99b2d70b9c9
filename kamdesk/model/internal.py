"""Frozen inputs of documents that stay in the house: the meeting brief, the cheat sheet, the print of a dossier (W4, X4).

The brief has two types on purpose. ``Brief`` is what may lie on the table before a client; what a person thinks of
another, what we aim at and what was said in confidence is not in it. ``FullBrief`` has these beside it. So has the cheat
sheet: ``CheatSheet`` and ``FullCheatSheet``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kamdesk.model.messages import Message
from kamdesk.model.values import Money, PartialDate, PersonName

BRIEF_PAPERS = ("a4", "a5")
SHEET_PAPERS = ("a4", "a5")
DOSSIER_PAPERS = ("a4", "a5", "booklet")


@dataclass(frozen=True, slots=True)
class BriefPromise:
    """An open promise. ``side`` is ours or theirs; ``person`` is the one on the client's side."""

    id: str
    side: str
    text: str
    due: datetime.date | None
    overdue: bool
    person_id: str = ""
    person: PersonName = PersonName()


@dataclass(frozen=True, slots=True)
class BriefDone:
    """What somebody was told, shown or sent already: ``how`` is told, shown or sent.

    ``kind`` is a code of ``interaction`` that stands for an empty text.
    """

    how: str
    text: str
    on: datetime.date | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BriefObjection:
    """What they are likely to say, and the answer that worked."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class BriefPerson:
    """One of theirs. ``criteria`` are codes, most important first; ``to_say`` are arguments not yet told, best first."""

    id: str
    name: PersonName
    post: str
    address_form: str
    criteria: tuple[str, ...]
    done: tuple[BriefDone, ...]
    to_say: tuple[str, ...]
    objections: tuple[BriefObjection, ...]


@dataclass(frozen=True, slots=True)
class BriefContact:
    """One of the last interactions; what came of it is not here but in ``FullBrief.outcomes``."""

    id: str
    kind: str
    at: datetime.datetime | None
    purpose: str
    people: tuple[PersonName, ...]
    next_step: str
    next_step_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class BriefProposal:
    """A proposal that is not decided. ``status`` is a code."""

    id: str
    number: str
    subject: str
    status: str
    next_date: datetime.date | None
    valid_until: datetime.date | None


@dataclass(frozen=True, slots=True)
class BriefDate:
    """A date of a person within two weeks. ``kind`` is a code of ``fact_kind``; ``age`` is None where no year is known."""

    on: datetime.date
    person: PersonName
    kind: str
    text: str
    age: int | None


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """A question of the dossier standard that is still open, in both languages; ``of`` names the person or client."""

    of: PersonName | str
    text_en: str
    text_ru: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What may lie on the table: no stance, influence, part, type, aim, private row or topic to avoid."""

    subject: str
    interaction_id: str
    client_id: str
    client: str
    kind: str
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    place: str
    purpose: str
    people: tuple[BriefPerson, ...]
    ours: tuple[PersonName, ...]
    promises: tuple[BriefPromise, ...]
    contacts: tuple[BriefContact, ...]
    complaints: tuple[BriefContact, ...]
    proposals: tuple[BriefProposal, ...]
    dates: tuple[BriefDate, ...]
    questions: tuple[BriefQuestion, ...]
    state: str = ""


@dataclass(frozen=True, slots=True)
class JudgedPerson:
    """What we think of somebody and what we know in confidence; codes, and texts of facts."""

    id: str
    lens: str
    influence: int | None
    stance: int | None
    parts: tuple[str, ...]
    topics_good: tuple[str, ...]
    topics_avoid: tuple[str, ...]
    facts: tuple[str, ...]
    stance_evidence: str = ""
    stance_date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class BriefConcession:
    """What was given and what was got; the amounts are what it costs us and what it is worth, in ``currency``."""

    given: str
    got: str
    on: datetime.date | None
    cost: Decimal | None
    worth: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class FullBrief:
    """Everything, for the screen and for paper that was asked for as full. ``outcomes`` are texts by interaction."""

    brief: Brief
    aim_ideal: str = ""
    aim_minimum: str = ""
    judged: tuple[JudgedPerson, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    concessions: tuple[BriefConcession, ...] = ()

    def of(self, person_id: str) -> JudgedPerson | None:
        """What is judged of one person."""
        return next((one for one in self.judged if one.id == person_id), None)


# --- the committee cheat sheet ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheatSheet:
    """Whom we face together, as it may lie on a table. ``subject`` is ``client:…``, ``deal:…`` or ``proposal:…``.

    ``about`` names the deal or the proposal, "" for neither; ``questions`` are of the members only, by ``of``.
    """

    subject: str
    client_id: str
    client: str
    about: str
    members: tuple[BriefPerson, ...]
    promises: tuple[BriefPromise, ...]
    questions: tuple[BriefQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetDeal:
    """Where the sale stands. ``stage`` is a code; ``rivals`` are (name, remark)."""

    name: str
    stage: str
    amount: Money | None
    expected: PartialDate | None
    rivals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetTie:
    """A tie inside the group, read from ``source`` to ``target``; ``kind`` is a code of ``relation``."""

    source: str
    target: str
    kind: str
    strength: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FullCheatSheet:
    """Everything, for the screen and for paper that was asked for as full. ``reach`` says who is heard by those who decide."""

    sheet: CheatSheet
    judged: tuple[JudgedPerson, ...] = ()
    deals: tuple[SheetDeal, ...] = ()
    reach: tuple[Message, ...] = ()
    ties: tuple[SheetTie, ...] = ()
    concessions: tuple[BriefConcession, ...] = ()

    def of(self, person_id: str) -> JudgedPerson | None:
        """What is judged of one person."""
        return next((one for one in self.judged if one.id == person_id), None)

    def ties_of(self, person_id: str) -> tuple[SheetTie, ...]:
        """The ties of one member, their own direction first."""
        own = (tie for tie in self.ties if tie.source == person_id)
        return (*own, *(tie for tie in self.ties if tie.target == person_id))


# --- the print of a dossier ----------------------------------------------------------------------------------

Row = Mapping[str, object]
"""A redacted row of the vault by field names; a field that was withheld is absent."""


@dataclass(frozen=True, slots=True)
class DossierOptions:
    """How a dossier is printed. ``level`` is a code of ``redaction_level``; ``ceiling`` a sensitivity for "own".

    ``left_out`` are codes of that vocabulary. ``since`` and ``until`` bound the history (both days included).
    ``sections`` names what is printed, in any order; () is all. ``paper`` is a4, a5 or booklet.
    """

    level: str = "business"
    ceiling: str = "business"
    left_out: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    sections: tuple[str, ...] = ()
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class DossierData:
    """A dossier that has passed redaction. ``about`` is client, person or group; ``id`` the record's.

    ``rows`` are by collection of the open dossier format. ``map_png`` is the influence map where the level has it.
    """

    about: str
    id: str
    title: str
    language: str
    printed_on: datetime.date
    options: DossierOptions
    rows: Mapping[str, tuple[Row, ...]]
    birthdays_leap: str = "feb28"
    map_png: bytes = b""


SECTIONS = (
    "start",
    "map",
    "people",
    "history",
    "promises",
    "business",
    "deals",
    "notes",
    "files",
)
"""The parts of a dossier print in reading order (D15)."""

GROUP_SECTIONS = ("start", "map", "people")
"""The parts of the print of a decision group."""


def shown_partial(value: object) -> PartialDate | None:
    """A partial date of a row, which may hold the value or its ISO text; None where it is neither."""
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
