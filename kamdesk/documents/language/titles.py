"""Job titles and names of organisations in Russian cases.

Only the leading adjectives and the first noun of a title change; the rest already stands in its case
(«директор по персоналу» → «директору по персоналу»).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from kamdesk.documents.language.names import name_in_case
from kamdesk.model.inputs import CaseForms
from kamdesk.rules.typed import gender_of, parse_name

_GRAMMEMES: Final = {"genitive": "gent", "dative": "datv", "instrumental": "ablt"}
_ACTING: Final = re.compile(r"(вр\.?\s*)?(и\.?\s*о\.?|врио|вр\. исп\.)(\s|\Z)", re.IGNORECASE)
_SECOND_POST: Final = re.compile(r"(\s+[—–-]\s+|\s*[,/;+]\s*|\s+и\s+)")
_ADJECTIVES: Final = frozenset(["ADJF", "PRTF"])
# The first half of such compounds stays: «вице-президенту», «шеф-повару», «пресс-секретарю».
_FIXED_FIRST: Final = re.compile(
    r"(арт|бизнес|бренд|веб|вице|генерал|гранд|интернет|контр|обер|онлайн|офис|премьер|пресс|продакт|проджект|"
    r"статс|тайм|тест|топ|унтер|флаг|шеф|экс)\Z",
    re.IGNORECASE,
)
_TRADER: Final = re.compile(r"(ИП|индивидуальный предприниматель)\s+([^«\"“„]+)\Z", re.IGNORECASE)
_CYRILLIC_WORD: Final = re.compile(r"[А-Яа-яЁё-]+\Z")


@cache
def _analyzer() -> Any:
    """pymorphy3's analyser: 20 MB and 0.2 s, once per process."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def title_in_case(title: str, case: str, forms: CaseForms | None = None) -> str:
    """A job title in the genitive, dative or instrumental; "nominative" gives it back.

    A form written by hand wins. «И. о. директора» and «врио …» stay: what follows already is in its case. Words
    that are not Russian stay. Raises KeyError for an unknown case.
    """
    if case == "nominative" or not title.strip():
        return title
    grammeme = _GRAMMEMES[case]
    by_hand = getattr(forms, case) if forms is not None else ""
    if by_hand:
        return str(by_hand)
    if _ACTING.match(title.strip()):
        return title
    pieces = _SECOND_POST.split(title)
    out = [_phrase(pieces[0], grammeme)]
    for separator, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        out += [separator, _phrase(piece, grammeme) if _names_a_person(piece, separator.strip()) else piece]
    return "".join(out)


def organisation_in_case(name: str, case: str, forms: CaseForms | None = None) -> str:
    """An organisation's name in a case: abbreviations and quoted names stay, what stands before them changes.

    «завод «Прогресс»» → «завода «Прогресс»», «Акционерное общество «Луч»» → «Акционерного общества «Луч»»,
    «АО «Луч»» as it is. A form written by hand wins.
    """
    if case == "nominative" or not name.strip():
        return name
    grammeme = _GRAMMEMES[case]
    by_hand = getattr(forms, case) if forms is not None else ""
    if by_hand:
        return str(by_hand)
    trader = _TRADER.match(name)
    if trader is not None:
        person = parse_name(trader[2])
        if person is not None and gender_of(person):
            word = trader[1] if trader[1].isupper() else _phrase(trader[1], grammeme)
            return f"{word} {name_in_case(person, case).full()}"
    match = re.search(r"[«\"“„]", name)
    head, tail = (name[: match.start()], name[match.start() :]) if match else (name, "")
    first = head.split()[0] if head.split() else ""
    if not first or (first.isupper() and len(first) > 1) or not _CYRILLIC_WORD.match(first):
        return name
    if not tail and not _known_as_noun_phrase(head):
        return name
    return _phrase(head, grammeme) + tail


def is_known(text: str) -> bool:
    """Whether a text names a post: one of its first words is a known noun for somebody, and no family name."""
    words = [word for word in text.split()[:4] if _CYRILLIC_WORD.match(_last_part(word))]
    return any(
        _analyzer().word_is_known(_last_part(word).lower())
        and _noun(_last_part(word), animate=True) is not None
        for word in words
    )


def _known_as_noun_phrase(text: str) -> bool:
    """Whether all leading words are in the dictionary: an unknown brand is better left than bent."""
    words = [word for word in text.split() if _CYRILLIC_WORD.match(word)]
    return bool(words) and _analyzer().word_is_known(words[0].lower())


def _names_a_person(piece: str, separator: str) -> bool:
    """Whether a later piece is a second post («директор, член правления») and not more detail of the first."""
    words = piece.split()
    for index, word in enumerate(words):
        if not _CYRILLIC_WORD.match(word):
            return False
        if _noun(word, animate=True) is not None:
            return separator != "и" or not _may_be_oblique(word)
        if _adjective(word, words[index + 1 : index + 2]) is None:
            return False
    return False


def _may_be_oblique(word: str) -> bool:
    """«логистики» is more likely the genitive of a unit than several logisticians."""
    return any(
        p.tag.case in ("gent", "datv", "ablt", "loct") for p in _analyzer().parse(_last_part(word).lower())
    )


def _phrase(text: str, grammeme: str) -> str:
    """Leading adjectives and the first noun in the case; blanks stay as typed."""
    tokens = re.split(r"(\s+)", text)
    words = [index for index, token in enumerate(tokens) if token.strip()]
    for place, index in enumerate(words):
        word = tokens[index]
        following = [tokens[next_] for next_ in words[place + 1 : place + 2]]
        if not _CYRILLIC_WORD.match(word):
            if re.match(r"[A-Za-z0-9-]+\Z", word) and following:
                continue  # «HR директор»
            if re.match(r"[A-Za-z]+-[А-Яа-яЁё]+\Z", word):
                tokens[index] = _inflected(word, grammeme, following)[0]
            break
        tokens[index], is_last = _inflected(word, grammeme, following)
        if is_last:
            break
    return "".join(tokens)


def _inflected(word: str, grammeme: str, following: list[str]) -> tuple[str, bool]:
    """The word in the case, and whether the phrase's changing part ends with it."""
    adjective = _adjective(word, following)
    if adjective is not None:
        # «Старшая смены», «исполняющий обязанности»: what does not agree already stands in its case.
        alone = bool(following) and _is_cyrillic(following[0]) and not _agrees(following[0], adjective)
        return _spelled(word, adjective.inflect({grammeme})), alone
    halves = word.split("-")
    if len(halves) == 2 and not _FIXED_FIRST.match(halves[0]) and _CYRILLIC_WORD.match(halves[0]):
        # Only a person's half changes: «врачу-терапевту», but «контент-менеджеру».
        first, second = _noun(halves[0], animate=True), _noun(halves[1], animate=False)
        if first is not None and second is not None:
            pair = zip(halves, (first, second), strict=True)
            return "-".join(_spelled(half, parse.inflect({grammeme})) for half, parse in pair), True
    last = _last_part(word)
    noun = _noun(last, animate=False)
    if noun is None:
        return word, True
    return word[: len(word) - len(last)] + _spelled(last, noun.inflect({grammeme})), True


def _last_part(word: str) -> str:
    return word.rsplit("-", 1)[-1]


def _adjective(word: str, following: list[str]) -> Any | None:
    """The nominative adjective, when it belongs to a noun after it or is used as a noun («заведующий складом»)."""
    parses = [p for p in _analyzer().parse(word.lower()) if p.tag.POS in _ADJECTIVES and "nomn" in p.tag]
    if not parses:
        return None
    followed = following and _is_cyrillic(following[0]) and _agrees(following[0], parses[0])
    return parses[0] if followed or _noun(word, animate=False) is None else None


def _is_cyrillic(word: str) -> bool:
    return _CYRILLIC_WORD.match(word) is not None


def _agrees(word: str, adjective: Any) -> bool:
    """Whether the next word may be a nominative adjective or noun of the same number and gender («старшая смены» is none)."""
    return any(
        "nomn" in p.tag
        and p.tag.POS in {"NOUN", *_ADJECTIVES}
        and p.tag.number == adjective.tag.number
        and (p.tag.number == "plur" or p.tag.gender == adjective.tag.gender or "ms-f" in p.tag)
        for p in _analyzer().parse(_last_part(word).lower())
    )


def _noun(word: str, animate: bool) -> Any | None:
    """The nominative noun, singular and animate first."""
    found = [
        p
        for p in _analyzer().parse(word.lower())
        if p.tag.POS == "NOUN" and "nomn" in p.tag and "Surn" not in p.tag and "Name" not in p.tag
    ]
    if animate:
        found = [p for p in found if "anim" in p.tag and "sing" in p.tag]
    found.sort(key=lambda p: ("anim" not in p.tag, "sing" not in p.tag))
    return found[0] if found else None


def _spelled(word: str, parse: Any | None) -> str:
    """The inflected form with the writer's capitals and the writer's е for ё."""
    if parse is None:
        return word
    form = "".join(
        "е" if new == "ё" and old in "еЕ" else new
        for old, new in zip(word.ljust(len(parse.word)), parse.word, strict=False)
    )
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form
