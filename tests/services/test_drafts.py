"""Text that was typed but not saved."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.services.drafts import Drafts
from kamdesk.store.vault import Secret, open_vault
from tests.services.conftest import CHEAP


def test_a_draft_survives_closing_and_is_no_step(vault, store, clock) -> None:
    service = Drafts(store)
    service.keep("note:1", "Нача")
    clock.forward(minutes=1)
    service.keep("note:1", "Начало 🙂")
    service.keep("note:2", "\ud83d")
    assert vault.history.undoable() is None
    vault.close()
    again = open_vault(vault.folder, Secret("correct horse"), cost=CHEAP, clock=clock)
    try:
        service = Drafts(again.store)
        assert service.get("note:1") == "Начало 🙂"
        assert [one.key for one in service.all()] == ["note:1", "note:2"]
        service.drop("note:1")
        service.keep("note:2", "")
        assert service.all() == () and service.get("note:1") == ""
        service.drop("nothing")
        with pytest.raises(KamdeskError):
            service.keep("k", "x" * 2_000_001)
    finally:
        again.close()
