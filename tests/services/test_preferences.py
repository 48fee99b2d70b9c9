"""Preferences of the vault: defaults, changes, undo, and values that do not fit."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Preference
from kamdesk.rules.block_orders import USUAL
from kamdesk.services.preferences import Preferences, PreferencesService


def test_changed_and_taken_back(vault) -> None:
    service = PreferencesService(vault.store)
    assert service.get() == Preferences()
    service.set(leap_birthday="mar1", lead_days=14)
    assert (service.get().leap_birthday, service.get().lead_days) == ("mar1", 14)
    vault.history.undo()
    assert service.get() == Preferences()


@pytest.mark.parametrize(
    "values", [{"lead_days": -1}, {"lead_days": True}, {"leap_birthday": "feb30"}, {"unheard_of": 1}]
)
def test_what_cannot_be_is_refused(vault, values) -> None:
    service = PreferencesService(vault.store)
    with pytest.raises(KamdeskError):
        service.set(**values)
    assert service.get() == Preferences()


def test_what_another_program_wrote_does_no_harm(vault) -> None:
    def work(session) -> None:
        session.add_all([Preference(key="lead_days", value="[1"), Preference(key="later", value="1")])

    vault.store.write("preferences.set", {}, work)
    assert PreferencesService(vault.store).get() == Preferences()


def test_blocks_of_a_kind_of_document(vault) -> None:
    service = PreferencesService(vault.store)
    service.set(blocks_cover=("next_step", "why_us"))
    assert service.get().blocks("cover") == ("next_step", "why_us")
    assert service.get().blocks("group") == USUAL["group"]
    vault.history.undo()
    assert service.get() == Preferences()


@pytest.mark.parametrize("codes", [("benefit",), ("why_us", "why_us"), "why_us", 5])
def test_blocks_that_a_letter_has_not_are_refused(vault, codes) -> None:
    with pytest.raises(KamdeskError):
        PreferencesService(vault.store).set(blocks_cover=codes)
