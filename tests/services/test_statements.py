"""What is known of a client's business: dated, aged, confirmed, made an argument in one step."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.services.library import Library
from kamdesk.services.organisations import Organisations
from kamdesk.services.records import Records
from kamdesk.services.statements import Statements
from kamdesk.store.vault import Vault


@pytest.fixture
def statements(vault: Vault) -> Statements:
    return Statements(vault.store)


def only(statements: Statements, client: str):
    """The one statement."""
    (group,) = statements.of(client)
    (view,) = group.statements
    return view


def test_only_the_text_is_asked_the_rest_is_filled(statements: Statements, plant: dict[str, str]) -> None:
    statements.add(plant["client"], "  Новая линия \n к осени ", kind="plan")
    view = only(statements, plant["client"])
    assert view.text == "Новая линия к осени"
    assert (str(view.noted_on), str(view.review_by)) == ("2026-03-05", "2026-09-05")
    assert not view.stale
    with pytest.raises(KamdeskError, match=r"record\.required"):
        statements.add(plant["client"], "  ")


def test_statements_age_and_are_confirmed(statements: Statements, clock, plant: dict[str, str]) -> None:
    made = statements.add(plant["client"], "Конкурент снизил цену", kind="competitor_move")
    clock.forward(days=100)
    assert only(statements, plant["client"]).stale
    statements.confirm(made)
    view = only(statements, plant["client"])
    assert not view.stale
    assert str(view.noted_on) == "2026-06-13"
    statements.set_kind(made, "market")
    assert str(only(statements, plant["client"]).review_by) == "2027-06-13"


def test_kinds_stand_in_the_order_asked_for(statements: Statements, plant: dict[str, str]) -> None:
    for kind in ("budget", "market", "other"):
        statements.add(plant["client"], f"О {kind}", kind=kind)
    found = statements.of(plant["client"], ("market", "budget"))
    assert [group.kind for group in found] == ["market", "budget", "other"]


def test_a_competitor_is_chosen_by_name_or_added(
    statements: Statements, vault: Vault, plant: dict[str, str]
) -> None:
    organisations = Organisations(vault.store)
    statements.add(plant["client"], "Был с выставкой", kind="competitor_move", competitor="Альфа Маш")
    assert [row.name for row in organisations.list(("competitor",))] == ["Альфа Маш"]
    view = only(statements, plant["client"])
    statements.set_competitor(view.id, "альфа маш")
    assert len(organisations.list(("competitor",))) == 1
    assert only(statements, plant["client"]).competitor == "Альфа Маш"
    statements.set_competitor(view.id, "")
    assert only(statements, plant["client"]).competitor_id is None


def test_it_becomes_an_argument_in_one_step(
    statements: Statements, vault: Vault, plant: dict[str, str]
) -> None:
    made = statements.add(
        plant["client"], "Простои стоят 2 млн в месяц", source_kind="open_source", source="Годовой отчёт"
    )
    argument = statements.make_argument(made)
    assert statements.make_argument(made) == argument
    view = Library(vault.store).argument(argument)
    assert (view.text, view.evidence_source) == ("Простои стоят 2 млн в месяц", "Годовой отчёт")
    assert str(view.evidence_date) == "2026-03-05"
    assert only(statements, plant["client"]).argument_id == argument
    vault.history.undo()
    assert only(statements, plant["client"]).argument_id is None
    assert Library(vault.store).arguments() == ()


def test_who_told_us_in_confidence_does_not_become_evidence(
    statements: Statements, vault: Vault, plant: dict[str, str]
) -> None:
    made = statements.add(plant["client"], "Бюджет урезан", source_kind="heard", source="Ёлкина, за обедом")
    assert Library(vault.store).argument(statements.make_argument(made)).evidence_source == ""


def test_a_deleted_argument_leaves_the_statement(
    statements: Statements, vault: Vault, plant: dict[str, str]
) -> None:
    made = statements.add(plant["client"], "Простои")
    Records(vault.store, vault.history).delete("argument", statements.make_argument(made))
    assert only(statements, plant["client"]).argument_id is None
