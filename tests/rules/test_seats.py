"""What a job title suggests, in both languages."""

from __future__ import annotations

import pytest

from kamdesk.rules.seats import suggest_lens

LENSES = {
    "executive": [
        "Генеральный директор", "Директор", "Заместитель генерального директора", "Председатель совета директоров", "Управляющий директор",
        "Директор филиала", "Президент", "CEO", "Chief Executive Officer", "Managing Director", "Коммерческий директор", "Owner", "Chief Operating Officer",
    ],
    "people": [
        "Директор по персоналу", "Начальник отдела кадров", "HR-директор", "HRD", "Руководитель учебного центра по обучению", "Head of Human Resources",
        "Chief People Officer", "Заместитель директора по персоналу", "Training Manager",
    ],
    "finance": [
        "Финансовый директор", "Главный бухгалтер", "Заместитель генерального директора по экономике и финансам", "Начальник ПЭО", "CFO",
        "Finance Director", "Chief Accountant", "Экономист", "Казначей",
    ],
    "technical": [
        "Главный инженер", "Технический директор", "Главный энергетик", "Главный механик", "Начальник отдела АСУ ТП", "ИТ-директор", "Директор по ИТ",
        "Chief Engineer", "CTO", "Head of IT", "Utilities and Energy Manager", "Начальник ОТК", "Ведущий инженер-конструктор", "Директор по качеству",
    ],
    "procurement": [
        "Начальник отдела закупок", "Директор по снабжению", "Начальник ОМТС", "Специалист тендерного отдела", "Procurement Manager",
        "Head of Purchasing", "Buyer", "Заместитель директора по закупкам",
    ],
    "legal": ["Юрист", "Начальник юридического отдела", "Юрисконсульт", "Начальник правового управления", "Legal Counsel", "Compliance Officer"],
    "user": ["Начальник цеха № 3", "Директор по производству", "Мастер участка", "Начальник смены", "Production Manager", "Оператор", "Бригадир"],
    "medical": ["Главный врач", "Заведующий хирургическим отделением", "Старшая медсестра", "Medical Director", "Head Nurse", "Провизор"],
    "": ["", "Секретарь", "Помощник генерального директора", "Executive Assistant", "Начальник службы безопасности", "Философ", "  "],
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "lens"), [(title, lens) for lens, titles in LENSES.items() for title in titles]
)
def test_type_by_title(title: str, lens: str) -> None:
    assert suggest_lens(title) == lens
