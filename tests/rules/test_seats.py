"""What a job title suggests, in both languages."""

from __future__ import annotations

import pytest

from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.rules.seats import suggest_lens, suggest_parts

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


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Генеральный директор", ("decider", "signatory")),
        ("Заместитель генерального директора", ("approver",)),
        ("Финансовый директор", ("approver",)),
        ("Начальник отдела закупок", ("buyer",)),
        ("Секретарь", ("gatekeeper",)),
        ("Executive Assistant", ("gatekeeper",)),
        ("Главный инженер", ("approver", "influencer")),
        ("Мастер участка", ("user",)),
        ("Директор по персоналу", ("influencer",)),
        ("CEO", ("decider", "signatory")),
        ("Юрисконсульт", ("approver",)),
        ("Философ", ()),
        ("", ()),
    ],
)
def test_part_by_title(title: str, parts: tuple[str, ...]) -> None:
    assert suggest_parts(title) == parts
    known = Vocabularies.load(resources_folder() / "vocabulary.json").codes("part_in_decision")
    assert set(parts) <= set(known)
