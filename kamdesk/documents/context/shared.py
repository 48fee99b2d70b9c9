"""The parts of the outgoing contracts that every kind of document has. Business facts in words; nothing private."""

from __future__ import annotations

from dataclasses import dataclass

from kamdesk.documents.blocks import Node
from kamdesk.documents.context.declare import declared


@dataclass(frozen=True, slots=True)
class ClientFields:
    """The organisation that is addressed."""

    name: str = declared(
        "название", ("Client's name", "Название клиента"), ("Northgate Steel plc", "АО «Северсталь-Урал»")
    )
    name_gen: str = declared(
        "название_род",
        ("Client's name in the genitive (Russian)", "Название клиента в родительном падеже"),
        ("Northgate Steel plc", "АО «Северсталь-Урал»"),
    )
    name_dat: str = declared(
        "название_дат",
        ("Client's name in the dative (Russian)", "Название клиента в дательном падеже"),
        ("Northgate Steel plc", "АО «Северсталь-Урал»"),
    )
    name_ins: str = declared(
        "название_твор",
        ("Client's name in the instrumental (Russian)", "Название клиента в творительном падеже"),
        ("Northgate Steel plc", "АО «Северсталь-Урал»"),
    )
    short_name: str = declared(
        "краткое_название",
        ("Client's short name", "Краткое название клиента"),
        ("Northgate", "«Северсталь-Урал»"),
    )
    address: str = declared(
        "адрес",
        ("Client's address", "Адрес клиента"),
        ("12 Mill Road, Leeds", "620014, г. Екатеринбург, ул. Мира, д. 1"),
    )


@dataclass(frozen=True, slots=True)
class OurFields:
    """Our company."""

    name: str = declared(
        "название", ("Our short name", "Краткое название нашей компании"), ("Acme Ltd", "ООО «Контур-Энерго»")
    )
    full_name: str = declared(
        "полное_название",
        ("Our full name", "Полное название нашей компании"),
        ("Acme Limited", "Общество с ограниченной ответственностью «Контур-Энерго»"),
    )
    address: str = declared(
        "адрес",
        ("Our address", "Наш адрес"),
        ("1 High Street, York", "454000, г. Челябинск, пр. Ленина, д. 5"),
    )
    phone: str = declared(
        "телефон", ("Our telephone", "Наш телефон"), ("+44 113 496 0000", "+7 351 200-00-00")
    )
    email: str = declared(
        "почта", ("Our e-mail", "Наша электронная почта"), ("office@example.com", "office@example.ru")
    )
    website: str = declared("сайт", ("Our website", "Наш сайт"), ("example.com", "example.ru"))
    requisites: str = declared(
        "реквизиты",
        ("Our requisites in one line", "Наши реквизиты одной строкой"),
        ("Company no. 01234567", "ИНН 7451000000, КПП 745101001, ОГРН 1027400000000"),
    )
    contacts: str = declared(
        "контакты",
        ("Our telephone, e-mail and website in one line", "Телефон, почта и сайт одной строкой"),
        ("+44 113 496 0000 · office@example.com", "+7 351 200-00-00 · office@example.ru"),
    )


@dataclass(frozen=True, slots=True)
class ProposalFields:
    """The proposal itself."""

    number: str = declared("номер", ("Outgoing number", "Исходящий номер"), ("2026-117", "117-КП"))
    date: str = declared("дата", ("Date in words", "Дата"), ("23 November 2026", "23 ноября 2026 г."))
    subject: str = declared(
        "тема",
        ("What is proposed", "О чём предложение"),
        ("Heat recovery for Shop 2", "Рекуперация тепла в цехе № 2"),
    )
    valid_until: str = declared(
        "срок_действия", ("Valid until", "Действительно до"), ("31 December 2026", "31 декабря 2026 г.")
    )
    sum: str = declared("сумма", ("Total to pay", "Итоговая сумма"), ("£1,200,000.00", "12 000 000,00 ₽"))
    sum_in_words: str = declared(
        "сумма_прописью",
        ("Total in words", "Сумма прописью"),
        ("one million two hundred thousand pounds", "двенадцать миллионов рублей 00 копеек"),
    )
    currency: str = declared(
        "валюта", ("Currency and unit of the tables", "Валюта и единица в таблицах"), ("GBP", "тыс. ₽")
    )


@dataclass(frozen=True, slots=True)
class SignatoryFields:
    """Who signs."""

    name: str = declared(
        "фио",
        ("Signatory's initials and name", "Инициалы и фамилия подписанта"),
        ("P. Brown", "П. С. Иванов"),
    )
    full_name: str = declared(
        "полное_имя",
        ("Signatory's full name", "Полное имя подписанта"),
        ("Peter Brown", "Иванов Пётр Сергеевич"),
    )
    post: str = declared(
        "должность",
        ("Signatory's post", "Должность подписанта"),
        ("Managing Director", "Генеральный директор"),
    )
    authority: str = declared(
        "основание",
        ("What the authority rests on", "На основании чего действует"),
        ("power of attorney No. 5", "Устава"),
    )


@dataclass(frozen=True, slots=True)
class AllReadersFields:
    """The addressees of a document that is meant for all of them together."""

    to: str = declared(
        "кому",
        ("Addressees, a line or two each", "Кому: должности и имена адресатов"),
        (
            "Managing Director, Northgate Steel plc\nMr P. Brown",
            "Генеральному директору АО «…»\nИванову П. С.",
        ),
    )
    salutation: str = declared(
        "обращение", ("Salutation", "Обращение"), ("Dear colleagues,", "Уважаемые коллеги!")
    )


@dataclass(frozen=True, slots=True)
class ReaderFields:
    """The one addressee of a variant or a letter."""

    to: str = declared(
        "кому",
        ("Address block", "Кому: должность, организация, имя в дательном падеже"),
        (
            "Mr P. Brown\nManaging Director\nNorthgate Steel plc",
            "Генеральному директору АО «…»\nИванову П. С.",
        ),
    )
    salutation: str = declared(
        "обращение", ("Salutation", "Обращение"), ("Dear Mr Brown,", "Уважаемый Пётр Сергеевич!")
    )
    full_name: str = declared(
        "фио", ("Full name", "Фамилия, имя, отчество"), ("Peter Brown", "Иванов Пётр Сергеевич")
    )
    post: str = declared("должность", ("Post", "Должность"), ("Managing Director", "Генеральный директор"))


Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class LetterBlocks:
    """Blocks that any outgoing document has."""

    logo: Nodes = declared("логотип", ("Our logo", "Наш логотип"))
    requisites: Nodes = declared("исходящий", ("Outgoing number and date", "Исходящий номер и дата"))
    addressee: Nodes = declared("адресат", ("Addressee", "Адресат"))
    body: Nodes = declared(
        "текст",
        ("All parts without head, key figures and signature", "Все разделы без шапки, показателей и подписи"),
    )
    arguments: Nodes = declared("аргументы", ("Arguments", "Аргументы"))
    next_step: Nodes = declared("следующий_шаг", ("Next step", "Следующий шаг"))
    signature: Nodes = declared("подпись", ("Signature", "Подпись"))
    team: Nodes = declared("команда", ("Prepared by", "Предложение подготовили"))
    annexes: Nodes = declared("приложения", ("Annexes", "Приложения"))
    all: Nodes = declared("всё", ("The whole document", "Документ целиком"))


@dataclass(frozen=True, slots=True)
class ProposalBlocks(LetterBlocks):
    """Blocks of the group document and of a variant (R4)."""

    title: Nodes = declared("заголовок", ("Title of the proposal", "Заголовок предложения"))
    understanding: Nodes = declared("понимание", ("Our understanding of your task", "Понимание вашей задачи"))
    uniqueness: Nodes = declared("почему_мы", ("Why us", "Почему мы"))
    exclusivity: Nodes = declared("особые_условия", ("Special terms", "Особые условия"))
    solution: Nodes = declared("решение", ("Solution", "Техническое решение"))
    figures: Nodes = declared("показатели", ("Key figures", "Основные показатели"))
    effect: Nodes = declared(
        "эффект", ("Benefit: table, results and chart", "Экономический эффект: таблица, итоги, график")
    )
    cases: Nodes = declared("проекты", ("Finished projects", "Реализованные проекты"))
    recommenders: Nodes = declared(
        "рекомендатели", ("Recommenders with contacts", "Рекомендатели с контактами")
    )
    schedule: Nodes = declared("график", ("Schedule", "График работ"))
    prices: Nodes = declared("цены", ("Prices with totals", "Состав и цены с итогами"))
    terms: Nodes = declared("условия", ("Terms", "Условия оплаты и поставки"))
    validity: Nodes = declared("срок", ("Validity with its reason", "Срок действия и чем он обусловлен"))
