"""The vocabularies with the user's changes over what ships."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import VocabularyItem
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.services.vocabulary import VocabularyService


@pytest.fixture
def service(store) -> VocabularyService:
    return VocabularyService(store, Vocabularies.load(resources_folder() / "vocabulary.json"))


def test_own_items_are_added_renamed_hidden_and_shown_again(vault, service: VocabularyService) -> None:
    before = service.current.codes("criteria")
    code = service.add("criteria", "Импортозамещение", "Local content")
    assert code == "local_content" and service.current.codes("criteria") == (*before, code)
    assert service.current.label("criteria", code, "ru") == "Импортозамещение"
    service.rename("criteria", code, "Локализация", "Localisation")
    assert service.current.label("criteria", code, "en") == "Localisation"
    service.hide("criteria", code)
    assert service.current.codes("criteria") == before
    assert service.current.label("criteria", code, "ru") == "Локализация"
    assert service.add("criteria", "локализация") == code
    assert code in service.current.codes("criteria")
    vault.history.undo()
    assert service.current.codes("criteria") == before


def test_shipped_items_keep_their_place_unless_moved(service: VocabularyService) -> None:
    before = service.current.codes("criteria")
    service.rename("criteria", "tco", "TCO", "TCO")
    assert service.current.codes("criteria") == before
    assert service.current.label("criteria", "tco", "ru") == "TCO"
    service.move("criteria", "tco", 0)
    assert service.current.codes("criteria")[:2] == ("tco", before[0])
    service.rename("criteria", "tco", "", "")
    assert service.current.label("criteria", "tco", "ru") == "Стоимость владения"


def test_the_value_is_kept_until_something_changes(store, service: VocabularyService, plant) -> None:
    first = service.current
    assert service.current is first
    store.write("record.edit", {}, lambda session: None)
    assert service.current is first
    service.hide("lens", "medical")
    assert service.current is not first and "medical" in first.codes("lens")
    service.close()


def test_codes_without_english_words_are_made_and_never_twice(service: VocabularyService) -> None:
    one = service.add("gift", "Мёд")
    assert one.startswith("own_")
    assert service.add("gift", "Книжка", "Book!") != "book"


def test_what_the_program_decides_by_cannot_be_added(service: VocabularyService) -> None:
    for call, code in (
        (lambda: service.add("stance", "Обожает"), "vocabulary.fixed"),
        (lambda: service.hide("sensitivity", "public"), "vocabulary.fixed"),
        (lambda: service.add("part", "Наблюдатель"), "vocabulary.fixed"),
        (lambda: service.add("gift", " "), "vocabulary.empty"),
        (lambda: service.add("gift", "КНИГА"), "vocabulary.exists"),
        (lambda: service.rename("gift", "nothing", "a", "b"), "vocabulary.unknown"),
    ):
        with pytest.raises(KamdeskError) as raised:
            call()
        assert raised.value.message.code == code
    service.rename("stance", "3", "За нас горой", "")
    assert service.current.label("stance", "3", "ru") == "За нас горой"
    assert service.add("part_in_decision", "Наблюдатель", "Observer") in service.current.codes("part")


def test_a_relation_of_ones_own_has_two_ends(vault, service: VocabularyService) -> None:
    code = service.add("relation", "Консультирует", "Advises")
    service.set_extra("relation", code, "reverse_ru", "Советуется с")
    service.set_extra("relation", code, "directed", True)
    assert service.current.label("relation", code, "ru", reverse=True) == "Советуется с"
    assert {spec.name: value for spec, value in service.extras("relation", code)} == {
        "reverse_ru": "Советуется с",
        "reverse_en": "",
        "directed": True,
    }
    vault.history.undo()
    assert service.current.item("relation", code).extras.get("directed") is None


def test_a_type_of_stakeholder_gets_its_criteria(service: VocabularyService) -> None:
    code = service.add("lens", "Экология", "Ecology")
    service.set_extra("lens", code, "criteria", ("compliance", "safety"))
    service.set_extra("lens", code, "subject", "compliance")
    assert service.current.criteria_of(code) == ("compliance", "safety")
    assert service.current.subject_of(code) == "compliance"


@pytest.mark.parametrize(
    ("vocabulary", "name", "value"),
    [
        ("lens", "criteria", ("unheard_of",)),
        ("lens", "subject", "cover"),
        ("lens", "also", "x"),
        ("relation", "directed", "yes"),
        ("vat_rate", "rate", "22"),
        ("gift", "sign", "x"),
    ],
)
def test_what_an_entry_cannot_say_is_refused(service: VocabularyService, vocabulary, name, value) -> None:
    code = service.current.codes(vocabulary)[0]
    with pytest.raises(KamdeskError) as problem:
        service.set_extra(vocabulary, code, name, value)
    assert problem.value.message.code == "vocabulary.wrong"


def test_extras_of_another_program_do_no_harm(vault, service: VocabularyService) -> None:
    def work(session) -> None:
        for extra in ('{"directed": "no", "reverse_ru": ["x"], "rate": 1}', "[1]", "{"):
            session.add(VocabularyItem(vocabulary="relation", code="knows", extra=extra))

    vault.store.write("record.edit", {"noun": "", "field": "", "name": ""}, work)
    assert service.current.label("relation", "knows", "ru", reverse=True)
    assert {spec.name: value for spec, value in service.extras("relation", "knows")}["directed"] is False
