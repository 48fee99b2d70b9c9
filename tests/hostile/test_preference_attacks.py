"""Preferences of a vault that somebody edited by hand, or that a file of a colleague brought: what does not fit is not set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Preference
from kamdesk.rules import file_pattern
from kamdesk.rules.file_pattern import NameParts
from kamdesk.services.preferences import Preferences, PreferencesService
from kamdesk.store.keys import KdfCost
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import create

NONSENSE = [
    "[" * 100_000, "1" * 5000, "NaN", "1e400", "null", "true", "-5", "", "{", '"{../x}"', '[["price"]]', '{"a": 1}', '["price", "price"]',
    '["lens"]', '"' + "{number}" * 100_000 + '"', '"{lens}"',
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    vault = create(tmp_path / "vault", "correct horse", cost=KdfCost(1024, 1, 1))
    yield vault.store
    vault.close()


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_counts_as_not_set(store: Store, value: str) -> None:
    """An array 100,000 deep under one key kept every page of the vault from opening."""
    keys = ("file_pattern", "closing_rest", "blocks_group", "lead_days", "buyer_set", "nothing", "__class__")

    def work(session) -> None:
        session.execute(delete(Preference))
        session.add_all(Preference(key=key, value=value) for key in keys)

    store.write("preferences.set", {}, work)
    assert PreferencesService(store).get() == Preferences()


@pytest.mark.parametrize(
    "pattern", ["{../x}", "{lens}", "{stance}", "{reader.stance}", "{client!r}", "{number:>99}", "{}", "{", "}{", "{number}" * 99, "x"]
)  # fmt: skip
def test_a_pattern_reaches_nothing_but_its_fields(store: Store, pattern: str) -> None:
    with pytest.raises(KamdeskError, match=r"pattern\."):
        PreferencesService(store).set(file_pattern=pattern)
    assert (
        file_pattern.file_name(pattern, NameParts("7", "Z", reader="R"))
        == "7 - Z - Коммерческое предложение - R"
    )


@pytest.mark.parametrize(
    "text", ["../../etc", "..\\..\\CON", "CON", "nul.docx", "a/b:c*?\"<>|", "\u202egpj.exe", "x" * 300, "я" * 300, "dots . . .", "\r\nBcc: a@b.c", "\ue000{client}"]
)  # fmt: skip
def test_what_fields_say_never_leaves_the_folder(text: str) -> None:
    parts = NameParts(text, text, text, text, "cover")
    for pattern in ("", "../../{subject}\\{reader}", "\u202e{client}...", "{subject}"):
        made = file_pattern.names(pattern, [parts, parts, parts])
        assert len({one.casefold() for one in made}) == 3
        for name in made:
            assert not set(name) & set('/\\:*?"<>|\r\n\u202e\ue000')
            assert len(f"{name}.docx".encode()) <= 255
            assert name.strip(" .") == name
            assert name.split(".")[0].casefold() not in ("con", "nul")
