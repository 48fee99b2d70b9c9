"""Frozen input of the letter with a meeting's results (W15): it goes to the client, so nothing private has a place in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from kamdesk.model.inputs import ClientData, CompanyData, Reader, SignatoryData


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed: what, who answers for it (a name in the nominative, or ""), by when."""

    text: str
    who: str
    due: datetime.date | None


@dataclass(frozen=True, slots=True)
class LetterData:
    """What was agreed at one interaction. ``kind`` is a code of ``interaction``; ``met_on`` its day.

    ``phone`` and ``email`` are those of the one who writes.
    """

    language: str
    date: datetime.date
    kind: str
    met_on: datetime.date | None
    client: ClientData
    company: CompanyData
    signatory: SignatoryData | None
    phone: str
    email: str
    readers: tuple[Reader, ...]
    ours: tuple[Agreement, ...]
    theirs: tuple[Agreement, ...]
    next_step: str
    next_step_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as it is edited and sent: the subject line and the body with salutation and signature."""

    subject: str
    body: str
