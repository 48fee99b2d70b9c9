"""All widgets of the kit in one window, for the eye and for the tests that walk through it.

``python -m tests.desktop.kit.gallery FOLDER`` writes pictures: Russian and English, light and dark, 100 % and 150 %.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.navigation.target import Hit, Target
from kamdesk.desktop.widgets.basic import button, columns
from kamdesk.desktop.widgets.cards import Avatar, EmptyState, FactCard
from kamdesk.desktop.widgets.edit_grid import CellKind, EditGrid, GridColumn, GridRow
from kamdesk.desktop.widgets.editor_for import editor_for
from kamdesk.desktop.widgets.inline_choice import InlineCodes
from kamdesk.desktop.widgets.inline_text import InlineLongText, InlineText
from kamdesk.desktop.widgets.judgement import JudgementBar
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.page_preview import PagePreview
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.desktop.widgets.steps import Step, Steps
from kamdesk.desktop.widgets.tabs import PageTabs, Tab
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.values import PartialDate


@dataclass(frozen=True)
class SomePerson:
    """A row of the list."""

    id: str
    name: str
    seat: str
    stance: int | None
    influence: int


RUSSIAN = (
    ("Ёлкина Мария Павловна", "Директор по персоналу", 2, 2),
    ("Еремеев Пётр Сергеевич", "Генеральный директор", 1, 3),
    ("Жукова Анна Викторовна", "Финансовый директор", -1, 3),
    ("Орлов Дмитрий Ильич", "Главный инженер", 3, 2),
    ("Соколов Игорь Олегович", "Начальник отдела закупок", -2, 1),
    ("Титова Ольга Львовна", "Юрист", 0, 1),
)
ENGLISH = (
    ("Maria Elkins", "HR director", 2, 2),
    ("Peter Ross", "Chief executive", 1, 3),
    ("Anna Black", "Chief financial officer", -1, 3),
    ("Dan Orlov", "Chief engineer", 3, 2),
    ("Igor Falk", "Head of purchasing", -2, 1),
    ("Olga Title", "Lawyer", None, 1),
)
STANCE = {
    "ru": (
        "Активно против нас",
        "Против",
        "Сомневается",
        "Нейтральное",
        "Проявляет интерес",
        "Поддерживает",
        "Продвигает нас",
    ),
    "en": ("Works against us", "Against", "Doubts", "Neutral", "Interested", "Supports", "Promotes us"),
}
INFLUENCE = {
    "ru": ("Не влияет", "Слабое", "Заметное", "Решающее"),
    "en": ("None", "Weak", "Notable", "Decisive"),
}
LADDER = {
    "ru": ("Контакт", "Знакомство", "Лояльность", "Доверие"),
    "en": ("Contact", "Acquaintance", "Loyalty", "Trust"),
}


class Both:
    """Says a sample in the language of the moment; the samples are no strings of the program."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def __call__(self, russian: str, english: str):
        """A callable that says one of the two."""
        return lambda: russian if self._kit.words.language == "ru" else english


def people(language: str) -> list[SomePerson]:
    """The rows of the list."""
    source = RUSSIAN if language == "ru" else ENGLISH
    return [SomePerson(str(at), *row) for at, row in enumerate(source)]


class PeoplePage(ListPage):
    """A list with preview."""

    def __init__(self, kit: Kit) -> None:
        both = Both(kit)
        stance = lambda row: "" if row.stance is None else STANCE[kit.words.language][row.stance + 3]  # noqa: E731
        super().__init__(
            kit,
            "gallery",
            both("Люди", "People"),
            (
                Column("name", both("Имя", "Name"), lambda row: row.name, 210, icon=lambda _row: "person"),
                Column("seat", both("Должность", "Seat"), lambda row: row.seat, 200),
                Column(
                    "stance",
                    both("Отношение к нам", "Stance"),
                    stance,
                    180,
                    key=lambda row: row.stance or 0,
                    mark=lambda row: None if row.stance is None else ("stance", row.stance),
                ),
                Column(
                    "influence", both("Влияние", "Influence"), lambda row: str(row.influence), 80, right=True
                ),
            ),
            filters=(("key", both("Ключевые", "Key")), ("late", both("Давно не общались", "Late"))),
        )
        self.add_head(
            button(kit, both("Добавить человека", "Add a person"), "person-add", "primary", lambda: None)
        )
        card = Section(kit, both("Карточка", "Card"))
        card.body.addLayout(columns(Avatar(kit, "Ёлкина Мария", size=56), 1))
        card.body.addWidget(
            FactCard(
                kit, "Не любит долгих встреч.", both("Из первых уст · 2 месяца", "First hand · 2 months")
            )
        )
        self.set_preview(card, 300)
        self.set_empty(
            EmptyState(
                kit,
                "people",
                both(
                    "Здесь люди клиентов: кто решает и кто влияет.",
                    "The clients' people: who decides and who has influence.",
                ),
                first=both("Добавить человека", "Add a person"),
                other=both("Загрузить из файла", "Import a file"),
            )
        )
        kit.words.bind(self, lambda: self.set_rows(people(kit.words.language)))


class PersonPage(PageBase):
    """Editors, judgements, facts."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        both = Both(kit)
        self.set_title(
            both("Еремеев Пётр Сергеевич", "Peter Ross"),
            both("Генеральный директор · АО «Вектор»", "Chief executive · Vector"),
        )
        self.add_head(button(kit, both("Справка к встрече", "Brief"), "meeting", "", lambda: None))
        self.add_head(
            button(kit, both("Новое предложение", "New proposal"), "proposals", "primary", lambda: None)
        )
        column = ScrollColumn()
        self.tabs = PageTabs(
            kit,
            both("Человек", "Person"),
            (
                Tab("overview", both("Главное", "Overview"), lambda: column),
                Tab(
                    "history",
                    both("История", "History"),
                    lambda: EmptyState(kit, "history", both("Пока пусто.", "Nothing yet.")),
                ),
            ),
        )
        self.fill(self.tabs)
        self.two = TwoColumns(kit)
        self.two.left.addWidget(self._left(both))
        for card in self._right(both):
            self.two.right.addWidget(card)
        column.body.addWidget(self.two)

    def _left(self, both: Both) -> QWidget:
        kit = self.kit
        about = Section(kit, both("О человеке", "About"), add=both("Добавить поле", "Add a field"))
        self.fields = FieldList(kit)
        self.name = InlineText(kit, both("Как обращаться", "How to address"))
        self.name.set_value("Пётр Сергеевич" if kit.words.language == "ru" else "Mr Ross")
        self.fields.add(self.name)
        for spec, value in (
            (FieldSpec("birthday", "Birthday", FieldKind.PARTIAL_DATE), PartialDate(None, 2, 29)),
            (FieldSpec("budget", "Budget", FieldKind.DECIMAL), Decimal("1200000.50")),
            (FieldSpec("since", "Since", FieldKind.DATE), date(2024, 3, 5)),
            (FieldSpec("type", "Type", FieldKind.CODE, "lens"), "quality"),
            (FieldSpec("gift", "Gifts allowed", FieldKind.YES_NO), True),
            (FieldSpec("empty", "Empty field", FieldKind.TEXT), ""),
        ):
            self.fields.add(editor_for(spec, value, kit))
        self.wrong = self.fields.add(
            editor_for(FieldSpec("hired", "Hired", FieldKind.DATE), None, kit), always=True
        )
        self.wrong.line.setText("31 февраля")
        self.wrong.flush()
        note = InlineLongText(kit, both("Заметка", "Note"))
        note.set_value(
            "Готовит модернизацию второй линии.\nРешение примет до конца квартала, хочет видеть работающий пример."
        )
        self.fields.add(note)
        criteria = InlineCodes(
            kit, both("Что важно", "Criteria"), lambda: kit.vocabularies.options("criteria"), ranked=True
        )
        criteria.set_value(("quality", "price"))
        self.fields.add(criteria)
        about.body.addWidget(self.fields)
        return about

    def _right(self, both: Both) -> tuple[Section, Section]:
        kit, language = self.kit, lambda: self.kit.words.language
        judged = Section(kit, both("Оценки", "Judgements"))
        for kind, name, labels, value in (
            (
                "stance",
                both("Отношение к нам", "Stance"),
                lambda: list(zip(range(-3, 4), STANCE[language()], strict=True)),
                2,
            ),
            (
                "influence",
                both("Влияние на решение", "Influence"),
                lambda: list(enumerate(INFLUENCE[language()])),
                3,
            ),
            (
                "ladder",
                both("Уровень отношений", "Ladder"),
                lambda: list(enumerate(LADDER[language()], start=1)),
                None,
            ),
        ):
            bar = JudgementBar(kit, kind, name, labels)
            bar.set_value(value)
            judged.body.addWidget(bar)
        facts = Section(kit, both("Что знаем", "What we know"), add=both("Добавить", "Add"))
        facts.body.addWidget(
            FactCard(kit, "Катается на горных лыжах, бывает в Шерегеше.", both("Со слов коллеги · 3 месяца", "A colleague · 3 months"),
                     kind=both("О чём говорить", "To talk about"), on_open=lambda: None)
        )  # fmt: skip
        facts.body.addWidget(
            FactCard(
                kit,
                "Развод: не спрашивать о семье.",
                both("Предположение · 2 года", "A guess · 2 years"),
                icon="warning",
                warn=True,
            )
        )
        mark_private(facts)
        return judged, facts


def group_columns(kit: Kit) -> tuple[GridColumn, ...]:
    """Columns of every kind."""
    both = Both(kit)
    options = lambda: kit.vocabularies.options("criteria")  # noqa: E731
    stance = lambda: [Option(str(at - 3), text) for at, text in enumerate(STANCE[kit.words.language])]  # noqa: E731
    return (
        GridColumn("name", both("Имя полностью", "Full name"), width=230, required=True),
        GridColumn("seat", both("Должность", "Seat"), width=190),
        GridColumn("part", both("Что важно", "Matters"), CellKind.CHOICE, options=options, width=130),
        GridColumn("stance", both("Отношение", "Stance"), CellKind.CHOICE, options=stance, width=150),
        GridColumn("price", both("Цена", "Price"), CellKind.DECIMAL, width=110),
        GridColumn("key", both("ЛПР", "Decides"), CellKind.YES_NO, width=70),
    )


class GridPage(PageBase):
    """The grid with steps beside it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        both = Both(kit)
        self.set_title(both("Группа принятия решения", "Decision group"))
        self.steps = Steps(
            kit,
            both("Шаги", "Steps"),
            (
                Step("start", both("На основе", "Start from"), "proposals"),
                Step("offer", both("Состав и цены", "Offer"), "table"),
                Step("figures", both("Эффект", "Figures"), "reports"),
                Step("readers", both("Кому", "Readers"), "people"),
                Step("documents", both("Документы", "Documents"), "word"),
            ),
        )
        self.steps.setFixedWidth(kit.theme.px(170))
        self.steps.set_state("start", "done")
        self.steps.set_state("figures", "attention", "Нет ставки дисконтирования")
        self.grid = EditGrid(kit, both("Группа", "Group"), group_columns(kit), "gallery")
        rows = [
            GridRow(
                str(at),
                {
                    "name": name,
                    "seat": seat,
                    "part": "price",
                    "stance": str(stance or 0),
                    "price": Decimal(at * 1000),
                    "key": at == 1,
                },
            )
            for at, (name, seat, stance, _influence) in enumerate(
                RUSSIAN if kit.words.language == "ru" else ENGLISH
            )
        ]
        self.grid.set_rows(rows)
        self.grid.set_problem("2", "seat", both("Такой должности ещё нет", "No such seat yet")())
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.steps)
        row.addWidget(self.grid, 1)
        self.fill(row)


class PreviewPage(PageBase):
    """The preview beside an empty state."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        both = Both(kit)
        self.set_title(both("Предложение", "Proposal"))
        self.preview = PagePreview(kit)
        self.preview.set_pages([some_page(1), some_page(2)], 144)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(
            EmptyState(
                kit,
                "proposals",
                both(
                    "Соберите предложение: из прошлого или с чистого листа.",
                    "Make a proposal: from an earlier one or from nothing.",
                ),
                heading=both("Здесь будет предложение", "Your proposal"),
                first=both("Начать с чистого листа", "Start from nothing"),
                other=both("Взять прошлое", "Take an earlier one"),
            )
        )
        split.addWidget(self.preview)
        split.setSizes([500, 500])
        self.fill(split)


def some_page(number: int) -> bytes:
    """A picture of a page as PNG, 144 dots per inch."""
    image = QImage(1190, 1684, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QColor("#333"))
    font = painter.font()
    font.setPixelSize(44)
    painter.setFont(font)
    painter.drawText(120, 200, f"Страница {number}")
    for line in range(20):
        painter.drawLine(120, 300 + line * 50, 1070, 300 + line * 50)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def make_gallery(kit: Kit) -> MainWindow:
    """The window with all pages."""
    both = Both(kit)
    window = MainWindow(kit)
    window.add_section("people", both("Люди", "People"), "people", lambda: PeoplePage(kit))
    window.add_section("person", both("Человек", "Person"), "person", lambda: PersonPage(kit))
    window.add_section("grid", both("Таблица", "Grid"), "table", lambda: GridPage(kit))
    window.add_section("preview", both("Предложения", "Proposals"), "proposals", lambda: PreviewPage(kit))
    window.set_undo(both("добавить Петра Еремеева", "add Peter Ross")())
    window.set_search(
        lambda text: [
            Hit(both("Люди", "People")(), row.name, row.seat, "person", Target("person", row.id))
            for row in people(kit.words.language)
            if text.casefold() in row.name.casefold()
        ]
    )
    Actions(window, kit.words, kit.icons).declare(
        (ActionSpec("sample", "Sample", "star"),), {"sample": lambda: None}
    )
    return window


def main(folder: Path) -> None:
    """Write the pictures."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    from kamdesk.desktop.qt_setup import make_application
    from tests.desktop.conftest import end_kit, make_kit

    app = make_application(["gallery"])
    folder.mkdir(parents=True, exist_ok=True)

    def settle() -> None:
        loop = QEventLoop()
        QTimer.singleShot(60, loop.quit)
        loop.exec()

    for language in ("ru", "en"):
        for look in ("light", "dark"):
            for scale in (1.0, 1.5):
                kit = make_kit(app, language, look, scale)
                window = make_gallery(kit)
                window.show()
                for section in ("people", "person", "grid", "preview"):
                    window.navigate(Target(section))
                    settle()
                    window.grab().save(str(folder / f"{section}-{language}-{look}-{round(scale * 100)}.png"))
                window.close()
                window.deleteLater()
                QCoreApplication.sendPostedEvents(None, 52)
                end_kit(kit)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
