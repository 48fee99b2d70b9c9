"""A realistic proposal in both languages for four readers: what the tests of documents are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kamdesk.model.inputs import (
    BenefitData,
    BenefitLine,
    CaseData,
    ChosenArgument,
    ClientData,
    CompanyData,
    OfferLine,
    ProposalData,
    Reader,
    ReaderArguments,
    RecommenderData,
    SignatoryData,
    StageData,
    Tailored,
    TeamMember,
    TermsData,
)
from kamdesk.model.messages import Message
from kamdesk.model.values import PersonName

EXECUTIVE, PEOPLE, FINANCE, TECHNICAL = "r-exec", "r-people", "r-fin", "r-tech"
D = Decimal


def proposal(language: str = "ru", money_unit: str = "1") -> ProposalData:
    """The proposal in "ru" or "en"."""
    return _russian(money_unit) if language == "ru" else _english(money_unit)


def tailored(language: str = "ru") -> Tailored:
    """Arguments chosen for the four readers; the first reader shares one with the third."""
    texts = _RU_ARGUMENTS if language == "ru" else _EN_ARGUMENTS
    subjects = {EXECUTIVE: "special_terms", PEOPLE: "experience", FINANCE: "effect", TECHNICAL: "solution"}
    readers = tuple(
        ReaderArguments(
            reader,
            subject,
            tuple(_argument(number, *item) for number, item in enumerate(texts[reader])),
            ("tco",),
        )
        for reader, subject in subjects.items()
    )
    return Tailored(readers, industry="metallurgy")


def _argument(number: int, text: str, evidence: str = "", kind: str = "", source: str = "") -> ChosenArgument:
    return ChosenArgument(
        f"a{number}", text, evidence, kind, source, Message("tailoring.general"), score=90 - number
    )


_RU_ARGUMENTS: dict[str, list[tuple[str, ...]]] = {
    EXECUTIVE: [
        ("До конца 2027 года мы не поставляем эту линейку другим предприятиям вашего холдинга без вашего согласия.", "", "exclusive"),
        ("Вы становитесь опорной площадкой изготовителя в регионе: новые исполнения приходят к вам первыми.", "письмо изготовителя от 02.10.2026", "exclusive"),
        ("Вложения окупаются меньше чем за два года.", "расчёт в разделе «Экономический эффект»", "figure"),
    ],
    PEOPLE: [
        ("Восемь сменных мастеров прошли такое же обучение на комбинате в Челябинске и работают без наших инженеров.", "отзыв Марии Кузнецовой", "reference"),
        ("Обучение входит в цену: 40 часов на площадке для двух смен, с удостоверениями.", "программа в приложении 2"),
    ],
    FINANCE: [
        ("Вложения окупаются меньше чем за два года.", "расчёт в разделе «Экономический эффект»", "figure"),
        ("Экономия газа — 4,1 млн ₽ в год при действующем тарифе.", "замеры в июне — августе 2026 г.", "figure", "протокол № 14"),
        ("Оплата в три этапа; 50 % — после пуска.", "условия в этом предложении"),
    ],
    TECHNICAL: [
        ("Рекуператор встаёт на существующие фундаменты, останов печи — не более 36 часов.", "проект привязки ПР-118"),
        ("Система управления стыкуется с вашей АСУ ТП по OPC UA, обмен проверен на стенде.", "протокол испытаний от 18.09.2026"),
        ("Ресурс теплообменных труб — 60 000 часов при температуре газов до 950 °C.", "сертификат завода-изготовителя"),
    ],
}  # fmt: skip

_EN_ARGUMENTS: dict[str, list[tuple[str, ...]]] = {
    EXECUTIVE: [
        ("Until the end of 2027 we supply this line to no other works of your group without your consent.", "", "exclusive"),
        ("Your works becomes the manufacturer's reference site in the region: new models reach you first.", "manufacturer's letter of 2 October 2026", "exclusive"),
        ("The investment pays back in less than two years.", "calculation in “Economic effect”", "figure"),
    ],
    PEOPLE: [
        ("Eight shift foremen took the same training at Sheffield Forge and now work without our engineers.", "reference by Mary Cole", "reference"),
        ("Training is in the price: 40 hours on site for two shifts, with certificates.", "programme in annex 2"),
    ],
    FINANCE: [
        ("The investment pays back in less than two years.", "calculation in “Economic effect”", "figure"),
        ("Gas savings of £410,000 a year at the present tariff.", "measured June to August 2026", "figure", "record No. 14"),
        ("Payment in three stages; 50% after start-up.", "terms of this proposal"),
    ],
    TECHNICAL: [
        ("The recuperator stands on the existing foundations; the furnace is down for 36 hours at most.", "layout PR-118"),
        ("Controls talk to your DCS over OPC UA; the exchange was proved on a test bench.", "test record of 18 September 2026"),
        ("Heat-exchanger tubes last 60,000 hours at gas temperatures up to 950 °C.", "manufacturer's certificate"),
    ],
}  # fmt: skip


def _russian(money_unit: str) -> ProposalData:
    return ProposalData(
        id="p1",
        language="ru",
        number="117-КП",
        date=date(2026, 11, 23),
        subject="Рекуперация тепла нагревательных печей цеха № 2",
        client=ClientData("Уралметпром", "АО «Уралметпром»", address="620014, г. Екатеринбург, ул. Металлургов, д. 16"),
        company=CompanyData(
            full_name="Общество с ограниченной ответственностью «Контур-Энерго»",
            short_name="ООО «Контур-Энерго»",
            address="454080, г. Челябинск, пр. Ленина, д. 55, оф. 301",
            inn="7451234567",
            kpp="745101001",
            ogrn="1027402345678",
            bank="ПАО «Челиндбанк»",
            bik="047501711",
            account="40702810407110001234",
            correspondent_account="30101810400000000711",
            phone="+7 351 200-45-67",
            email="info@kontur-energo.example",
            website="kontur-energo.example",
        ),
        signatory=SignatoryData(PersonName("Иванов", "Пётр", "Сергеевич"), "Генеральный директор", "Устава"),
        readers=(
            Reader(EXECUTIVE, PersonName("Громов", "Андрей", "Викторович"), "Генеральный директор", "m"),
            Reader(PEOPLE, PersonName("Лебедева", "Ольга", "Николаевна"), "Директор по персоналу", "f"),
            Reader(FINANCE, PersonName("Соколова", "Елена", "Павловна"), "Финансовый директор", "f"),
            Reader(TECHNICAL, PersonName("Ковальчук", "Игорь", "Львович"), "Главный инженер", "m"),
        ),
        money_unit=money_unit,
        offer=(
            OfferLine("Рекуператор петлевой трубчатый РПТ-420", "шт.", D(2), D("3450000"), D(5), D(22), note="сталь 10Х23Н18, до 950 °C"),
            OfferLine("Шкаф управления с обменом по OPC UA", "компл.", D(2), D("612500.50"), D(0), D(22)),
            OfferLine("Шеф-монтаж и пусконаладка", "компл.", D(1), D("1180000"), D(0), D(22)),
            OfferLine("Обучение двух смен, 40 часов", "чел.", D(16), D("18750"), D(0), None, note="НДС не облагается"),
            OfferLine("Расширенная гарантия до 60 месяцев", "год", D(3), D("145000"), D(0), D(22), optional=True),
        ),
        terms=TermsData(
            payment="30 % — аванс, 20 % — по готовности к отгрузке, 50 % — в течение 30 дней после пуска.",
            delivery="DAP г. Екатеринбург (Инкотермс 2020), автотранспортом поставщика.",
            lead_time="14 недель с даты аванса.",
            warranty="36 месяцев с даты ввода в эксплуатацию.",
        ),
        benefit=BenefitData(
            lines=(
                BenefitLine("Вложения", "investment", (D(10_500_000), D(0), D(0), D(0), D(0))),
                BenefitLine("Обслуживание", "cost", (D(0), D(240_000), D(250_000), D(260_000), D(270_000))),
                BenefitLine("Экономия газа", "saving", (D(0), D(4_100_000), D(4_300_000), D(4_510_000), D(4_740_000))),
                BenefitLine("Меньше окалины", "income", (D(0), D(2_350_000), D(2_350_000), D(2_350_000), D(2_350_000))),
            ),
            discount_rate=D(16),
            assumptions="Тариф на газ растёт на 5 % в год; печи работают 7 200 часов в год; цена металла не меняется.",
        ),
        understanding=(
            "Цех № 2 расходует 31 % газа завода. Отходящие газы уходят в трубу при 780 °C, и с апреля 2027 года это станет "
            "дороже: тариф растёт, а норма расхода в программе энергосбережения снижается на 8 %.\n"
            "Вам важно:\n"
            "- снизить расход газа не позднее осеннего максимума 2027 года;\n"
            "- не останавливать печи дольше планового ремонта;\n"
            "- сохранить действующую АСУ ТП."
        ),
        solution=(
            "Мы ставим петлевые трубчатые рекуператоры на печи № 3 и № 4. Воздух горения подогревается до 420 °C, "
            "горелки не меняются. Управление — отдельный шкаф, который отдаёт данные в вашу систему."
        ),
        uniqueness="Мы — единственные в регионе, кто ставит рекуператоры без замены горелок, и отвечаем за экономию по договору: недостигнутую часть возвращаем.",
        exclusivity="Цена и срок закреплены за вами до конца действия предложения; два комплекта зарезервированы на складе изготовителя.",
        schedule=(
            StageData("Проект привязки и согласование", "недели 1–3"),
            StageData("Изготовление и приёмка на заводе", "недели 4–12"),
            StageData("Доставка, монтаж в плановый останов", "недели 13–14"),
            StageData("Пуск, обучение, испытания под нагрузкой", "недели 15–16"),
        ),
        cases=(
            CaseData("c1", "Рекуперация тепла на трёх печах", "Челябинский трубный комбинат", "металлургия", "4 200 человек", 2024, "Снизить расход газа на 15 % без замены горелок.", "Три рекуператора, общий шкаф управления, обучение 24 человек.", "Расход газа ниже на 18,4 %, окупаемость — 20 месяцев."),
            CaseData("c2", "Утилизация тепла обжиговых печей", "Магнезит-Юг", "огнеупоры", "", 2025, "Подогреть воздух горения.", "Рекуператор и байпас на действующем фундаменте.", "Экономия 3,2 млн ₽ в год."),
        ),
        recommenders=(
            RecommenderData("m1", PersonName("Кузнецова", "Мария", "Игоревна"), "Директор по персоналу", "Челябинский трубный комбинат", "+7 351 255-10-20", "kuznetsova@chtk.example", "Обучение и приёмка, 2024 г."),
        ),
        team=(
            TeamMember(PersonName("Белов", "Антон", "Юрьевич"), "Менеджер по ключевым клиентам", "+7 912 000-11-22", "belov@kontur-energo.example", "ведёт проект"),
            TeamMember(PersonName("Орлова", "Наталья", "Сергеевна"), "Главный конструктор", "+7 351 200-45-70", "orlova@kontur-energo.example", "технические вопросы"),
        ),
        valid_until=date(2026, 12, 31),
        validity_reason="Срок обусловлен ценой металла у изготовителя, закреплённой до конца года.",
        next_step="Предлагаем встретиться 2 декабря на площадке, уточнить границы проекта и согласовать окно останова.",
        annexes=("Проект привязки ПР-118 на 6 листах.", "Программа обучения на 2 листах."),
    )  # fmt: skip


def _english(money_unit: str) -> ProposalData:
    return ProposalData(
        id="p1",
        language="en",
        number="2026-117",
        date=date(2026, 11, 23),
        subject="Heat recovery for the reheating furnaces of Shop 2",
        client=ClientData("Northgate Steel", "Northgate Steel plc", address="12 Mill Road, Leeds LS10 1AB"),
        company=CompanyData(
            full_name="Contour Energy Limited",
            short_name="Contour Energy Ltd",
            address="1 High Street, York YO1 7HH",
            inn="GB 123 4567 89",
            ogrn="01234567",
            phone="+44 1904 496 000",
            email="office@contour-energy.example",
            website="contour-energy.example",
        ),
        signatory=SignatoryData(PersonName("Brown", "Peter"), "Managing Director"),
        readers=(
            Reader(EXECUTIVE, PersonName("Grant", "Andrew"), "Chief Executive", "m"),
            Reader(PEOPLE, PersonName("Lane", "Olivia"), "HR Director", "f"),
            Reader(FINANCE, PersonName("Stone", "Helen"), "Finance Director", "f"),
            Reader(TECHNICAL, PersonName("Cooper", "Ian"), "Chief Engineer", "m"),
        ),
        currency="GBP",
        money_unit=money_unit,
        vat_mode="on_top",
        offer=(
            OfferLine("Tubular recuperator RPT-420", "pcs", D(2), D("345000"), D(5), D(20), note="steel 1.4841, up to 950 °C"),
            OfferLine("Control cabinet with OPC UA exchange", "set", D(2), D("61250.50"), D(0), D(20)),
            OfferLine("Supervised installation and start-up", "set", D(1), D("118000"), D(0), D(20)),
            OfferLine("Training of two shifts, 40 hours", "person", D(16), D("1875"), D(0), D(20)),
            OfferLine("Extended warranty to 60 months", "year", D(3), D("14500"), D(0), D(20), optional=True),
        ),
        terms=TermsData(
            payment="30% in advance, 20% when ready for shipment, 50% within 30 days of start-up.",
            delivery="DAP Leeds (Incoterms 2020), by our carrier.",
            lead_time="14 weeks from the advance.",
            warranty="36 months from commissioning.",
        ),
        benefit=BenefitData(
            lines=(
                BenefitLine("Investment", "investment", (D(1_050_000), D(0), D(0), D(0), D(0))),
                BenefitLine("Maintenance", "cost", (D(0), D(24_000), D(25_000), D(26_000), D(27_000))),
                BenefitLine("Gas saved", "saving", (D(0), D(410_000), D(430_000), D(451_000), D(474_000))),
                BenefitLine("Less scale", "income", (D(0), D(235_000), D(235_000), D(235_000), D(235_000))),
            ),
            discount_rate=D(9),
            assumptions="Gas tariff up 5% a year; furnaces run 7,200 hours a year; metal price unchanged.",
        ),
        understanding=(
            "Shop 2 burns 31% of the works' gas. Flue gas leaves at 780 °C, and from April 2027 that gets dearer.\n"
            "What matters to you:\n- less gas before the autumn peak of 2027;\n- no furnace stop beyond planned maintenance;\n"
            "- the present control system stays."
        ),
        solution="We put tubular recuperators on furnaces 3 and 4. Combustion air is heated to 420 °C; burners stay as they are.",
        uniqueness="We alone in the region fit recuperators without changing burners, and we answer for the savings by contract.",
        exclusivity="Price and term are held for you while this proposal is valid; two sets are reserved at the maker's.",
        schedule=(StageData("Layout and approval", "weeks 1–3"), StageData("Manufacture and works test", "weeks 4–12"), StageData("Delivery and installation", "weeks 13–14"), StageData("Start-up and training", "weeks 15–16")),
        cases=(CaseData("c1", "Heat recovery on three furnaces", "Sheffield Forge", "metals", "4,200 people", 2024, "15% less gas with the same burners.", "Three recuperators, one cabinet, 24 people trained.", "18.4% less gas, payback in 20 months."),),
        recommenders=(RecommenderData("m1", PersonName("Cole", "Mary"), "HR Director", "Sheffield Forge", "+44 114 255 1020", "cole@forge.example", "Training and acceptance, 2024"),),
        team=(TeamMember(PersonName("White", "Anthony"), "Key Account Manager", "+44 7700 900 112", "white@contour-energy.example"), TeamMember(PersonName("Hill", "Nora"), "Chief Designer", "+44 1904 496 070", "hill@contour-energy.example")),
        valid_until=date(2026, 12, 31),
        validity_reason="The maker holds its metal price until the end of the year.",
        next_step="We suggest meeting on site on 2 December to settle the scope and the stop of the furnaces.",
        annexes=("Layout PR-118, 6 pages.", "Training programme, 2 pages."),
    )  # fmt: skip
