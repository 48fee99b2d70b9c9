"""The filters of templates in words, for the catalogue of fields: what each does, with an example that can be copied (R10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FilterWords:
    """One filter. Pairs are (English, Russian); ``example`` is what it makes."""

    name: tuple[str, str]
    call: tuple[str, str]
    about: tuple[str, str]
    example: tuple[str, str]


def _words(
    name: tuple[str, str],
    about: tuple[str, str],
    example: tuple[str, str],
    arguments: tuple[str, str] = ("", ""),
) -> FilterWords:
    return FilterWords(name, (name[0] + arguments[0], name[1] + arguments[1]), about, example)


FILTER_WORDS: Final = (
    _words(
        ("genitive", "родительный"),
        ("Genitive (Russian only): whom, of what", "Родительный падеж: кого, чего"),
        ("АО «Северный металл»", "генерального директора"),
    ),
    _words(
        ("dative", "дательный"),
        ("Dative (Russian only): to whom", "Дательный падеж: кому, чему"),
        ("Иванову П. С.", "Иванову П. С."),
    ),
    _words(
        ("instrumental", "творительный"),
        ("Instrumental (Russian only): by whom", "Творительный падеж: кем, чем"),
        ("Ивановым П. С.", "Ивановым П. С."),
    ),
    _words(
        ("initials", "инициалы"),
        ("Initials and family name", "Инициалы и фамилия"),
        ("P. Brown", "П. С. Иванов"),
    ),
    _words(
        ("surname_first", "фамилия_вперёд"),
        ("Family name and initials", "Фамилия и инициалы"),
        ("Brown P.", "Иванов П. С."),
    ),
    _words(
        ("polite_name", "имя_отчество"),
        ("Name as one is addressed", "Имя и отчество"),
        ("Peter", "Пётр Сергеевич"),
    ),
    _words(
        ("salutation", "обращение"),
        ("Salutation made of a name", "Обращение из имени"),
        ("Dear Mr Brown,", "Уважаемый Пётр Сергеевич!"),
    ),
    _words(
        ("address", "адресат"),
        ("Address block: post, company, name", "Адресат: должность, организация, имя"),
        ("Mr Peter Brown", "Генеральному директору АО «…» Иванову П. С."),
        ("(recipient.post, client.name)", "(получатель.должность, клиент.название)"),
    ),
    _words(("latin", "латиницей"), ("In Latin letters", "Латиницей"), ("Ivanov", "Ivanov")),
    _words(
        ("money", "деньги"),
        ("Sum of money", "Денежная сумма"),
        ("€1,200,000.00", "1 200 000,00 ₽"),
        ("('EUR')", "('RUB')"),
    ),
    _words(
        ("in_words", "прописью"),
        ("Number or sum in words", "Число или сумма прописью"),
        ("one million two hundred thousand", "один миллион двести тысяч"),
    ),
    _words(
        ("number", "число"),
        ("Number with its thousands set apart", "Число с разрядами"),
        ("1,200,000", "1 200 000"),
    ),
    _words(
        ("plural", "форма"),
        ("The word that goes with a number", "Слово в нужной форме при числе"),
        ("days", "дней"),
        ("('day', 'days')", "('день', 'дня', 'дней')"),
    ),
    _words(
        ("counted", "количество"),
        ("Number with its word", "Число со словом"),
        ("30 days", "30 дней"),
        ("('day', 'days')", "('день', 'дня', 'дней')"),
    ),
    _words(
        ("date", "дата"),
        ("Date in words; in figures with 'short'", "Дата словами; цифрами — с 'кратко'"),
        ("23/11/2026", "23.11.2026"),
        ("('short')", "('кратко')"),
    ),
    _words(
        ("nbsp", "неразрывно"),
        ("Spaces where no line may end", "Неразрывные пробелы, где нельзя переносить"),
        ("30 days", "30 дней"),
    ),
    _words(
        ("small_first", "со_строчной"),
        (
            "First letter small, for the middle of a sentence",
            "Первая буква строчная — для середины предложения",
        ),
        ("managing director", "генеральный директор"),
    ),
    _words(
        ("capital_first", "с_прописной"),
        ("First letter a capital", "Первая буква прописная"),
        ("Managing director", "Генеральный директор"),
    ),
    _words(("upper", "upper"), ("All capitals", "Всё прописными"), ("ACME", "СЕВЕРНЫЙ МЕТАЛЛ")),
    _words(
        ("default", "default"),
        ("What to write where the field is empty", "Что писать, когда поле пусто"),
        ("—", "—"),
        ("('—', true)", "('—', true)"),
    ),
)
"""In the order in which they are looked for: cases, names, numbers, dates, letters."""

NAMES: Final = {one.name[0]: one.name[1] for one in FILTER_WORDS}
"""English names of the filters → Russian ones."""

FITTING: Final = {
    "genitive": ("signatory.post", "client.name"),
    "dative": ("recipient.full_name", "signatory.full_name"),
    "instrumental": ("recipient.full_name", "signatory.full_name"),
    "initials": ("recipient.full_name", "signatory.full_name"),
    "surname_first": ("recipient.full_name", "signatory.full_name"),
    "polite_name": ("recipient.full_name", "signatory.full_name"),
    "salutation": ("recipient.full_name", "signatory.full_name"),
    "address": ("recipient.full_name",),
    "latin": ("recipient.full_name", "signatory.full_name"),
    "money": ("proposal.sum",),
    "in_words": ("proposal.sum",),
    "number": ("proposal.sum",),
    "date": ("proposal.valid_until", "proposal.date"),
    "small_first": ("recipient.post", "signatory.post"),
    "capital_first": ("recipient.post", "signatory.post"),
    "upper": ("client.short_name",),
    "default": ("proposal.number",),
    "nbsp": ("proposal.subject",),
}
"""Which field each is shown with, the first one that the kind of document has; a filter without one is shown with a number."""
