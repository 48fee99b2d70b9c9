"""The verbs ``relations`` and ``who-knows`` over the demo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_command_line import call


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "vault"
    assert call("demo", "--into", str(folder), "--language", "ru")[0] == 0
    return folder


def test_ties_are_said_as_their_end_sees_them(demo: Path) -> None:
    code, one, _ = call("--vault", str(demo), "--interface", "ru", "relations", "Самарин")
    assert code == 0
    assert one["name"].startswith("Самарин")
    assert {"kind", "label", "person", "strength", "sensitivity"} <= set(one["relationships"][0])
    assert (one["expected"], one["known_by"]) is not None
    code, _, said = call("--vault", str(demo), "relations", "Никто Такой")
    assert code == 1
    assert said


def test_who_knows_whom_and_what(demo: Path) -> None:
    code, found, _ = call(
        "--vault", str(demo), "who-knows", "--client", "Сосногорье", "--topic", "ничего такого"
    )
    assert code == 0
    assert found["experts"] == []
    assert "acquaintances" in found
