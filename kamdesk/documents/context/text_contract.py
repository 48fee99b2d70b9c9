"""The contract of a text for a letter or an e-mail (R9): the names of Word templates, the one who writes, a meeting, blocks as lines.

It goes to the client: business words only (R13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.context.declare import declared
from kamdesk.documents.context.shared import (
    ClientFields,
    OurFields,
    ProposalFields,
    ReaderFields,
    SignatoryFields,
)

KIND: Final = "text"
Lines = str


@dataclass(frozen=True, slots=True)
class SenderFields:
    """Who writes."""

    name: str = declared("фио", ("Initials and name", "Инициалы и фамилия"), ("P. Brown", "П. С. Иванов"))
    full_name: str = declared(
        "имя_и_фамилия", ("Given and family name", "Имя и фамилия"), ("Peter Brown", "Пётр Иванов")
    )
    post: str = declared(
        "должность", ("Post", "Должность"), ("Key Account Manager", "Менеджер по ключевым клиентам")
    )
    phone: str = declared("телефон", ("Telephone", "Телефон"), ("+44 113 496 0000", "+7 351 200-00-00"))
    email: str = declared(
        "почта", ("E-mail", "Электронная почта"), ("brown@example.com", "ivanov@example.ru")
    )


@dataclass(frozen=True, slots=True)
class MeetingFields:
    """A meeting or a call that took place."""

    date: str = declared("дата", ("Date in words", "Дата"), ("20 November 2026", "20 ноября 2026 г."))
    subject: str = declared(
        "тема", ("What it was, for the subject line", "Что это было, для темы письма"),
        ("Results of our meeting on 20 November 2026", "Итоги встречи 20 ноября 2026 г."),
    )  # fmt: skip
    next_step: str = declared(
        "следующий_шаг", ("Next step with its date", "Следующий шаг с датой"),
        ("Visit to the site, 30 November 2026.", "Выезд на площадку, 30 ноября 2026 г."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextBlocks:
    """Parts of several lines; each stands in a line of its own."""

    arguments: Lines = declared("аргументы", ("Arguments, one a line", "Аргументы, по одному в строке"))
    terms: Lines = declared("условия", ("Terms", "Условия оплаты и поставки"))
    validity: Lines = declared("срок", ("Validity with its reason", "Срок действия и чем он обусловлен"))
    next_step: Lines = declared(
        "следующий_шаг", ("Next step of the proposal", "Следующий шаг из предложения")
    )
    agreements: Lines = declared(
        "договорённости", ("What was agreed at the meeting", "О чём договорились на встрече")
    )
    signature: Lines = declared(
        "подпись",
        ("Who writes: name, post, company, contacts", "Кто пишет: имя, должность, компания, контакты"),
    )


@dataclass(frozen=True, slots=True)
class TextContext:
    """A letter or an e-mail."""

    recipient: ReaderFields = declared("получатель", ("Addressee", "Адресат"))
    client: ClientFields = declared("клиент", ("Client", "Клиент"))
    proposal: ProposalFields = declared("предложение", ("Proposal", "Предложение"))
    meeting: MeetingFields = declared("встреча", ("Meeting", "Встреча"))
    sender: SenderFields = declared("отправитель", ("Sender", "Отправитель"))
    our: OurFields = declared("наша", ("Our company", "Наша компания"))
    signatory: SignatoryFields = declared("подписант", ("Signatory", "Подписант"))
    block: TextBlocks = declared("блок", ("Blocks", "Блоки"))


TEXTS: Final[Mapping[str, type]] = {KIND: TextContext}
