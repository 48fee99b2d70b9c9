"""Alternatives, the discount on the whole, payments by stage and assumptions, as they are stored and told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import Money
from kamdesk.services.organisations import Organisations
from kamdesk.services.proposal_views import AssumptionRow, BenefitRow, OfferRow, StageRow
from kamdesk.services.proposals import Proposals
from kamdesk.store.vault import Vault
from kamdesk.translation import shipped_vocabularies

D = Decimal


@pytest.fixture
def proposals(vault: Vault) -> Proposals:
    return Proposals(vault.store, shipped_vocabularies)


@pytest.fixture
def proposal(vault: Vault, proposals: Proposals) -> str:
    found = proposals.start(Organisations(vault.store).add("Группа «Север»"), subject="Насосы")
    proposals.save_offer(
        found,
        (
            OfferRow(name="Монтаж", price=D(100), article="М-1"),
            OfferRow(name="Насос А", price=D(1000), alternative="Базовый"),
            OfferRow(name="Насос Б", price=D(1500), alternative="Полный"),
        ),
    )
    return found


def test_the_total_is_that_of_what_we_recommend_with_the_discount_off(
    vault: Vault, proposals: Proposals, proposal: str
) -> None:
    assert proposals.list()[0].total == Money(D(1100))
    proposals.edit(proposal, {"recommended": "Полный"})
    proposals.edit(proposal, {"total_discount": D(10), "total_discount_kind": "percent"})
    assert proposals.list()[0].total == Money(D(1440))
    page = proposals.page(proposal)
    assert [(one.name, one.gross) for one in page.totals.alternatives] == [
        ("Базовый", D(990)),
        ("Полный", D(1440)),
    ]
    assert (page.offer[0].article, page.offer[1].alternative) == ("М-1", "Базовый")
    vault.history.undo()
    assert proposals.list()[0].total == Money(D(1600))


def test_payments_follow_the_total(proposals: Proposals, proposal: str) -> None:
    stages = (
        StageRow(name="Аванс", payment=D(30), result="Запуск в работу"),
        StageRow(name="Проект"),
        StageRow(name="Пуск", payment=D("70")),
    )
    proposals.save_stages(proposal, stages)
    page = proposals.page(proposal)
    assert page.payments == (D(330), None, D(770))
    assert page.stages[0].result == "Запуск в работу"
    proposals.save_stages(proposal, page.stages[:1])
    found = [one.message.code for one in proposals.page(proposal).findings]
    assert "check.payments_not_whole" in found


@pytest.fixture
def figured(proposals: Proposals, proposal: str) -> str:
    proposals.save_assumptions(
        proposal,
        (
            AssumptionRow(name="Цена газа", value=D(8), unit="₽/м³", low=D(6), high=D(9), source="договор"),
            AssumptionRow(name="Часы", value=D(7000), low=D(6000)),
        ),
    )
    gas, hours = (str(one.id) for one in proposals.page(proposal).assumptions)
    proposals.save_benefit(
        proposal,
        (
            BenefitRow(name="Линия", kind="investment", amounts=(D(500),), spread=D(10)),
            BenefitRow(name="Газ", amounts=(D(0), D(400), D(400)), assumption_id=gas),
            BenefitRow(name="Ремонт", amounts=(D(0), D(70), D(70)), assumption_id=hours),
        ),
    )
    return proposal


def test_what_the_result_depends_on_most(proposals: Proposals, figured: str) -> None:
    found = proposals.page(figured).sensitivity
    assert found is not None
    assert [one.name for one in found.biggest] == ["Цена газа", "Линия", "Часы"]
    assert found.biggest[0].low.worth == D(240)


def test_lines_rest_on_none_when_their_assumption_goes(
    vault: Vault, proposals: Proposals, figured: str
) -> None:
    page = proposals.page(figured)
    proposals.save_assumptions(figured, page.assumptions[1:])
    assert [row.assumption_id for row in proposals.page(figured).benefit] == [
        None,
        None,
        page.assumptions[1].id,
    ]
    vault.history.undo()
    assert proposals.page(figured).benefit == page.benefit


def test_a_copy_rests_on_its_own_assumptions(proposals: Proposals, figured: str) -> None:
    original = proposals.page(figured)
    copy = proposals.page(proposals.start(original.organisation_id, from_id=figured))
    own = {one.id: one.name for one in copy.assumptions}
    assert list(own.values()) == ["Цена газа", "Часы"]
    assert not set(own) & {one.id for one in original.assumptions}
    assert [own.get(row.assumption_id) for row in copy.benefit] == [None, "Цена газа", "Часы"]
    assert [row.spread for row in copy.benefit] == [D(10), None, None]
    assert [row.alternative for row in copy.offer] == ["", "Базовый", "Полный"]


def test_a_value_of_another_kind_stores_nothing(proposals: Proposals, figured: str) -> None:
    before = proposals.page(figured).assumptions
    with pytest.raises(KamdeskError):
        proposals.save_assumptions(figured, (AssumptionRow(name="Газ", value="много"),))  # type: ignore[arg-type]
    assert proposals.page(figured).assumptions == before
