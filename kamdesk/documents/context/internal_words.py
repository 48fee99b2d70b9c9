"""The standing words of internal documents in both languages, and how their dates and lists are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from kamdesk.documents import language as speech
from kamdesk.documents.language.names import NBSP
from kamdesk.model.values import PartialDate
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.model.written import write_partial_date

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # the brief
    "brief": ("Meeting brief", "Справка к встрече"),
    "brief_of": ("Brief: {name}", "Справка: {name}"),
    "prepared": ("As of {date}", "На {date}"),
    "promises": ("Promises", "Обещания"),
    "ours": ("We promised", "Мы обещали"),
    "theirs": ("They promised", "Нам обещали"),
    "by": ("by {date}", "до {date}"),
    "overdue": ("overdue", "просрочено"),
    "aim": ("Aim", "Цель"),
    "ideal": ("Best result", "Идеально"),
    "minimum": ("Least result", "Минимум"),
    "purpose": ("Purpose", "О чём"),
    "who": ("Who", "Кто участвует"),
    "from_us": ("From us: {names}", "От нас: {names}"),
    "address": ("Address as", "Обращаться"),
    "matters": ("What matters", "Что важно"),
    "known": ("Already", "Уже было"),
    "told": ("told", "рассказали"),
    "shown": ("shown", "показали"),
    "sent": ("sent", "отправили"),
    "to_say": ("Not yet told", "Ещё не рассказали"),
    "objection": ("May say", "Могут возразить"),
    "answer": ("Answer", "Ответ"),
    "judged": ("Between us", "Только для нас"),
    "influence": ("influence", "влияние"),
    "stance": ("stance", "отношение"),
    "topics_good": ("Talk about", "О чём говорить"),
    "topics_avoid": ("Do not talk about", "О чём не говорить"),
    "facts": ("We know", "Что знаем"),
    "contacts": ("Last contacts", "Последние контакты"),
    "next_step": ("next step", "следующий шаг"),
    "complaints": ("Open complaints", "Открытые претензии"),
    "proposals": ("Open proposals", "Открытые предложения"),
    "proposal": ("No. {number}: {subject}", "№ {number}: {subject}"),
    "concessions": ("Concessions so far", "Уступки на сегодня"),
    "given": ("given", "дали"),
    "got": ("got", "получили"),
    "got_nothing": ("nothing in return", "взамен ничего"),
    "we_gave": ("We gave", "Что дали"),
    "we_got": ("We got", "Что получили"),
    "income_effect": ("Effect on income", "Влияние на доход"),
    "costs_us": ("costs us {amount}", "обошлось в {amount}"),
    "valid_until": ("valid until {date}", "действует до {date}"),
    "contact_on": ("next contact on {date}", "связаться {date}"),
    "dates": ("Dates within two weeks", "Даты в ближайшие две недели"),
    "age": ("turns {age}", "исполнится {age}"),
    "ask": ("What to ask", "Что узнать"),
    "more": ("and {n} more", "и ещё {n}"),
    # whose eyes a paper is for
    "eyes_house": ("For internal use only", "Только для внутреннего пользования"),
    "eyes_own": (
        "For your eyes only: do not leave it behind",
        "Только для себя: не показывать и не оставлять",
    ),
    # the cheat sheet
    "sheet": ("Committee cheat sheet", "Памятка по комиссии"),
    "sheet_discreet": ("Who is there", "Кто участвует"),
    "sheet_file": ("Meeting", "Встреча"),
    "sheet_deal": ("Where we stand", "Как обстоит дело"),
    "sheet_reach": ("Who decides, and who is heard", "Кто решает и кого слушают"),
    "members": ("The group", "Участники"),
    "rivals": ("competitors: {names}", "конкуренты: {names}"),
    "no_rivals": ("no competitors known", "о конкурентах не знаем"),
    "expected_in": ("expected {date}", "ожидаем: {date}"),
    "stance_since": ("as of {date}", "на {date}"),
    "unknown_judgement": ("not known: {what}", "не знаем: {what}"),
    "ties": ("Inside the group", "Внутри группы"),
    "unknown": ("Not known yet", "Ещё не знаем"),
    "talk": ("Talk about", "О чём говорить"),
    "avoid": ("not about", "не говорить"),
    # the dossier
    "dossier_client": ("Client dossier", "Досье клиента"),
    "dossier_person": ("Dossier of a person", "Досье человека"),
    "dossier_group": ("Decision group", "Кто решает"),
    "confidential": ("Confidential", "Конфиденциально"),
    "page_of": ("Printed on {date}", "Напечатано {date}"),
    "level": ("For: {level}", "Что показано: {level}"),
    "without": ("without: {what}", "без: {what}"),
    "start": ("Start here", "С чего начать"),
    "people": ("People", "Люди"),
    "about_person": ("About", "О человеке"),
    "former": ("No longer there", "Уже не работают"),
    "map": ("Who reports to whom", "Кто кому подчиняется"),
    "influence_map": ("Influence map", "Карта влияния"),
    "vacant": ("vacant", "вакантно"),
    "history": ("History", "История"),
    "history_from": ("from {date}", "с {date}"),
    "history_until": ("until {date}", "по {date}"),
    "planned": ("Planned", "Запланировано"),
    "open_promises": ("Open promises", "Открытые обещания"),
    "kept_promises": ("Kept promises", "Выполненные обещания"),
    "promise": ("Promise", "Обещание"),
    "whose": ("Whose", "Чьё"),
    "whom": ("Who", "Кто"),
    "due": ("Due", "Срок"),
    "kept": ("Kept", "Выполнено"),
    "business": ("The client's business", "Бизнес клиента"),
    "deals": ("Deals and proposals", "Сделки и предложения"),
    "deal": ("Deal", "Сделка"),
    "stage": ("Stage", "Стадия"),
    "amount": ("Amount", "Сумма"),
    "expected": ("Expected", "Ожидается"),
    "number": ("No.", "№"),
    "subject": ("Subject", "Тема"),
    "status": ("Status", "Статус"),
    "date": ("Date", "Дата"),
    "notes": ("Notes", "Заметки"),
    "files": ("Files", "Файлы"),
    "file": ("File", "Файл"),
    "belongs_to": ("Belongs to", "К чему относится"),
    "remark": ("Remark", "Примечание"),
    "industry": ("Industry", "Отрасль"),
    "territory": ("Territory", "Территория"),
    "size": ("Size", "Размер"),
    "address_line": ("Address", "Адрес"),
    "legal_name": ("Legal name", "Юридическое название"),
    "group_name": ("Group", "Группа компаний"),
    "requisites": ("Requisites", "Реквизиты"),
    "tags": ("Tags", "Метки"),
    "about": ("About", "О клиенте"),
    "deciders": ("Who decides", "Кто решает"),
    "next": ("Next meeting", "Ближайшая встреча"),
    "owe": ("We owe", "Мы должны"),
    "owed": ("Owed to us", "Нам должны"),
    "last": ("Last contact", "Последний контакт"),
    "type": ("Type", "Тип участника"),
    "parts": ("Part", "Участие"),
    "ladder": ("Level of relationship", "Уровень отношений"),
    "relations": ("Relationships", "Связи"),
    "posts": ("Posts", "Должности"),
    "changes": ("Expected changes", "Ожидаемые перемены"),
    "told_list": ("Was told", "Рассказали"),
    "nothing": (
        "Nothing may be shown at this level.",
        "На этом уровне показывать нечего.",
    ),
    "no_history": ("Nothing in this period.", "За этот период ничего нет."),
    "witness": ("before {who}", "при свидетеле: {who}"),
    "outcome": ("Outcome", "Результат"),
    "yes": ("yes", "да"),
    "since": ("since {date}", "с {date}"),
    "until": ("until {date}", "по {date}"),
}


class InternalWords:
    """Words, labels and dates of one language. Raises KeyError for an unknown key or vocabulary."""

    def __init__(self, language: str, vocabularies: Vocabularies) -> None:
        self.language = language
        self._column = 1 if language == "ru" else 0
        self._vocabularies = vocabularies

    def __call__(self, key: str, **params: object) -> str:
        """A standing text with its parameters put in."""
        text = _WORDS[key][self._column]
        return text.format(**params) if params else text

    def label(self, vocabulary: str, code: object, *, reverse: bool = False) -> str:
        """The label of a code; "" for none."""
        written = "" if code is None else str(code)
        return (
            self._vocabularies.label(vocabulary, written, self.language, reverse=reverse) if written else ""
        )

    def known(self, vocabulary: str, codes: Sequence[str]) -> tuple[str, ...]:
        """The labels of those codes that the vocabulary knows: a code of somebody else's may say anything."""
        return tuple(
            self.label(vocabulary, code) for code in codes if self._vocabularies.item(vocabulary, code)
        )

    def day(self, value: date | None) -> str:
        """«23.11.2026»; "" for none."""
        return speech.short_date(value, self.language) if value is not None else ""

    def moment(self, value: datetime | None) -> str:
        """«23.11.2026, 10:00», without the hour where it is midnight; "" for none."""
        if value is None:
            return ""
        clock = f", {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else ""
        return self.day(value.date()) + clock

    def when(self, start: datetime | None, end: datetime | None) -> str:
        """«23 ноября 2026 г., 10:00–11:30»; "" for none."""
        if start is None:
            return ""
        said = speech.long_date(start.date(), self.language)
        if (start.hour, start.minute) != (0, 0) or end is not None:
            said += f", {start:%H:%M}"
        if end is not None and end.date() == start.date():
            said += f"–{end:%H:%M}"
        return said

    def partial(self, value: PartialDate | None) -> str:
        """A date of which only a part may be known; "" for none."""
        return write_partial_date(value, self.language) if value is not None else ""

    def more(self, n: int) -> str:
        """«и ещё 3», with a space that does not break."""
        return self("more", n=n).replace(f" {n}", f"{NBSP}{n}")


def small(words: str) -> str:
    """The words as they stand in the middle of a line: the first letter small, abbreviations as they are."""
    return words if len(words) > 1 and words[1].isupper() else words[:1].lower() + words[1:]
