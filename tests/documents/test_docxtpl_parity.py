"""docxtpl's own examples come out of our renderer as they come out of docxtpl; a difference has its reason."""

from __future__ import annotations

import pytest

from kamdesk.documents.mending import mend_grids, mend_picture_ids
from kamdesk.documents.ooxml.xml import parse
from kamdesk.documents.render import Renderer
from tests.bench.docxtpl_examples import FOLDER, Example, compare, examples
from tests.documents.word_files import HEAD, NAMESPACES

ALL = examples()
COMPARED = [one for one in ALL if not one.outside]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


@pytest.mark.parametrize("example", COMPARED, ids=lambda one: one.name)
def test_an_example_comes_out_the_same(example: Example, renderer: Renderer) -> None:
    result = compare(example, FOLDER, renderer)
    if result.outcome == "absent":
        pytest.skip(result.why)
    if example.differs:
        assert (result.outcome, result.why) == ("differs", example.differs), result
    else:
        assert result.outcome == "same", result


def test_every_example_that_is_not_compared_says_why() -> None:
    assert len(COMPARED) >= 25
    assert all(one.outside for one in ALL if one not in COMPARED)


def test_repeated_pictures_get_ids_of_their_own() -> None:
    pictures = "".join(f'<wp:docPr id="{number}" name="x"/>' for number in (7, 7, 9, 7))
    root = parse(f"{HEAD}<w:document {NAMESPACES}>{pictures}</w:document>".encode(), "x")
    assert mend_picture_ids(root)
    assert [node.get("id") for node in root] == ["7", "10", "9", "11"]
    assert not mend_picture_ids(root)


@pytest.mark.parametrize(
    ("cells", "widths"), [(4, ["1000", "500", "750", "750"]), (1, ["3000"]), (2, ["2000", "1000"])]
)
def test_a_grid_has_a_column_for_each_cell_at_the_width_of_the_table(cells: int, widths: list[str]) -> None:
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="1000"/></w:tblGrid>'
    row = f"<w:tr>{'<w:tc/>' * cells}</w:tr>"
    root = parse(f"{HEAD}<w:body {NAMESPACES}><w:tbl>{grid}{row}</w:tbl></w:body>".encode(), "x")
    assert mend_grids(root) is (cells != 2)
    found = [node.get(node.keys()[0]) for node in root[0][0]]
    assert sum(map(int, found)) == 3000
    assert found == widths
