"""A small proposal for looking at a template before there is a real one: our company, the first client, neutral texts (R9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.model.inputs import (
    BenefitData,
    BenefitLine,
    CaseData,
    ChosenArgument,
    ClientData,
    OfferLine,
    ProposalData,
    Reader,
    ReaderArguments,
    RecommenderData,
    SignatoryData,
    StageData,
    Tailored,
    TeamMember,
    TermsData,
)
from kamdesk.model.messages import Message
from kamdesk.model.tables import Colleague, Organisation, Person, ProposalReader
from kamdesk.model.values import PersonName
from kamdesk.services.base import name_of
from kamdesk.services.company import company_data, company_row
from kamdesk.store.unit_of_work import Store

D: Final = Decimal


class _Pdf(Protocol):
    @property
    def pdf(self) -> bytes: ...


class SampleMaker(Protocol):
    """The worker as a look at a template needs it."""

    def prepare(
        self, letterhead: bytes, start: int | None, kind: str, language: str, pattern: bool = True
    ) -> bytes: ...
    def render(self, template: bytes, document: OutgoingDocument) -> bytes: ...
    def to_pdf(self, docx: bytes, converter: str = "builtin") -> _Pdf: ...


@dataclass(frozen=True, slots=True)
class SampleReader:
    """A reader of a proposal: whose letter or variant a template may be looked at with."""

    id: str
    name: str


class TemplateSamples:
    """Shows what a template makes of a small proposal. Nothing is stored."""

    def __init__(self, store: Store, maker: SampleMaker) -> None:
        self._store = store
        self._maker = maker

    def pdf(
        self,
        template: bytes,
        *,
        mode: str,
        start_at: int | None = None,
        kind: str = "",
        language: str = "",
        table_pattern: bool = True,
        document: OutgoingDocument | None = None,
    ) -> bytes:
        """The sample as PDF; "" for the kind is the document for the group, "" for the language Russian.

        ``document`` fills it in place of the small built-in sample (:meth:`TemplateChecks.document`).
        Blocks until the worker is done. Raises KamdeskError that names the fault of the template.
        """
        kind, language = kind or "group", language or "ru"
        if mode == "letterhead":
            template = self._maker.prepare(template, start_at, kind, language, table_pattern)
        filled = document if document is not None else self.document(kind, language)
        return self._maker.to_pdf(self._maker.render(template, filled)).pdf

    def proposal(self, language: str) -> tuple[ProposalData, Tailored]:
        """The sample before it is put into words."""
        today = self._store.now().date()
        return self._store.read(lambda session: self._data(session, language, today)), _tailored(language)

    def readers(self, proposal_id: str) -> tuple[SampleReader, ...]:
        """Who reads a proposal, in order."""
        query = (
            select(ProposalReader.id, Person)
            .join(Person, Person.id == ProposalReader.person_id)
            .where(ProposalReader.proposal_id == proposal_id)
            .order_by(ProposalReader.position)
        )
        return self._store.read(
            lambda session: tuple(
                SampleReader(row_id, name_of(person).full()) for row_id, person in session.execute(query)
            )
        )

    def document(self, kind: str, language: str) -> OutgoingDocument:
        """The sample as an outgoing document."""
        today = self._store.now().date()
        data = self._store.read(lambda session: self._data(session, language, today))
        reader = None if kind == "group" else data.readers[0].id
        return build(data, _tailored(language), kind, reader)

    def _data(self, session: Session, language: str, today: date) -> ProposalData:
        words = _WORDS[language]
        row = company_row(session)
        company = company_data(session, self._store.files)
        client = session.scalars(
            select(Organisation).where(Organisation.kind == "client").order_by(Organisation.id).limit(1)
        ).first()
        colleagues = session.scalars(select(Colleague).order_by(Colleague.position, Colleague.id)).all()
        signs = next((one for one in colleagues if one.signs), None)
        return ProposalData(
            id="sample",
            language=language,
            number=words["number"],
            date=today,
            subject=words["subject"],
            client=ClientData(client.short_name, client.legal_name)
            if client is not None
            else ClientData(words["client"], words["client"]),
            company=company,
            signatory=SignatoryData(name_of(signs), signs.post, signs.authority) if signs else None,
            readers=(
                Reader("r1", _READERS[language][0], words["post"], "m"),
                Reader("r2", _READERS[language][1], words["post_two"], "f"),
            ),
            currency=row.currency if row is not None else "RUB",
            vat_mode=row.vat_mode if row is not None else "on_top",
            offer=(
                OfferLine(words["line"], words["unit"], D(2), D(480_000), D(5), D(20)),
                OfferLine(words["line_two"], words["unit"], D(1), D(120_000), D(0), D(20)),
            ),
            terms=TermsData(words["payment"], words["delivery"], words["lead_time"], words["warranty"]),
            benefit=BenefitData(
                (
                    BenefitLine(words["investment"], "investment", (D(1_032_000), D(0), D(0), D(0))),
                    BenefitLine(words["saving"], "saving", (D(0), D(640_000), D(660_000), D(690_000))),
                ),
                discount_rate=D(12),
                assumptions=words["assumptions"],
            ),
            understanding=words["understanding"],
            solution=words["solution"],
            uniqueness=words["uniqueness"],
            exclusivity=words["exclusivity"],
            schedule=(StageData(words["stage"], words["term"]), StageData(words["stage_two"], words["term_two"])),
            cases=(CaseData("c1", words["case"], words["case_client"], year=today.year - 1, figures=words["figures"]),),
            recommenders=(
                RecommenderData("m1", _READERS[language][2], words["post"], words["case_client"], about=words["about"]),
            ),
            team=tuple(
                TeamMember(name_of(one), one.post, one.phone, one.email, one.topics) for one in colleagues[:2]
            ),
            valid_until=today + timedelta(days=30),
            validity_reason=words["reason"],
            next_step=words["next_step"],
        )  # fmt: skip


def _tailored(language: str) -> Tailored:
    words = _WORDS[language]
    why = Message("tailoring.general")

    def one(number: int, text: str, evidence: str, kind: str) -> ChosenArgument:
        return ChosenArgument(f"a{number}", words[text], words[evidence], kind, "", why)

    effect = one(1, "argument", "evidence", "figure")
    known = one(2, "argument_two", "evidence_two", "reference")
    return Tailored(
        (ReaderArguments("r1", "effect", (effect, known)), ReaderArguments("r2", "experience", (known,)))
    )


_READERS: Final[Mapping[str, tuple[PersonName, PersonName, PersonName]]] = {
    "ru": (
        PersonName("Образцов", "Пётр", "Сергеевич"),
        PersonName("Примерова", "Анна", "Олеговна"),
        PersonName("Рекомендов", "Иван", "Петрович"),
    ),
    "en": (PersonName("Sample", "Peter"), PersonName("Example", "Anna"), PersonName("Reference", "John")),
}

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "ru": {
        "number": "001-ОБРАЗЕЦ",
        "subject": "Образец предложения",
        "client": "АО «Образец»",
        "post": "Генеральный директор",
        "post_two": "Директор по персоналу",
        "line": "Первая позиция",
        "line_two": "Пусконаладка и обучение",
        "unit": "шт.",
        "payment": "50 % — аванс, 50 % — в течение 30 дней после поставки.",
        "delivery": "До склада покупателя.",
        "lead_time": "6 недель с даты аванса.",
        "warranty": "24 месяца.",
        "investment": "Вложения",
        "saving": "Экономия",
        "assumptions": "Числа этого образца вымышлены.",
        "understanding": "Здесь одним-двумя абзацами сказано, как мы поняли задачу.\nВам важно:\n- первый пункт;\n- второй пункт.",
        "solution": "Здесь описано решение.",
        "uniqueness": "Здесь сказано, почему мы.",
        "exclusivity": "Здесь названы особые условия.",
        "stage": "Изготовление",
        "term": "недели 1–5",
        "stage_two": "Поставка и пуск",
        "term_two": "неделя 6",
        "case": "Похожий проект",
        "case_client": "Завод «Пример»",
        "figures": "Затраты ниже на 18 %.",
        "about": "Ход и итоги похожего проекта.",
        "reason": "Срок обусловлен ценами изготовителя.",
        "next_step": "Предлагаем встретиться на следующей неделе.",
        "argument": "Вложения окупаются меньше чем за два года.",
        "evidence": "расчёт в разделе «Экономический эффект»",
        "argument_two": "Похожий проект сдан в срок, о нём расскажет его руководитель.",
        "evidence_two": "отзыв завода «Пример»",
    },
    "en": {
        "number": "SAMPLE-001",
        "subject": "A sample proposal",
        "client": "Sample Works Ltd",
        "post": "Managing Director",
        "post_two": "HR Director",
        "line": "The first item",
        "line_two": "Start-up and training",
        "unit": "pcs",
        "payment": "50% in advance, 50% within 30 days of delivery.",
        "delivery": "To the customer's warehouse.",
        "lead_time": "6 weeks from the advance.",
        "warranty": "24 months.",
        "investment": "Investment",
        "saving": "Savings",
        "assumptions": "The figures of this sample are invented.",
        "understanding": "One or two paragraphs say here how we understood the task.\nWhat matters to you:\n- the first point;\n- the second point.",
        "solution": "Here the solution is described.",
        "uniqueness": "Here it says why us.",
        "exclusivity": "Here the exclusive terms are named.",
        "stage": "Making",
        "term": "weeks 1–5",
        "stage_two": "Delivery and start-up",
        "term_two": "week 6",
        "case": "A similar project",
        "case_client": "Example Plant",
        "figures": "Costs are 18% lower.",
        "about": "How a similar project went.",
        "reason": "The date follows from the manufacturer's prices.",
        "next_step": "We suggest a meeting next week.",
        "argument": "The investment pays back in less than two years.",
        "evidence": "calculation in “Economic effect”",
        "argument_two": "A similar project was finished on time; its manager will tell about it.",
        "evidence_two": "reference by Example Plant",
    },
}  # fmt: skip
