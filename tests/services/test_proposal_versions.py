"""Versions, validity that runs out, and a copy as a start for another client (R12)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Organisation
from kamdesk.services.base import get
from kamdesk.services.deals import Deals
from kamdesk.services.group import Group, GroupRow
from kamdesk.services.library import Library
from kamdesk.services.organisation_structure import Structure
from kamdesk.services.organisations import Organisations
from kamdesk.services.people import People
from kamdesk.services.proposal_versions import ProposalVersions
from kamdesk.services.proposal_views import OfferRow, StageRow
from kamdesk.services.proposals import Proposals
from kamdesk.store.vault import Vault
from kamdesk.translation import Translator, shipped_vocabularies

GROUP = (
    GroupRow(name="Иванов Пётр Сергеевич", title="Генеральный директор", influence=3),
    GroupRow(name="Смирнова Анна Олеговна", title="Финансовый директор", influence=2),
    GroupRow(name="Котов Илья Викторович", title="Главный инженер", influence=2),
)


@pytest.fixture
def proposals(vault: Vault) -> Proposals:
    return Proposals(vault.store, shipped_vocabularies)


@pytest.fixture
def versions(vault: Vault, proposals: Proposals) -> ProposalVersions:
    return ProposalVersions(vault.store, proposals)


@pytest.fixture
def client(vault: Vault) -> str:
    client_id = Organisations(vault.store).add("Группа «Север»")
    Group(vault.store, shipped_vocabularies).save(client_id, GROUP)
    return client_id


def sent(vault: Vault, proposals: Proposals, proposal: str) -> None:
    proposals.set_status(proposal, "sent", next_date=vault.store.now().date() + timedelta(days=1))


def test_a_new_version_carries_readers_and_choices(
    vault: Vault, proposals: Proposals, versions: ProposalVersions, client: str
) -> None:
    argument = Library(vault.store).add_argument("Линия окупается за 14 месяцев.", {"lenses": ("finance",)})
    first = proposals.start(client, subject="Линия розлива")
    reader = next(one for one in proposals.page(first).readers if one.lens == "finance")
    proposals.reword(reader.id, argument, "У вас линия окупится за год.")
    proposals.set_separate(reader.id, True)
    second = versions.new_version(first)
    page = proposals.page(second)
    twin = next(one for one in page.readers if one.person_id == reader.person_id)
    assert (page.values["revision"], page.status, page.values["number"]) == (2, "draft", "")
    assert twin.separate
    assert "У вас линия окупится за год." in [one.text for one in twin.chosen]
    assert [(one.version, one.id) for one in page.versions] == [(1, first), (2, second)]
    for status in ("internal_review", "approved", "draft"):
        with pytest.raises(KamdeskError, match=r"proposal\.version_waits"):
            versions.new_version(first)
        proposals.set_status(second, status)
    for _step in range(4):
        vault.history.undo()
    assert [row.id for row in proposals.list()] == [first]


def test_sending_a_version_supersedes_the_earlier_ones(
    vault: Vault, proposals: Proposals, versions: ProposalVersions, client: str
) -> None:
    first = proposals.start(client, subject="Линия розлива")
    sent(vault, proposals, first)
    second = versions.new_version(first)
    assert proposals.page(first).status == "sent"
    sent(vault, proposals, second)
    third = versions.new_version(second)
    old = proposals.page(first)
    assert (old.status, old.superseded_by, proposals.page(second).status) == ("superseded", second, "sent")
    assert [one.version for one in versions.list(third)] == [1, 2, 3]
    rows = {row.id: (row.version, row.newest) for row in proposals.list()}
    assert rows == {first: (1, False), second: (2, False), third: (3, True)}
    vault.history.undo()
    vault.history.undo()
    assert (proposals.page(first).status, proposals.page(first).superseded_by) == ("sent", None)


def test_what_was_decided_stays_decided(
    vault: Vault, proposals: Proposals, versions: ProposalVersions, client: str
) -> None:
    first = proposals.start(client)
    sent(vault, proposals, first)
    proposals.set_status(first, "declined", loss_reason="price")
    second = versions.new_version(first)
    sent(vault, proposals, second)
    old = proposals.page(first)
    assert (old.status, old.superseded_by) == ("declined", second)


def test_a_copy_for_the_same_client_is_a_proposal_of_its_own(
    proposals: Proposals, versions: ProposalVersions, client: str
) -> None:
    first = proposals.start(client, subject="Линия розлива")
    second = versions.new_version(first)
    other = proposals.start(client, from_id=second)
    page = proposals.page(other)
    assert (page.values["revision"], page.versions) == (1, ())
    assert page.started_from is not None
    assert page.started_from.id == second


def test_it_runs_out_by_itself_and_is_prolonged_with_a_reason(
    vault: Vault, proposals: Proposals, client: str
) -> None:
    today = vault.store.now().date()
    proposal = proposals.start(client)
    proposals.edit(proposal, {"valid_until": today - timedelta(days=1)})
    assert not proposals.page(proposal).over  # a draft is not at the client
    sent(vault, proposals, proposal)
    assert proposals.page(proposal).over
    assert (proposals.list()[0].over, proposals.list()[0].status) == (True, "sent")
    with pytest.raises(KamdeskError, match=r"proposal\.prolong_past"):
        proposals.prolong(proposal, today - timedelta(days=1), "Цены поставщика")
    with pytest.raises(KamdeskError, match=r"proposal\.prolong_reason"):
        proposals.prolong(proposal, today, "  ")
    until = today + timedelta(days=20)
    proposals.prolong(proposal, until, "Поставщик держит цены")
    page = proposals.page(proposal)
    assert (page.over, page.values["valid_until"], page.values["validity_reason"], page.status) == (
        False, until, "Поставщик держит цены", "sent",
    )  # fmt: skip
    vault.history.undo()
    proposals.set_status(proposal, "expired")
    proposals.prolong(proposal, until, "Поставщик держит цены")
    assert proposals.page(proposal).status == "revision"


def test_a_copy_for_another_client_leaves_the_first_one_behind(
    vault: Vault, proposals: Proposals, client: str
) -> None:
    first = proposals.start(client, subject="Линия для «Севера»")
    proposals.edit(
        first,
        {
            "understanding": "Север теряет 3 часа в смену.",
            "solution": "Как договорились с Петром Сергеевичем, две линии. Смирновой понравился северный склад.",
            "payment": "Аванс 30 %.",
            "next_step": "Встреча 12 марта",
        },
    )
    reader = proposals.page(first).readers[0]
    proposals.write_argument(reader.id, "Только для вас.")
    other = Organisations(vault.store).add("Завод «Юг»")
    Group(vault.store, shipped_vocabularies).save(
        other, (GroupRow(name="Орлов Олег Олегович", title="Генеральный директор"),)
    )
    page = proposals.page(proposals.start(other, from_id=first))
    assert [one.name.family for one in page.readers] == ["Орлов"]
    assert page.values["payment"] == "Аванс 30 %."
    assert not page.values["understanding"]
    assert not page.values["next_step"]
    said = [one.message for one in page.findings if one.message.code == "check.other_client"]
    assert [message.params["words"] for message in said] == ["Севера", "Петром Сергеевичем", "Смирновой"]
    words = Translator("ru").message(said[0])
    assert "Север" in words
    assert "{" not in words
    proposals.edit(page.id, {"subject": "Линия розлива", "solution": "Две линии."})
    assert not [one for one in proposals.page(page.id).findings if one.message.code == "check.other_client"]


def test_a_copy_names_the_places_of_the_first_client_and_of_its_group(
    vault: Vault, proposals: Proposals
) -> None:
    organisations = Organisations(vault.store)
    dairy, other = organisations.add("Thornmere Dairies"), organisations.add("Brookfield Foods")
    daughter, parent = organisations.add("Glenavy Cheese"), organisations.add("Lacken Holdings")
    organisations.set_parent(daughter, dairy)
    organisations.set_parent(dairy, parent)

    def settle(session: Session) -> None:
        for row_id, address in ((dairy, "Quay Road, Kilbracken, Ireland"), (other, "Mill Road, Portmoyle")):
            get(session, Organisation, row_id).address = address

    vault.store.write("organisation.edit", {"name": "Thornmere"}, settle)
    structure = Structure(vault.store)
    structure.add_unit(dairy, "Ardnashee Dry Plant")
    structure.add_unit(dairy, "Butter hall")
    structure.add_unit(other, "Portmoyle Works")
    Deals(vault.store, shipped_vocabularies).add(dairy, "Cloonagh: heat from the evaporators")
    first = proposals.start(dairy, subject="Heat survey of the Ardnashee evaporators")
    proposals.edit(
        first, {"solution": "As in Kilbracken and at Glenavy Cheese. The butter hall of Portmoyle."}
    )
    proposals.save_offer(first, (OfferRow("Survey at Cloonagh"),))
    proposals.save_stages(first, (StageRow(name="Start", result="Report for Lacken Holdings"),))
    page = proposals.page(proposals.start(other, from_id=first))
    said = [one for one in page.findings if one.message.code == "check.other_client"]
    assert {one.message.params["words"]: one.block for one in said} == {
        "Ardnashee": "number_date", "Kilbracken": "solution", "Glenavy Cheese": "solution", "Cloonagh": "price",
        "Lacken Holdings": "schedule",
    }  # fmt: skip


def test_a_copy_asks_about_the_discounts_of_the_first_client_and_knows_a_copy_of_a_copy(
    vault: Vault, proposals: Proposals
) -> None:
    organisations = Organisations(vault.store)
    first, second, third = (
        organisations.add(name) for name in ("Завод «Вымпел»", "Верфь «Маяк»", "Порт «Юг»")
    )
    at_first = proposals.start(first, subject="Линия для «Вымпела»")
    proposals.save_offer(at_first, (OfferRow("Линия", price=Decimal(100), discount=Decimal(7)),))
    at_third = proposals.start(third, from_id=proposals.start(second, from_id=at_first))

    def said(proposal: str) -> list[tuple[str, str]]:
        found = (one.message for one in proposals.page(proposal).findings)
        return [(one.code, one.params["client"]) for one in found if one.code.startswith("check.other_")]

    assert said(at_first) == []
    assert said(at_third) == [
        ("check.other_discount", "Верфь «Маяк»"),
        ("check.other_client", "Завод «Вымпел»"),
        ("check.other_discount", "Завод «Вымпел»"),
    ]
    proposals.edit(at_third, {"subject": "Линия"})
    proposals.save_offer(at_third, (OfferRow("Линия", price=Decimal(100), discount=Decimal(5)),))
    assert said(at_third) == []


def test_a_deals_own_group_is_addressed_first(vault: Vault, proposals: Proposals, client: str) -> None:
    deals = Deals(vault.store, shipped_vocabularies)
    deal = deals.add(client, "Вторая линия")
    assert len(proposals.page(proposals.start(client, deal_id=deal)).readers) == 3
    engineer = next(
        one for one in People(vault.store, shipped_vocabularies).list(client) if one.name.family == "Котов"
    )
    People(vault.store, shipped_vocabularies).set_parts(engineer.id, client, ("decider",), deal_id=deal)
    page = proposals.page(proposals.start(client, deal_id=deal))
    assert [one.name.family for one in page.readers] == ["Котов"]
    assert page.values["deal_id"] == deal
    row = next(one for one in proposals.list() if one.id == page.id)
    assert (row.deal_id, row.deal) == (deal, "Вторая линия")
    assert isinstance(row.valid_until, date)
