"""Names of people in documents: grammatical cases, initials, Latin letters for English text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from kamdesk.documents.language import name_rules
from kamdesk.model.inputs import CaseForms
from kamdesk.model.values import PersonName
from kamdesk.rules.typed import gender_of

NBSP: Final = "\u00a0"
CASES: Final = ("nominative", "genitive", "dative", "instrumental")

_CYRILLIC: Final = re.compile(r"[А-Яа-яЁё]")
_LATIN: Final = re.compile(r"[A-Za-z]")


@cache
def _petrovich() -> tuple[Any, Any]:
    """The declination maker and the module of enums of pytrovich."""
    from pytrovich import enums
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker(), enums


def is_cyrillic(text: str) -> bool:
    """Whether a text has Russian letters and no Latin ones."""
    return bool(_CYRILLIC.search(text)) and not _LATIN.search(text)


def name_in_case(name: PersonName, case: str, gender: str = "", forms: CaseForms | None = None) -> PersonName:
    """The name in a Russian case; ``case`` is one of ``CASES``.

    ``gender`` is "m", "f" or "" (guessed). A form written by hand wins; it is read in the order of the family,
    given and middle name, and parts it leaves out are computed. A name in Latin letters, or one whose gender
    nobody knows, stays as it is. Raises ValueError for an unknown case.
    """
    if case not in CASES:
        raise ValueError(f"unknown case: {case}")
    if case == "nominative":
        return name
    computed = _computed(name, case, gender or gender_of(name))
    by_hand = getattr(forms, case).split() if forms is not None else []
    return _by_hand(name, computed, by_hand) if by_hand else computed


def _computed(name: PersonName, case: str, gender: str) -> PersonName:
    if not gender or not is_cyrillic(name.full()):
        return name
    return PersonName(
        _part("LASTNAME", gender, case, name.family),
        _part("FIRSTNAME", gender, case, name.given),
        _part("MIDDLENAME", gender, case, name.middle),
    )


_PARTICLE: Final = re.compile(
    r"(фон|ван|дон|де|ден|дер|ди|дю|да|дос|ду|ла|ле|лос|тер|аль|эль|ибн|бин|бен|сан|сен|оглы|оглу|кызы|гызы|кизи|улы|уулу|угли)\Z",
    re.IGNORECASE,
)
_UNCHANGED: Final = re.compile(rf"(?:{_PARTICLE.pattern[:-2]}|[а-яё]\.)\Z", re.IGNORECASE)
_PATRONYMIC: Final = re.compile(r"\w{2,}(?:вич|ьич|мич|кич|тич|вна|чна|шна)\Z", re.IGNORECASE)


def is_particle(word: str) -> bool:
    """Whether a word of a name is a small one that never changes: «фон», «де», «оглы»."""
    return _PARTICLE.match(word) is not None


def is_patronymic(word: str) -> bool:
    """Whether a word looks like a Russian patronymic."""
    return _PATRONYMIC.match(word) is not None


def _part(part: str, gender: str, case: str, text: str) -> str:
    """Each word of one name part in the case; particles («фон», «оглы») and initials stay."""
    words = text.split()
    if part == "MIDDLENAME" and len(words) > 1 and _UNCHANGED.match(words[-1]):
        return text  # «Гасан оглы» is not declined
    if part == "LASTNAME" and len(words) > 1 and gender == "m":
        # Of a Spanish double name only the last word changes, the first is often a given name's form.
        words[:-1] = [
            word if name_rules.stays(word) else _word(part, gender, case, word) for word in words[:-1]
        ]
        words[-1:] = [_word(part, gender, case, words[-1])]
        return " ".join(words)
    return " ".join(_word(part, gender, case, word) for word in words)


def _word(part: str, gender: str, case: str, word: str) -> str:
    if _UNCHANGED.match(word):
        return word
    halves = word.split("-")
    if len(halves) > 1:
        return "-".join(
            half
            if index + 1 < len(halves) and name_rules.stays_before_hyphen(part, half)
            else _word(part, gender, case, half)
            for index, half in enumerate(halves)
        )
    by_rule = name_rules.by_rule(part, gender, case, word)
    if by_rule is not None:
        return by_rule
    maker, enums = _petrovich()
    sex = enums.Gender.MALE if gender == "m" else enums.Gender.FEMALE
    made = str(maker.make(enums.NamePart[part], sex, enums.Case[case.upper()], word))
    return made.upper() if len(word) > 1 and word.isupper() else made


def _by_hand(name: PersonName, computed: PersonName, words: list[str]) -> PersonName:
    """The hand-written words cut into parts as long as those of the nominative."""
    first = max(1, len(name.family.split())) if name.family else 0
    second = first + (max(1, len(name.given.split())) if name.given else 0)
    return PersonName(
        " ".join(words[:first]) or computed.family,
        " ".join(words[first:second]) or computed.given,
        " ".join(words[second:]) or computed.middle,
    )


def initials(name: PersonName, language: str = "ru", family_first: bool = False) -> str:
    """«П. С. Иванов», or «Иванов П. С.», joined by non-breaking spaces; in Latin letters for English.

    A name without a family name stays whole.
    """
    if language == "en":
        name = PersonName(romanised(name.family), romanised(name.given), romanised(name.middle))
    if not name.family:
        return NBSP.join(part for part in (name.given, name.middle) if part)
    letters = [_initial(part) for part in (name.given, name.middle) if part.strip()]
    ordered = [name.family, *letters] if family_first else [*letters, name.family]
    return NBSP.join(ordered)


def suits(text: str, language: str, name: PersonName) -> bool:
    """Whether words written by hand may stand in a document of a language: of its letters, or of those of the name."""
    if not text.strip():
        return False
    return (
        not _CYRILLIC.search(text) if language == "en" else is_cyrillic(text) or not is_cyrillic(name.full())
    )


def short_name(
    name: PersonName,
    language: str = "ru",
    family_first: bool = False,
    *,
    by_hand: str = "",
    nominative: PersonName | None = None,
) -> str:
    """:func:`initials`, unless they were written by hand: then as they are, or their letters beside the family name.

    ``name`` may be in a case; ``nominative`` is then the name whose letters count. What was written in letters of another
    language does not count.
    """
    whole = nominative or name
    if not suits(by_hand, language, whole):
        return initials(_with_letters_of(name, whole), language, family_first)
    words = by_hand.split()
    letters = [word for word in words if word.endswith(".")]
    if nominative is None and (not letters or family_first == words[-1].endswith(".")):
        return NBSP.join(words)
    if not letters:
        return initials(_with_letters_of(name, whole), language, family_first)
    family = romanised(name.family) if language == "en" else name.family
    return NBSP.join([family, *letters] if family_first else [*letters, family])


def _with_letters_of(name: PersonName, whole: PersonName) -> PersonName:
    """A name in a case with the given and middle name of another: «Льву» and «Лев» have the same letter."""
    return PersonName(name.family, whole.given, whole.middle) if whole.family else name


def full_name(name: PersonName, language: str, written: str = "") -> str:
    """The whole name: as it was written by hand where that suits the language, else in the order of the language."""
    return " ".join(written.split()) if suits(written, language, name) else name.full(language)


def _initial(part: str) -> str:
    """«М.-А.» of «Мария-Антуанетта»; only the first word counts («Гасан оглы»)."""
    return "-".join(f"{piece[0].upper()}." for piece in part.split()[0].split("-") if piece)


_ROMAN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip


def romanised(text: str) -> str:
    """Cyrillic in Latin letters after BGN/PCGN, simplified as newspapers do: Pyotr Sergeyevich, Dmitry, Yury."""
    pieces = re.split(r"([^А-Яа-яЁё]+)", text)
    return "".join(_roman_word(piece) if _CYRILLIC.search(piece) else piece for piece in pieces)


def _roman_word(word: str) -> str:
    low = re.sub(r"(ий|ый)\Z", "ы", word.lower())
    letters = []
    for index, letter in enumerate(low):
        latin = _ROMAN.get(letter, letter)
        if letter == "е" and (index == 0 or low[index - 1] in "аеёиоуыэюяйъь"):
            latin = "ye"
        letters.append(latin)
    roman = "".join(letters)
    if word.isupper() and len(word) > 1:
        return roman.upper()
    return roman[:1].upper() + roman[1:] if word[:1].isupper() else roman
