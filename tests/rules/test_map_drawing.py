"""The drawing of an influence map: words that fit, shapes beside colours, nothing judged where it is discreet."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from kamdesk.documents.map_svg import PRINT, to_svg
from kamdesk.model.influence import (
    ROLES,
    TAKES_SEAT,
    Box,
    InfluenceGraph,
    MapChange,
    MapDrawing,
    MapEdge,
    MapNode,
    MapPlaceAt,
    Path,
    Polygon,
    Rect,
    Text,
)
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules.influence_graph import discreet
from kamdesk.rules.map_cards import card_size, fitted, short_name, text_width, wrapped
from kamdesk.rules.map_drawing import DrawingOptions, draw
from kamdesk.rules.map_layout import arrange
from kamdesk.rules.map_marks import stance_mark
from kamdesk.translation import Translator

SAY = Translator("ru").message


def group() -> InfluenceGraph:
    boss = MapNode(
        "seat:0", "p0", "0", PersonName("Самарин", "Игорь", "Павлович"), "Генеральный директор", "o", "Завод",
        influence=3, stance=2, parts=("decider", "signatory"),
    )  # fmt: skip
    wide = MapNode(
        "seat:1", "p1", "1", PersonName("Рождественская-Константинопольская", "Мария"),
        "Заместитель генерального директора по стратегическому развитию и инвестициям", "o", "Завод",
        influence=0, stance=-3, parts=("gatekeeper",),
        changes=(MapChange("c", "retires", date=PartialDate(2026, 7)),),
    )  # fmt: skip
    gap = MapNode("seat:2", None, "2", PersonName(), "Главный энергетик", "o", "Завод", ghost=True)
    edges = (
        MapEdge("seat:1", "seat:1", "seat:0", "reports_to"),
        MapEdge("seat:2", "seat:2", "seat:0", "reports_to"),
        MapEdge("r1", "seat:1", "seat:0", "trusts", strength=3, private=True, note="секрет"),
        MapEdge("c1", "seat:1", "seat:2", TAKES_SEAT, expected=True),
    )
    return InfluenceGraph((boss, wide, gap), edges, name="Завод")


def texts(drawing: MapDrawing) -> list[str]:
    return [piece.text for piece in drawing.primitives if isinstance(piece, Text)]


def test_words_stay_on_their_cards() -> None:
    layout = arrange(group())
    for piece in draw(group(), layout, SAY).primitives:
        if isinstance(piece, Text) and piece.node and piece.anchor == "start":
            card = layout.by_id[piece.node].rect
            assert card.contains(piece.x, piece.y)
            assert piece.x + text_width(piece.text, piece.size, piece.bold) <= card.right


def test_stance_has_a_shape_of_its_own() -> None:
    looks = {
        tuple(
            (type(piece).__name__, bool(getattr(piece, "fill", "")), getattr(piece, "points", ())[:1])
            for piece in stance_mark(value, 0, 0)
        )
        for value in (None, *range(-3, 4))
    }
    assert len(looks) == 8


def test_everything_on_it_is_explained_below() -> None:
    words = " ".join(texts(draw(group(), arrange(group()), SAY, DrawingOptions(key=True, title="Карта"))))
    for expected in (
        "Карта",
        "Вакантно",
        "Поддерживает",
        "Активно против нас",
        "Крупнее",
        "Ожидается",
        "доверяет",
    ):
        assert expected in words


def test_discreet_shows_who_sits_where_and_nothing_else() -> None:
    graph = discreet(group())
    options = DrawingOptions(discreet=True, key=True)
    drawing = draw(graph, arrange(graph), SAY, options)
    svg = to_svg(drawing)
    for told in ("Принимает", "Контролирует", "пенсию", "доверяет", "Поддерживает", "секрет", "stance"):
        assert told not in svg
    assert "Самарин И. П." in svg
    for role in ROLES:
        if role.startswith("stance"):
            assert not any(
                role in (getattr(p, "fill", ""), getattr(p, "stroke", "")) for p in drawing.primitives
            )
    assert len({card.rect.w for card in arrange(graph).placed if card.node_id != "seat:2"}) == 1


def test_lit_way_and_chosen_ties() -> None:
    graph = group()
    options = DrawingOptions(
        edges=frozenset({"seat:1", "r1"}),
        selected="seat:0",
        lit_nodes=frozenset({"seat:1"}),
        lit_edges=frozenset({"r1"}),
    )
    drawing = draw(graph, arrange(graph), SAY, options)
    ways = {piece.edge: piece for piece in drawing.primitives if isinstance(piece, Path) and piece.edge}
    assert set(ways) == {"seat:1", "r1"}
    assert ways["r1"].stroke == "accent"
    tips = [piece for piece in drawing.primitives if isinstance(piece, Polygon) and piece.edge]
    assert [tip.edge for tip in tips] == ["r1"]
    edges = {
        piece.node: piece.stroke for piece in drawing.primitives if isinstance(piece, Box) and piece.stroke
    }
    assert edges == {"seat:0": "accent", "seat:1": "accent", "seat:2": "ghost"}


def test_folded_branch_shows_its_number() -> None:
    graph = replace(group(), places=(MapPlaceAt("seat:0", folded=True),))
    assert "+2" in texts(draw(graph, arrange(graph), SAY))


@pytest.mark.parametrize("hostile", ["<script>&\"'", "a\x00b\x1b", "\ud800", "]]>", "😀" * 50, "x" * 5000])
def test_any_name_gives_well_formed_svg(hostile: str) -> None:
    graph = group()
    named = replace(graph.nodes[0], name=PersonName(hostile), title=hostile, parts=(hostile,))
    graph = replace(graph, nodes=(named, *graph.nodes[1:]), name=hostile)
    drawing = draw(graph, arrange(graph), SAY, DrawingOptions(key=True, title=hostile))
    root = ElementTree.fromstring(to_svg(drawing))
    assert not [item for item in root.iter() if item.tag.endswith("script")]


def test_paper_has_every_colour_and_only_known_roles_are_used() -> None:
    assert set(PRINT) == set(ROLES)
    graph = group()
    for piece in draw(graph, arrange(graph), SAY, DrawingOptions(key=True)).primitives:
        for name in ("fill", "stroke", "colour"):
            assert getattr(piece, name, "") in {"", *ROLES}


def test_larger_influence_larger_card() -> None:
    sizes = [card_size(MapNode("seat:1", "p", influence=value, title="Инженер")) for value in range(4)]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 4
    for value in range(4):
        one = MapNode("seat:1", "p", influence=value, title="Инженер")
        assert card_size(one, compact=True)[1] < card_size(one)[1]


def test_words_are_cut_and_broken() -> None:
    assert fitted("Иванов", 500, 12) == "Иванов"
    cut = fitted("Рождественская-Константинопольская", 90, 12)
    assert cut.endswith("…") and text_width(cut, 12) <= 90
    lines = wrapped("Начальник управления закупок и логистики", 110, 11, 2)
    assert len(lines) == 2 and all(text_width(line, 11) <= 110 for line in lines)
    assert wrapped("", 100, 11, 2) == ()
    assert short_name(PersonName("Иванов", "Пётр", "Сергеевич")) == "Иванов П. С."
    assert short_name(PersonName("Harkin", "Eamon")) == "Eamon Harkin"
    assert short_name(PersonName("", "Пётр")) == "Пётр"


def test_an_empty_map_draws_nothing() -> None:
    assert arrange(InfluenceGraph()).bounds == Rect(0, 0, 0, 0)
    assert draw(InfluenceGraph(), arrange(InfluenceGraph()), SAY).primitives == ()
