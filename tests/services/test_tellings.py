"""Seen before: what somebody was told in a proposal or in a talk, and with whom an argument worked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Interaction, Participant, Telling
from kamdesk.services.group import Group, GroupRow
from kamdesk.services.library import Library
from kamdesk.services.organisations import Organisations
from kamdesk.services.proposals import Proposals
from kamdesk.services.tellings import Tellings
from kamdesk.store.vault import Vault
from kamdesk.translation import Translator, shipped_vocabularies


def test_a_talk_counts_as_told(vault: Vault) -> None:
    store = vault.store
    today = store.now().date()
    client = Organisations(store).add("Север")
    Group(store, shipped_vocabularies).save(
        client, (GroupRow(name="Смирнова Анна Олеговна", title="Финансовый директор"),)
    )
    argument = Library(store).add_argument("Линия окупается за 14 месяцев.", {"lenses": ("finance",)})
    proposals = Proposals(store, shipped_vocabularies)
    reader = proposals.page(proposals.start(client)).readers[0]

    def meet(session) -> str:
        met = Interaction(organisation_id=client, kind="meeting", starts_at=store.now() - timedelta(days=3))
        session.add(met)
        session.flush()
        session.add(Participant(interaction_id=met.id, person_id=reader.person_id))
        return met.id

    met = store.write("proposal.edit", {"name": ""}, meet)
    tellings = Tellings(store)
    assert [one.id for one in tellings.contacts(reader.person_id)] == [met]
    with pytest.raises(KamdeskError, match=r"telling\.ahead"):
        tellings.tell(reader.person_id, argument, today + timedelta(days=1))
    tellings.tell(reader.person_id, argument, None, interaction_id=met)
    page = proposals.page(proposals.list()[0].id)
    assert "(встреча)" in Translator("ru").message(page.readers[0].chosen[0].reason)
    vault.history.undo()
    page = proposals.page(page.id)
    assert "ещё не говорили" in Translator("ru").message(page.readers[0].chosen[0].reason)


def test_the_proposal_where_it_was_told_and_the_client_it_worked_with_are_named(vault: Vault) -> None:
    store = vault.store
    client = Organisations(store).add("Север")
    Group(store, shipped_vocabularies).save(
        client, (GroupRow(name="Смирнова Анна Олеговна", title="Финансовый директор"),)
    )
    argument = Library(store).add_argument("Линия окупается за 14 месяцев.", {"lenses": ("finance",)})
    proposals = Proposals(store, shipped_vocabularies)
    first = proposals.start(client)
    reader = proposals.page(first).readers[0]
    number = proposals.take_number(first)

    def told(session) -> None:
        session.add(
            Telling(
                person_id=reader.person_id,
                argument_id=argument,
                proposal_id=first,
                told_on=store.now().date(),
            )
        )

    store.write("proposal.edit", {"name": ""}, told)
    for status in ("sent", "accepted"):
        proposals.set_status(first, status, next_date=store.now().date())
    page = proposals.page(proposals.start(client))
    said = Translator("ru").message(page.readers[0].chosen[0].reason)
    assert f"в предложении № {number}" in said
    assert "уже сработало: Север" in said
