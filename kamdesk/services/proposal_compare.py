"""Two versions of a proposal, or any two proposals, side by side: what stood there and what stands there now (R12).

Rows are made from what the pages of the two show. Lines of tables are matched by their names and readers by the person,
since a new version has rows of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import Message
from kamdesk.model.tables import CaseStudy, Colleague, Deal, Proposal, Recommender, Template, fields_of
from kamdesk.model.values import Money
from kamdesk.model.vocabulary import Label
from kamdesk.services.base import get, name_of
from kamdesk.services.proposal_chain import view_of
from kamdesk.services.proposal_views import (
    AssumptionRow,
    BenefitRow,
    OfferRow,
    ProposalPage,
    ReaderView,
    StageRow,
    VersionView,
)
from kamdesk.services.proposals import Proposals
from kamdesk.store.unit_of_work import Store

T = TypeVar("T")
SECTIONS: Final = (
    "about",
    "offer",
    "figures",
    "terms",
    "schedule",
    "arguments",
    "proof",
    "team",
    "documents",
)
_ABOUT: Final = ("subject", "number", "date", "status", "language", "deal_id", "understanding", "solution", "uniqueness",
                 "exclusivity", "next_step", "annexes", "blocks", "template_id")  # fmt: skip
_MONEY: Final = ("currency", "money_unit", "vat_mode", "recommended")
_TERMS: Final = ("payment", "delivery", "lead_time", "warranty", "valid_until", "validity_reason")
_FIGURES: Final = ("benefit_period", "discount_rate", "assumptions")
_RESULTS: Final = ("payback", "discounted_payback", "npv", "irr", "roi")
_TEAM: Final = ("signatory_id",)
_LINKS: Final = {"deal_id": "Deal", "template_id": "Template or letterhead", "signatory_id": "Signed by"}


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One thing that both proposals have a place for. ``before`` and ``after`` are None where there is nothing."""

    section: str
    what: Message
    before: Message | None
    after: Message | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two proposals and all their rows in the order of ``SECTIONS``."""

    before: VersionView
    after: VersionView
    rows: tuple[CompareRow, ...]


class ProposalCompare:
    """Reading only."""

    def __init__(self, store: Store, proposals: Proposals) -> None:
        self._store = store
        self._proposals = proposals

    def compare(self, before_id: str, after_id: str) -> Comparison:
        """The two side by side. Raises KamdeskError ``record.gone``."""
        pages = self._proposals.page(before_id), self._proposals.page(after_id)
        names = self._store.read(_names)
        views = self._store.read(
            lambda session: tuple(view_of(session, get(session, Proposal, page.id)) for page in pages)
        )
        return Comparison(views[0], views[1], tuple(_rows(pages[0], pages[1], names)))


def _names(session: Session) -> dict[str, str]:
    """What the ids on the pages are called."""
    found = {row.id: row.name for row in session.scalars(select(Deal))}
    found |= {row.id: row.name for row in session.scalars(select(Template))}
    found |= {row.id: row.title for row in session.scalars(select(CaseStudy))}
    found |= {row.id: name_of(row).full() for row in session.scalars(select(Colleague))}
    return found | {row.id: name_of(row).full() for row in session.scalars(select(Recommender))}


def _rows(old: ProposalPage, new: ProposalPage, names: Mapping[str, str]) -> Iterator[CompareRow]:
    yield from _fields("about", _ABOUT, old, new, names)
    yield from _matched("offer", _named(old.offer, _key, _offer_line), _named(new.offer, _key, _offer_line))
    yield _total(old, new)
    yield _discount(old, new)
    yield from _fields("offer", _MONEY, old, new, names)
    yield from _benefit(old, new)
    yield from _fields("figures", _FIGURES, old, new, names)
    yield from _fields("terms", _TERMS, old, new, names)
    yield from _matched("schedule", _named(old.stages, _name, _stage), _named(new.stages, _name, _stage))
    yield from _readers(old.readers, new.readers)
    yield _listed("proof", "Projects", old.case_ids, new.case_ids, names)
    yield _listed("proof", "Recommenders", old.recommender_ids, new.recommender_ids, names)
    yield CompareRow("team", _called("Prepared by"), _team(old, names), _team(new, names))
    yield from _fields("team", _TEAM, old, new, names)
    yield from _documents(old, new)


def _fields(
    section: str, wanted: Sequence[str], old: ProposalPage, new: ProposalPage, names: Mapping[str, str]
) -> Iterator[CompareRow]:
    declared = {column.name: info for column, info in fields_of(Proposal)}
    for name in wanted:
        if name not in old.values and name not in new.values:
            continue
        label = _LINKS.get(name) or declared[name].label
        before, after = (
            _value(page.values.get(name), declared[name].vocabulary, names) for page in (old, new)
        )
        yield CompareRow(section, _called(label), before, after)


def _value(value: object, vocabulary: str, names: Mapping[str, str]) -> Message | None:
    """A field as it is read; codes by their labels, links by their names."""
    if value in (None, "", ()):
        return None
    if isinstance(value, tuple):
        return _joined(Label(vocabulary, one, inline=False) if vocabulary else str(one) for one in value)
    if vocabulary and isinstance(value, str):
        return _plain(Label(vocabulary, value, inline=False))
    if isinstance(value, str):
        return _plain(names.get(value, value))
    return _plain(value)


def _plain(value: object) -> Message:
    return Message("compare.value", {"value": value})


def _called(label: str) -> Message:
    return Message("label", {"text": label})


def _joined(parts: Iterable[object]) -> Message | None:
    said: Message | None = None
    for part in parts:
        if said is None:
            said = part if isinstance(part, Message) else _plain(part)
        else:
            said = Message("compare.list", {"first": said, "then": part})
    return said


def _matched(section: str, old: Mapping[str, Message], new: Mapping[str, Message]) -> Iterator[CompareRow]:
    """Lines by their name, in the order of the newer one, what is gone at the end."""
    for name in (*new, *(one for one in old if one not in new)):
        yield CompareRow(section, _plain(name), old.get(name), new.get(name))


def _named(
    rows: Iterable[T], called: Callable[[T], str], said: Callable[[T], Message | None]
) -> dict[str, Message]:
    """What each line says by its name; lines of one name are counted, for each of them is a line of its own."""
    found: dict[str, Message] = {}
    for row in rows:
        name, number = called(row), 1
        while (key := name if number == 1 else f"{name} ({number})") in found:
            number += 1
        found[key] = said(row) or _plain("")
    return found


def _name(row: StageRow | BenefitRow | AssumptionRow) -> str:
    return row.name


def _team(page: ProposalPage, names: Mapping[str, str]) -> Message | None:
    """Who prepared it, with what each answers for."""
    return _joined(
        f"{names.get(one, '')} ({role})" if role else names.get(one, "") for one, role in page.team
    )


def _listed(
    section: str, label: str, old: Sequence[str], new: Sequence[str], names: Mapping[str, str]
) -> CompareRow:
    before, after = (_joined(names.get(one, "") for one in ids) for ids in (old, new))
    return CompareRow(section, _called(label), before, after)


# --- tables ------------------------------------------------------------------------------------------------------


def _key(row: OfferRow) -> str:
    return f"{row.name} ({row.alternative})" if row.alternative else row.name


def _offer_line(row: OfferRow) -> Message:
    params: dict[str, object] = {"quantity": row.quantity, "unit": row.unit, "price": row.price}
    said = Message("compare.offer_line" if row.unit else "compare.offer_bare", params)
    if row.discount:
        said = Message(
            "compare.list", {"first": said, "then": Message("compare.discount", {"n": row.discount})}
        )
    vat = Message("compare.vat", {"rate": row.vat}) if row.vat is not None else Message("compare.no_vat")
    said = Message("compare.list", {"first": said, "then": vat})
    if row.optional:
        said = Message("compare.list", {"first": said, "then": Message("compare.option")})
    for then in (row.article, row.note):
        if then:
            said = Message("compare.list", {"first": said, "then": then})
    return said


def _total(old: ProposalPage, new: ProposalPage) -> CompareRow:
    before, after = (
        _plain(Money(page.totals.gross, str(page.values["currency"]))) if page.offer else None
        for page in (old, new)
    )
    return CompareRow("offer", Message("compare.total"), before, after)


def _discount(old: ProposalPage, new: ProposalPage) -> CompareRow:
    """What is taken off the whole, as the percent or the amount it is."""

    def said(page: ProposalPage) -> Message | None:
        off = page.values["total_discount"]
        if not isinstance(off, Decimal) or not off:
            return None
        if page.values["total_discount_kind"] == "percent":
            return Message("compare.percent", {"n": off})
        return _plain(Money(off, str(page.values["currency"])))

    label = next(info.label for column, info in fields_of(Proposal) if column.name == "total_discount")
    return CompareRow("offer", _called(label), said(old), said(new))


def _benefit(old: ProposalPage, new: ProposalPage) -> Iterator[CompareRow]:
    rests_on = [{row.id: row.name for row in page.assumptions} for page in (old, new)]
    lines = [
        _named(page.benefit, _name, lambda row, on=on: _benefit_line(row, on))  # type: ignore[misc]
        for page, on in zip((old, new), rests_on, strict=True)
    ]
    yield from _matched("figures", lines[0], lines[1])
    assumed = [_named(page.assumptions, _name, _assumption) for page in (old, new)]
    yield from _matched("figures", assumed[0], assumed[1])
    for name in _RESULTS:
        before, after = (
            _figure(getattr(page.benefit_result, name)) if page.benefit_result is not None else None
            for page in (old, new)
        )
        yield CompareRow("figures", Message(f"compare.{name}"), before, after)


def _benefit_line(row: BenefitRow, assumptions: Mapping[str | None, str]) -> Message | None:
    """Its amounts by period, what kind it is and what it rests on."""
    parts: list[object] = [*row.amounts, Label("benefit_kind", row.kind)]
    if row.assumption_id in assumptions:
        parts.append(assumptions[row.assumption_id])
    if row.spread is not None:
        parts.append(Message("compare.spread", {"n": row.spread}))
    return _joined(parts)


def _assumption(row: AssumptionRow) -> Message | None:
    """Its value with the unit, its bounds, its source."""
    parts: list[object] = []
    if row.value is not None:
        parts.append(
            Message("compare.measured", {"n": row.value, "unit": row.unit}) if row.unit else row.value
        )
    for code, bound in (("compare.from", row.low), ("compare.to", row.high)):
        if bound is not None:
            parts.append(Message(code, {"n": bound}))
    return _joined([*parts, *([row.source] if row.source else [])])


def _figure(value: Decimal | None) -> Message | None:
    return _plain(value.quantize(Decimal("0.01"))) if value is not None else None


def _stage(row: StageRow) -> Message | None:
    parts: list[object] = [part for part in (row.term, row.result) if part]
    if row.payment is not None:
        parts.append(Message("compare.payment", {"n": row.payment}))
    return _joined(parts)


# --- readers and documents ----------------------------------------------------------------------------------------


def _readers(old: Sequence[ReaderView], new: Sequence[ReaderView]) -> Iterator[CompareRow]:
    """Each person's arguments in their order: one row for the order, one for each wording."""
    before, after = ({one.person_id: one for one in readers} for readers in (old, new))
    for person in (*after, *(one for one in before if one not in after)):
        was, now = before.get(person), after.get(person)
        shown = now or was
        assert shown is not None
        name = shown.name.full()
        said = [
            {one.argument_id: one.text for one in reader.chosen} if reader else {} for reader in (was, now)
        ]
        places = [
            Message("compare.addressed", {"n": len(reader.chosen)}) if reader is not None else None
            for reader in (was, now)
        ]
        yield CompareRow("arguments", _plain(name), places[0], places[1])
        for at, argument in enumerate((*said[1], *(one for one in said[0] if one not in said[1])), start=1):
            what = Message("compare.argument", {"name": name, "n": at})
            yield CompareRow("arguments", what, _argument(said[0], argument), _argument(said[1], argument))


def _argument(said: Mapping[str, str], argument: str) -> Message | None:
    """An argument with its place among the reader's."""
    if argument not in said:
        return None
    return Message("compare.placed", {"n": list(said).index(argument) + 1, "text": said[argument]})


def _documents(old: ProposalPage, new: ProposalPage) -> Iterator[CompareRow]:
    made = [
        {(one.kind, one.recipient): one for one in page.documents if one.is_current} for page in (old, new)
    ]
    for key in (*made[1], *(one for one in made[0] if one not in made[1])):
        kind, recipient = key
        label = Label("document_kind", kind, inline=False)
        what = Message("compare.document", {"kind": label, "name": recipient}) if recipient else _plain(label)
        before, after = (
            Message("compare.file", {"name": one.file_name, "n": one.pages or 0, "on": _day(one.made_at)})
            if (one := documents.get(key)) is not None
            else None
            for documents in made
        )
        yield CompareRow("documents", what, before, after)


def _day(moment: datetime | None) -> date | str:
    return moment.date() if moment is not None else ""
