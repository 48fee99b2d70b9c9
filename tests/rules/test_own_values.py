"""Values of own fields: text and back, and what becomes of them when a field changes its kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.model.values import PartialDate
from kamdesk.rules import own_values

VALUES = {
    "text": st.text(max_size=50).filter(bool),
    "long_text": st.text(max_size=200).filter(bool),
    "integer": st.integers(),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False, places=4),
    "yes_no": st.just(True),
    "date": st.dates(),
    "partial_date": st.dates().map(PartialDate.of) | st.integers(1, 12).map(lambda m: PartialDate(None, m)),
    "choice": st.text(max_size=20).filter(bool),
    "choices": st.lists(st.text(max_size=20), min_size=1, max_size=5).map(tuple),
}


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_there_and_back(pair) -> None:
    kind, value = pair
    assert own_values.from_text(kind, own_values.to_text(kind, value)) == value


@given(
    st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])),
    st.sampled_from(sorted(VALUES)),
)
def test_a_converted_value_can_be_read_or_is_refused(pair, new) -> None:
    kind, value = pair
    made = own_values.converted(kind, new, own_values.to_text(kind, value))
    if made is not None:
        own_values.from_text(new, made)
        assert made != ""


@pytest.mark.parametrize(
    ("old", "new", "text", "made"),
    [
        ("text", "integer", "12", "12"),
        ("text", "integer", "a dozen", None),
        ("date", "partial_date", "2026-02-03", "2026-02-03"),
        ("partial_date", "date", "--02-03", None),
        ("choice", "choices", "Омск", '["Омск"]'),
        ("choices", "text", '["Омск", "Томск"]', "Омск, Томск"),
        ("yes_no", "text", "yes", None),
        ("decimal", "integer", "1.5", None),
    ],
)
def test_conversions(old, new, text, made) -> None:
    assert own_values.converted(old, new, text) == made


@pytest.mark.parametrize(
    ("kind", "text"), [("decimal", "NaN"), ("yes_no", "maybe"), ("choices", "{}"), ("x", "1")]
)
def test_what_is_no_value_is_said(kind, text) -> None:
    with pytest.raises(ValueError, match=r".+"):
        own_values.from_text(kind, text)


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="decimal"):
        own_values.to_text("decimal", date(2026, 1, 1))
    assert own_values.to_text("decimal", Decimal("1E+3")) == "1000"
