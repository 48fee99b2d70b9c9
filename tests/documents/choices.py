"""The sample proposal with alternatives, a discount on the whole, payments by stage and assumptions with their ranges."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kamdesk.model.inputs import AssumptionData, OfferLine, ProposalData
from tests.documents.sample import proposal

D = Decimal

_WORDS = {
    "ru": ("Базовый", "Расширенный", "Рекуператор РПТ-300", "Обводной газоход", "Цена газа", "₽/м³", "договор поставки на 2026 год", "Часы работы печи", "ч", "журнал цеха"),
    "en": ("Basic", "Extended", "Recuperator RPT-300", "Bypass flue", "Gas price", "£/m³", "supply contract for 2026", "Furnace hours", "h", "shop log"),
}  # fmt: skip
_RESULTS = {
    "ru": ("Проект согласован", "Акт заводской приёмки", "Рекуператор на фундаменте", "Акт испытаний"),
    "en": ("Layout approved", "Works test record", "Recuperator on its base", "Test record"),
}


def with_choices(language: str = "ru", money_unit: str = "1") -> ProposalData:
    """The whole of it. The extended alternative is recommended, 3 % are off, stages pay 30 / – / 20 / 50 %."""
    data = proposal(language, money_unit)
    basic, extended, line, more, gas, per, contract, hours, h, log = _WORDS[language]
    first, *rest = data.offer
    offer = (
        replace(first, alternative=extended, article="РПТ-420" if language == "ru" else "RPT-420"),
        OfferLine(line, first.unit, D(2), first.price * D("0.8"), D(0), first.vat, alternative=basic, article="РПТ-300" if language == "ru" else "RPT-300"),
        OfferLine(more, first.unit, D(1), first.price / 10, D(0), first.vat, True, alternative=extended),
        *rest,
    )  # fmt: skip
    shares = (D(30), None, D(20), D(50))
    stages = tuple(
        replace(stage, result=result, payment=share)
        for stage, result, share in zip(data.schedule, _RESULTS[language], shares, strict=True)
    )
    assert data.benefit is not None
    spent, service, saved, less = data.benefit.lines
    benefit = replace(
        data.benefit,
        lines=(
            replace(spent, spread=D(10)),
            service,
            replace(saved, assumption="gas"),
            replace(less, assumption="hours"),
        ),
        assumed=(
            AssumptionData("gas", gas, D("8.4"), per, D("7.2"), D("9.9"), contract),
            AssumptionData("hours", hours, D(7200), h, D(6000), None, log),
        ),
    )
    return replace(
        data,
        offer=offer,
        total_discount=D(3),
        recommended=extended,
        schedule=stages,
        benefit=benefit,
    )
