"""The verbs ``trash``, ``restore``, ``duplicates``, ``merge`` and ``field-history`` over the demo."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.test_command_line import call


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "vault"
    assert call("demo", "--into", str(folder), "--language", "ru")[0] == 0
    return folder


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "vault"))


def test_merge_is_shown_done_taken_back_and_old_ids_are_understood(demo: Path, tmp_path: Path) -> None:
    def run(*words: str):
        return call("--vault", str(demo), "--interface", "ru", *words)

    first = run("people")[1][0]
    kept, (family, given, *_rest) = first["id"], first["name"].split()
    cards = tmp_path / "card.csv"
    cards.write_text(f"ФИО;E-mail\n{family} {given[0]}.;new@x.ru\n", "utf-8")
    assert run("import", str(cards))[0] == 0
    other = next(p["id"] for p in run("people")[1] if p["email"] == "new@x.ru")
    pairs = run("duplicates", "people")[1]
    assert any({side["id"] for side in pair["records"]} == {kept, other} for pair in pairs)
    code, plan, _ = run("merge", "person", kept, other, "--dry-run")
    assert code == 0 and plan["kept"]["id"] == kept and any(f["field"] == "name" for f in plan["fields"])
    code, _, said = run("merge", "person", kept, other, "--take", "nonsense=kept")
    assert code == 1 and "nonsense" in said
    assert run("merge", "person", kept, other)[1] == {"kept": kept}
    assert run("show", "person", other)[1]["id"] == kept
    assert "new@x.ru" in str(run("show", "person", kept)[1]["contacts"])
    assert "Объединить" in run("undo")[1]["undone"]
    assert run("show", "person", other)[1]["id"] == other


def test_what_was_undone_waits_in_the_trash(demo: Path, tmp_path: Path) -> None:
    cards = tmp_path / "card.csv"
    cards.write_text("ФИО;E-mail\nНекто Олег;new@x.ru\n", "utf-8")
    run = lambda *words: call("--vault", str(demo), "--interface", "ru", *words)  # noqa: E731
    run("import", str(cards))
    run("undo")
    (item,) = [item for item in run("trash")[1] if item["kind"] == "person"]
    assert (item["title"], item["days_left"]) == ("Некто Олег", 30)
    assert run("restore", str(item["id"]))[1]["restored"] == [{"kind": "person", "id": item["record"]}]
    code, _, said = run("restore", str(item["id"]))
    assert code == 1 and "корзин" in said.casefold()
    history = run("field-history", "person", "Некто", "family_name")[1]
    assert history["changes"][0]["after"] == "Некто Олег"
