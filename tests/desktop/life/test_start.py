"""How the program is started, and what it says where no window can be shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kamdesk.__main__ import desktop_words
from kamdesk.desktop.kit_making import OwnSettings
from kamdesk.desktop.missing_libraries import PACKAGES, problem
from kamdesk.desktop.passphrase_strength import Strength, strength
from kamdesk.desktop.system_language import system_language


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], (True, None, "")),
        (["--vault", "v"], (True, Path("v"), "")),
        (["--vault=v", "--return", "client/1/"], (True, Path("v"), "client/1/")),
        (["clients", "--vault", "v"], (False, None, "")),
        (["--vault", "v", "clients"], (False, None, "")),
        (["--help"], (False, None, "")),
        (["demo", "--into", "x"], (False, None, "")),
    ],
)
def test_what_the_words_ask_for(words: list[str], found: tuple[bool, Path | None, str]) -> None:
    assert desktop_words(words) == found


def test_a_double_click_names_the_vault(tmp_path: Path) -> None:
    asked, folder, _target = desktop_words([str(tmp_path / "мой сейф" / "open.kamdesk")])
    assert asked and folder == tmp_path / "мой сейф"


def _load_without(*missing: str) -> Callable[[str], object]:
    """A loader of a system that lacks some libraries; the plugin needs them all and names the first."""

    def load(name: str) -> object:
        if name in missing:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")
        if "plugins" in name and missing:
            raise OSError(f"{missing[0]}: cannot open shared object file: No such file or directory")
        return object()

    return load


def test_the_true_library_and_its_package_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux lacks libraries")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    screen = {"DISPLAY": ":0"}
    assert problem(screen, _load_without()) is None
    words = problem(screen, _load_without("libxcb-icccm.so.4"))
    assert words is not None and "libxcb-icccm.so.4" in words and "libxcb-icccm4" in words
    assert "cursor" not in words
    words = problem(screen, _load_without("libEGL.so.1", "libGL.so.1"))
    assert words is not None and "libegl1 libgl1" in words
    words = problem(screen, _load_without("libodd.so.3"))
    assert words is not None and "libodd.so.3" in words and "apt" not in words
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    words = problem(screen, _load_without("libEGL.so.1"))
    assert words is not None and words.startswith("Окно показать нельзя")
    assert all(name.startswith("lib") for name in PACKAGES)


def test_no_screen_is_said_in_words(repository: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux has windows without a screen")
    said = subprocess.run(
        [sys.executable, "-m", "kamdesk"], capture_output=True, text=True, timeout=40, cwd=repository, check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "en_GB.UTF-8", "HOME": "/nonexistent", "PYTHONPATH": str(repository)},
    )  # fmt: skip
    assert said.returncode == 1
    assert "no screen" in said.stderr and "Traceback" not in said.stderr


def test_the_words_are_sorted_without_loading_a_window(repository: Path) -> None:
    code = "import sys; from kamdesk.__main__ import desktop_words; desktop_words(['clients']); print(any(m.startswith(('PySide6', 'sqlalchemy')) for m in sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=40, cwd=repository, check=True
    )
    assert said.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("passphrase", "worth"),
    [
        ("", Strength.NONE),
        ("   ", Strength.NONE),
        ("1", Strength.VERY_WEAK),
        ("12345678", Strength.VERY_WEAK),
        ("пароль", Strength.VERY_WEAK),
        ("Password1", Strength.VERY_WEAK),
        ("йцукенгшщз", Strength.VERY_WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.VERY_WEAK),
        ("кот кот кот кот кот", Strength.VERY_WEAK),
        ("жёлтый паровоз", Strength.WEAK),
        ("жёлтый паровоз февраль", Strength.FAIR),
        ("жёлтый паровоз февраль корзина", Strength.STRONG),
        ("x7#kQ2!vR9", Strength.STRONG),
    ],
)
def test_strength_is_what_a_thief_would_need(passphrase: str, worth: Strength) -> None:
    assert strength(passphrase) == worth


def test_the_first_window_loads_no_database_and_no_documents(repository: Path) -> None:
    heavy = ("sqlalchemy", "docx", "lxml", "jinja2", "babel", "openpyxl", "argon2", "PySide6.QtPrintSupport")
    code = f"import sys; import kamdesk.desktop.application; print([name for name in {heavy!r} if name in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=40, cwd=repository, check=True
    )
    assert said.stdout.strip() == "[]"


def test_settings_that_cannot_be_written_last_as_long_as_the_program(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = OwnSettings(tmp_path / "file" / "settings.json")
    settings.set("window.language", "ru")
    assert settings.get("window.language") == "ru"
    good = OwnSettings(tmp_path / "config" / "settings.json")
    good.set("window.language", "en")
    assert OwnSettings(tmp_path / "config" / "settings.json").get("window.language") == "en"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "C.UTF-8"}, "ru"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
        ({}, "ru"),
    ],
)
def test_the_language_comes_from_the_system(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows tells its language otherwise")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language
