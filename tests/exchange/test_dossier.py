"""Reading and writing the open dossier format, without a vault."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.exchange import dossier
from kamdesk.exchange.dossier import Collection, DossierField, Header, parse
from kamdesk.exchange.dossier_writing import moved_to, write
from kamdesk.model.fields import FieldKind
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate
from kamdesk.translation import Translator

PEOPLE = Collection(
    "people",
    "Person",
    (
        DossierField("name", FieldKind.TEXT, required=True, default=""),
        DossierField("stance", FieldKind.INTEGER, choices=("-3", "-2", "-1", "0", "1", "2", "3")),
        DossierField("birthday", FieldKind.PARTIAL_DATE),
        DossierField("met", FieldKind.MOMENT),
        DossierField("evidence_date", FieldKind.DATE),
        DossierField("due", FieldKind.DATE),
        DossierField("price", FieldKind.DECIMAL, default=Decimal(0)),
        DossierField("amounts", FieldKind.AMOUNTS, default=()),
        DossierField("tags", FieldKind.CODES, default=()),
        DossierField("signs", FieldKind.YES_NO, default=False),
        DossierField("sensitivity", FieldKind.CODE, default="private", choices=("public", "private")),
        DossierField("boss_id", FieldKind.LINK, target="people"),
    ),
    title=("name",),
)
LINES = Collection(
    "lines",
    "Line",
    (
        DossierField("person_id", FieldKind.LINK, required=True, target="people"),
        DossierField("position", FieldKind.INTEGER, default=0),
        DossierField("text", FieldKind.LONG_TEXT, default=""),
    ),
    parents=("person_id",),
)
KNOWN = (PEOPLE, LINES)


def document(**parts: Any) -> bytes:
    return json.dumps({"format": "kamdesk-dossier", "version": 1, "dossier_id": "test", **parts}).encode()


def refused(data: bytes) -> str:
    with pytest.raises(KamdeskError) as caught:
        parse(data, KNOWN)
    words = Translator("ru").message(caught.value.message)
    assert "{" not in words.replace("{place}", "{")
    return caught.value.message.code


def outcome(data: bytes) -> str:
    try:
        parse(data, KNOWN)
    except KamdeskError as error:
        return error.message.code
    return "read"


def problem(**row: Any) -> tuple[str, str]:
    found = parse(document(people=[row]), KNOWN)
    assert not found.rows
    (one,) = found.problems
    assert one.why.params["place"]
    return one.why.code, str(one.why.params["place"])


def test_every_kind_of_value_is_read() -> None:
    row = {
        "id": "p1",
        "name": "Анна",
        "stance": -2,
        "birthday": "--02-29",
        "met": "2026-11-26T10:00",
        "due": "2026-12-01",
        "price": 12.5,
        "amounts": ["1.10", 2],
        "tags": ["a", "b"],
        "signs": True,
    }
    (found,) = parse(document(people=[row]), KNOWN).rows
    assert found.values == {
        "name": "Анна",
        "stance": -2,
        "birthday": PartialDate(month=2, day=29),
        "met": datetime(2026, 11, 26, 10),
        "due": date(2026, 12, 1),
        "price": Decimal("12.5"),
        "amounts": (Decimal("1.10"), Decimal(2)),
        "tags": ("a", "b"),
        "signs": True,
    }


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("stance", "2", "dossier.expected_integer"),
        ("stance", 1.5, "dossier.expected_integer"),
        ("stance", 10**15, "dossier.expected_integer"),
        ("stance", 7, "dossier.not_a_choice"),
        ("stance", True, "dossier.expected_integer"),
        ("name", "a" * 2_000_001, "dossier.too_long"),
        ("name", 5, "dossier.expected_text"),
        ("name", ["x"], "dossier.expected_text"),
        ("name", "", "dossier.missing"),
        ("name", None, "dossier.missing"),
        ("birthday", "2026-02-30", "dossier.expected_partial_date"),
        ("birthday", "--2-29", "dossier.expected_partial_date"),
        ("due", "--02-29", "dossier.expected_date"),
        ("due", "завтра", "dossier.expected_date"),
        ("met", "2026-11-26T10:00+03:00", "dossier.expected_moment"),
        ("price", "1e9", "dossier.expected_decimal"),
        ("price", "NaN", "dossier.expected_decimal"),
        ("price", "9" * 40, "dossier.expected_decimal"),
        ("amounts", "1", "dossier.expected_amounts"),
        ("amounts", ["x"], "dossier.expected_decimal"),
        ("tags", "a", "dossier.expected_texts"),
        ("signs", 1, "dossier.expected_yes_no"),
        ("sensitivity", "open", "dossier.not_a_choice"),
        ("boss_id", {}, "dossier.bad_id"),
        ("id", "x" * 300, "dossier.bad_id"),
    ],
)
def test_a_wrong_value_is_named_by_its_place(field: str, value: object, code: str) -> None:
    found, place = problem(**{"name": "Анна", field: value})
    assert found == code
    assert place.startswith(f"people[0].{field}")


def test_one_bad_row_does_not_stop_the_rest() -> None:
    found = parse(document(people=[{"name": "A"}, 7, {"name": "B", "stance": "x"}, {"name": "C"}]), KNOWN)
    assert [row.name for row in found.rows] == ["A", "C"]
    assert [(one.place, one.name) for one in found.problems] == [("people[1]", ""), ("people[2]", "B")]


def test_unknown_fields_and_lists_are_kept_for_the_report() -> None:
    found = parse(document(people=[{"name": "A", "zodiac": [1, "\ud83d"]}], pets=[{"n": 1}]), KNOWN)
    assert [one.place for one in found.unknown] == ["people[0].zodiac", "pets"]
    assert found.unknown[0].value == '[1, "\\ud83d"]'


def test_a_flood_of_unknown_parts_is_counted_not_listed() -> None:
    found = parse(document(**{f"k{index}": index for index in range(1_500)}), KNOWN)
    assert (len(found.unknown), found.more_unknown) == (dossier.MAX_UNKNOWN, 500)


def test_what_a_new_row_lacks_is_named_for_later() -> None:
    (row,) = parse(document(people=[{"id": "p", "stance": 1}]), KNOWN).rows
    assert row.missing == "name"


def test_a_list_that_is_none() -> None:
    found = parse(document(people={"name": "A"}), KNOWN)
    assert [one.why.code for one in found.problems] == ["dossier.not_a_list"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "dossier.not_json"),
        (b"{", "dossier.not_json"),
        (b'"kamdesk-dossier"', "dossier.not_a_dossier"),
        (b'{"format": "other", "version": 1}', "dossier.not_a_dossier"),
        (b'{"format": "kamdesk-dossier"}', "dossier.no_version"),
        (b'{"format": "kamdesk-dossier", "version": "x"}', "dossier.no_version"),
        (b'{"format": "kamdesk-dossier", "version": 0}', "dossier.no_version"),
        (b'{"format": "kamdesk-dossier", "version": 2}', "dossier.newer"),
        (b'{"format": "kamdesk-dossier", "version": 1, "level": "secret"}', "dossier.bad_header"),
        (b'{"format": "kamdesk-dossier", "version": 1, "dates_as_of": "soon"}', "dossier.bad_header"),
        (b'{"format": "kamdesk-dossier", "version": 1, "x": NaN}', "dossier.not_a_number"),
        (b'{"format": "kamdesk-dossier", "version": 1, "x": -Infinity}', "dossier.not_a_number"),
        (b'{"format": "kamdesk-dossier", "version": 1, "version": 1}', "dossier.twice"),
        (b'{"format": "kamdesk-dossier", "version": 1, "people": [{"name": "a", "name": "b"}]}', "dossier.twice"),
        ('{"format": "kamdesk-dossier", "version": 1}'.encode("utf-16"), "dossier.not_utf8"),
        ('{"format": "досье"}'.encode("cp1251"), "dossier.not_utf8"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "dossier.too_deep"),
        (b"[" * 100_000 + b"]" * 100_000, "dossier.too_deep"),
        (b" " * (dossier.LIMIT + 1), "dossier.too_large"),
        (b'{"x": [' + b"{}," * 1_000_000 + b"{}]}", "dossier.too_many"),
        (b'{"x": [' + b"1," * 10_000_000 + b"1]}", "dossier.too_many"),
    ],
)  # fmt: skip
def test_what_is_no_dossier_is_refused_in_words(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_hostile_numbers_cost_nothing() -> None:
    huge = b'{"format": "kamdesk-dossier", "version": 1, "people": [{"name": "A", "price": 1e999999999}, {"name": "B", "stance": %s}]}'
    found = parse(huge % (b"9" * 1_000_000), KNOWN)
    assert [one.why.code for one in found.problems] == [
        "dossier.expected_decimal",
        "dossier.expected_integer",
    ]


def test_lone_surrogates_and_nul_are_refused_and_shown_safely() -> None:
    for text in ("\\ud800", "a\\u0000b"):
        raw = '{"format": "kamdesk-dossier", "version": 1, "people": [{"name": "%s"}]}' % text
        (one,) = parse(raw.encode(), KNOWN).problems
        assert one.why.code == "dossier.broken_text"
        one.name.encode("utf-8")
    raw = (
        b'{"format": "kamdesk-dossier", "version": 1, "\\ud800": 1, "people": [{"name": "A", "\\udfff": 1}]}'
    )
    for unknown in parse(raw, KNOWN).unknown:
        unknown.value.encode("utf-8")


def test_short_ids_become_the_same_uuids_each_time() -> None:
    rows = {"people": [{"id": "p1", "name": "A"}, {"id": 2, "name": "B", "boss_id": "p1"}]}
    first, second = parse(document(**rows), KNOWN), parse(document(**rows), KNOWN)
    assert first.rows == second.rows
    assert first.rows[1].values["boss_id"] == first.rows[0].id
    other = parse(document(**{**rows, "dossier_id": "other"}), KNOWN)
    assert other.rows[0].id != first.rows[0].id


def test_a_uuid_stays_and_a_row_without_id_gets_one_of_its_content() -> None:
    uid = "7F0C7B0A-1111-4222-8333-444455556666"
    found = parse(document(people=[{"id": uid, "name": "A"}, {"name": "B"}, {"name": "C"}]), KNOWN).rows
    assert found[0].id == uid.lower()
    again = parse(document(people=[{"name": "C"}, {"name": "B"}]), KNOWN).rows
    assert {row.name: row.id for row in again}.items() <= {row.name: row.id for row in found}.items()


def test_one_id_twice_is_told() -> None:
    found = parse(document(people=[{"id": "p", "name": "A"}, {"id": "p", "name": "B"}]), KNOWN)
    assert [row.name for row in found.rows] == ["A"]
    assert [one.why.code for one in found.problems] == ["dossier.same_id"]


def test_depth_just_below_the_limit_is_safe_too() -> None:
    for depth in range(880, 1000, 9):
        data = b'{"format": "kamdesk-dossier", "version": 1, "x": %s1%s}' % (b"[" * depth, b"]" * depth)
        assert outcome(data) in ("read", "dossier.too_deep")


def test_equal_rows_without_ids_are_one() -> None:
    found = parse(document(people=[{"name": "A"}, {"name": "A"}]), KNOWN)
    assert len(found.rows) == 1
    assert [one.why.code for one in found.problems] == ["dossier.same_row"]


def test_places_among_siblings_follow_the_order() -> None:
    lines = [
        {"person_id": "a", "text": "1"},
        {"person_id": "b", "text": "2"},
        {"person_id": "a", "text": "3"},
    ]
    lines.append({"person_id": "a", "text": "4", "position": 9})  # type: ignore[dict-item]
    found = parse(document(lines=lines), KNOWN).rows
    assert [row.implied.get("position") for row in found] == [0, 0, 1, None]
    assert found[3].values["position"] == 9


def test_writing_leaves_out_defaults_and_keeps_places() -> None:
    rows = {
        "people": [{"id": "1", "name": "A", "stance": None, "sensitivity": "private", "signs": False}],
        "lines": [
            {"id": "c", "person_id": "1", "position": 1},
            {"id": "b", "person_id": "1", "position": 0},
        ],
    }
    written = json.loads(write(Header("ru", "business", date(2026, 11, 23)), rows, KNOWN))
    assert written == {
        "format": "kamdesk-dossier",
        "version": 1,
        "language": "ru",
        "level": "business",
        "exported_on": "2026-11-23",
        "people": [{"id": "1", "name": "A"}],
        "lines": [{"id": "b", "person_id": "1", "position": 0}, {"id": "c", "person_id": "1", "position": 1}],
    }


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
PARTIAL = st.one_of(
    st.dates().map(PartialDate.of),
    st.builds(PartialDate, year=st.integers(1, 9999)),
    st.builds(PartialDate, month=st.integers(1, 12)),
    st.just(PartialDate(month=2, day=29)),
)
DECIMALS = st.decimals(-(10**12), 10**12, places=4)
ROWS = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "name": TEXTS.filter(bool),
        "stance": st.none() | st.integers(-3, 3),
        "birthday": st.none() | PARTIAL,
        "met": st.none() | st.datetimes().map(lambda value: value.replace(second=0, microsecond=0)),
        "price": DECIMALS,
        "amounts": st.lists(DECIMALS, max_size=4).map(tuple),
        "tags": st.lists(TEXTS, max_size=3).map(tuple),
        "signs": st.booleans(),
        "sensitivity": st.sampled_from(("public", "private")),
    }
)


@given(st.lists(ROWS, max_size=5, unique_by=lambda row: row["id"]))
def test_what_is_written_is_read_back_and_written_the_same(rows: list[dict[str, Any]]) -> None:
    first = write(Header(), {"people": rows}, KNOWN)
    read = parse(first, KNOWN)
    assert not read.problems
    defaults = {item.name: item.default for item in PEOPLE.fields}
    back = [{**defaults, "id": row.id, **row.values} for row in read.rows]
    assert sorted(back, key=lambda row: row["id"]) == sorted(
        ({**defaults, **row} for row in rows), key=lambda row: row["id"]
    )
    assert write(Header(), {"people": back}, KNOWN) == first


def test_the_demo_moves_by_days_round_weekends_and_leaves_what_is_past() -> None:
    row = {
        "id": "p",
        "name": "A",
        "birthday": "1984-02-29",
        "evidence_date": "2026-08-20",
        "due": "2026-11-26",
    }
    read = parse(document(dates_as_of="2026-11-23", people=[{**row, "met": "2026-11-23T10:00"}]), KNOWN)
    assert moved_to(read, date(2026, 11, 23), KNOWN) == read
    for today, due in (
        (date(2026, 11, 24), date(2026, 11, 27)),
        (date(2026, 11, 25), date(2026, 11, 30)),  # a Saturday ahead becomes Monday
        (date(2026, 11, 28), date(2026, 12, 1)),
        (date(2027, 11, 22), date(2027, 11, 25)),
        (date(2026, 11, 16), date(2026, 11, 19)),
    ):
        moved = moved_to(read, today, KNOWN)
        values = moved.rows[0].values
        assert values["due"] == due
        assert values["met"] == datetime(today.year, today.month, today.day, 10)  # today stays today
        assert values["evidence_date"] == date(2026, 8, 20)
        assert values["birthday"] == PartialDate(1984, 2, 29)
        assert moved.header.dates_as_of == today
    past = parse(document(dates_as_of="2026-11-23", people=[{**row, "due": "2026-11-20"}]), KNOWN)
    assert moved_to(past, date(2026, 11, 25), KNOWN).rows[0].values["due"] == date(2026, 11, 20)


def test_a_dossier_is_recognised_by_its_beginning() -> None:
    assert dossier.looks_like_dossier(document())
    assert dossier.looks_like_dossier(b"\xef\xbb\xbf" + document())
    assert not dossier.looks_like_dossier(b"BEGIN:VCARD")
    assert not dossier.looks_like_dossier(b'{"format": "other"}')
