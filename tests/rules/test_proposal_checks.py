"""Before a proposal leaves: what is missing, what differs, who may be named, what may follow what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kamdesk.model.inputs import (
    AssumptionData,
    BenefitData,
    BenefitLine,
    ClientData,
    CompanyData,
    LibraryArgument,
    OfferLine,
    ProposalData,
    ReaderProfile,
    StageData,
    TermsData,
)
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import ItemChange, Vocabularies, fill_message
from kamdesk.resources import resources_folder
from kamdesk.rules.proposal_checks import (
    TRANSITIONS,
    Finding,
    Severity,
    check_assumptions,
    check_blocks,
    check_criteria,
    check_offer,
    check_proposal,
    check_schedule,
    check_validity,
    consent_covers,
    mandatory_blocks,
    may_be_named,
    missing_blocks,
    naming_problem,
    overused,
    status_problem,
)
from kamdesk.rules.tailoring import choose
from kamdesk.translation import Translator

TODAY = date(2026, 11, 23)
VOCABULARIES = Vocabularies.load(resources_folder() / "vocabulary.json")
WHOLE = ProposalData(
    id="p",
    language="ru",
    number="17",
    date=TODAY,
    subject="Насосы",
    client=ClientData("Завод"),
    company=CompanyData(),
    signatory=None,
    readers=(),
    offer=(OfferLine("Насос", price=Decimal(100), vat=Decimal(22)),),
    terms=TermsData(payment="Предоплата"),
    benefit=BenefitData((BenefitLine("x", "saving", (Decimal(1),)),)),
    understanding="Вам нужны насосы",
    uniqueness="Мы рядом",
    exclusivity="Цена на три года",
    valid_until=date(2026, 12, 31),
    validity_reason="Курс юаня",
)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message.code for finding in findings]


def say(message: Message, language: str = "ru") -> str:
    return Translator(language).message(fill_message(message, VOCABULARIES, language))


def test_a_whole_proposal_has_no_findings() -> None:
    assert check_blocks(WHOLE, VOCABULARIES) == ()
    assert check_offer(WHOLE, VOCABULARIES) == ()
    assert check_validity(WHOLE, TODAY) == ()


def test_missing_and_empty_blocks_are_named() -> None:
    found = check_blocks(
        replace(WHOLE, block_order=("price", "benefit"), benefit=BenefitData()), VOCABULARIES
    )
    assert [(each.message.code, each.block) for each in found] == [
        ("check.block_missing", "uniqueness"),
        ("check.block_missing", "exclusivity"),
        ("check.benefit_empty", "benefit"),
    ]
    assert say(found[0].message) == "Нет раздела «Почему мы»."
    assert (
        say(found[2].message, "en")
        == "There are no figures for the block “Economic effect” (step “Effect in figures”)."
    )


def test_an_unwritten_text_says_which_one_and_where_it_is_written() -> None:
    """A reader's subject may have the same heading in the document, so "empty" would be contradicted by the page."""
    [found] = check_blocks(replace(WHOLE, exclusivity=" "), VOCABULARIES)
    assert say(found.message) == (
        "Не написан текст раздела «Особые условия» (шаг «Основа», «Тексты документа»)."
    )


def test_which_blocks_are_mandatory_is_configured() -> None:
    changed = VOCABULARIES.with_changes([ItemChange("block", "exclusivity", extras={"mandatory": False})])
    assert mandatory_blocks(changed) == ("benefit", "uniqueness")
    assert missing_blocks(("benefit", "uniqueness"), changed) == ()
    assert check_blocks(replace(WHOLE, exclusivity=" "), changed)[0].severity is Severity.HINT


def test_offer_without_lines_prices_or_with_an_old_rate() -> None:
    assert codes(check_offer(replace(WHOLE, offer=()), VOCABULARIES)) == ["check.no_offer"]
    free = OfferLine("Насос", vat=Decimal(20))
    found = check_offer(replace(WHOLE, offer=(free, free)), VOCABULARIES)
    assert codes(found) == ["check.no_price", "check.no_price", "check.rate_not_in_force"]
    assert say(found[2].message) == "Ставка НДС 20 % на 23.11.2026 не действовала."
    assert codes(check_offer(replace(WHOLE, offer=(free,), vat_mode="none"), VOCABULARIES)) == [
        "check.no_price"
    ]


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (None, "", "check.no_validity"),
        (date(2026, 11, 1), "x", "check.validity_before_date"),
        (date(2026, 12, 1), "", "check.no_validity_reason"),
    ],
)
def test_validity(until: date | None, reason: str, code: str) -> None:
    assert codes(check_validity(replace(WHOLE, valid_until=until, validity_reason=reason), TODAY)) == [code]


def test_a_validity_that_is_over() -> None:
    assert codes(check_validity(WHOLE, date(2027, 1, 1))) == ["check.validity_over"]


def test_uncovered_criteria_read_as_sentences() -> None:
    readers = (ReaderProfile("f", "Финансовый директор", "finance", ("payment", "payback", "tco")),)
    library = [LibraryArgument("a", "Окупается", criteria=("payback",))]
    tailored = choose(readers, library, vocabularies=VOCABULARIES, language="ru", today=TODAY)
    found = check_criteria(tailored, readers, VOCABULARIES)
    assert [each.severity for each in found] == [Severity.ERROR, Severity.WARNING]
    assert say(found[0].message) == "Финансовый директор: на первый критерий нет аргумента (условия оплаты)"
    assert say(found[1].message, "en") == (
        "Финансовый директор: the third criterion has no argument (total cost of ownership)"
    )
    everything = check_proposal(
        replace(WHOLE, valid_until=None, uniqueness=""),
        tailored,
        readers,
        vocabularies=VOCABULARIES,
        today=TODAY,
    )
    assert [each.severity.value for each in everything] == ["error", "error", "warning", "warning"]


@pytest.mark.parametrize(
    ("scope", "purpose", "covered"),
    [
        ("any", "tender", True),
        ("proposal", "proposal", True),
        ("proposal, call", "call", True),
        ("proposal", "publication", False),
        ("В коммерческих предложениях предприятиям отрасли", "proposal", True),
        ("Можно звонить после предупреждения", "proposal", False),
        ("Можно звонить после предупреждения", "call", True),
        ("В любых материалах", "publication", True),
        ("Предприятиям химии", "proposal", True),
        ("Предприятиям химии", "publication", False),
        ("In proposals and bids", "tender", True),
        ("Name and phone in offers to plants", "proposal", True),
        ("  ", "proposal", False),
        ("Только по телефону, в предложениях не называть", "proposal", False),
        ("Везде, кроме коммерческих предложений", "proposal", False),
        ("Нельзя называть", "proposal", False),
        ("By phone only, never in proposals", "proposal", False),
        ("Anywhere except offers to competitors", "proposal", False),
        ("Без ограничений", "publication", True),
        ("Not limited", "tender", True),
    ],
)
def test_scope_of_a_consent(scope: str, purpose: str, covered: bool) -> None:
    assert consent_covers(scope, purpose) is covered


def test_a_recommender_is_named_only_within_the_consent() -> None:
    assert may_be_named(True, "proposal", None, "proposal", TODAY)
    assert may_be_named(True, "proposal", TODAY, "proposal", TODAY)
    problems = [
        naming_problem(False, "proposal", None, "proposal", TODAY),
        naming_problem(True, "proposal", date(2026, 11, 22), "proposal", TODAY),
        naming_problem(True, "", None, "proposal", TODAY),
        naming_problem(True, "call", None, "proposal", TODAY),
    ]
    assert [problem.code for problem in problems if problem is not None] == [
        "consent.none",
        "consent.expired",
        "consent.no_scope",
        "consent.other_scope",
    ]


def test_a_recommender_named_too_often() -> None:
    assert overused("Иванов П. С.", 3) is None
    finding = overused("Иванов П. С.", 5)
    assert finding is not None
    assert say(finding.message) == "Иванов П. С.: за год уже 5 предложений с этой рекомендацией."


def test_status_codes_are_those_of_the_vocabulary() -> None:
    assert tuple(TRANSITIONS) == VOCABULARIES.codes("proposal_status")
    assert {code for after in TRANSITIONS.values() for code in after} <= set(TRANSITIONS)


def test_changes_of_status() -> None:
    soon = date(2026, 11, 25)
    assert status_problem("draft", "sent", soon, TODAY) is None
    assert status_problem("draft", "draft", None, TODAY) is None
    assert status_problem("sent", "accepted", None, TODAY) is None
    problem = status_problem("draft", "accepted", soon, TODAY)
    assert problem is not None
    assert say(problem) == "Из состояния «Черновик» нельзя перейти в состояние «Принято»."
    assert status_problem("superseded", "draft", soon, TODAY) is not None


def test_a_sent_proposal_needs_a_next_date() -> None:
    problem = status_problem("approved", "sent", None, TODAY)
    assert problem is not None
    assert problem.code == "status.needs_next_date"
    late = status_problem("approved", "sent", date(2026, 11, 22), TODAY)
    assert late is not None
    assert late.code == "status.next_date_past"


def test_alternatives_that_are_no_choice() -> None:
    basic = OfferLine("Насос", price=Decimal(100), vat=Decimal(22), alternative="Базовый")
    full = replace(basic, alternative="Полный")
    assert check_offer(replace(WHOLE, offer=(basic, full), recommended="Полный"), VOCABULARIES) == ()
    alone = check_offer(replace(WHOLE, offer=(basic,)), VOCABULARIES)
    assert say(alone[0].message) == "«Базовый» — единственный вариант: выбирать не из чего."
    empty = check_offer(replace(WHOLE, offer=(basic, replace(full, optional=True))), VOCABULARIES)
    assert codes(empty) == ["check.alternative_empty", "check.alternative_alone"]
    unknown = check_offer(replace(WHOLE, offer=(basic, full), recommended="Иной"), VOCABULARIES)
    assert codes(unknown) == ["check.recommended_unknown"]


@pytest.mark.parametrize(
    ("value", "kind", "found"),
    [
        ("5", "percent", []),
        ("100", "percent", []),
        ("101", "percent", ["check.discount_too_big"]),
        ("100", "amount", []),
        ("100.01", "amount", ["check.discount_too_big"]),
        ("-1", "amount", ["check.discount_negative"]),
    ],
)
def test_a_discount_on_the_whole(value: str, kind: str, found: list[str]) -> None:
    data = replace(WHOLE, total_discount=Decimal(value), total_discount_kind=kind)
    assert codes(check_offer(data, VOCABULARIES)) == found


def test_payments_by_stage_make_the_whole() -> None:
    def found(*percents: int | None) -> list[str]:
        stages = (StageData("x", payment=None if one is None else Decimal(one)) for one in percents)
        return codes(check_schedule(replace(WHOLE, schedule=tuple(stages))))

    assert found() == found(None, None) == found(30, None, 70) == []
    assert found(30, 60) == ["check.payments_not_whole"]
    assert found(-10, 110) == ["check.payment_negative"]
    part = check_schedule(replace(WHOLE, schedule=(StageData("x", payment=Decimal(30)),)))
    assert say(part[0].message) == "Оплата по этапам составляет 30 %, а не 100 %."


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": None}, "check.assumption_no_value"),
        ({"low": Decimal(9), "high": Decimal(7)}, "check.assumption_ends_crossed"),
        ({"low": Decimal(9), "high": None}, "check.assumption_outside"),
        ({"id": "other"}, "check.assumption_unused"),
        ({"source": " "}, "check.assumption_no_source"),
        ({}, ""),
    ],
)
def test_assumptions_that_say_nothing(change: dict[str, object], code: str) -> None:
    gas = AssumptionData("gas", "Цена газа", Decimal(8), "₽", Decimal(7), Decimal(9), "договор")
    line = BenefitLine("Газ", "saving", (Decimal(0), Decimal(5)), "gas")
    data = replace(WHOLE, benefit=BenefitData((line,), assumed=(replace(gas, **change),)))  # type: ignore[arg-type]
    assert codes(check_assumptions(data)) == ([code] if code else [])


@pytest.mark.parametrize(
    "changed", [{"discount": Decimal(1000)}, {"discount": Decimal(-1)}, {"vat": Decimal(1000)}]
)
def test_absurd_percents_of_a_line_are_told(changed) -> None:
    line = OfferLine("Насос", price=Decimal(10), **changed)
    found = check_offer(replace(WHOLE, offer=(line,)), VOCABULARIES)
    assert {"check.line_discount", "check.rate_absurd"} & {one.message.code for one in found}
