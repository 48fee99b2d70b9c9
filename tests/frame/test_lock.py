"""How the locked lists are cut and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from devtools import environment, lock

LIST = """\
# a note
alembic==1.20.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via kamdesk
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:cc
"""


def test_a_list_is_cut_into_packages() -> None:
    cut = lock._packages(LIST)
    assert list(cut) == ["alembic", "colorama"]
    assert cut["alembic"].count("--hash") == 2
    assert "via" not in "".join(cut.values())


def test_a_changed_list_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment remembers what it was made from, for running and for developing apart."""
    (tmp_path / "packaging").mkdir()
    for name in environment.LOCKS["dev"]:
        (tmp_path / "packaging" / name).write_text("a", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    before = {kind: environment._fingerprint(kind) for kind in environment.LOCKS}
    (tmp_path / "packaging" / "requirements-dev.txt").write_text("b", encoding="utf-8")
    assert environment._fingerprint("run") == before["run"]
    assert environment._fingerprint("dev") != before["dev"]
    assert before["run"] != before["dev"]


def test_a_damaged_note_means_installing_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "note.json"
    monkeypatch.setattr(environment, "STATE", note)
    assert environment._state() == {}
    note.write_text("{cut", encoding="utf-8")
    assert environment._state() == {}
