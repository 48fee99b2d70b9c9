"""Four people of one plant get four different beginnings, and each is told why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.inputs import ArgumentChoice, LibraryArgument, ReaderProfile, Tailored, ToldAt
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Vocabularies, fill_message
from kamdesk.resources import resources_folder
from kamdesk.rules.tailoring import blocked, choose, criteria_rows, ranked_criteria
from kamdesk.translation import Translator

TODAY = date(2026, 11, 23)
VOCABULARIES = Vocabularies.load(resources_folder() / "vocabulary.json")

EXCLUSIVE = LibraryArgument(
    "exclusive",
    "Цена закреплена на три года",
    lenses=("executive",),
    criteria=("exclusivity",),
    evidence_kind="exclusive",
)
STATUS = LibraryArgument("status", "Первый завод отрасли", lenses=("executive",), criteria=("reputation",))
REFERENCE = LibraryArgument(
    "reference", "Персонал «Вектора» доволен", lenses=("people",), criteria=("references",),
    evidence_kind="reference", recommender_id="r1",
)  # fmt: skip
COURSE = LibraryArgument("course", "Учим на месте", lenses=("people", "user"), criteria=("training",))
FIGURE = LibraryArgument(
    "figure", "Окупается за 14 месяцев", lenses=("finance", "executive"), criteria=("payback",),
    evidence_kind="figure", evidence_date=date(2026, 3, 12),
)  # fmt: skip
INSTALMENTS = LibraryArgument(
    "instalments", "Рассрочка на год", lenses=("finance", "procurement"), criteria=("payment",)
)
DETAIL = LibraryArgument(
    "detail", "Наработка на отказ 40 000 часов", lenses=("technical",), criteria=("reliability",),
    evidence_kind="figure", evidence_source="протокол испытаний", evidence_date=date(2025, 6, 1),
)  # fmt: skip
FITS = LibraryArgument("fits", "Подходит к вашим шкафам", lenses=("technical",), criteria=("compatibility",))
OPEN = LibraryArgument("open", "Работаем с 1998 года")
LIBRARY = (EXCLUSIVE, STATUS, REFERENCE, COURSE, FIGURE, INSTALMENTS, DETAIL, FITS, OPEN)

CRITERIA = {"finance": ("payback",), "people": ("references",), "technical": ("reliability",)}
READERS = tuple(ReaderProfile(lens, lens, lens) for lens in ("executive", "people", "finance", "technical"))


def tailor(
    readers: tuple[ReaderProfile, ...] = READERS,
    library: tuple[LibraryArgument, ...] = LIBRARY,
    choices: tuple[ArgumentChoice, ...] = (),
    **more: object,
) -> Tailored:
    arguments = {"vocabularies": VOCABULARIES, "language": "ru", "today": TODAY, **more}
    return choose(readers, library, choices, **arguments)  # type: ignore[arg-type]


def ids(tailored: Tailored, reader: str) -> list[str]:
    return [chosen.argument_id for chosen in tailored.of(reader).chosen]


def say(message: Message, language: str) -> str:
    return Translator(language).message(fill_message(message, VOCABULARIES, language))


def test_each_type_begins_with_what_convinces_it() -> None:
    tailored = tailor()
    firsts = {reader.reader_id: reader.chosen[0] for reader in tailored.readers}
    assert firsts["executive"].evidence_kind == "exclusive"
    assert firsts["people"].recommender_id == "r1"
    assert firsts["finance"].evidence_kind == "figure"
    assert firsts["technical"].argument_id == "detail"
    assert [reader.subject for reader in tailored.readers] == [
        "special_terms",
        "experience",
        "effect",
        "solution",
    ]


def test_arguments_of_another_type_stay_away() -> None:
    assert "detail" not in ids(tailor(), "people")
    assert "open" in ids(tailor(), "people")


def test_a_changed_lens_changes_the_result() -> None:
    person = ReaderProfile("p", "Пётр", "finance")
    before, after = tailor((person,)), tailor((replace(person, lens="technical"),))
    assert ids(before, "p")[0] == "figure"
    assert ids(after, "p")[0] == "detail"


def test_the_persons_own_criteria_change_the_result() -> None:
    person = ReaderProfile("p", "Пётр", "finance", ("payment",))
    assert ids(tailor((person,)), "p")[0] == "instalments"
    curious = ReaderProfile("p", "Пётр", "finance", ("reliability",))
    assert "detail" in ids(tailor((curious,)), "p")
    assert "detail" not in ids(tailor((replace(curious, criteria=()),)), "p")


def test_reasons_read_as_one_sentence_in_both_languages() -> None:
    readers = tuple(replace(reader, criteria=CRITERIA.get(reader.lens, ())) for reader in READERS)
    tailored = tailor(readers)
    finance = tailored.of("finance").chosen[0].reason
    assert say(finance, "ru") == "Важнее всего — окупаемость, есть расчёт от 12.03.2026; ещё не говорили"
    assert (
        say(finance, "en")
        == "What matters most is payback, and there is a calculation of 12 March 2026; not told yet"
    )
    people = tailored.of("people").chosen[0].reason
    assert (
        say(people, "ru")
        == "Важнее всего — опыт и рекомендации, может подтвердить рекомендатель; ещё не говорили"
    )
    technical = tailored.of("technical").chosen[0].reason
    assert "есть цифра (протокол испытаний, 01.06.2025)" in say(technical, "ru")


def test_what_is_only_usual_for_a_type_is_not_said_of_the_person() -> None:
    finance = tailor().of("finance").chosen[0].reason
    assert say(finance, "ru") == (
        "Обычно важнее всего для типа «Финансы» — окупаемость (личные критерии неизвестны), "
        "есть расчёт от 12.03.2026; ещё не говорили"
    )
    besides = tailor((ReaderProfile("p", "Пётр", "finance", ("payment",)),)).of("p").chosen
    assert "в личных критериях этого нет" in say(besides[1].reason, "ru")
    nobody = tailor((ReaderProfile("p", "Пётр", ""),)).of("p").chosen[0].reason
    assert say(nobody, "ru").startswith("Подходит любому адресату, а тип этого участника неизвестен, но")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (ToldAt(date(2026, 3, 12), True, "14"), "уже говорили 12.03.2026 — в предложении № 14"),
        (ToldAt(date(2026, 3, 12), True), "уже говорили 12.03.2026 — в прошлом предложении"),
        (ToldAt(date(2026, 3, 12), contact="meeting"), "уже говорили 12.03.2026 (встреча)"),
        (ToldAt(date(2026, 3, 12)), "уже говорили 12.03.2026"),
    ],
)
def test_the_reason_says_where_it_was_told(at: ToldAt, words: str) -> None:
    told = replace(READERS[2], told_at={"figure": at})
    found = ids(tailor((told,)), "finance")
    assert found[0] == "instalments"
    reason = next(c.reason for c in tailor((told,)).of("finance").chosen if c.argument_id == "figure")
    assert say(reason, "ru").endswith(words)


def test_a_new_version_keeps_what_the_earlier_one_said() -> None:
    at = ToldAt(date(2026, 3, 12), True, "14", same_offer=True)
    again = replace(READERS[2], told_at={"figure": at})
    assert ids(tailor((again,)), "finance") == ids(tailor((READERS[2],)), "finance")
    reason = next(c.reason for c in tailor((again,)).of("finance").chosen if c.argument_id == "figure")
    assert say(reason, "ru").endswith("уже говорили 12.03.2026 — в предложении № 14")


def test_the_reason_says_with_whom_it_worked_and_what_is_old() -> None:
    library = (
        replace(
            FIGURE, won={"finance": 3}, won_with=("Вектор", "Север", "Юг"), evidence_date=date(2023, 3, 1)
        ),
        replace(INSTALMENTS, lost={"finance": 2}, valid_until=date(2026, 12, 1)),
    )
    said = {c.argument_id: say(c.reason, "ru") for c in tailor((READERS[2],), library).of("finance").chosen}
    assert "уже сработало: Вектор, Север и ещё 1 клиент" in said["figure"]
    assert "подтверждению 3 года, проверьте его" in said["figure"]
    assert "не убедило в 2 отклонённых предложениях" in said["instalments"]
    assert "действует только до 01.12.2026" in said["instalments"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_reason_is_left_without_words(language: str) -> None:
    everyone = tuple(ReaderProfile(lens, lens, lens) for lens in VOCABULARIES.codes("lens"))
    pins = tuple(ArgumentChoice(argument.id, "legal", pinned=True) for argument in LIBRARY)
    tailored = tailor(everyone, choices=pins, client_criteria=("compatibility",), industry="сталь")
    for reader in tailored.readers:
        for chosen in reader.chosen:
            words = say(chosen.reason, language)
            assert "tailoring." not in words
            assert "{" not in words
            assert "None" not in words


def test_what_was_told_steps_back() -> None:
    told = replace(READERS[2], told={"figure": date(2026, 10, 1)})
    found = ids(tailor((told,)), "finance")
    assert found[0] == "instalments"
    reason = next(c.reason for c in tailor((told,)).of("finance").chosen if c.argument_id == "figure")
    assert "уже говорили 01.10.2026" in say(reason, "ru")


def test_expired_and_foreign_arguments_are_never_used_even_pinned() -> None:
    old = replace(FIGURE, id="old", valid_until=date(2026, 11, 22))
    last_day = replace(FIGURE, id="last_day", valid_until=TODAY)
    foreign = replace(FIGURE, id="foreign", language="en")
    pins = tuple(ArgumentChoice(name, "finance", pinned=True) for name in ("old", "foreign", "last_day"))
    library = (old, foreign, last_day)
    assert ids(tailor(library=library, choices=pins), "finance") == ["last_day"]
    found = blocked(library, pins, language="ru", today=TODAY)
    assert [each.argument_id for each in found] == ["old", "foreign"]
    assert say(found[0].reason, "ru") == "«Окупается за 14 месяцев» — аргумент действовал до 22.11.2026."


def test_a_recommender_without_consent_is_not_named() -> None:
    assert ids(tailor(nameable=("r1",)), "people")[0] == "reference"
    assert "reference" not in ids(tailor(nameable=()), "people")


def test_a_client_whose_project_may_not_be_quoted_is_not_named() -> None:
    """The case of an argument stays out of a proposal; its client stood in the argument's own words all the same."""
    named = replace(DETAIL, id="named", evidence="на «Камском реагенте» за год предупреждено пять отказов")
    for client, wanted in (("АО «Камский реагент»", False), ("", True), ("ПАО «Вектор»", True)):
        library = (replace(named, unnamed=client),)
        assert bool(ids(tailor(library=library), "technical")) is wanted
    secret = replace(named, unnamed="АО «Камский реагент»")
    (found,) = blocked(
        (secret,), (ArgumentChoice("named", "technical", pinned=True),), language="ru", today=TODAY
    )
    assert say(found.reason, "ru").endswith("называет клиента, на чей проект ссылаться нельзя.")


def test_pins_drops_moves_and_rewording_hold() -> None:
    choices = (
        ArgumentChoice("exclusive", "finance", pinned=True, text="Для вас — особая цена"),
        ArgumentChoice("figure", "finance", dropped=True),
        ArgumentChoice("open", "finance", position=0),
        ArgumentChoice("figure", "executive", text="Другими словами"),
    )
    tailored = tailor(choices=choices)
    assert ids(tailored, "finance")[:2] == ["open", "exclusive"]
    assert "figure" not in ids(tailored, "finance")
    pinned = tailored.of("finance").chosen[1]
    assert pinned.pinned
    assert pinned.text == "Для вас — особая цена"
    assert say(pinned.reason, "ru").endswith("ещё не говорили; закреплено вами")
    reworded = next(c for c in tailored.of("executive").chosen if c.argument_id == "figure")
    assert reworded.text == "Другими словами"


def test_pinned_arguments_are_never_cut_off() -> None:
    pins = tuple(ArgumentChoice(argument.id, "finance", pinned=True) for argument in LIBRARY)
    assert len(ids(tailor(choices=pins, most=2), "finance")) == len(LIBRARY)
    assert len(ids(tailor(most=2), "finance")) == 2


def test_clients_criteria_freshness_industry_and_past_results_tip_the_balance() -> None:
    plain = LibraryArgument("b", "b", lenses=("finance",))
    rival = replace(plain, id="a", text="a")
    reader = READERS[2:3]
    assert ids(tailor(reader, (plain, rival)), "finance") == ["a", "b"]
    better = {
        "client": replace(plain, criteria=("safety",)),
        "fresh": replace(plain, evidence_date=date(2026, 9, 1)),
        "industry": replace(plain, industry="Сталь"),
        "worked": replace(plain, won={"finance": 3}),
        "proof": replace(plain, evidence_kind="case"),
    }
    for name, argument in better.items():
        found = ids(
            tailor(reader, (argument, rival), client_criteria=("safety",), industry="сталь"), "finance"
        )
        assert found == ["b", "a"], name
    assert ids(tailor(reader, (replace(plain, lost={"finance": 3}), rival)), "finance") == ["a", "b"]


def test_a_criterion_is_met_once_before_another_is_met_twice() -> None:
    twice = [replace(FIGURE, id=f"payback{n}", text=f"Окупаемость {n}") for n in range(5)]
    other = LibraryArgument(
        "tco", "Владение дешевле", lenses=("finance",), criteria=("tco",), evidence_kind="figure"
    )
    assert "tco" in ids(tailor(READERS[2:3], (*twice, other), most=2), "finance")


def test_uncovered_criteria_are_among_the_first_three() -> None:
    assert tailor().of("finance").uncovered == ("tco",)
    own = ReaderProfile("p", "Пётр", "finance", ("safety", "payback"))
    assert ranked_criteria(own, VOCABULARIES) == ("safety", "payback", "tco", "payment")
    assert tailor((own,)).of("p").uncovered == ("safety", "tco")


def test_coverage_is_a_matrix_of_criteria_and_readers() -> None:
    rows = {row.criterion: row for row in criteria_rows(tailor(), READERS, LIBRARY, VOCABULARIES)}
    assert rows["payback"].ranks == {"executive": 2, "finance": 0}
    assert rows["payback"].argument_ids == {"executive": ("figure",), "finance": ("figure",)}
    assert rows["tco"].is_open("finance")
    assert not rows["tco"].is_open("people")


def test_a_reader_without_a_type_and_an_empty_library() -> None:
    nobody = ReaderProfile("n", "Некто", "")
    assert ids(tailor((nobody,)), "n") == ["open"]
    assert tailor((nobody,)).of("n").uncovered == ()
    assert tailor((), ()).readers == ()
    with pytest.raises(KeyError):
        tailor().of("nobody")


def test_the_order_of_the_library_does_not_matter() -> None:
    first = tailor(library=LIBRARY[:5])
    for shuffled in list(permutations(LIBRARY[:5]))[::7]:
        assert tailor(library=shuffled) == first


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_dossier_gives_sound_choices(data: st.DataObject) -> None:
    lenses = st.sampled_from(VOCABULARIES.codes("lens"))
    criteria = st.lists(st.sampled_from(VOCABULARIES.codes("criteria")), max_size=4, unique=True).map(tuple)
    library = tuple(
        LibraryArgument(
            str(index),
            f"text {index}",
            lenses=tuple(data.draw(st.lists(lenses, max_size=2, unique=True))),
            criteria=data.draw(criteria),
            evidence_kind=data.draw(st.sampled_from(["", "figure", "case", "reference", "exclusive"])),
        )
        for index in range(data.draw(st.integers(0, 8)))
    )
    reader = ReaderProfile("r", "r", data.draw(lenses), data.draw(criteria))
    choices = tuple(
        ArgumentChoice(
            argument.id, "r", *data.draw(st.sampled_from([(True, False), (False, True), (False, False)]))
        )
        for argument in library[:4]
    )
    found = tailor((reader,), library, choices).of("r")
    names = [chosen.argument_id for chosen in found.chosen]
    assert len(set(names)) == len(names)
    assert {choice.argument_id for choice in choices if choice.pinned} <= set(names)
    assert not {choice.argument_id for choice in choices if choice.dropped} & set(names)
    assert len(names) <= max(5, sum(choice.pinned for choice in choices))
