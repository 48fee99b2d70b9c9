"""The tornado is well-formed, keeps its words inside, and tells both ends apart without colour."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from kamdesk.documents.tornado import PAPER, WIDTH, Bar, Ink, height_of, tornado_chart

D = Decimal
SVG = "{http://www.w3.org/2000/svg}"


def _drawn(bars: list[Bar], base: Decimal, ink: Ink = PAPER) -> etree._Element:
    return etree.fromstring(
        tornado_chart(bars, base, title="NPV", base_says="as expected", legend=("low", "high"), ink=ink)
    )


def test_both_ends_are_told_apart_by_filling() -> None:
    root = _drawn([Bar("Gas <& price>", D(10), D(30), "6: 10", "9: 30")], D(20))
    boxes = [box for box in root.iter(f"{SVG}rect") if box.get("height") == "20"]
    assert [box.get("fill") for box in boxes] == [PAPER.ground, PAPER.bar]
    assert "Gas <& price>" in [text.text for text in root.iter(f"{SVG}text")]
    low, high = (float(box.get("x", "")) for box in boxes)
    assert low < high


def test_where_more_is_worse_the_lower_value_stands_at_the_right() -> None:
    root = _drawn([Bar("Cost", D(30), D(10), "low end", "high end")], D(20))
    words = {text.text: text for text in root.iter(f"{SVG}text")}
    assert words["high end"].get("text-anchor") == "end"
    assert float(words["high end"].get("x", "")) < float(words["low end"].get("x", ""))


def test_any_name_can_be_drawn_and_ends_inside() -> None:
    root = _drawn([Bar("Ча\x0bсы " * 60, D(10), D(30), "\ufffelow", "high")], D(20))
    words = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert "low" in words
    assert next(len(one) for one in words if one.startswith("Часы")) * 6 < WIDTH


@pytest.mark.parametrize("width", [D(0), D("0.01"), D(10) ** 12])
def test_bars_stay_inside(width: Decimal) -> None:
    bars = [Bar(f"n{n}", -width, width * n, "x" * 60, "y" * 60) for n in range(3)]
    root = _drawn(bars, D(0))
    assert root.get("height") == str(height_of(bars))
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x", "0")) >= 0
        assert float(box.get("x", "0")) + float(box.get("width", "0")) <= WIDTH


def test_the_inks_of_the_window_are_used() -> None:
    ink = Ink("#eeeeee", "#333333", "#00aaaa", "#101010", 'Noto "Sans"')
    text = etree.tostring(_drawn([Bar("a", D(1), D(2), "1", "2")], D(1), ink)).decode()
    assert "#00aaaa" in text
    assert PAPER.bar not in text
