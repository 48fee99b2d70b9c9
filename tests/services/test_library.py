"""The library: filters, copies, consent of recommenders, what worked with whom."""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Proposal,
    ProposalArgument,
    ProposalReader,
    ProposalRecommender,
    Telling,
)
from kamdesk.services.library import Library, library_arguments


def test_arguments_are_filtered_and_only_the_text_is_required(store) -> None:
    service = Library(store)
    general = service.add_argument("Ёмкость склада растёт")
    finance = service.add_argument(
        "Окупается за год", {"lenses": ("finance",), "criteria": ("payback", "tco"), "evidence": "Расчёт 50%"}
    )
    english = service.add_argument("Pays back", {"language": "en", "lenses": ("finance", "executive")})

    def ids(**filters):
        return [one.id for one in service.arguments(**filters)]

    assert ids() == [english, general, finance]
    assert ids(lens="executive") == [english, general]
    assert ids(criterion="tco", language="ru") == [general, finance]
    assert ids(text="РАСЧЕТ окуп") == [finance]
    assert ids(text="50%") == [finance] and ids(text="%") == ids() and ids(text='"') == ids()
    with pytest.raises(KamdeskError):
        service.add_argument("  ")


def test_entries_that_were_pasted_together_go_together(vault, store) -> None:
    service = Library(store)
    made = service.add_several("argument", ({"text": "Первая мысль"}, {"text": "Вторая мысль"}))
    assert {one.id for one in service.arguments()} == {*made}
    step = vault.history.undo()
    assert step.code == "library.add_several" and step.params["n"] == 2
    assert service.arguments() == ()
    with pytest.raises(KamdeskError):
        service.add_several("argument", ({"text": "Мысль"}, {"text": " "}))
    assert service.arguments() == ()


def test_editing_copying_deleting_are_steps(vault, store) -> None:
    service = Library(store)
    case = service.add_case("Цех № 2", {"year": 2024, "client": "ГОК"})
    row = service.add_argument(
        "Довод", {"case_id": case, "criteria": ("price",), "valid_until": date(2026, 3, 4)}
    )
    service.edit("argument", row, {"short": "Д"}, visit="a")
    copy = service.duplicate("argument", row)
    view = service.argument(copy)
    assert (view.text, view.short, view.case, view.criteria, view.expired) == (
        "Довод",
        "Д",
        "Цех № 2",
        ("price",),
        True,
    )
    service.delete("case_study", case)
    assert service.argument(row).case_id is None
    vault.history.undo()
    assert service.argument(row).case == "Цех № 2" and service.argument(copy).case_id == case
    with pytest.raises(KeyError):
        service.delete("person", row)
    with pytest.raises(KamdeskError):
        service.edit("argument", row, {"text": ""})


def test_objections_and_cases_are_listed(store) -> None:
    service = Library(store)
    service.add_objection("Дорого", "Считаем за пять лет", {"lenses": ("finance",)})
    service.add_objection("Долго", "", {"lenses": ("technical",)})
    assert [one.text for one in service.objections()] == ["Долго", "Дорого"]
    assert [one.answer for one in service.objections(lens="finance")] == ["Считаем за пять лет"]
    service.add_case("Старый", {"year": 2019})
    service.add_case("Новый", {"year": 2025, "may_quote": True, "figures": "−12 %"})
    assert [one.title for one in service.cases()] == ["Новый", "Старый"]
    assert [one.title for one in service.cases(text="12")] == ["Новый"]


def test_consent_is_told_for_a_use_on_a_day(vault, store, plant) -> None:
    service = Library(store)
    row = service.add_recommender({"person_id": plant["petr"], "organisation": "Прогресс"})
    assert service.recommender(row).name.family == "Иванов"

    def state(**use):
        return service.recommender(row, **use).consent

    assert state() == "none"
    service.record_consent(row, "proposal", on=date(2026, 1, 1), until=date(2026, 6, 30))
    assert state() == "valid"
    assert state(on=date(2026, 7, 1)) == "expired"
    assert state(purpose="publication") == "scope"
    assert service.recommender(row, purpose="publication").problem.code == "consent.other_scope"
    # whoever the copy becomes has agreed to nothing yet
    assert service.recommender(service.duplicate("recommender", row)).consent == "none"
    service.withdraw_consent(row)
    assert state() == "none"
    vault.history.undo()
    assert state() == "valid"
    for call, code in (
        (lambda: service.record_consent(row, " "), "library.consent_scope"),
        (lambda: service.record_consent(row, "any", until=date(2026, 3, 4)), "library.consent_until"),
        (lambda: service.add_recommender({"phone": "1"}), "library.nobody"),
    ):
        with pytest.raises(KamdeskError) as raised:
            call()
        assert raised.value.message.code == code


def _proposal(session, plant, status, lens, arguments, recommender=None, on=date(2026, 2, 1)):
    proposal = Proposal(organisation_id=plant["client"], status=status, date=on)
    session.add(proposal)
    session.flush()
    reader = ProposalReader(proposal_id=proposal.id, person_id=plant["anna"], lens=lens)
    session.add(reader)
    session.flush()
    for argument in arguments:
        session.add(Telling(person_id=plant["anna"], argument_id=argument, proposal_id=proposal.id))
        session.add(ProposalArgument(reader_id=reader.id, argument_id=argument, pinned=True))
    if recommender:
        session.add(ProposalRecommender(proposal_id=proposal.id, recommender_id=recommender))


def test_results_and_uses_are_counted(store, plant) -> None:
    service = Library(store)
    good, bad = service.add_argument("Хороший"), service.add_argument("Плохой")
    who = service.add_recommender({"family_name": "Смирнов"})

    def work(session):
        for number in range(4):
            _proposal(session, plant, "accepted", "finance", [good], who, date(2026, 1, number + 1))
        _proposal(session, plant, "accepted", "finance", [good], who, date(2024, 1, 1))
        _proposal(session, plant, "declined", "technical", [good, bad])
        _proposal(session, plant, "sent", "finance", [bad])
        _proposal(session, plant, "accepted", "", [bad])  # the seat says which type she is

    store.write("library.edit", {"name": "x"}, work)
    by_text = {one.text: one for one in store.read(lambda session: library_arguments(session, "ru"))}
    assert (by_text["Хороший"].won, by_text["Хороший"].lost) == ({"finance": 5}, {"technical": 1})
    assert (by_text["Плохой"].won, by_text["Плохой"].lost) == ({"finance": 1}, {"technical": 1})
    assert store.read(lambda session: library_arguments(session, "en")) == ()
    assert [one.proposals for one in service.arguments()] == [3, 6]
    view = service.recommender(who)
    assert (view.proposals, view.this_year, view.overused) == (5, 4, True)
