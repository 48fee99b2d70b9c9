"""A proposal as large as they come: forty lines in three alternatives, eight stages, six assumptions, five years, ten readers, long names."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kamdesk.model.inputs import (
    AssumptionData,
    BenefitData,
    BenefitLine,
    OfferLine,
    ProposalData,
    Reader,
    ReaderArguments,
    StageData,
    Tailored,
    TeamMember,
)
from kamdesk.model.values import PersonName
from tests.documents import sample

D = Decimal
YEARS = 5

_WORDS = {
    "ru": {
        "alternatives": ("С резервированием «Надёжность плюс»", "Базовый состав", "С рассрочкой на две очереди"),
        "line": "Блок {n} системы рекуперации отходящих газов нагревательной печи, исполнение УХЛ4, с местным щитом",
        "note": "сталь 10Х23Н18, расход {n} 000 м³/ч",
        "unit": "компл.",
        "stage": "Этап {n}: {what}",
        "stages": ("обследование и проект привязки", "изготовление первой очереди", "приёмка на заводе", "доставка автотранспортом", "монтаж в плановый останов", "пусконаладка под нагрузкой", "обучение смен", "испытания и передача в эксплуатацию"),
        "term": "недели {a}–{b}",
        "result": "Подписанный акт и комплект документов этапа {n}",
        "assumptions": (("Расход газа печами цеха № 2", "м³/ч"), ("Тариф на природный газ", "₽/1000 м³"), ("Часы работы печей", "ч/год"), ("Угар металла", "%"), ("Цена металла", "₽/т"), ("Производительность печей", "т/ч")),
        "source": "замеры и счета за 2025 год, протокол № {n}",
        "lines": ("Вложения в оборудование и монтаж", "Обслуживание и запасные части", "Экономия природного газа", "Меньше угар и окалина"),
        "people": (("Константинопольский", "Александр", "Владиславович"), ("Римская-Корсакова", "Мария-Антуанетта", "Станиславовна")),
        "title": "Заместитель генерального директора по перспективному развитию и энергосбережению",
    },
    "en": {
        "alternatives": ("With full redundancy and remote service", "Basic scope", "In two phases with deferred payment"),
        "line": "Unit {n} of the flue-gas heat recovery system for the reheating furnace, indoor version, with local panel",
        "note": "steel 1.4841, flow of {n},000 m³/h",
        "unit": "set",
        "stage": "Stage {n}: {what}",
        "stages": ("survey and layout", "manufacture of the first phase", "works acceptance", "delivery by road", "installation in the planned stop", "start-up under load", "training of shifts", "trials and hand-over"),
        "term": "weeks {a}–{b}",
        "result": "Signed record and the set of documents of stage {n}",
        "assumptions": (("Gas burnt by the furnaces of Shop 2", "m³/h"), ("Tariff of natural gas", "£/1000 m³"), ("Hours of operation", "h/year"), ("Loss of metal to scale", "%"), ("Price of metal", "£/t"), ("Output of the furnaces", "t/h")),
        "source": "measurements and bills of 2025, record No. {n}",
        "lines": ("Investment in equipment and installation", "Maintenance and spare parts", "Natural gas saved", "Less loss and scale"),
        "people": (("Featherstonehaugh-Cholmondeley", "Maximilian", ""), ("Wolfeschlegelsteinhausen", "Anna-Christina", "")),
        "title": "Deputy Managing Director for Long-Term Development and Energy Efficiency",
    },
}  # fmt: skip


def proposal(language: str = "ru") -> ProposalData:
    """The proposal in "ru" or "en"."""
    words = _WORDS[language]
    given = sample.proposal(language)
    readers = given.readers + tuple(
        Reader(f"r-more{n}", PersonName(*words["people"][n % 2]), words["title"], "mf"[n % 2])
        for n in range(6)
    )
    return replace(
        given,
        readers=readers,
        offer=tuple(_line(n, words) for n in range(40)),
        recommended=words["alternatives"][0],
        total_discount=D(3),
        schedule=tuple(
            StageData(
                words["stage"].format(n=n + 1, what=what),
                words["term"].format(a=2 * n + 1, b=2 * n + 3),
                words["result"].format(n=n + 1),
                D((20, 10, 10, 10, 10, 20, 10, 10)[n]),
            )
            for n, what in enumerate(words["stages"])
        ),
        benefit=_benefit(words),
        team=given.team + tuple(TeamMember(PersonName(*one), words["title"], "+7 351 200-45-71", "long.address.of.a.person@contour-energy.example") for one in words["people"]),
        annexes=tuple(f"{text} ({n})" for n in range(1, 5) for text in given.annexes[:2]),
    )  # fmt: skip


def tailored(language: str = "ru") -> Tailored:
    """The arguments of the sample, and those of the finance director for each further reader."""
    given = sample.tailored(language)
    model = next(reader for reader in given.readers if reader.reader_id == sample.FINANCE)
    more = tuple(
        ReaderArguments(f"r-more{n}", model.subject, model.chosen, model.uncovered) for n in range(6)
    )
    return replace(given, readers=given.readers + more)


def _line(n: int, words: dict[str, object]) -> OfferLine:
    alternatives = ("", *words["alternatives"])  # type: ignore[misc]
    return OfferLine(
        str(words["line"]).format(n=n + 1),
        str(words["unit"]),
        D(n % 7 + 1),
        D(1_250_000 + 317 * n) / (1 if n % 3 else 4),
        D(5 if n % 5 == 0 else 0),
        D(22) if n % 9 else None,
        optional=n >= 37,
        note=str(words["note"]).format(n=n + 1) if n % 4 == 0 else "",
        alternative=alternatives[n % 4],
        article=f"РПТ-{420 + n}-УХЛ4" if words is _WORDS["ru"] else f"RPT-{420 + n}-IN",
    )


def _benefit(words: dict[str, object]) -> BenefitData:
    names: tuple[str, ...] = words["lines"]  # type: ignore[assignment]
    assumed: tuple[tuple[str, str], ...] = words["assumptions"]  # type: ignore[assignment]
    ids = [f"as{n}" for n in range(len(assumed))]
    return BenefitData(
        lines=(
            BenefitLine(names[0], "investment", (D(105_000_000), *(D(0),) * YEARS)),
            BenefitLine(names[1], "cost", (D(0), *(D(2_400_000 + 10_000 * n) for n in range(YEARS))), ids[4]),
            BenefitLine(names[2], "saving", (D(0), *(D(41_000_000 + 2_000_000 * n) for n in range(YEARS))), ids[0]),
            BenefitLine(names[3], "income", (D(0), *(D(23_500_000),) * YEARS), ids[3]),
        ),
        discount_rate=D(16),
        assumed=tuple(
            AssumptionData(ids[n], name, D(100 + n), unit, D(80 + n), D(115 + n), str(words["source"]).format(n=n + 1))
            for n, (name, unit) in enumerate(assumed)
        ),
    )  # fmt: skip
