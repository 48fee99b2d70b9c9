"""Joining two records of one thing (D16): which value is proposed, which hanging rows are one, what the joined row holds.

Rows are mappings of column names to values as they are stored. Nothing is thrown away in silence: what contradicts
stays two rows, and of two sensitivities the stricter one holds (trust.md, Merge).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kamdesk.model.values import PartialDate, Sensitivity

KEPT, OTHER, BOTH = "kept", "other", "both"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Double:
    """When two rows of a table say the same thing.

    ``key`` columns are equal in both and one of ``filled`` (all of ``key`` where it is empty) is not empty; ``agree``
    columns are equal or empty on one side. ``texts`` are put together where they differ; of ``most`` the larger number
    holds, of ``least`` the smaller. Every other column is the first row's unless that one is empty.
    """

    key: tuple[str, ...]
    agree: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    least: tuple[str, ...] = ()


DOUBLES: Final[Mapping[str, Double]] = {
    "contact": Double(
        ("person_id", "organisation_id", "normalised"), filled=("normalised",), texts=("note",)
    ),
    "employment": Double(("person_id", "organisation_id", "is_former"), ("seat_id", "since", "until")),
    "part": Double(("person_id", "organisation_id", "deal_id", "code")),
    "criterion": Double(("person_id", "organisation_id", "code"), least=("rank",)),
    "relationship": Double(
        ("from_id", "to_id", "kind"), ("since", "until"), texts=("note",), most=("strength",)
    ),
    "participant": Double(("interaction_id", "person_id", "colleague_id")),
    "acquaintance": Double(("colleague_id", "person_id"), ("since",), texts=("note",), most=("strength",)),
    "telling": Double(("person_id", "argument_id", "proposal_id", "interaction_id", "told_on")),
    "objection_use": Double(
        ("objection_id", "person_id", "organisation_id", "interaction_id", "heard_on"),
        ("result",),
        texts=("note",),
    ),
    "proposal_reader": Double(("proposal_id", "person_id"), least=("position",)),
    "proposal_argument": Double(("reader_id", "argument_id"), most=("pinned",)),
    "deal_competitor": Double(("deal_id", "organisation_id"), texts=("note",)),
    "custom_value": Double(("field_id", "person_id", "organisation_id")),
    "map_place": Double(("map_id", "person_id", "seat_id"), most=("member",)),
    "influence_map": Double(("organisation_id", "name"), filled=("organisation_id",)),
    "agenda_mark": Double(("key",)),
    "external_key": Double(("table_name", "row_id", "kind", "value")),
    "fact": Double(("person_id", "kind", "text"), ("date",), filled=("text",), texts=("source",)),
    "statement": Double(
        ("organisation_id", "kind", "text"), ("competitor_id",), filled=("text",), texts=("source",)
    ),
    "note": Double(("person_id", "organisation_id", "deal_id", "text"), filled=("text",)),
    "promise": Double(
        ("organisation_id", "person_id", "side", "text"),
        ("due", "done_on", "interaction_id"),
        filled=("text",),
    ),
    "expected_change": Double(("person_id", "organisation_id", "kind", "text"), ("date",), filled=("text",)),
    "attachment": Double(
        ("organisation_id", "person_id", "interaction_id", "deal_id", "file_id", "path"),
        filled=("file_id", "path"),
        texts=("note",),
    ),
}
"""The tables whose rows can be said twice; a row of any other table is one of a kind (a seat, a deal, a meeting)."""

ENDS_APART: Final[Mapping[str, tuple[str, str]]] = {"relationship": ("from_id", "to_id")}
"""Links that mean nothing when both of their ends are one row."""


def are_doubles(table: str, one: Row, other: Row) -> bool:
    """Whether two rows of ``table`` say the same thing and nothing against each other."""
    rule = DOUBLES.get(table)
    if rule is None or any(one.get(name) != other.get(name) for name in rule.key):
        return False
    if table == "influence_map" and one.get("name"):
        return False  # maps with a name were put together on purpose
    if not any(not is_empty(one.get(name)) for name in rule.filled or rule.key):
        return False
    return all(
        one.get(name) == other.get(name) or is_empty(one.get(name)) or is_empty(other.get(name))
        for name in rule.agree
    )


def joined(table: str, stays: Row, goes: Row) -> dict[str, Any]:
    """What changes in the row that stays when the other one goes into it; {} where nothing does."""
    rule = DOUBLES[table]
    changed: dict[str, Any] = {}
    for name, mine in stays.items():
        theirs: Any = goes.get(name)
        if name in ("id", "sort_key") or name in rule.key or is_empty(theirs) or mine == theirs:
            continue
        if name == "sensitivity":
            value: Any = stricter(mine, theirs)
        elif is_empty(mine):
            value = theirs
        elif name in rule.texts:
            value = together(mine, theirs, "; ")
        elif name in rule.most:
            value = max(mine, theirs)
        elif name in rule.least:
            value = min(mine, theirs)
        else:
            continue
        if value != mine:
            changed[name] = value
    return changed


def stricter(one: str, other: str) -> str:
    """The stricter of two stored sensitivities; a code that is not known counts as private."""
    known = {level.value for level in Sensitivity}
    one, other = (code if code in known else Sensitivity.PRIVATE.value for code in (one, other))
    return Sensitivity.strictest(Sensitivity(one), Sensitivity(other)).value


def together(mine: str, theirs: str, between: str) -> str:
    """Both texts, unless one says what the other says already."""
    if theirs.strip() in mine:
        return mine
    return theirs if mine.strip() in theirs else f"{mine}{between}{theirs}"


def is_empty(value: object) -> bool:
    """Whether a stored value says nothing. 0 and no are values."""
    return value is None or value in ("", "[]")


def proposed(
    kept: Sequence[Any], other: Sequence[Any], *, dates: Sequence[int] = (), can_join: bool = False
) -> str:
    """Which side of one value is proposed: ``kept``, ``other`` or ``both``.

    ``kept`` and ``other`` are the parts of the value (name parts, a stance with its evidence and date), ``dates`` the
    places of those parts that say how old it is. A side that says nothing yields; of two dated ones the newer is
    proposed; lists and long texts are put together; else what is kept stays.
    """
    mine, theirs = (any(not is_empty(part) for part in side) for side in (kept, other))
    if not theirs or list(kept) == list(other):
        return KEPT
    if not mine:
        return OTHER
    if can_join:
        return BOTH
    for place in dates:
        if not is_empty(kept[place]) and not is_empty(other[place]) and kept[place] != other[place]:
            return OTHER if other[place] > kept[place] else KEPT
    only_more = all(is_empty(one) or one == two for one, two in zip(kept, other, strict=True))
    return OTHER if only_more else KEPT


def proposed_date(kept: PartialDate | None, other: PartialDate | None) -> str:
    """Which of two partial dates is proposed: the one that knows more where they agree, else the kept one."""
    if other is None or kept == other:
        return KEPT
    if kept is None:
        return OTHER
    parts = [(kept.year, other.year), (kept.month, other.month), (kept.day, other.day)]
    agree = all(one is None or one == two for one, two in parts)
    return OTHER if agree else KEPT
