"""Arrows between the layers point down, and each outside library stays in its place."""

from __future__ import annotations

from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_every_import_arrow_points_down(repository: Path) -> None:
    """The contracts stand in pyproject.toml; what breaks them is printed by the linter."""
    code = lint_imports(config_filename=str(repository / "pyproject.toml"), cache_dir=None)
    assert code == EXIT_STATUS_SUCCESS


def test_a_wrong_arrow_is_seen(tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    """The check itself works: a rule that imports the store fails it."""
    package = tmp_path / "house"
    for name in ("rules", "store"):
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").write_text("", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "rules" / "__init__.py").write_text("import house.store\n", encoding="utf-8")
    config = tmp_path / "setup.cfg"
    config.write_text(
        "[importlinter]\nroot_package = house\n\n[importlinter:contract:1]\nname = down\ntype = layers\n"
        "layers =\n    house.store\n    house.rules\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lint_imports(config_filename=str(config), cache_dir=None) != EXIT_STATUS_SUCCESS
    assert "house.rules -> house.store" in capsys.readouterr().out
