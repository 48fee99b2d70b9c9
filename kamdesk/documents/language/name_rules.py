"""Where Russian grammar has a rule for a name that the declension library does not know.

After the rules of gramota.ru's guide to family names: stressed French -а and -я, -иа, -аго, -ых, -их do not change; a family name
that is a common noun changes as the noun does; foreign -ин has -ином; of «Жан-Жак» only the last part changes.

An exception stays: a woman's family name in -ая with a syllable before it is taken for an adjective («Толстая», «Хорошая»), although
a few in -вая, -лая and -шая («Ковая», «Сулая», «Бушая») are nouns and have «Коваи». Nothing in the letters tells the two apart; the
forms are written by hand there. Mingrelian -уая and words whose only vowels are the ending («Швая», «Чкая») are nouns for sure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_FORMS: Final = ("genitive", "dative", "instrumental")
_NEVER: Final = re.compile(r"(?:[аяео]го|ых|[гкхшжчщьн]их|иа|уа|[её]|о|и|у|ю|э)\Z", re.IGNORECASE)
"""Endings of family names that never change, whoever bears them; -о of «-ко», «-ово», «-аго» among them; «Эрлих» has «Эрлиха»."""
_FRENCH: Final = frozenset(
    "золя дюма тома труайя дега петипа ферма бенуа делакруа моруа гамарра фальконе люка мариа гарсиа".split()
)
_NOUNS: Final[Mapping[str, tuple[str, str, str]]] = {
    "заяц": ("зайца", "зайцу", "зайцем"),
    "соловей": ("соловья", "соловью", "соловьём"),
    "воробей": ("воробья", "воробью", "воробьём"),
    "муравей": ("муравья", "муравью", "муравьём"),
    "репей": ("репья", "репью", "репьём"),
    "орёл": ("орла", "орлу", "орлом"),
    "орел": ("орла", "орлу", "орлом"),
    "козёл": ("козла", "козлу", "козлом"),
    "козел": ("козла", "козлу", "козлом"),
    "котёл": ("котла", "котлу", "котлом"),
    "кий": ("кия", "кию", "кием"),
    "вий": ("вия", "вию", "вием"),
    "лев": ("льва", "льву", "львом"),
    "перец": ("перца", "перцу", "перцем"),
    "палец": ("пальца", "пальцу", "пальцем"),
    "швец": ("швеца", "швецу", "швецом"),
    "жнец": ("жнеца", "жнецу", "жнецом"),
    "чтец": ("чтеца", "чтецу", "чтецом"),
    "кузнец": ("кузнеца", "кузнецу", "кузнецом"),
    "ткач": ("ткача", "ткачу", "ткачом"),
    "скрипач": ("скрипача", "скрипачу", "скрипачом"),
    "рогач": ("рогача", "рогачу", "рогачом"),
    "пугач": ("пугача", "пугачу", "пугачом"),
    "богач": ("богача", "богачу", "богачом"),
    "ковач": ("ковача", "ковачу", "ковачом"),
    "грач": ("грача", "грачу", "грачом"),
    "сыч": ("сыча", "сычу", "сычом"),
}
"""Family names of men that are nouns with a fleeting vowel or with the stress on the ending."""
_FEMININE: Final = frozenset(
    "ворона корона сорока калина малина рябина долина осина щетина корова подкова сова голова слива дубрава шкода пава".split()
)
"""Nouns that look like the family names of women in -ова and -ина and are none; women and men bear them."""
_HARD: Final = frozenset(
    "прибой бой герой покой разбой перебой застой зной рой строй гной лой мой цой ой".split()
)
"""Nouns in -ой, which the library takes for adjectives like «Толстой»."""
_FOREIGN: Final = frozenset(
    "дарвин чаплин грин гершвин франклин кальвин цеппелин кронин мартин коллин остин болдуин годвин бюлов".split()
)
_NOUN_AYA: Final = re.compile(r"(?!зл)(?:[бвгджзйклмнпрстфхцчшщь]+|\w*у)ая\Z", re.IGNORECASE)
"""Family names of women in -ая that are nouns: no vowel before the ending, or «у»; «Злая» is an adjective."""
_HUSHED: Final = re.compile(r"(?!больш|чуж)\w+[жшчщ]ая\Z", re.IGNORECASE)
"""Adjectives of women with an unstressed ending: «Хорошая» has «Хорошей»; «Большая», «Чужая» have «-ой»."""
_GIVEN: Final[Mapping[str, tuple[str, str, str]]] = {
    "франц": ("франца", "францу", "францем"),
    "мориц": ("морица", "морицу", "морицем"),
    "лоренц": ("лоренца", "лоренцу", "лоренцем"),
}
_STRESSED_PATRONYMIC: Final = frozenset(("ильич", "кузьмич", "фомич", "лукич"))
_UNCHANGING_FIRST: Final = frozenset("жан пьер анн мари луи йон ким нам".split())
"""First halves of given names that stay: «Жан-Жака», «Анн-Мари»."""
_CONSONANT: Final = re.compile(r"[бвгджзйклмнпрстфхцчшщь]\Z", re.IGNORECASE)


def stays(word: str) -> bool:
    """Whether the first word of a family name of two never changes («Гарсиа Маркес»)."""
    return word.casefold() in _FRENCH or _NEVER.search(word) is not None


def stays_before_hyphen(part: str, half: str) -> bool:
    """Whether the first half of a hyphenated name stays: of a French given name, «Бонч-», «Тер-», «Кара-»."""
    small = half.casefold()
    if part == "FIRSTNAME":
        return small in _UNCHANGING_FIRST
    return small in ("бонч", "тер", "тян", "кара", "нор", "аль", "эль", "ван", "де", "сен", "сан", "мак")


def by_rule(part: str, gender: str, case: str, word: str) -> str | None:
    """The form by a rule of this module; None where there is none."""
    at = _FORMS.index(case)
    small = word.casefold()
    if part == "MIDDLENAME":
        return _patronymic(small, at, word)
    if part == "FIRSTNAME":
        found = _GIVEN.get(small) if gender == "m" else None
        return _as_written(word, found[at]) if found is not None else None
    if _NEVER.search(word) or small in _FRENCH:
        return word
    if small in _FEMININE:
        return word[:-1] + ("и" if small[-2] in "гкхжчшщ" else "ы", "е", "ой")[at]
    if gender == "f" and _NOUN_AYA.match(small):
        return _as_written(word, small[:-1] + ("и", "е", "ей")[at])
    if gender == "f" and _HUSHED.match(small):
        return word[:-2] + ("ЕЙ" if word.isupper() else "ей")
    if gender == "f":
        return word if _CONSONANT.search(word) else None
    if small in _NOUNS:
        return _as_written(word, _NOUNS[small][at])
    if small in _STRESSED_PATRONYMIC:
        return _patronymic(small, at, word)
    if small in _HARD:
        return word[:-1] + ("я", "ю", "ем")[at]
    if small in _FOREIGN or small.endswith("их"):
        return word + ("а", "у", "ом")[at]
    return None


def _patronymic(small: str, at: int, word: str) -> str | None:
    if not small.endswith(("ич", "ыч")):
        return None
    ending = ("а", "у", "ом" if small in _STRESSED_PATRONYMIC else "ем")[at]
    return word + (ending.upper() if word.isupper() else ending)


def _as_written(word: str, form: str) -> str:
    """The form with the writer's capitals."""
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form
