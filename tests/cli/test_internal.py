"""The verb ``cheat-sheet``: whom it is about, what it writes, how it refuses."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_command_line import call, demo  # noqa: F401
from tests.services.press import word_text


def test_a_cheat_sheet_is_written_for_each_kind_of_group(demo: Path, tmp_path: Path) -> None:  # noqa: F811
    vault = ("--vault", str(demo))
    client = call(*vault, "clients")[1][0]["name"]
    code, made, _ = call(
        *vault, "cheat-sheet", "--client", client, "--output", str(tmp_path / "a"), "--format", "docx"
    )
    assert code == 0 and made[0]["pages"] <= 2 and made[0]["kind"] == "cheat_sheet"
    discreet = word_text(Path(made[0]["path"]).read_bytes())
    subject = call(*vault, "proposals")[1][0]["subject"]
    code, made, _ = call(
        *vault, "cheat-sheet", "--proposal", subject, "--full", "--output", str(tmp_path / "b"), "--format", "docx",
    )  # fmt: skip
    assert code == 0 and made[0]["subject"].startswith("proposal:")
    full = word_text(Path(made[0]["path"]).read_bytes())
    assert ("отношение:" in full or "stance:" in full) and not (
        "отношение:" in discreet or "stance:" in discreet
    )


def test_one_group_is_named_and_known(demo: Path, tmp_path: Path) -> None:  # noqa: F811
    vault, out = ("--vault", str(demo)), ("--output", str(tmp_path / "c"))
    client = call(*vault, "clients")[1][0]["name"]
    for wrong in (
        (),
        ("--client", client, "--proposal", "x"),
        ("--deal", "нет такой"),
        ("--client", client, "--template", "нет такого"),
    ):
        assert call(*vault, "cheat-sheet", *wrong, *out)[0] == 1
    assert not list(tmp_path.glob("c/*"))
