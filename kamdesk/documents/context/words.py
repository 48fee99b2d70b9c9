"""The standing words of documents in both languages. Documents have their own language, apart from the interface's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SUBJECTS: Final = (
    "special_terms", "effect", "solution", "experience", "conditions", "compliance", "adoption", "quality",
)  # fmt: skip
"""The parts of the common document by subject, in the order in which they stand unless the KAM orders otherwise."""

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "proposal": ("Proposal", "Коммерческое предложение"),
    "proposal_no": ("Proposal No. {number}: {subject}", "Коммерческое предложение № {number}: {subject}"),
    "letter_no": ("Letter to proposal No. {number}: {subject}", "Письмо к предложению № {number}: {subject}"),
    "outgoing": ("Ref. {number}", "Исх. № {number}"),
    "of_date": ("{date}", "от {date}"),
    "colleagues": ("Dear colleagues,", "Уважаемые коллеги!"),
    # parts by subject
    "special_terms": ("Special terms", "Особые условия"),
    "experience": ("Experience and references", "Опыт и рекомендации"),
    "effect": ("Economic effect", "Экономический эффект"),
    "solution": ("Technical solution", "Техническое решение"),
    "conditions": ("Prices and terms", "Цены и условия"),
    "compliance": ("Compliance with requirements", "Соответствие требованиям"),
    "adoption": ("Adoption and training", "Внедрение и обучение"),
    "quality": ("Quality and safety", "Качество и безопасность"),
    # blocks
    "understanding": ("Our understanding of your task", "Понимание вашей задачи"),
    "uniqueness": ("Why us", "Почему мы"),
    "figures": ("Key figures", "Основные показатели"),
    "cases": ("Completed projects", "Реализованные проекты"),
    "recommenders": ("Who recommends us", "Нас рекомендуют"),
    "schedule": ("Schedule", "График работ"),
    "prices": ("Scope and prices", "Состав и цены"),
    "optional": ("Optional, at your choice", "Дополнительно, по вашему выбору"),
    "terms": ("Terms of payment and delivery", "Условия оплаты и поставки"),
    "team": ("Prepared by", "Предложение подготовили"),
    "validity": ("Validity", "Срок действия предложения"),
    "next_step": ("Next step", "Следующий шаг"),
    "annexes": ("Annexes", "Приложения"),
    # prices
    "no": ("No.", "№"),
    "item": ("Item", "Наименование"),
    "unit": ("Unit", "Ед."),
    "quantity": ("Qty", "Кол-во"),
    "price": ("Price", "Цена"),
    "discount": ("Discount", "Скидка"),
    "sum": ("Amount", "Сумма"),
    "amounts_in": ("Amounts in {unit}", "Суммы указаны в {unit}"),
    "total_without_vat": ("Total without VAT", "Итого без НДС"),
    "vat": ("VAT {rate}", "НДС {rate}"),
    "vat_within": ("including VAT {rate}", "в том числе НДС {rate}"),
    "not_subject": ("Not subject to VAT", "НДС не облагается"),
    "total_with_vat": ("Total with VAT", "Всего с НДС"),
    "total": ("Total", "Итого"),
    "total_no_vat": ("Total, not subject to VAT", "Итого, НДС не облагается"),
    "to_pay": ("Total to pay: {sum} ({words}).", "Всего к оплате: {sum} ({words})."),
    "article": ("Article", "Артикул"),
    "lines_sum": ("Sum of items", "Сумма позиций"),
    "whole_discount": ("Discount", "Скидка"),
    "whole_discount_rate": ("Discount {rate}", "Скидка {rate}"),
    "alternative": ("Alternative", "Вариант"),
    "alternative_named": ("Alternative: {name}", "Вариант «{name}»"),
    "alternatives_lead": (
        "There is a choice of {n} alternatives. We recommend “{name}”; the terms are the same for all.",
        "Мы предлагаем на выбор {n} {variants} и рекомендуем «{name}»; условия для всех одинаковы.",
    ),
    "recommended": ("{name} (recommended)", "{name} (рекомендуем)"),
    "vat_column": ("VAT", "НДС"),
    "of_alternative": ("for “{name}” only", "только для варианта «{name}»"),
    "to_pay_for": (
        "Total to pay for “{name}”: {sum} ({words}).",
        "Всего к оплате по варианту «{name}»: {sum} ({words}).",
    ),
    "total_of": ("{label}, “{name}”", "{label}, вариант «{name}»"),
    "saved": ("The discounts in the table save you {sum}.", "Скидки в таблице составляют {sum}."),
    # terms
    "payment": ("Payment", "Порядок оплаты"),
    "delivery": ("Delivery", "Поставка"),
    "lead_time": ("Lead time", "Срок поставки"),
    "warranty": ("Warranty", "Гарантия"),
    # effect
    "indicator": ("Indicator", "Показатель"),
    "period": ("Period", "Период"),
    "start": ("Start", "Старт"),
    "net_flow": ("Net effect", "Эффект за период"),
    "cumulative": ("Cumulative effect", "Накопленный эффект"),
    "outlays": ("Investment and costs", "Вложения и затраты"),
    "gains": ("Savings and income", "Экономия и доход"),
    "payback": ("Payback", "Срок окупаемости"),
    "discounted_payback": ("Discounted payback", "Срок окупаемости с учётом дисконтирования"),
    "npv": ("Net present value (NPV)", "Чистый дисконтированный доход (NPV)"),
    "roi": ("Return on investment (ROI)", "Рентабельность инвестиций (ROI)"),
    "irr": ("Internal rate of return (IRR)", "Внутренняя норма доходности (IRR)"),
    "rate": ("Discount rate", "Ставка дисконтирования"),
    "a_year": ("{rate} a year", "{rate} годовых"),
    "assumptions": ("Assumptions", "Исходные условия расчёта"),
    "at_once": ("at once", "сразу"),
    "assumption": ("Assumption", "Допущение"),
    "expected": ("Expected", "Ожидаем"),
    "range": ("Likely range", "Вероятные пределы"),
    "range_from_to": ("{low} to {high}", "от {low} до {high}"),
    "source": ("Source", "Источник"),
    "rests_on": ("What the figures rest on", "На чём основан расчёт"),
    "sensitivity": ("What the result depends on most", "От чего результат зависит сильнее всего"),
    "at_value": ("At", "При значении"),
    "all_expected": ("All as expected", "Всё как ожидается"),
    "break_even": ("No gain", "Выгоды нет"),
    "break_even_below": ("below {value}", "ниже {value}"),
    "break_even_above": ("above {value}", "выше {value}"),
    "never_back": ("does not pay back", "не окупается"),
    "pays_1": (
        "The project pays back even at the worse value: {name} at {value} leaves {sum}.",
        "Проект окупается и при худшем значении: {name}, {value} — остаётся {sum}.",
    ),
    "pays_2": (
        "The project pays back even at the worst of the two: {name} at {value} leaves {sum}.",
        "Проект окупается и при худшем из двух: {name}, {value} — остаётся {sum}.",
    ),
    "pays_3": (
        "The project pays back even at the worst of the three: {name} at {value} leaves {sum}.",
        "Проект окупается и при худшем из трёх: {name}, {value} — остаётся {sum}.",
    ),
    "tornado_title": ("{measure}, {unit}", "{measure}, {unit}"),
    "as_expected": ("as expected: {sum}", "как ожидаем: {sum}"),
    "at_lowest": ("at the lowest value", "при минимуме"),
    "at_highest": ("at the highest value", "при максимуме"),
    "tornado_alt": (
        "Chart: the result at the lowest and at the highest value of each assumption. {said}",
        "Диаграмма: результат при наименьшем и при наибольшем значении каждого допущения. {said}",
    ),
    "chart_title": ("Effect by period and cumulative, {unit}", "Эффект по периодам и накопленный, {unit}"),
    "chart_alt": (
        "Chart: effect by period as bars, cumulative effect as a line",
        "Диаграмма: эффект по периодам столбцами, накопленный эффект линией",
    ),
    # experience, team, validity
    "case_task": ("Task", "Задача"),
    "case_done": ("What was done", "Что сделано"),
    "case_figures": ("Result", "Результат"),
    "name": ("Name", "Имя"),
    "post": ("Post and company", "Должность и компания"),
    "role": ("Role", "Роль"),
    "contacts": ("Contacts", "Контакты"),
    "stage": ("Stage", "Этап"),
    "term": ("Term", "Срок"),
    "stage_result": ("Result", "Результат"),
    "stage_payment": ("Payment", "Оплата"),
    "valid_until": ("This proposal is valid until {date}.", "Предложение действительно до {date}"),
    "authority": ("acting under {what}", "действует на основании {what}"),
    # cover letter
    "letter_subject": ("Proposal No. {number}: {subject}", "О предложении № {number}: {subject}"),
    "letter_open": (
        "Please find enclosed our proposal “{subject}” for {client}. These points may matter most to you:",
        "направляем вам предложение «{subject}», подготовленное для {client}. Для вас в нём может быть важнее всего:",
    ),
    "letter_open_bare": (
        "Please find enclosed our proposal “{subject}” for {client}.",
        "направляем вам предложение «{subject}», подготовленное для {client}.",
    ),
    "see_part": ("see “{part}”", "раздел «{part}»"),
    "letter_same": (
        "Prices and terms are the same for everyone who receives this proposal. It is valid until {date}.",
        "Цены и условия одинаковы для всех, кто получает это предложение. Оно действует до {date}",
    ),
    "letter_close": ("Yours sincerely,", "С уважением,"),
    "letter_annex": (
        "Enclosed: Proposal No. {number} of {date}.",
        "Приложение: предложение № {number} от {date}",
    ),
    "executor": ("Contact: {who}", "Исполнитель: {who}"),
    "logo_of": ("Logo of {company}", "Логотип {company}"),
    "inn": ("Taxpayer no.\u00a0{value}", "ИНН\u00a0{value}"),
    "kpp": ("KPP\u00a0{value}", "КПП\u00a0{value}"),
    "ogrn": ("Registration no.\u00a0{value}", "ОГРН\u00a0{value}"),
    "account": ("account\u00a0{value}", "счёт\u00a0{value}"),
    "in_bank": ("with {value}", "в {value}"),
    "bik": ("BIC\u00a0{value}", "БИК\u00a0{value}"),
    "correspondent": ("correspondent account\u00a0{value}", "корр.\u00a0счёт\u00a0{value}"),
}


_QUOTES: Final = ("“”", "«»")
_INNER: Final = (str.maketrans("“”", "‘’"), str.maketrans("«»", "„“"))


class Words:
    """The words of one language: ``words("to_pay", sum=…)``. Raises KeyError for an unknown key."""

    def __init__(self, language: str) -> None:
        self._column = 1 if language == "ru" else 0

    def __call__(self, key: str, **params: str) -> str:
        """The text with its parameters put in; quotes inside quotes are of the other kind."""
        text = _WORDS[key][self._column]
        if not params:
            return text
        left, right = _QUOTES[self._column]
        inner = _INNER[self._column]
        said = {
            name: value.translate(inner) if f"{left}{{{name}}}{right}" in text else value
            for name, value in params.items()
        }
        return text.format(**said)
