"""The verb ``map``: JSON of cards, ties and answers; pictures into files."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kamdesk.cli.command import run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "vault"
    assert run(["demo", "--into", str(folder)], io.StringIO(), io.StringIO()) == 0
    return folder


def call(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(["--interface", "ru", *arguments], out, err)
    return code, out.getvalue(), err.getvalue()


def test_map_as_json_with_answers(demo: Path) -> None:
    code, out, _ = call(
        "--vault", str(demo), "map", "Сосногорье Групп", "--to", "Самарин", "--without", "Сафин", "--json"
    )
    made = json.loads(out)
    assert code == 0
    assert len(made["nodes"]) >= 10
    assert [node["title"] for node in made["nodes"] if node["vacant"]] == ["Директор филиала"]
    assert {"reports_to", "trusts", "rival"} <= {edge["kind"] for edge in made["edges"]}
    assert [one["question"] for one in made["answers"]] == [
        "deciders",
        "connector",
        "introduction",
        "leaving",
    ]
    assert made["tree"][0]["below"]


def test_pictures_into_files(demo: Path, tmp_path: Path) -> None:
    svg, png = tmp_path / "карта.svg", tmp_path / "карта.png"
    code, out, _ = call(
        "--vault", str(demo), "map", "Сосногорье Групп", "--svg", str(svg), "--png", str(png), "--discreet"
    )
    assert code == 0 and str(svg) in out
    assert png.read_bytes().startswith(b"\x89PNG")
    words = "".join(ElementTree.parse(svg).getroot().itertext())
    assert "Самарин И. П." in words and "Продвигает" not in words


def test_a_folder_that_is_not_there_is_told(demo: Path, tmp_path: Path) -> None:
    code, _, err = call(
        "--vault", str(demo), "map", "Сосногорье Групп", "--svg", str(tmp_path / "нет" / "карта.svg")
    )
    assert code == 1 and "записать не удалось" in err
