"""What the templates of documents that stay in the house may see: what they are about, their parts, whose eyes they are for.

Apart from the contracts of outgoing documents, so that no template of a proposal can name a field of these. What is private is
empty unless the paper was asked for in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.blocks import Node
from kamdesk.documents.context.declare import declared

Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class PrintFields:
    """The words around the pages."""

    title: str = declared("название", ("Title", "Название"), ("Progress Works", "АО «Прогресс»"))
    subtitle: str = declared(
        "подзаголовок",
        ("Line below the title", "Строка под названием"),
        ("Meeting · 23 November 2026", "Встреча · 23 ноября 2026 г."),
    )
    running: str = declared(
        "колонтитул", ("Running header", "Верхний колонтитул"), ("Progress Works", "АО «Прогресс»")
    )
    foot: str = declared(
        "подвал",
        (
            "Foot of the page: whose eyes it is for, and its date",
            "Нижний колонтитул: для кого и на какой день",
        ),
        ("For internal use only · As of 23/11/2026", "Только для внутреннего пользования · На 23.11.2026"),
    )
    eyes: str = declared(
        "для_кого",
        ("Whose eyes it is for", "Для кого эта бумага"),
        ("For internal use only", "Только для внутреннего пользования"),
    )


@dataclass(frozen=True, slots=True)
class PrintBlocks:
    """What stands on the pages."""

    body: Nodes = declared("текст", ("Everything, in our order", "Всё содержание по порядку"))


# --- the meeting brief -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BriefFields:
    """The meeting in words."""

    client: str = declared("клиент", ("Client", "Клиент"), ("Progress Works", "АО «Прогресс»"))
    kind: str = declared("вид", ("Kind of meeting", "Что за встреча"), ("Presentation", "Презентация"))
    when: str = declared(
        "когда", ("Day and hours", "День и часы"), ("23 November 2026, 10:00", "23 ноября 2026 г., 10:00")
    )
    place: str = declared("место", ("Place", "Место"), ("Room 12", "Переговорная 12"))
    purpose: str = declared(
        "повод", ("What it is about", "О чём встреча"), ("Agree the term", "Согласовать срок")
    )
    aim_ideal: str = declared(
        "цель_идеал",
        ("Best result; only in full", "Идеальный результат; только в полной справке"),
        ("A signed order", "Подписанный заказ"),
    )
    aim_minimum: str = declared(
        "цель_минимум",
        ("Least result; only in full", "Минимальный результат; только в полной справке"),
        ("The next date", "Дата следующей встречи"),
    )
    ours: str = declared("от_нас", ("Who comes from us", "Кто идёт от нас"), ("Orlova A.", "Орлова А. С."))
    date: str = declared("дата", ("Day it was made", "На какой день"), ("23/11/2026", "23.11.2026"))


@dataclass(frozen=True, slots=True)
class BriefBlocks(PrintBlocks):
    """The parts of the brief, each with its heading."""

    aim: Nodes = declared(
        "цель", ("What it is about; in full also the aims", "О чём встреча; в полной — и цели")
    )
    promises: Nodes = declared("обещания", ("Open promises", "Открытые обещания"))
    people: Nodes = declared(
        "участники", ("Who comes, what to say to each", "Кто участвует и что сказать каждому")
    )
    contacts: Nodes = declared("контакты", ("The last contacts", "Последние контакты"))
    complaints: Nodes = declared("претензии", ("Open complaints", "Открытые претензии"))
    proposals: Nodes = declared("предложения", ("Open proposals", "Открытые предложения"))
    concessions: Nodes = declared(
        "уступки", ("Concessions; only in full", "Уступки; только в полной справке")
    )
    dates: Nodes = declared("даты", ("Dates within two weeks", "Даты в ближайшие две недели"))
    questions: Nodes = declared("узнать", ("What to ask", "Что узнать"))


@dataclass(frozen=True, slots=True)
class BriefContext:
    """The meeting brief."""

    print: PrintFields = declared("печать", ("Print", "Печать"))
    brief: BriefFields = declared("справка", ("Meeting brief", "Справка к встрече"))
    block: BriefBlocks = declared("блок", ("Blocks", "Блоки"))


# --- the print of a dossier ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DossierFields:
    """The dossier in words."""

    name: str = declared("имя", ("Whom it is about", "О ком"), ("Progress Works", "АО «Прогресс»"))
    kind: str = declared("вид", ("Kind of dossier", "Вид досье"), ("Client dossier", "Досье клиента"))
    level: str = declared(
        "что_показано", ("What is shown", "Что показано"), ("For: business", "Что показано: деловое")
    )
    date: str = declared("дата", ("Day of printing", "День печати"), ("23/11/2026", "23.11.2026"))


@dataclass(frozen=True, slots=True)
class DossierBlocks(PrintBlocks):
    """The parts of the dossier, each with its heading."""

    start: Nodes = declared("начало", ("Start here", "С чего начать"))
    map: Nodes = declared(
        "карта", ("Influence map or who reports to whom", "Карта влияния или кто кому подчиняется")
    )
    people: Nodes = declared("люди", ("People", "Люди"))
    history: Nodes = declared("история", ("History", "История"))
    promises: Nodes = declared("обещания", ("Promises", "Обещания"))
    business: Nodes = declared("бизнес", ("The client's business", "Бизнес клиента"))
    deals: Nodes = declared("сделки", ("Deals and proposals", "Сделки и предложения"))
    notes: Nodes = declared("заметки", ("Notes", "Заметки"))
    files: Nodes = declared("файлы", ("Files", "Файлы"))


@dataclass(frozen=True, slots=True)
class DossierContext:
    """The print of a dossier."""

    print: PrintFields = declared("печать", ("Print", "Печать"))
    dossier: DossierFields = declared("досье", ("Dossier", "Досье"))
    block: DossierBlocks = declared("блок", ("Blocks", "Блоки"))


# --- the committee cheat sheet -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetFields:
    """The group in words."""

    client: str = declared("клиент", ("Client", "Клиент"), ("Progress Works", "АО «Прогресс»"))
    about: str = declared(
        "предмет", ("Deal or proposal", "Сделка или предложение"), ("Line 2", "Вторая линия")
    )
    stage: str = declared(
        "этап",
        ("Stage of the deal; only in full", "Этап сделки; только в полной"),
        ("Negotiation", "Переговоры"),
    )
    amount: str = declared(
        "сумма",
        ("Amount of the deal; only in full", "Сумма сделки; только в полной"),
        ("€ 90,000", "9 000 000 ₽"),
    )
    rivals: str = declared(
        "конкуренты",
        ("Competitors; only in full", "Конкуренты; только в полной"),
        ("Northway", "ООО «Север»"),
    )
    date: str = declared("дата", ("Day it was made", "На какой день"), ("23/11/2026", "23.11.2026"))


@dataclass(frozen=True, slots=True)
class SheetBlocks(PrintBlocks):
    """The parts of the cheat sheet, each with its heading."""

    deal: Nodes = declared(
        "сделка", ("Where the sale stands; only in full", "Как обстоит дело; только в полной")
    )
    deciders: Nodes = declared(
        "кто_решает",
        (
            "Who decides and who is heard by them; only in full",
            "Кто решает и кого они слушают; только в полной",
        ),
    )
    promises: Nodes = declared("обещания", ("Open promises", "Открытые обещания"))
    concessions: Nodes = declared("уступки", ("Concessions; only in full", "Уступки; только в полной"))
    members: Nodes = declared("участники", ("A card for each member", "Карточка каждого участника"))


@dataclass(frozen=True, slots=True)
class SheetContext:
    """The committee cheat sheet."""

    print: PrintFields = declared("печать", ("Print", "Печать"))
    sheet: SheetFields = declared("памятка", ("Cheat sheet", "Памятка"))
    block: SheetBlocks = declared("блок", ("Blocks", "Блоки"))


INTERNAL: Final[Mapping[str, type]] = {
    "brief": BriefContext,
    "dossier": DossierContext,
    "cheat_sheet": SheetContext,
}
