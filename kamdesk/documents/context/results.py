"""What the template of a letter with a meeting's results may see. It goes to the client: business words only (R13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.blocks import Node
from kamdesk.documents.context.declare import declared
from kamdesk.documents.context.shared import OurFields, SignatoryFields

Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ResultsFields:
    """The letter itself."""

    client: str = declared("клиент", ("Client", "Клиент"), ("Progress Works", "АО «Прогресс»"))
    date: str = declared("дата", ("Date in words", "Дата"), ("23 November 2026", "23 ноября 2026 г."))
    subject: str = declared(
        "тема", ("What the letter is about", "О чём письмо"), ("Results of our meeting", "Итоги встречи")
    )
    to: str = declared(
        "кому",
        ("Addressees, a line or two each", "Кому: должности и имена адресатов"),
        ("Mr P. Brown", "Генеральному директору АО «…»\nИванову П. С."),
    )


@dataclass(frozen=True, slots=True)
class ResultsBlocks:
    """What the letter says."""

    logo: Nodes = declared("логотип", ("Our logo", "Наш логотип"))
    body: Nodes = declared("текст", ("The whole text", "Текст письма"))


@dataclass(frozen=True, slots=True)
class ResultsContext:
    """A letter with what was agreed, to those who were there."""

    our: OurFields = declared("наша", ("Our company", "Наша компания"))
    signatory: SignatoryFields = declared("подписант", ("Signatory", "Подписант"))
    letter: ResultsFields = declared("письмо", ("Letter", "Письмо"))
    block: ResultsBlocks = declared("блок", ("Blocks", "Блоки"))


RESULTS: Final[Mapping[str, type]] = {"results": ResultsContext}
