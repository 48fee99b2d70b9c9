"""Our company: card, numbering, colleagues, logo."""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Organisation, Proposal
from kamdesk.model.values import PersonName
from kamdesk.services.company import (
    ColleagueData,
    OurCompany,
    check_pattern,
    company_data,
    take_number,
    write_number,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
DAY = date(2026, 3, 5)


def test_the_card_is_one_row_and_its_requisites_are_checked(vault, store) -> None:
    service = OurCompany(store)
    assert service.get() is None
    with pytest.raises(KamdeskError) as raised:
        service.save({"short_name": "Вектор"})
    assert raised.value.message.code == "company.full_name"
    first = service.save({"full_name": "АО «Вектор»", "inn": "7707083893"})
    assert service.save({"short_name": "Вектор", "number_pattern": "КП-{year}-{n:03}"}) == first
    with pytest.raises(KamdeskError):
        service.save({"inn": "7707083894"})
    view = service.get()
    assert (view.data.full_name, view.data.short_name, view.data.inn) == (
        "АО «Вектор»",
        "Вектор",
        "7707083893",
    )
    assert view.next_number == "КП-2026-001"
    assert vault.history.undoable().message.code == "company.save"


def test_bank_details_are_only_spoken_of(store) -> None:
    service = OurCompany(store)
    assert service.problems() == ()
    service.save({"full_name": "X", "bik": "044525225", "account": "40702810000000000001"})
    assert [one.code for one in service.problems()] == ["requisites.account_digit"]


def test_numbers_follow_the_pattern_and_are_never_used_twice(vault, store) -> None:
    service = OurCompany(store)
    service.save({"full_name": "X", "number_pattern": "КП-{yy}/{month}-{n}", "next_number": 7})

    def start(session):
        client = session.query(Organisation).first() or Organisation(short_name="K")
        session.add(client)
        session.flush()
        number = take_number(session, DAY)
        session.add(Proposal(organisation_id=client.id, number=number))
        return number

    assert service.next_number(DAY) == "КП-26/03-7"
    assert [store.write("company.save", {}, start) for _ in range(2)] == ["КП-26/03-7", "КП-26/03-8"]
    vault.history.undo()
    assert service.next_number(DAY) == "КП-26/03-8"
    service.save({"next_number": 1, "number_pattern": "{n}"})
    assert service.next_number(DAY) == "1"
    service.save({"next_number": 7, "number_pattern": "КП-{yy}/{month}-{n}"})
    assert store.write("company.save", {}, start) == "КП-26/03-8"  # 7 is taken


def test_a_number_can_be_taken_before_the_company_is_known(store) -> None:
    assert store.write("company.save", {}, lambda session: take_number(session, DAY)) == "2026-001"


@pytest.mark.parametrize("pattern", ["КП", "{year}", "{n}{x}", "{n", "{n.__class__}", "{n:0003}", "{}"])
def test_a_pattern_that_cannot_count_is_refused(store, pattern: str) -> None:
    with pytest.raises(KamdeskError) as raised:
        check_pattern(pattern)
    assert raised.value.message.params == {"pattern": pattern}
    assert write_number("№{n:02}", 5, DAY) == "№05"


def test_colleagues_stand_in_their_order_and_one_is_me(vault, store) -> None:
    service = OurCompany(store)
    ids = [
        service.add_colleague(ColleagueData(PersonName(name), signs=name == "Белов", authority="Устава"))
        for name in ("Яковлев", "Белов", "Ёжиков")
    ]
    service.set_me(ids[0])
    service.set_me(ids[2])
    assert service.me().id == ids[2]
    assert [one.is_me for one in service.colleagues()] == [False, False, True]
    service.reorder_colleagues([ids[2], ids[0]])
    assert [one.data.name.family for one in service.colleagues()] == ["Ёжиков", "Яковлев", "Белов"]
    assert [one.id for one in service.colleagues() if one.data.signs] == [ids[1]]
    service.edit_colleague(ids[1], ColleagueData(PersonName("Белов", "Олег"), post="Директор", signs=True))
    assert service.colleagues()[-1].data.post == "Директор"
    for call in (
        lambda: service.add_colleague(ColleagueData(PersonName())),
        lambda: service.edit_colleague("?", ColleagueData(PersonName("X"))),
        lambda: service.set_me("?"),
    ):
        with pytest.raises(KamdeskError):
            call()


def test_the_logo_goes_into_documents(store) -> None:
    service = OurCompany(store)
    with pytest.raises(KamdeskError) as raised:
        service.set_logo("logo.png", PNG)
    assert raised.value.message.code == "company.full_name"
    service.save({"full_name": "X"})
    with pytest.raises(KamdeskError) as raised:
        service.set_logo("logo.svg", b"<svg/>")
    assert raised.value.message.code == "company.logo_kind"
    with pytest.raises(KamdeskError) as raised:
        service.set_logo("logo.png", PNG + bytes(6 * 1024 * 1024))
    assert raised.value.message.code == "company.logo_large"
    service.set_logo("logo.png", PNG)
    assert service.get().data.logo == PNG
    assert store.read(lambda session: company_data(session, store.files)).logo == PNG
    service.remove_logo()
    assert service.get().data.logo is None
