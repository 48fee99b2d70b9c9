"""Looking at a template with a small sample, the field catalogue, remembered columns, and where the library was used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.documents.templates import bundled
from kamdesk.services.field_catalogue import catalogue_fields
from kamdesk.services.import_memory import ImportMemory
from kamdesk.services.library_uses import LibraryUses
from kamdesk.services.template_sample import TemplateSamples


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    place, _client = make_demo(tmp_path_factory.mktemp("demo") / "vault", "ru")
    yield place
    place.close()


@pytest.mark.parametrize(
    ("name", "kind", "language"),
    [("group", "group", "ru"), ("finance", "variant", "en"), ("cover", "cover", "ru")],
)
def test_the_sample_shows_a_template(demo: Workplace, name: str, kind: str, language: str) -> None:
    samples = TemplateSamples(demo.store, demo.workers)
    pdf = samples.pdf(bundled(language, name).read(), mode="tags", kind=kind, language=language)
    assert demo.workers.page_count(pdf) >= 1
    document = str(samples.document(kind, language).to_json())
    company = demo.company.get()
    assert company is not None
    assert company.data.short_name in document


def test_the_catalogue_speaks_both_languages() -> None:
    russian = catalogue_fields("", "ru")
    assert russian[0].is_block
    tags = {field.path: field.tag for field in russian}
    assert tags["client.name"] == "{{ клиент.название }}"
    mixed = {field.path: field for field in catalogue_fields("group", "ru", "en")}
    assert mixed["client.name"].tag == "{{ client.name }}"
    assert mixed["client.name"].other_tag == "{{ клиент.название }}"
    assert all(field.about for field in russian)


def test_columns_are_remembered_by_their_headers(demo: Workplace) -> None:
    memory = ImportMemory(demo.store)
    headers = ("ФИО", "Прозвище", "Почта")
    assert memory.fields("abc", headers, ("name", "", "email")) == ("name", "", "email")
    memory.keep("abc", headers, ("name", "nickname", "-"))
    assert memory.fields("abc", ("почта", "ФИО", "Прозвище"), ("email", "name", "")) == (
        "-",
        "name",
        "nickname",
    )
    memory.keep("", (), ("name",))
    assert memory.fields("", (), ("title",)) == ("title",)


def test_where_an_entry_was_used(demo: Workplace) -> None:
    uses = LibraryUses(demo.store)
    shown = [(view, uses.proposals("case_study", view.id)) for view in demo.library.cases()]
    assert any(found for _, found in shown)
    assert all(view.proposals == len(found) for view, found in shown)
    for argument in demo.library.arguments():
        assert argument.proposals == len(uses.proposals("argument", argument.id))
        decided = {row.lens for row in uses.worked() if row.argument_id == argument.id}
        assert {row.lens for row in uses.results(argument.id)} == decided
    assert uses.proposals("objection", "x") == ()
    with pytest.raises(KeyError):
        uses.proposals("person", "x")
