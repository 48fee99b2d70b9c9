"""What a job title suggests: the type of stakeholder. Always overridable (D6).

Titles are read by stems, more telling ones first: «Заместитель генерального директора по экономике» is finance
before it is management. Nothing is suggested where the title does not say it.
"""

from __future__ import annotations

import re
from typing import Final

_LENSES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (lens, re.compile(pattern))
    for lens, pattern in (
        (
            "",
            (
                r"^(?:личн\w+ )?(?:секретар|помощни|ассистент)|референт|^(?:personal|executive) assistant|^assistant to|secretary"
                r"|служб\w* безопасн|экономическ\w+ безопасн|охранн"
            ),
        ),
        (
            "people",
            (
                r"персонал|кадр|\bhr\b|\bhrd\b|\bhrbp\b|человеческ\w+ (?:ресурс|капитал)|обучени|рекрут|организационн\w+ развит|оплат\w+ труда|human resources|people|talent|training"
                r"|recruit|learning"
            ),
        ),
        ("legal", r"юри[сд]|правов|\bправу\b|договорн|комплаенс|legal|counsel|lawyer|attorney|compliance"),
        (
            "procurement",
            (
                r"закуп|снабж|\bмтс\b|\bмто\b|\bомтс\b|материально-техническ|тендер|конкурсн|логист|procure|purchas|buyer|sourcing"
                r"|supply chain|logistic|tender"
            ),
        ),
        (
            "finance",
            (
                r"финанс|бухгалт|экономи|казначе|\bпэо\b|бюджет|контроллинг|внутренн\w+ (?:аудит|контрол)|\bcfo\b|financ|account(?:ant|ing)"
                r"|controller|treasur|budget|econom"
            ),
        ),
        (
            "medical",
            (
                r"врач|медиц|медсестр|медбрат|хирург|терапевт|провизор|фармац|отделени\w*$|клиническ|эпидемиолог|лаборант|physician|surgeon"
                r"|medical|nurse|clinical|doctor|pharmac"
            ),
        ),
        (
            "technical",
            (
                r"инженер|техническ|технолог|энергет|механик|\bкип|асу ?тп|\bасутп\b|автоматиз|конструктор|проектиров|метролог|\bит\b|\bайти\b"
                r"|информационн|цифров|разработ|архитектор|качеств|лаборатори|\bотк\b|охран\w* труда|промышленн\w+ безопасн|главн\w+ специалист|\bcto\b|\bcio\b|\bit\b|engineer|technical"
                r"|technolog|energy|utilities|information|digital|architect|quality|maintenance|automation"
            ),
        ),
        (
            "user",
            (
                r"производств|цех|участк|смен\w*\b|мастер|бригадир|оператор|эксплуатац|диспетчер|склад|production|operations|operator|shift|workshop"
                r"|foreman|plant supervisor|warehouse"
            ),
        ),
        (
            "executive",
            (
                r"генеральн|президент|председател|учредител|собственни|владел|\bceo\b|\bcoo\b|chief (?:executive|operating)|managing director|president"
                r"|chairman|chairwoman|founder|owner|general (?:director|manager)|исполнительн\w+ директор|управляющ|директор|руководител\w+ (?:предприят|компан|филиал)"
                r"|начальник филиала|глава|director|head of (?:branch|company)|board|\bminister\b|министр"
            ),
        ),
    )
)


def suggest_lens(title: str) -> str:
    """The code of the stakeholder type a job title suggests; "" where it suggests none."""
    words = _plain(title)
    return next((lens for lens, pattern in _LENSES if pattern.search(words)), "") if words else ""


def _plain(title: str) -> str:
    return " ".join(title[:200].casefold().replace("ё", "е").replace("«", " ").replace("»", " ").split())
