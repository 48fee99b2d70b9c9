"""Proposals as decisions: start, copy, offer and totals, readers and arguments, status."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import Money
from kamdesk.services.group import Group, GroupRow
from kamdesk.services.library import Library
from kamdesk.services.organisations import Organisations
from kamdesk.services.people import People
from kamdesk.services.proposal_views import BenefitRow, OfferRow
from kamdesk.services.proposals import Proposals
from kamdesk.store.vault import Vault
from kamdesk.translation import shipped_vocabularies

ROWS = (
    GroupRow(name="Иванов Пётр Сергеевич", title="Генеральный директор", influence=3),
    GroupRow(name="Смирнова Анна Олеговна", title="Финансовый директор", influence=2),
    GroupRow(name="Котов Илья Викторович", title="Главный инженер", influence=2),
    GroupRow(name="Белова Ольга Ивановна", title="Директор по персоналу", influence=1),
)


@pytest.fixture
def proposals(vault: Vault) -> Proposals:
    return Proposals(vault.store, shipped_vocabularies)


@pytest.fixture
def client(vault: Vault) -> str:
    client_id = Organisations(vault.store).add("Группа «Север»")
    Group(vault.store, shipped_vocabularies).save(client_id, ROWS)
    return client_id


@pytest.fixture
def library(vault: Vault) -> Library:
    library = Library(vault.store)
    for text, lenses, criteria, kind in (
        ("Вы первыми в отрасли получаете закреплённую смену.", ("executive",), ("exclusivity",), "exclusive"),
        ("Линия окупается за 14 месяцев.", ("finance",), ("payback",), "figure"),
        ("Средняя наработка на отказ 12 000 часов.", ("technical",), ("reliability",), "figure"),
        ("Обучение 40 операторов за две недели.", ("people",), ("training",), "case"),
    ):
        library.add_argument(text, {"lenses": lenses, "criteria": criteria, "evidence_kind": kind})
    return library


def test_a_proposal_starts_with_the_decision_group(
    proposals: Proposals, client: str, library: Library
) -> None:
    page = proposals.page(proposals.start(client, subject="Линия розлива"))
    assert [reader.name.family for reader in page.readers] == ["Иванов", "Смирнова", "Котов", "Белова"]
    assert [reader.lens for reader in page.readers] == ["executive", "finance", "technical", "people"]
    first = {reader.lens: reader.chosen[0].text for reader in page.readers}
    assert first["finance"] == "Линия окупается за 14 месяцев."
    assert first["executive"].startswith("Вы первыми")
    assert all(reader.chosen[0].reason.code for reader in page.readers)


def test_the_total_follows_the_offer(vault: Vault, proposals: Proposals, client: str) -> None:
    proposal = proposals.start(client)
    rows = [
        OfferRow(
            name="Насос", quantity=Decimal(2), price=Decimal("100000"), discount=Decimal(10), vat=Decimal(22)
        ),
        OfferRow(name="Монтаж", price=Decimal("50000"), vat=Decimal(22)),
        OfferRow(name="Запасной вал", price=Decimal("7000"), vat=Decimal(22), optional=True),
    ]
    proposals.save_offer(proposal, rows)
    assert proposals.list()[0].total == Money(Decimal("280600.00"))
    stored = proposals.page(proposal).offer
    proposals.save_offer(proposal, (stored[1], stored[0]))
    page = proposals.page(proposal)
    assert [row.name for row in page.offer] == ["Монтаж", "Насос"]
    assert [row.id for row in page.offer] == [stored[1].id, stored[0].id]
    vault.history.undo()
    assert [row.name for row in proposals.page(proposal).offer] == ["Насос", "Монтаж", "Запасной вал"]
    proposals.edit(proposal, {"vat_mode": "included"})
    assert proposals.list()[0].total == Money(Decimal("230000.00"))


def test_the_benefit_is_worked_out(proposals: Proposals, client: str) -> None:
    proposal = proposals.start(client)
    proposals.save_benefit(
        proposal,
        [
            BenefitRow(name="Линия", kind="investment", amounts=(Decimal(1000),)),
            BenefitRow(
                name="Энергия", kind="saving", amounts=(Decimal(0), Decimal(500), Decimal(500), Decimal(500))
            ),
        ],
    )
    proposals.edit(proposal, {"discount_rate": Decimal(10)})
    result = proposals.page(proposal).benefit_result
    assert result is not None
    assert result.payback == 2
    assert round(result.npv, 2) == Decimal("243.43")


def test_an_argument_is_born_in_the_proposal(proposals: Proposals, client: str, library: Library) -> None:
    proposal = proposals.start(client)
    reader = proposals.page(proposal).readers[1]
    argument = proposals.write_argument(reader.id, "Оплата после пуска линии.")
    view = library.argument(argument)
    assert (view.text, view.lenses) == ("Оплата после пуска линии.", ("finance",))
    chosen = proposals.page(proposal).readers[1].chosen
    assert argument in [item.argument_id for item in chosen]
    assert next(item for item in chosen if item.argument_id == argument).pinned


def test_arguments_that_came_together_go_together(
    vault: Vault, proposals: Proposals, client: str, library: Library
) -> None:
    proposal = proposals.start(client)
    before = proposals.page(proposal).readers[1]
    made = proposals.write_arguments(before.id, ("Оплата после пуска.", "Сервис рядом.", "Свой склад."))
    assert [library.argument(one).text for one in made] == [
        "Оплата после пуска.",
        "Сервис рядом.",
        "Свой склад.",
    ]
    taken = [library.add_argument(text, {"lenses": ("technical",)}) for text in ("Первый.", "Второй.")]
    proposals.pin_several(before.id, taken)
    pinned = {one.argument_id for one in proposals.page(proposal).readers[1].chosen if one.pinned}
    assert {*made, *taken} <= pinned
    assert vault.history.undo().params["n"] == 2
    chosen = {one.argument_id for one in proposals.page(proposal).readers[1].chosen if one.pinned}
    assert chosen == pinned - {*taken}
    for _entry in taken:
        vault.history.undo()  # the two entries of the library
    assert vault.history.undo().params["n"] == 3
    assert proposals.page(proposal).readers[1] == before
    with pytest.raises(KamdeskError):
        proposals.write_arguments(before.id, ("Оплата после пуска.", " "))


def test_hand_choices_hold(proposals: Proposals, client: str, library: Library) -> None:
    proposal = proposals.start(client)
    reader = proposals.page(proposal).readers[1]
    first = reader.chosen[0].argument_id
    proposals.drop(reader.id, first)
    after = proposals.page(proposal).readers[1]
    assert first not in [item.argument_id for item in after.chosen]
    assert after.dropped[0][0] == first
    proposals.drop(reader.id, first, dropped=False)
    proposals.reword(reader.id, first, "Линия окупается за 14 месяцев по вашим данным.")
    worded = proposals.page(proposal).readers[1].chosen[0].text
    assert worded.endswith("по вашим данным.")
    assert library.argument(first).text == "Линия окупается за 14 месяцев."
    other = library.add_argument("Сервис рядом.", {"lenses": ("technical",)})
    proposals.pin(reader.id, other)
    proposals.move(reader.id, other, 0)
    assert proposals.page(proposal).readers[1].chosen[0].argument_id == other


def test_a_changed_type_or_criterion_changes_the_choice(
    vault: Vault, proposals: Proposals, client: str, library: Library
) -> None:
    proposal = proposals.start(client)
    reader = proposals.page(proposal).readers[0]
    before = reader.chosen[0].argument_id
    proposals.set_reader_lens(reader.id, "technical")
    assert proposals.page(proposal).readers[0].chosen[0].text.startswith("Средняя наработка")
    proposals.set_reader_lens(reader.id, "")
    assert proposals.page(proposal).readers[0].chosen[0].argument_id == before
    library.add_argument("Обучение входит в цену.", {"criteria": ("training",)})
    People(vault.store, shipped_vocabularies).set_criteria(("training",), person_id=reader.person_id)
    assert proposals.page(proposal).readers[0].chosen[0].text == "Обучение входит в цену."


def test_a_new_one_starts_from_an_earlier_one(proposals: Proposals, client: str, library: Library) -> None:
    proposal = proposals.start(client, subject="Линия")
    proposals.save_offer(proposal, [OfferRow(name="Насос", price=Decimal(5))])
    reader = proposals.page(proposal).readers[0]
    proposals.reword(reader.id, reader.chosen[0].argument_id, "Иначе.")
    proposals.take_number(proposal)
    copy = proposals.page(proposals.start(client, from_id=proposal))
    assert copy.values["number"] == ""
    assert copy.values["subject"] == "Линия"
    assert copy.status == "draft"
    assert [row.name for row in copy.offer] == ["Насос"]
    assert copy.readers[0].chosen[0].text == "Иначе."
    elsewhere = proposals.page(proposals.start(_other(proposals), from_id=proposal))
    assert elsewhere.readers == ()


def _other(proposals: Proposals) -> str:
    return Organisations(proposals._store).add("Другой завод")


def test_recommenders_need_consent_and_cases_permission(
    proposals: Proposals, client: str, library: Library
) -> None:
    proposal = proposals.start(client)
    silent = library.add_recommender({"family_name": "Зимин"})
    with pytest.raises(KamdeskError, match="proposal.recommender_refused"):
        proposals.set_recommenders(proposal, [silent])
    secret = library.add_case("Секретный проект")
    with pytest.raises(KamdeskError, match="proposal.case_not_quotable"):
        proposals.set_cases(proposal, [secret])


def test_sent_needs_a_next_date_and_an_allowed_way(proposals: Proposals, client: str) -> None:
    proposal = proposals.start(client)
    with pytest.raises(KamdeskError, match="status.needs_next_date"):
        proposals.set_status(proposal, "sent")
    with pytest.raises(KamdeskError, match="status.not_from_here"):
        proposals.set_status(proposal, "accepted")
    proposals.set_status(proposal, "sent", next_date=date(2026, 3, 5) + timedelta(days=2))
    assert proposals.page(proposal).status == "sent"


def test_bad_values_change_nothing(proposals: Proposals, client: str) -> None:
    proposal = proposals.start(client)
    with pytest.raises(KamdeskError, match="record.wrong_kind"):
        proposals.edit(proposal, {"valid_until": "завтра"})
    with pytest.raises(KamdeskError, match="record.wrong_signs"):
        proposals.save_offer(proposal, [OfferRow(name="Насос\x00")])
    assert proposals.page(proposal).offer == ()
