"""Non-breaking spaces where a line must not end: the rules of Milchin's reference book, as far as they are mechanical."""

from __future__ import annotations

import re
from typing import Final

from kamdesk.documents.language.names import NBSP

_WORDS: Final = {
    "ru": "а|без|в|во|для|до|за|и|из|или|к|ко|на|над|не|ни|но|о|об|обо|от|по|под|при|про|с|со|у",
    "en": "a|an|the|of|in|on|to|by|at|for|no",
}
_UNITS: Final = {
    "ru": r"₽|руб\.?|коп\.?|тыс\.?|млн|млрд|трлн|%|кг|г\.?|гг\.|т|м|мм|см|км|м²|м³|л|ч|мин|с|шт\.?|кВт|МВт|кВт·ч|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|день|дня|дней|месяц\w*|недел\w+|год\w*|лет",
    "en": r"%|kg|g|t|mm|cm|km|m|kW|MW|h|min|pcs|thousand|million|billion|days?|weeks?|months?|years?|"
    r"January|February|March|April|May|June|July|August|September|October|November|December",
}


def nbsp(text: str, language: str) -> str:
    """The text with ordinary spaces made non-breaking after short words, №, §, initials, numbers before units.

    Only spaces are exchanged: length and words stay, and a second call changes nothing.
    """
    words, units = _WORDS.get(language, _WORDS["en"]), _UNITS.get(language, _UNITS["en"])
    rules = (
        (rf"(?<![\w-])((?:{words})) (?=\S)", re.IGNORECASE),
        (r"([№§]) (?=\S)", 0),
        (r"((?<![\w.])[А-ЯЁA-Z]\.) (?=[А-ЯЁA-Z])", 0),
        # «Иванов П. С.»: two initials after a family name; after one a sentence may end.
        (r"([а-яёa-z]) (?=[А-ЯЁA-Z]\.[ \u00a0]?[А-ЯЁA-Z]\.)", 0),
        (r"(\d) (?=\d{3}(?!\d))", 0),
        (rf"(\d) (?=(?:{units})(?!\w))", 0),
        (r"((?<!\w)(?:тыс\.|млн|млрд|трлн|million|thousand)) (?=[₽$€¥A-Z])", 0),
        (r"((?<!\w)(?<!\d[ \u00a0])(?:ул|г|д|стр|корп|оф|рис|табл|т|см|им|ст|п)\.) (?=[\w«])", 0),
        (r"(\S) (?=[—–](?:\s|$))", 0),
    )
    for pattern, flags in rules:
        text = re.sub(pattern, rf"\1{NBSP}", text, flags=flags)
    return text
