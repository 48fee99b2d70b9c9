"""What papers of the house and letters with results are looked at with: a record of the vault, or a small invented example (R9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Final

from kamdesk.documents.blocks import Bullets, Heading, Node, Paragraph, Run
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_brief import brief_document
from kamdesk.documents.context.internal_brief import cuts as brief_cuts
from kamdesk.documents.context.internal_cheat_sheet import cuts as sheet_cuts
from kamdesk.documents.context.internal_cheat_sheet import sheet_document
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.documents.context.results_letter import letter_document, letter_text
from kamdesk.model.inputs import ProposalData, Tailored
from kamdesk.model.internal import (
    Brief,
    BriefConcession,
    BriefContact,
    BriefDate,
    BriefDone,
    BriefObjection,
    BriefPerson,
    BriefPromise,
    BriefProposal,
    BriefQuestion,
    CheatSheet,
    FullBrief,
    FullCheatSheet,
    JudgedPerson,
    SheetDeal,
    SheetTie,
)
from kamdesk.model.letter import Agreement, LetterData
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.values import Money, PartialDate
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.brief import Briefs
from kamdesk.services.cheat_sheet import CheatSheets
from kamdesk.services.dossier_print import DossierPrints
from kamdesk.services.meeting_letter import MeetingLetters
from kamdesk.translation import Translator

_PAIR: Final = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Papers:
    """The services that make these papers, each asked for when it is needed."""

    briefs: Callable[[], Briefs]
    sheets: Callable[[], CheatSheets]
    dossiers: Callable[[], DossierPrints]
    letters: Callable[[], MeetingLetters]


class HouseSamples:
    """Everything a template of such a kind may show: on the KAM's own screen, so in full but for dossiers and letters."""

    def __init__(self, papers: Papers, vocabularies: Callable[[], Vocabularies]) -> None:
        self._papers = papers
        self._vocabularies = vocabularies

    def document(self, kind: str, language: str, subject: str) -> OutgoingDocument:
        """Of a record of the vault, as :class:`TemplateChoices` names it.

        Raises KamdeskError ``record.gone``, ``sheet.nobody``, ``letter.nobody``.
        """
        if kind == "brief":
            return self._papers.briefs().document(subject, language)
        if kind == "cheat_sheet":
            return self._papers.sheets().document(subject, language)
        if kind == "results":
            return self._papers.letters().document(subject, language)
        about, _colon, row_id = subject.partition(":")
        if about not in ("client", "person") or not row_id:
            raise KamdeskError("record.gone")
        return self._papers.dossiers().document(about, row_id, language)

    def invented(self, kind: str, language: str, data: ProposalData, tailored: Tailored) -> OutgoingDocument:
        """About the client and the readers of the invented proposal; nothing comes out blank.

        What there is no invented record for says the example of the catalogue.
        """
        example = replace(_example(kind, language), date=data.date.isoformat())
        make = {"brief": self._brief, "cheat_sheet": self._sheet, "results": _letter}.get(kind)
        if make is None:
            return example
        made = make(language, data, tailored)
        fields = {
            root: {leaf: made.fields.get(root, {}).get(leaf) or text for leaf, text in leaves.items()}
            for root, leaves in example.fields.items()
        }
        blocks = {name: made.blocks.get(name) or nodes for name, nodes in example.blocks.items()}
        return replace(made, fields=fields, blocks=blocks)

    def _brief(self, language: str, data: ProposalData, tailored: Tailored) -> OutgoingDocument:
        words, say = InternalWords(language, self._vocabularies()), _WORDS[language]
        met = datetime.combine(data.date + timedelta(days=7), time(10))
        people = _people(language, data, tailored)
        past = BriefContact(
            "i1", "call", met - timedelta(days=21), say["purpose"], (people[0].name,), "", None
        )
        claim = replace(past, id="i2", kind="complaint", purpose=say["claim"])
        brief = Brief(
            subject="sample", interaction_id="sample", client_id="", client=data.client.name, kind="presentation",
            starts_at=met, ends_at=met + timedelta(hours=2), place=say["place"], purpose=say["purpose"],
            people=people, ours=tuple(one.name for one in data.team),
            promises=_promises(language, data), contacts=(past,), complaints=(claim,),
            proposals=(BriefProposal("p1", data.number, data.subject, "sent", None, data.valid_until),),
            dates=(BriefDate(met.date(), people[0].name, "birthday", "", 50),),
            questions=(BriefQuestion(people[1].name, _WORDS["en"]["ask"], _WORDS["ru"]["ask"]),),
        )  # fmt: skip
        full = FullBrief(
            brief,
            say["ideal"],
            say["minimum"],
            _judged(language),
            concessions=_concessions(language, data),
        )
        return brief_document(brief, words, brief_cuts()[0], data.date, full)

    def _sheet(self, language: str, data: ProposalData, tailored: Tailored) -> OutgoingDocument:
        words, say = InternalWords(language, self._vocabularies()), _WORDS[language]
        people = _people(language, data, tailored)
        first, expected = people[0].name.full(language), data.date + timedelta(days=45)
        sheet = CheatSheet("sample", "", data.client.name, data.subject, people, _promises(language, data))
        deal = SheetDeal(
            data.subject,
            "proposal",
            Money(Decimal(1_080_000), data.currency),
            PartialDate(expected.year, expected.month, expected.day),
            ((say["rival"], ""),),
        )
        full = FullCheatSheet(
            sheet,
            _judged(language),
            (deal,),
            (Message("influence.deciders", {"names": first}),),
            (SheetTie(people[1].id, people[0].id, "reports_to", 3),),
            _concessions(language, data),
        )
        tell = Translator(language, self._vocabularies).message
        return sheet_document(sheet, words, sheet_cuts()[0], data.date, tell, full)


def _letter(language: str, data: ProposalData, _tailored: Tailored) -> OutgoingDocument:
    say = _WORDS[language]
    due = data.date + timedelta(days=7)
    letter = LetterData(
        language, data.date, "presentation", data.date, data.client, data.company, data.signatory,
        data.company.phone, data.company.email, data.readers,
        ours=(Agreement(say["promise"], "", due),), theirs=(Agreement(say["answer_due"], "", due),),
        next_step=data.next_step, next_step_on=None,
    )  # fmt: skip
    return letter_document(letter, letter_text(letter))


def _example(kind: str, language: str) -> OutgoingDocument:
    """A document in which each field says the example of the catalogue, and each block what it is for."""
    known, at, say = catalogue(kind), _PAIR.index(language), _WORDS[language]
    blocks: dict[str, tuple[Node, ...]] = {}
    for entry in known.entries:
        name = entry.path.partition(".")[2]
        if entry.is_block and name != "body":
            items = tuple((Run(say[one]),) for one in ("item", "item_two"))
            blocks[name] = (Heading(entry.about[at]), Paragraph((Run(say["stands"]),)), Bullets(items))
    body = tuple(node for nodes in blocks.values() for node in nodes)
    fields = known.examples(language)
    return OutgoingDocument(kind, language, say["title"], "", "", fields, {**blocks, "body": body})


def _people(language: str, data: ProposalData, tailored: Tailored) -> tuple[BriefPerson, ...]:
    say = _WORDS[language]
    chosen = {one.reader_id: tuple(each.text for each in one.chosen) for one in tailored.readers}
    criteria = (("payback", "reputation"), ("references", "training"))
    return tuple(
        BriefPerson(
            one.id,
            one.name,
            one.post,
            "",
            criteria[at % 2],
            (BriefDone("told", say["told"], data.date - timedelta(days=21)),),
            chosen.get(one.id, ()),
            (BriefObjection(say["objection"], say["answer"]),),
        )
        for at, one in enumerate(data.readers)
    )


def _judged(language: str) -> tuple[JudgedPerson, ...]:
    say = _WORDS[language]
    topics, avoid, known = (say["topic"],), (say["avoid"],), (say["known"],)
    return (
        JudgedPerson("r1", "executive", 5, 1, ("decider",), topics, avoid, known),
        JudgedPerson("r2", "people", 3, 2, ("champion",), topics, (), ()),
    )


def _promises(language: str, data: ProposalData) -> tuple[BriefPromise, ...]:
    say, first = _WORDS[language], data.readers[0]
    return (
        BriefPromise("o1", "ours", say["promise"], data.date + timedelta(days=3), False),
        BriefPromise("o2", "theirs", say["answer_due"], data.date - timedelta(days=2), True, first.id, first.name),
    )  # fmt: skip


def _concessions(language: str, data: ProposalData) -> tuple[BriefConcession, ...]:
    say = _WORDS[language]
    given, got = Decimal(24_000), Decimal(30_000)
    return (BriefConcession(say["given"], say["got"], data.date, given, got, data.currency),)


_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "ru": {
        "title": "Образец",
        "stands": "Здесь стоит то, что об этом известно.",
        "item": "первая запись;",
        "item_two": "вторая запись.",
        "purpose": "Согласовать сроки поставки",
        "place": "У клиента, переговорная 12",
        "claim": "Задержка документов",
        "ideal": "Подписанный заказ",
        "minimum": "Дата следующей встречи",
        "told": "О похожем проекте",
        "objection": "Дорого",
        "answer": "Посчитать вместе, во что обходится простой.",
        "promise": "Прислать расчёт окупаемости",
        "answer_due": "Подтвердить дату осмотра",
        "ask": "Кто согласует бюджет?",
        "topic": "рыбалка",
        "avoid": "прошлый подрядчик",
        "known": "Отвечает по вечерам.",
        "given": "Отсрочка 30 дней",
        "got": "Аванс 50 %",
        "rival": "ООО «Пример-Север»",
    },
    "en": {
        "title": "Sample",
        "stands": "Here stands what is known of this.",
        "item": "the first entry;",
        "item_two": "the second entry.",
        "purpose": "Agree the delivery dates",
        "place": "At the client's, room 12",
        "claim": "Late documents",
        "ideal": "A signed order",
        "minimum": "The date of the next meeting",
        "told": "A similar project",
        "objection": "Too expensive",
        "answer": "Work out together what an idle line costs.",
        "promise": "Send the payback calculation",
        "answer_due": "Confirm the day of the inspection",
        "ask": "Who approves the budget?",
        "topic": "fishing",
        "avoid": "the last contractor",
        "known": "Answers in the evening.",
        "given": "30 more days to pay",
        "got": "50% in advance",
        "rival": "Example North Ltd",
    },
}
