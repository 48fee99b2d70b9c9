"""The dossier standard: own fields with values, questions that stay open, and both as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.bootstrap import Workplace
from kamdesk.exchange import standard as file_of
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import CustomField, CustomValue, Question
from kamdesk.rules import own_values


def forget_standard(place: Workplace) -> None:
    """Take own fields, their values and questions out of a vault."""

    def work(session: Session) -> None:
        for entity in (CustomValue, CustomField, Question):
            for row in session.scalars(select(entity)):
                session.delete(row)

    place.store.write("record.add", {"noun": "", "name": ""}, work)


@pytest.fixture
def place(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Workplace]:
    """The demo as a department has it that never touched its standard: the demo brings one of its own."""
    made = demo_copy(tmp_path / "vault", "ru")
    forget_standard(made)
    yield made
    made.close()


@pytest.fixture
def client(place: Workplace) -> str:
    return next(row.id for row in place.organisations.list() if row.kind == "client")


def told(problem: pytest.ExceptionInfo[KamdeskError]) -> str:
    return problem.value.message.code


def test_a_field_is_filled_found_and_taken_back(place: Workplace, client: str) -> None:
    fields = place.standard
    field = fields.add_field("organisation", "decimal", "Площадь склада, м²", "Warehouse, m²")
    fields.set_value(field, client, Decimal("1250.5"))
    (own,) = fields.values("organisation", client)
    assert (own.field.label("en"), own.value, own.field.used) == ("Warehouse, m²", Decimal("1250.5"), 1)
    fields.set_value(field, client, None)
    assert fields.values("organisation", client)[0].value is None
    place.vault.history.undo()
    assert fields.values("organisation", client)[0].value == Decimal("1250.5")


def test_words_of_an_own_field_are_found(place: Workplace, client: str) -> None:
    field = place.standard.add_field("organisation", "text", "Станция")
    place.standard.set_value(field, client, "Крюково-Грузовое")
    assert any(hit.target_id == client for hit in place.searching.find("крюково"))


def test_one_visit_to_a_field_is_one_step(place: Workplace, client: str) -> None:
    field = place.standard.add_field("organisation", "text", "Станция")
    for text in ("К", "Крю", "Крюково"):
        place.standard.set_value(field, client, text, visit="v")
    place.vault.history.undo()
    assert place.standard.values("organisation", client)[0].value == ""


def test_a_kind_changes_only_where_nothing_is_lost(place: Workplace, client: str) -> None:
    fields = place.standard
    field = fields.add_field("organisation", "text", "Смены")
    fields.set_value(field, client, "три")
    with pytest.raises(KamdeskError) as problem:
        fields.set_field(field, kind="integer")
    assert told(problem) == "standard.kind_with_values"
    assert fields.values("organisation", client)[0].value == "три"
    fields.set_value(field, client, "3")
    fields.set_field(field, kind="integer")
    assert fields.values("organisation", client)[0].value == 3


def test_names_and_choices_are_asked(place: Workplace) -> None:
    fields = place.standard
    fields.add_field("person", "text", "Хобби детства")
    for code, arguments in {
        "standard.no_label": ("person", "text", " "),
        "standard.no_choices": ("person", "choice", "Размер"),
        "standard.exists": ("person", "text", "хобби  детства"),
    }.items():
        with pytest.raises(KamdeskError) as problem:
            fields.add_field(*arguments)
        assert told(problem) == code
    assert len(fields.fields("person")) == 1


def test_a_retired_field_is_shown_where_it_holds_something(place: Workplace, client: str) -> None:
    fields = place.standard
    field = fields.add_field("organisation", "yes_no", "Есть свой парк")
    fields.set_value(field, client, True)
    fields.set_field(field, retired=True)
    assert fields.fields("organisation") == ()
    assert fields.values("organisation", client)[0].value is True
    other = place.organisations.add("Другой клиент")
    assert fields.values("organisation", other) == ()


def test_what_to_learn_is_what_is_not_known(place: Workplace, client: str) -> None:
    person = place.people.add("Новиков Олег", client)
    asked = place.questions.to_learn("person", person, limit=50)
    assert {"person.stance", "person.criteria", "fact.birthday"} <= {one.about for one in asked}
    place.people.set_stance(person, 1, "сам сказал")
    place.facts.add(person, "рыбалка", kind="hobby")
    now = {one.about for one in place.questions.to_learn("person", person, limit=50)}
    assert {"person.stance", "fact.hobby"} & now == set()
    aside = next(one for one in asked if one.about == "person.criteria")
    place.questions.put_aside(aside.id, person)
    assert aside.id not in {one.id for one in place.questions.to_learn("person", person, limit=50)}


def test_an_own_field_answers_an_own_question(place: Workplace, client: str) -> None:
    field = place.standard.add_field("organisation", "text", "Склад")
    question = place.questions.add("organisation", "Где склад?", about=f"custom.{field}")
    assert f"custom.{field}" in dict(place.questions.answers("organisation"))
    assert question in {one.id for one in place.questions.to_learn("organisation", client, limit=99)}
    place.standard.set_value(field, client, "Тверь")
    assert question not in {one.id for one in place.questions.to_learn("organisation", client, limit=99)}


def test_the_first_change_makes_the_questions_ones_own(place: Workplace) -> None:
    before = place.questions.list("person")
    place.questions.set(before[0].id, text_ru="Какую должность занимает сейчас?")
    after = place.questions.list("person")
    assert len(after) == len(before) and after[0].text_ru.endswith("сейчас?")
    place.questions.move(after[0].id, 1)
    assert [one.id for one in place.questions.list("person")][:2] == [before[1].id, before[0].id]
    place.vault.history.undo()
    place.vault.history.undo()
    assert place.questions.list("person") == before


def test_a_question_may_be_of_one_type_only(place: Workplace, client: str) -> None:
    person = place.people.add("Новиков Олег", client)
    asked = place.questions.add("person", "Какая ставка дисконтирования?", lenses=("finance",))
    assert asked not in {one.id for one in place.questions.to_learn("person", person, limit=99)}
    place.people.set_lens(person, "finance")
    assert asked in {one.id for one in place.questions.to_learn("person", person, limit=99)}


def test_the_standard_goes_to_a_colleague_and_back(
    place: Workplace, tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]
) -> None:
    field = place.standard.add_field("person", "choice", "Смена", "Shift", ("день", "ночь"), "personal")
    place.questions.add("person", "В какую смену?", "Which shift?", about=f"custom.{field}")
    data = place.standard.export()
    other = demo_copy(tmp_path / "other", "en")
    forget_standard(other)
    try:
        first = other.standard.import_(data, dry_run=True)
        assert other.standard.fields() == () and first.fields_new == 1
        assert other.standard.import_(data) == first
        assert other.standard.export() == data
        again = other.standard.import_(data)
        assert (again.fields_new, again.fields_changed, again.questions_new) == (0, 0, 0)
        # neither the same file again nor one that would open a field leaves a step behind
        changed = json.loads(data)
        changed["fields"][0]["sensitivity"] = "public"
        other.standard.import_(json.dumps(changed).encode())
        assert other.standard.fields()[0].sensitivity == "personal"
        other.vault.history.undo()
        assert other.standard.fields() == ()
    finally:
        other.close()


FIELD = {"id": "7a1c1b1e-0000-4000-8000-000000000001", "subject": "person", "kind": "text", "label_ru": "А"}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "standard.not_ours"),
        (b"\xff\xfe{", "standard.not_ours"),
        (b"[" * 100_000, "standard.not_ours"),
        (b'{"format": "kamdesk-dossier", "version": 1}', "standard.not_ours"),
        ({"version": 2}, "standard.newer"),
        ({"fields": {}}, "standard.broken"),
        ({"fields": [1]}, "standard.broken"),
        ({"fields": [FIELD | {"id": "../x"}]}, "standard.broken"),
        ({"fields": [FIELD | {"kind": "formula"}]}, "standard.broken"),
        ({"fields": [FIELD | {"label_ru": "\ud800"}]}, "standard.broken"),
        ({"fields": [FIELD | {"label_ru": "x" * 501}]}, "standard.broken"),
        ({"fields": [FIELD | {"label_ru": ""}]}, "standard.broken"),
        ({"fields": [FIELD, FIELD]}, "standard.broken"),
        ({"fields": [FIELD | {"sensitivity": "structural"}]}, "standard.broken"),
        ({"questions": [FIELD | {"text_ru": 5}]}, "standard.broken"),
        (b" " * (file_of.LIMIT + 1), "standard.too_large"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_changes_nothing(place: Workplace, document, code: str) -> None:
    if isinstance(document, dict):
        document = json.dumps({"format": file_of.FORMAT, "version": 1} | document).encode()
    with pytest.raises(KamdeskError) as problem:
        place.standard.import_(document)
    assert told(problem) == code
    assert place.standard.fields(retired=True) == ()


def test_the_shipped_questions_can_be_read(repository: Path) -> None:
    shipped = file_of.read((repository / "resources" / "standard.json").read_bytes(), own_values.KINDS)
    assert len(shipped.questions) > 15
    assert all(one.text_ru and one.text_en and one.about for one in shipped.questions)
