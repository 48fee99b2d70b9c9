"""How somebody stands in letters: computed, or as it was written by hand, in the language they are written to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from kamdesk.model.tables import Seat
from kamdesk.services.person_forms import PersonForms
from kamdesk.services.records import Records
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Vault

N = "\u00a0"


@pytest.fixture
def forms(store: Store) -> PersonForms:
    return PersonForms(store)


def test_the_look_is_what_letters_will_say(forms: PersonForms, plant: dict[str, str]) -> None:
    look = forms.look(plant["petr"])
    assert look.language == "ru"
    assert look.address == f"Генеральному директору\nАО «Прогресс»\nИванову{N}П.{N}С."
    assert look.salutation == "Уважаемый Пётр Сергеевич!"
    assert (look.signature, look.in_list) == (f"П.{N}С.{N}Иванов", f"Иванов{N}П.{N}С.")
    assert look.cases == (f"Иванова{N}П.{N}С.", f"Иванову{N}П.{N}С.", f"Ивановым{N}П.{N}С.")


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("name_dative", "Иваненко Петру", lambda look: f"Иваненко{N}П.{N}С." in look.address),
        ("name_genitive", "Иванога Петра", lambda look: look.cases[0] == f"Иванога{N}П.{N}С."),
        ("name_instrumental", "Иваном Петром", lambda look: look.cases[2] == f"Иваном{N}П.{N}С."),
        ("title_dative", "Гендиректору", lambda look: look.address.startswith("Гендиректору\n")),
        ("salutation", "Дорогой Пётр!", lambda look: look.salutation == "Дорогой Пётр!"),
        ("courtesy_title", "профессор", lambda look: look.salutation == "Уважаемый профессор Иванов!"),
        ("initials", "Птр. Иванов", lambda look: look.signature == f"Птр.{N}Иванов" and look.cases[1] == f"Иванову{N}Птр."),
        ("written_name", "Пётр Иванов", lambda look: look.full_name == "Пётр Иванов"),
    ],
)  # fmt: skip
def test_what_is_written_by_hand_is_seen_at_once(
    forms: PersonForms, plant: dict[str, str], name: str, text: str, where: Callable[[object], bool]
) -> None:
    before = forms.look(plant["petr"])
    forms.set(plant["petr"], name, text)
    assert where(forms.look(plant["petr"]))
    assert next(one.own for one in forms.of_person(plant["petr"]) if one.name == name) == text
    forms.set(plant["petr"], name, "")
    assert forms.look(plant["petr"]) == before


def test_the_legal_name_in_a_case_by_hand_stands_in_the_address(
    forms: PersonForms, plant: dict[str, str], vault: Vault
) -> None:
    Records(vault.store, vault.history).set(
        "organisation", plant["client"], {"legal_name_genitive": "АО «Прогресса»"}
    )
    assert "АО «Прогресса»" in forms.look(plant["petr"]).address


def test_in_english_the_title_of_the_greeting_stands_on_the_envelope(
    forms: PersonForms, plant: dict[str, str]
) -> None:
    look = forms.look(plant["anna"], "en")
    assert look.address.startswith("Ms Anna Yolkina\n") and look.cases == ()
    assert look.salutation == "Dear Ms Yolkina,"


def test_a_company_stands_in_its_cases_computed_or_by_hand(forms: PersonForms, plant: dict[str, str]) -> None:
    client = plant["client"]
    look = forms.look_of_company(client)
    assert look is not None
    assert look.address == "Директору\nАО «Прогресс»" and look.cases == ("АО «Прогресс»",) * 3
    forms.set_of_company(client, "legal_name_genitive", "Акционерного общества «Прогресс»")
    forms.set_of_company(client, "legal_name_instrumental", "Акционерным обществом «Прогресс»")
    look = forms.look_of_company(client)
    assert look is not None
    assert look.address == "Директору\nАкционерного общества «Прогресс»"
    assert look.cases[2] == "Акционерным обществом «Прогресс»"
    shown = {one.name: (one.computed, one.own) for one in forms.of_company(client)}
    assert shown["legal_name_dative"] == ("АО «Прогресс»", "")
    assert shown["legal_name_instrumental"] == ("АО «Прогресс»", "Акционерным обществом «Прогресс»")


def test_a_seat_stands_in_letters_with_whoever_sits_there(
    forms: PersonForms, plant: dict[str, str], vault: Vault
) -> None:
    seat = vault.store.read(
        lambda session: session.scalars(select(Seat.id).where(Seat.title == "Генеральный директор")).one()
    )
    look = forms.look_of_seat(seat)
    assert look is not None
    assert look.address == f"Генеральному директору\nАО «Прогресс»\nИванову{N}П.{N}С."
    assert look.cases[2] == "генеральным директором"
    forms.set_of_seat(seat, "title_instrumental", "гендиректором")
    changed = forms.look_of_seat(seat)
    assert changed is not None and changed.cases[2] == "гендиректором"
