"""The outgoing context: nothing private has a place in it, the same figures stand in all documents of a proposal."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from decimal import Decimal
from typing import get_type_hints

import pytest

from kamdesk.documents.blocks import (
    Bullets,
    Heading,
    Node,
    Paragraph,
    Picture,
    Run,
    from_json,
    plain_text,
    to_json,
)
from kamdesk.documents.context.build import build
from kamdesk.documents.context.catalogue import CONTRACTS, catalogue
from kamdesk.documents.context.declare import declarations
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.shared import LetterBlocks
from kamdesk.model.inputs import ChosenArgument, ReaderArguments, Tailored
from kamdesk.model.messages import KamdeskError, Message
from tests.documents.sample import EXECUTIVE, FINANCE, PEOPLE, TECHNICAL, proposal, tailored

READERS = (EXECUTIVE, PEOPLE, FINANCE, TECHNICAL)
ALLOWED = {
    "client": {"name", "name_gen", "name_dat", "name_ins", "short_name", "address"},
    "our": {"name", "full_name", "address", "phone", "email", "website", "requisites", "contacts"},
    "proposal": {"number", "date", "subject", "valid_until", "sum", "sum_in_words", "currency"},
    "signatory": {"name", "full_name", "post", "authority"},
    "recipient": {"to", "salutation", "full_name", "post"},
}
"""Every plain field that may leave. A new one is added here on purpose, after asking who may read it."""


@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_a_contract_has_only_declared_business_fields(kind: str) -> None:
    parts = get_type_hints(CONTRACTS[kind])
    for root, _ in declarations(CONTRACTS[kind]):
        names = {name for name, _ in declarations(parts[root])}
        if issubclass(parts[root], LetterBlocks):
            continue
        assert names <= ALLOWED[root]
        assert all(hint is str for hint in get_type_hints(parts[root]).values())


def test_the_field_names_of_the_terms_are_there() -> None:
    names = catalogue("variant").names
    for name in (
        "получатель.обращение получатель.кому получатель.фио получатель.должность клиент.название клиент.название_род "
        "предложение.номер предложение.дата предложение.срок_действия предложение.сумма предложение.сумма_прописью "
        "блок.понимание блок.аргументы блок.эффект блок.проекты блок.рекомендатели блок.цены блок.условия блок.команда "
        "наша.название наша.реквизиты подписант.должность подписант.фио блок.всё блок.все client.name block.all"
    ).split():
        assert name in names


@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_every_declaration_speaks_both_languages_and_leads_back(kind: str) -> None:
    fields = catalogue(kind)
    for entry in fields.entries:
        assert all(entry.tag) and all(entry.about)
        assert entry.is_block or all(entry.example)
        assert {fields.path_of(tag) for tag in entry.tag} == {entry.path}
    assert fields.path_of("клиент.цвет") is None
    values = fields.examples("ru")
    assert fields.spread(values)["клиент"]["название"] == values["client"]["name"]


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KamdeskError):
        catalogue("leaflet")


def _everything(document: OutgoingDocument) -> str:
    return json.dumps(document.to_json(), ensure_ascii=False)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_tailoring_knows_does_not_get_into_a_document(language: str) -> None:
    canaries = {
        "reason": "CANARYREASON",
        "case": "CANARYCASE",
        "argument": "CANARYID",
        "uncovered": "CANARYCRITERION",
    }
    item = ChosenArgument(
        canaries["argument"], "A true argument.", "", "exclusive", "", Message(canaries["reason"], {"lens": "CANARYLENS"}),
        score=987654, pinned=True, case_id=canaries["case"],
    )  # fmt: skip
    arguments = Tailored(
        tuple(ReaderArguments(reader, "effect", (item,), (canaries["uncovered"],)) for reader in READERS),
        "CANARYINDUSTRY",
    )
    data = replace(proposal(language), id="CANARYPROPOSAL")
    documents = [build(data, arguments, "group")]
    documents += [build(data, arguments, kind, reader) for kind in ("variant", "cover") for reader in READERS]
    for document in documents:
        said = _everything(document)
        assert "A true argument" in said
        assert "CANARY" not in said
        assert "987654" not in said
        for reader in READERS:
            assert reader not in said


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_heading_or_title_names_a_type_of_reader(language: str) -> None:
    forbidden = (
        "executive",
        "lens",
        "stakeholder",
        "hr",
        "руководств",
        "персонал (",
        "тип участника",
        "для директора",
    )
    for document in _all(language):
        headings = [
            node.text for nodes in document.blocks.values() for node in nodes if isinstance(node, Heading)
        ]
        for text in (document.title, *headings):
            assert not any(word in text.casefold().split() for word in forbidden)


def _all(language: str, unit: str = "1") -> list[OutgoingDocument]:
    data, arguments = proposal(language, unit), tailored(language)
    found = [build(data, arguments, "group")]
    return found + [build(data, arguments, "variant", reader) for reader in READERS]


@pytest.mark.parametrize("unit", ["1", "1000", "1000000"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_number_prices_terms_and_validity_are_identical_in_all(language: str, unit: str) -> None:
    documents = _all(language, unit)
    for block in ("prices", "terms", "validity", "requisites", "schedule"):
        assert len({plain_text(document.blocks[block]) for document in documents}) == 1
    assert len({json.dumps(dict(document.fields["proposal"])) for document in documents}) == 1


def test_a_variant_begins_with_its_readers_own_arguments() -> None:
    firsts = {}
    for reader in READERS:
        body = build(proposal(), tailored(), "variant", reader).blocks["body"]
        listed = next(node for node in body if isinstance(node, Bullets))
        firsts[reader] = "".join(run.text for run in listed.items[0])
        assert isinstance(body[0], Heading)
    assert "не поставляем эту линейку другим" in firsts[EXECUTIVE]
    assert "мастеров" in firsts[PEOPLE]
    assert "окупаются" in firsts[FINANCE]
    assert "фундаменты" in firsts[TECHNICAL]


def test_the_group_document_says_an_argument_once() -> None:
    said = plain_text(build(proposal(), tailored(), "group").blocks["body"])
    assert said.count("Вложения окупаются меньше чем за два года") == 1
    assert said.index("Особые условия") < said.index("Экономический эффект") < said.index("Состав и цены")


def test_an_argument_on_a_subject_without_a_block_stands_before_the_prices() -> None:
    item = ChosenArgument("x", "Мы отвечаем всем нормам.", "", "", "", Message("x"))
    arguments = Tailored((ReaderArguments(EXECUTIVE, "compliance", (item,)),))
    said = plain_text(build(proposal(), arguments, "group").blocks["body"])
    assert said.index("Соответствие требованиям") < said.index("Мы отвечаем") < said.index("Состав и цены")
    without = replace(proposal(), block_order=("understanding", "terms"))
    assert "Мы отвечаем" in plain_text(build(without, arguments, "group").blocks["body"])


def test_the_letter_points_at_three_arguments_and_their_parts() -> None:
    letter = build(proposal(), tailored(), "cover", EXECUTIVE)
    said = plain_text(letter.blocks["body"])
    assert said.count("(раздел «") == 3
    assert "Цены и условия одинаковы" in said
    assert letter.fields["recipient"]["salutation"] == "Уважаемый Андрей Викторович!"


def test_the_recommenders_contacts_stand_where_experience_is() -> None:
    body = plain_text(build(proposal(), tailored(), "variant", PEOPLE).blocks["body"])
    assert (
        body.index("Опыт и рекомендации")
        < body.index("kuznetsova@chtk.example")
        < body.index("Понимание вашей задачи")
    )


def test_an_empty_proposal_is_a_document_without_empty_headings() -> None:
    bare = replace(
        proposal(), offer=(), benefit=None, cases=(), recommenders=(), team=(), schedule=(), understanding="", solution="",
        uniqueness="", exclusivity="", annexes=(), next_step="", valid_until=None, signatory=None, readers=(),
    )  # fmt: skip
    document = build(bare, Tailored(()), "group")
    assert [node.text for node in document.blocks["body"] if isinstance(node, Heading)] == [
        "Условия оплаты и поставки"
    ]
    assert document.fields["proposal"]["sum"] == ""


def test_many_periods_turn_the_table_of_the_effect() -> None:
    data = proposal()
    assert data.benefit is not None
    line = replace(data.benefit.lines[2], amounts=tuple(Decimal(100) for _ in range(13)))
    turned = replace(data, benefit=replace(data.benefit, lines=(data.benefit.lines[0], line), period="month"))
    said = plain_text(build(turned, tailored(), "group").blocks["effect"])
    assert "12-й мес." in said


def test_typed_lists_become_lists() -> None:
    body = build(proposal(), tailored(), "group").blocks["understanding"]
    assert any(isinstance(node, Bullets) and len(node.items) == 3 for node in body)


def test_nodes_survive_json() -> None:
    nodes: tuple[Node, ...] = (
        Paragraph((Run("a", bold=True), Run("b", muted=True)), align="right"),
        Picture("alt", 10, png=b"\x00\xff"),
        *build(proposal(), tailored(), "group").blocks["all"],
    )
    assert from_json(json.loads(json.dumps(to_json(nodes)))) == nodes
    for node in nodes:
        assert dataclasses.is_dataclass(node)


def test_blocks_are_left_out_and_ordered_by_kind_of_document() -> None:
    data = replace(proposal(), variant_order=("terms", "solution"), letter_order=("next_step", "why_us"))
    variant = build(data, tailored(), "variant", EXECUTIVE)
    assert not variant.blocks["signature"]
    assert not variant.blocks["annexes"]
    assert not variant.blocks["figures"]
    assert build(data, tailored(), "group").blocks["signature"]
    body = plain_text(build(data, tailored(), "cover", EXECUTIVE).blocks["body"])
    assert "Цены и условия одинаковы" not in body
    assert body.index(data.next_step.split(".")[0]) < body.index("(раздел «")
