"""The one folder of plain files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kamdesk.desktop.private_folder import Edited, PrivateFolder
from kamdesk.model.messages import KamdeskError


@pytest.fixture
def plain(tmp_path: Path) -> PrivateFolder:
    return PrivateFolder(tmp_path / "plain" / "vault")


def test_only_the_user_can_read_it(plain: PrivateFolder) -> None:
    path = plain.give("КП «Вектор».docx", b"x")
    assert path.name == "КП «Вектор».docx"
    if os.name == "posix":
        assert stat.S_IMODE(plain.path.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["../../x.docx", "a/b.docx", "..", "", "a\x00b", "C:\\x.docx", "x" * 400])
def test_a_name_never_leads_out(plain: PrivateFolder, name: str) -> None:
    path = plain.give(name, b"x")
    assert path.resolve().parent.parent == plain.path.resolve()


def test_empty_keeps_edits_and_nothing_else(plain: PrivateFolder) -> None:
    read_only = plain.give("a.pdf", b"a")
    untouched = plain.give("b.docx", b"b", key="one")
    edited = plain.give("c.docx", b"c", key="two")
    edited.write_bytes(b"changed")
    (plain.path / "stray").write_bytes(b"?")
    (edited.parent / "~$c.docx").write_bytes(b"Word's own")
    assert plain.edited() == (Edited(edited, "two"),)
    assert plain.empty() == (Edited(edited, "two"),)
    assert not read_only.exists() and not untouched.exists() and not (plain.path / "stray").exists()
    assert edited.read_bytes() == b"changed"
    plain.taken_back(edited, b"changed", "two")
    assert plain.edited() == ()
    edited.write_bytes(b"again")
    assert plain.edited() == (Edited(edited, "two"),)
    plain.taken_back(edited, b"again", "two")
    assert plain.empty() == ()
    assert list(plain.path.iterdir()) == []


def test_a_file_whose_mark_is_damaged_is_kept(plain: PrivateFolder) -> None:
    path = plain.give("c.docx", b"c", key="two")
    next(path.parent.glob("*.given")).write_text("{", "utf-8")
    assert plain.empty() == (Edited(path, ""),)


def test_a_service_writes_into_a_place_of_its_own(plain: PrivateFolder) -> None:
    path = plain.place() / "d.docx"
    path.write_bytes(b"d")
    plain.taken_back(path, b"d", "three")
    assert plain.edited() == ()
    plain.remove(path)
    assert not path.parent.exists()


def test_nothing_there_is_nothing_to_do(plain: PrivateFolder) -> None:
    assert plain.edited() == () and plain.empty() == ()


def test_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    link = tmp_path / "plain"
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(KamdeskError) as caught:
        PrivateFolder(link).give("a.pdf", b"a")
    assert caught.value.message.code == "plain.cannot_write"
