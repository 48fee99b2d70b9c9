"""A dossier whose seats stand thousands deep one below the other: every page and paper of it is made, none falls over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.documents.context.internal_dossier import dossier_document
from kamdesk.model.influence import REPORTS_TO, InfluenceGraph, MapEdge, MapNode
from kamdesk.model.internal import DossierOptions
from kamdesk.rules.influence_graph import as_tree
from kamdesk.services import influence_pictures
from kamdesk.services.dossier_print import DossierPrints
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create
from tests.services.press import Press

DEEP = 1_200  # deeper than Python's own stack
CLIENT = "0000000a-0000-4000-8000-000000000001"
ESCAPE = "</text><script>alert(1)</script><image href='http://evil.example'/>\"&\x01"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    folder: Path = tmp_path_factory.mktemp("deep") / "vault"
    opened = open_workplace(create(folder, "p", cost=KdfCost(1024, 1, 1)))
    opened.dossiers.import_(_package())
    yield opened
    opened.close()


def _package() -> bytes:
    def name(number: int) -> str:
        return f"{number:08x}-0000-4000-8000-000000000002"

    seats = [
        {
            "id": name(number),
            "organisation_id": CLIENT,
            "title": f"{number} {ESCAPE}",
            "reports_to_id": name(number - 1) if number else None,
        }
        for number in range(DEEP)
    ]
    return json.dumps(
        {
            "format": "kamdesk-dossier",
            "version": 1,
            "organisations": [{"id": CLIENT, "short_name": ESCAPE}],
            "seats": seats,
        }
    ).encode()


def test_the_print_of_a_dossier_has_all_seats(place: Workplace) -> None:
    prints = DossierPrints(place.store, place.vocabularies, Press())
    data = prints.data("client", CLIENT, "ru", DossierOptions(sections=("map",)))
    document = dossier_document(data, place.vocabularies())
    assert str(document.blocks["body"]).count("alert(1)") == DEEP


def test_the_map_and_its_tree_are_made_and_hold_no_foreign_element(place: Workplace) -> None:
    graph = place.influence.graph(CLIENT)
    assert len(graph.nodes) == DEEP
    assert as_tree(graph)
    drawn = place.influence.svg(CLIENT, "ru", discreet=True)
    assert "<script" not in drawn and "<image" not in drawn and "\x01" not in drawn


def test_a_map_is_split_over_a_bounded_number_of_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain could be split at each of its cards; each would be a sheet, and each costs a whole layout."""
    monkeypatch.setattr(influence_pictures, "_zoom", lambda graph, paper: 0.0)
    names = [f"seat:{number}" for number in range(200)]
    nodes = tuple(MapNode(name, title=name) for name in names)
    edges = tuple(
        MapEdge(f"r{at}", below, above, REPORTS_TO) for at, (above, below) in enumerate(pairwise(names))
    )
    graph = InfluenceGraph(nodes, edges)
    assert 1 < len(influence_pictures._split(graph, "A4")) <= 40
