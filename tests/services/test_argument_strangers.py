"""Arguments that were written for another client are named before they reach this one (R5, R12)."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import Message
from kamdesk.services.group import Group, GroupRow
from kamdesk.services.library import Library
from kamdesk.services.organisations import Organisations
from kamdesk.services.proposals import Proposals
from kamdesk.services.records import Records
from kamdesk.store.vault import Vault
from kamdesk.translation import Translator, shipped_vocabularies

DIRECTOR = (GroupRow(name="Орлов Олег Олегович", title="Генеральный директор"),)


def client(vault: Vault, name: str, address: str) -> str:
    made = Organisations(vault.store).add(name)
    Records(vault.store, vault.history).set("organisation", made, {"address": address})
    return made


@pytest.fixture
def proposals(vault: Vault) -> Proposals:
    north = client(vault, "Сосногорье Групп", "г. Сосногорск, ул. Комбинатская, д. 1")
    south = client(vault, "Хвойный дом", "г. Южноуральск, ул. Мира, д. 4")
    for one in (north, south):
        Group(vault.store, shipped_vocabularies).save(one, DIRECTOR)
    made = Proposals(vault.store, shipped_vocabularies)
    made.start(north, subject="Насосы")
    made.start(south, subject="Приводы")
    return made


def said(proposals: Proposals, subject: str) -> list[Message]:
    row = next(one for one in proposals.list() if one.subject == subject)
    found = proposals.page(row.id).findings
    return [one.message for one in found if one.message.code == "check.argument_of_other"]


def test_an_argument_that_names_the_town_or_the_name_of_another_client_is_told(
    vault: Vault, proposals: Proposals
) -> None:
    library = Library(vault.store)
    library.add_argument("Сосногорск станет опорной площадкой отрасли.", {"lenses": ("executive",)})
    library.add_argument("Так решено вместе с «Хвойным домом».", {"short": "Решено вместе"})
    (town,) = said(proposals, "Приводы")
    assert (town.params["words"], town.params["client"]) == ("Сосногорск", "Сосногорье Групп")
    (name,) = said(proposals, "Насосы")
    assert (name.params["text"], name.params["words"]) == ("Решено вместе", "Хвойным домом")
    assert "«Решено вместе»" in Translator("ru").message(name)


def test_what_lives_from_naming_others_is_left_alone(vault: Vault, proposals: Proposals) -> None:
    library = Library(vault.store)
    library.add_argument(
        "В Сосногорске линия окупилась за год.", {"evidence_kind": "case", "evidence": "отчёт"}
    )
    library.add_argument("Ваш склад останется вашим.", {})
    assert said(proposals, "Приводы") == []
    row = next(one for one in proposals.list() if one.subject == "Приводы")
    assert len(proposals.page(row.id).readers[0].chosen) == 2


def test_a_town_of_several_says_nothing(vault: Vault, proposals: Proposals) -> None:
    client(vault, "Третий", "г. Сосногорск, ул. Новая, д. 2")
    Library(vault.store).add_argument("Дежурная смена в Сосногорске.", {})
    assert said(proposals, "Приводы") == []
