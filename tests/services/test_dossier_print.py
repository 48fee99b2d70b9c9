"""The print of a dossier: levels, categories, periods, papers; nothing that a level withholds (X4)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamdesk.documents import pages
from kamdesk.documents.booklet import order
from kamdesk.model.internal import DossierOptions
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Concession,
    Fact,
    FollowUp,
    Note,
    Participant,
    Person,
    Proposal,
    Relationship,
    Statement,
)
from kamdesk.model.values import Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.dossier_print import DossierPrints
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.promises import PromiseData
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Vault
from tests.services.press import Press, pdf_text, squeezed, word_text
from tests.services.test_dossier_canaries import Planting

CEILING = {
    "business": Sensitivity.BUSINESS,
    "business_personal": Sensitivity.PERSONAL,
    "everything": Sensitivity.PRIVATE,
}


@pytest.fixture
def vocabularies(repository: Path) -> Vocabularies:
    return Vocabularies.load(repository / "resources" / "vocabulary.json")


@pytest.fixture
def prints(store: Store, vocabularies: Vocabularies) -> DossierPrints:
    return DossierPrints(store, lambda: vocabularies, Press())


@pytest.fixture
def client(store: Store, plant: dict[str, str]) -> str:
    interactions = Interactions(store)
    for month, purpose in ((1, "Зимняя встреча"), (3, "Весенняя встреча")):
        interactions.log(
            InteractionData(
                plant["client"],
                starts_at=datetime(2026, month, 3, 10, 0),
                purpose=purpose,
                outcome="Сказано лично",
                person_ids=(plant["petr"],),
                promises=(
                    PromiseData(f"Обещание {month}", person_id=plant["petr"], due=date(2026, 3, month)),
                ),
            )
        )
    interactions.log(InteractionData(plant["client"], kind="gift", purpose="Набор ручек"))

    def work(session: Any) -> None:
        petr = session.get(Person, plant["petr"])
        petr.stance, petr.stance_evidence, petr.influence = -1, "Сказал на совете", 3
        session.add_all(
            [
                Fact(person_id=petr.id, kind="family", text="Жена Ольга"),
                Fact(person_id=petr.id, kind="hobby", text="Теннис", sensitivity="personal"),
                Relationship(from_id=petr.id, to_id=plant["anna"], kind="trusts", note="давно вместе"),
                Note(organisation_id=plant["client"], text="Бюджет режут"),
                Statement(organisation_id=plant["client"], kind="growth_zone", text="Строят новый цех"),
            ]
        )

    store.write("record.add", {"noun": "", "name": ""}, work)
    return plant["client"]


def said(prints: DossierPrints, about: str, row: str, **options: Any) -> str:
    made = prints.print(about, row, "ru", DossierOptions(**options))
    text = pdf_text(made.pdf).replace("\u00a0", " ")
    return " ".join(text.split())


def test_each_level_opens_more(prints: DossierPrints, client: str) -> None:
    business = said(prints, "client", client)
    for word in (
        "Иванов Пётр Сергеевич",
        "Весенняя встреча",
        "Обещание 3",
        "Строят новый цех",
        "Конфиденциально",
    ):
        assert word in business, word
    for word in ("Сказано лично", "Теннис", "Жена", "Сомневается", "Бюджет", "давно вместе"):
        assert word not in business, word
    personal = said(prints, "client", client, level="business_personal")
    assert "Сказано лично" in personal and "Теннис" in personal and "Сомневается" not in personal
    everything = said(prints, "client", client, level="everything")
    for word in (
        "Жена Ольга",
        "Сомневается (Сказал на совете",
        "Бюджет режут",
        "Доверяет: Ёлкина Анна Олеговна",
    ):
        assert word in everything, word


@pytest.mark.parametrize(
    ("category", "gone", "stays"),
    [
        ("family", "Жена", "Теннис"),
        ("negotiation", "Сомневается", "Жена"),
        ("notes", "Бюджет", "Сомневается"),
        ("gifts", "Набор ручек", "Весенняя"),
    ],
)
def test_a_category_is_left_out(
    prints: DossierPrints, client: str, category: str, gone: str, stays: str
) -> None:
    text = said(prints, "client", client, level="everything", left_out=(category,))
    assert gone not in text and stays in text


def test_own_selection_has_its_own_ceiling(prints: DossierPrints, client: str) -> None:
    public = said(prints, "client", client, level="own", ceiling="public")
    assert "Машиностроение" in public and "Весенняя" not in public and "Иванов" not in public


def test_the_history_keeps_to_its_period(prints: DossierPrints, client: str) -> None:
    late = said(prints, "client", client, since=date(2026, 2, 1), sections=("history",))
    assert "Весенняя" in late and "Зимняя" not in late and "с 01.02.2026" in late
    early = said(prints, "client", client, until=date(2026, 1, 3), sections=("history",))
    assert "Зимняя" in early and "Весенняя" not in early
    none = said(
        prints, "client", client, since=date(2026, 2, 1), until=date(2026, 2, 2), sections=("history",)
    )
    assert "За этот период ничего нет" in none
    with pytest.raises(KamdeskError) as problem:
        said(prints, "client", client, since=date(2026, 2, 2), until=date(2026, 2, 1))
    assert problem.value.message.code == "dossier_print.period"


def test_the_order_is_that_of_taking_over(prints: DossierPrints, client: str) -> None:
    text = said(prints, "client", client, level="everything")
    order_of = [text.index(word) for word in ("С чего начать", " Люди ", " История ", "Открытые обещания")]
    assert order_of == sorted(order_of)


def test_a_person_is_printed_alone(prints: DossierPrints, client: str, plant: dict[str, str]) -> None:
    text = said(prints, "person", plant["petr"], level="everything")
    assert "Жена Ольга" in text and "Весенняя" in text
    assert "Финансовый директор" not in text and "Набор ручек" not in text


def test_somebody_without_a_client_has_a_print(prints: DossierPrints, store: Store) -> None:
    def work(session: Any) -> str:
        person = Person(family_name="Одинцов", given_name="Глеб")
        session.add(person)
        session.flush()
        session.add(Fact(person_id=person.id, kind="hobby", text="Парус"))
        return person.id

    person = store.write("record.add", {"noun": "", "name": ""}, work)
    Interactions(store).log(InteractionData(purpose="Выставка без клиента", person_ids=(person,)))
    text = said(prints, "person", person, level="everything")
    assert "Парус" in text and "Выставка без клиента" in text


def test_the_group_has_its_map(store: Store, vocabularies: Vocabularies, client: str) -> None:
    asked: list[tuple[str, str, bool]] = []

    def picture(organisation_id: str, language: str, width_px: int, *, discreet: bool = False) -> bytes:
        from kamdesk.documents.pictures import as_png

        asked.append((organisation_id, language, discreet))
        return as_png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="200"><rect width="80" height="200"/></svg>'
        )

    prints = DossierPrints(store, lambda: vocabularies, Press(), picture)
    text = said(prints, "group", client)
    assert "Карта влияния" in text and "Генеральный директор — Иванов" in text and "История" not in text
    said(prints, "group", client, level="everything")
    said(prints, "group", client, level="everything", left_out=("negotiation",))
    said(prints, "group", client, level="own", ceiling="public")
    assert asked == [(client, "ru", True), (client, "ru", False), (client, "ru", True)]


@pytest.mark.parametrize("paper", ["a4", "a5", "booklet"])
def test_every_paper_has_its_size(prints: DossierPrints, client: str, paper: str) -> None:
    import pypdfium2

    made = prints.print("client", client, "en", DossierOptions(level="everything", paper=paper))
    document = pypdfium2.PdfDocument(made.pdf)
    size = tuple(round(side) for side in document.get_page_size(0))
    sheets = len(document)
    document.close()
    assert size == {"a4": (595, 842), "a5": (420, 595), "booklet": (842, 595)}[paper]
    assert sheets == (-(-made.pages // 4) * 2 if paper == "booklet" else made.pages)


@pytest.mark.parametrize(
    ("many", "wanted"),
    [
        (1, (None, 0, None, None)),
        (4, (3, 0, 1, 2)),
        (5, (None, 0, 1, None, None, 2, 3, 4)),
        (8, (7, 0, 1, 6, 5, 2, 3, 4)),
    ],
)
def test_a_booklet_folds_into_order(many: int, wanted: tuple[int | None, ...]) -> None:
    assert order(many) == wanted


def test_a_circle_of_bosses_and_endless_texts_are_printed(
    prints: DossierPrints, store: Store, plant: dict[str, str], client: str
) -> None:
    from kamdesk.model.tables import Interaction, Promise, Seat

    def work(session: Any) -> None:
        seats = session.query(Seat).all()
        seats[0].reports_to_id, seats[1].reports_to_id = seats[1].id, seats[0].id
        row = Interaction(organisation_id=client, outcome="Очень длинный рассказ. " * 2000, kind="meeting")
        session.add(row)
        session.flush()
        session.add(Participant(interaction_id=row.id, person_id=plant["petr"]))
        session.add(Promise(organisation_id=client, text="Обещание без конца " * 500))

    store.write("record.add", {"noun": "", "name": ""}, work)
    made = prints.print("client", client, "ru", DossierOptions(level="everything", paper="a5"))
    assert made.pages > 8 and pages.count(made.pdf) == made.pages
    assert pdf_text(made.pdf).count("Очень длинный рассказ") > 1500


@pytest.mark.parametrize("level", list(CEILING))
@pytest.mark.parametrize("about", ["client", "person", "group"])
@pytest.mark.parametrize("rows", ["", "public"])
def test_no_mark_above_the_level_is_printed(
    vault: Vault, vocabularies: Vocabularies, prints: DossierPrints, level: str, about: str, rows: str
) -> None:
    planting = Planting(vocabularies, rows)
    store = vault.store
    store.write("record.add", {"noun": "", "name": ""}, lambda session: planting.plant(session, store.files))
    row = planting.ids["person" if about == "person" else "organisation"]
    made = prints.print(about, row, "ru", DossierOptions(level=level))
    text = squeezed(pdf_text(made.pdf) + word_text(made.docx) + made.name)
    leaked = [
        one for one in planting.canaries if one.sensitivity.rank > CEILING[level].rank and one.mark in text
    ]
    assert not leaked, leaked
    assert "CANARY.person.family_name" in text


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"paper": "a3"}, "dossier_print.paper"),
        ({"level": "all"}, "dossier_print.level"),
        ({"level": "own", "ceiling": "anything"}, "dossier_print.level"),
    ],
)
def test_what_cannot_be_is_refused(
    prints: DossierPrints, client: str, options: dict[str, Any], code: str
) -> None:
    with pytest.raises(KamdeskError) as problem:
        prints.print("client", client, "ru", DossierOptions(**options))
    assert problem.value.message.code == code


def test_a_record_that_is_gone_is_said(prints: DossierPrints) -> None:
    with pytest.raises(KamdeskError) as problem:
        prints.print("client", "nobody", "ru")
    assert problem.value.message.code == "record.gone"


def test_concessions_and_steps_after_sending_stay_off_a_full_print_without_those_categories(
    prints: DossierPrints, client: str, store: Store
) -> None:
    def work(session: Any) -> None:
        proposal = Proposal(organisation_id=client, subject="Насосы")
        session.add(proposal)
        session.flush()
        session.add_all(
            [
                FollowUp(proposal_id=proposal.id, kind="urgency", result="Завод встанет в мае"),
                Concession(
                    organisation_id=client, proposal_id=proposal.id, given="Канарейка-скидка", got="Канарейка-отзыв",
                    cost=Decimal("777123"), worth=Decimal("555321"), note="Канарейка-заметка",
                ),
            ]
        )  # fmt: skip

    store.write("record.add", {"noun": "", "name": ""}, work)
    marks = ("Канарейка", "777123", "555321", "Завод встанет")
    everything = prints.data("client", client, "ru", DossierOptions(level="everything"))
    assert all(mark in repr(everything) for mark in marks)
    printed = said(prints, "client", client, level="everything").replace(" ", "")
    assert "Канарейка-скидка" in printed and "Канарейка-отзыв" in printed and "221802" in printed
    assert "Канарейка" not in said(prints, "client", client, level="business_personal")
    options = DossierOptions(level="everything", left_out=("negotiation", "margin", "notes"))
    kept = prints.data("client", client, "ru", options)
    assert not [mark for mark in marks if mark in repr(kept)]
    text = said(prints, "client", client, level="everything", left_out=("negotiation", "margin", "notes"))
    assert not [mark for mark in marks if mark in text.replace(" ", "")]
    only_money = prints.data("client", client, "ru", DossierOptions(level="everything", left_out=("margin",)))
    assert "Канарейка-скидка" in repr(only_money) and "777123" not in repr(only_money)
