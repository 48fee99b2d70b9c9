"""Hand-made changes are found, a program's own rewriting is not; every word of a file is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamdesk.documents import edits
from kamdesk.documents.cleaning import clean
from kamdesk.documents.context.build import build
from kamdesk.documents.edits import Edit
from kamdesk.documents.letterhead import prepare
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import paragraphs as walk
from kamdesk.documents.ooxml.walk import replace_text
from kamdesk.documents.render import Renderer
from kamdesk.resources import resources_folder
from kamdesk.translation import Translator
from tests.documents.letterheads import picture, png, russian
from tests.documents.office import convert
from tests.documents.sample import EXECUTIVE, proposal, tailored
from tests.documents.word_files import SECTION, WordFile, field, paragraph, run, table

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "word"
TEXT = ("Первый абзац о задаче", "Второй абзац о решении", "Третий абзац о цене", "Четвёртый абзац о сроках")


def between(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[str, str, str, str, str]]:
    """Each edit as (kind, what, place, before, after)."""
    return shown(edits.differences(WordFile(*before).build(), WordFile(*after).build()))


def shown(found: tuple[Edit, ...]) -> list[tuple[str, str, str, str, str]]:
    words = Translator("ru")
    return [(edit.kind, edit.what, words.message(edit.place), edit.before, edit.after) for edit in found]


def paragraphs(*texts: str) -> tuple[str, ...]:
    return tuple(paragraph(text) for text in texts)


def test_equal_documents_and_other_runs_spaces_and_empty_lines_are_no_edits() -> None:
    before = paragraphs(*TEXT)
    assert between(before, before) == []
    cut = (
        paragraph(run("Первый аб"), run("зац о\u00a0задаче ", "<w:b/>")),
        paragraph(""),
        *paragraphs(*TEXT[1:]),
    )
    assert between(before, cut) == []


def test_changed_added_and_removed_paragraphs_in_reading_order() -> None:
    after = paragraphs(TEXT[0], "Второй абзац о нашем решении", TEXT[2], "Совсем новое: скидка 5 %")
    assert between(paragraphs(*TEXT), after) == [
        ("changed", "text", "абзац 2", TEXT[1], "Второй абзац о нашем решении"),
        ("removed", "text", "абзац 4", TEXT[3], ""),
        ("added", "text", "абзац 4", "", "Совсем новое: скидка 5 %"),
    ]
    assert between(paragraphs(*TEXT), paragraphs(*TEXT[1:])) == [("removed", "text", "абзац 1", TEXT[0], "")]
    assert between(paragraphs(*TEXT), paragraphs("Шапка", *TEXT)) == [
        ("added", "text", "абзац 1", "", "Шапка")
    ]


def test_cells_are_named_one_by_one() -> None:
    rows = (("Насос", "2", "100,00"), ("Клапан", "5", "40,00"), ("Итого", "", "400,00"))
    cheaper = (rows[0], ("Клапан", "5", "30,00"), ("Итого", "", "350,00"))
    assert between((table(*rows),), (table(*cheaper),)) == [
        ("changed", "cell", "строка «Клапан»", "40,00", "30,00"),
        ("changed", "cell", "строка «Итого»", "400,00", "350,00"),
    ]
    longer = (*rows[:2], ("Монтаж", "1", "50,00"), rows[2])
    assert between((table(*rows),), (table(*longer),)) == [
        ("added", "row", "строка «Монтаж»", "", "Монтаж | 1 | 50,00")
    ]


def test_cells_are_named_by_the_heading_of_their_column() -> None:
    rows = (
        ("Наименование", "Кол-во", "Цена"),
        ("Насос", "2", "100,00"),
        ("Насос", "3", "1,00"),
        ("Клапан", "5", "40,00"),
    )
    changed = (*rows[:1], ("Насос", "2", "90,00"), rows[2], ("Клапан", "5", "30,00"))
    assert between((table(*rows),), (table(*changed),)) == [
        ("changed", "cell", "таблица 1, строка 2, ячейка 3", "100,00", "90,00"),  # there are two pumps
        ("changed", "cell", "строка «Клапан», столбец «Цена»", "40,00", "30,00"),
    ]


def test_whole_tables_and_pictures_are_one_note_each() -> None:
    rows = (("Насос", "2"), ("Клапан", "5"))
    added = between(paragraphs(*TEXT), (*paragraphs(*TEXT), table(*rows)))
    assert added == [("added", "table", "таблица 1, строка 1, ячейка 1", "", "Насос | 2\nКлапан | 5")]
    made = WordFile(*paragraphs(*TEXT))
    made.part("word/media/a.png", png())
    made.body[1] = paragraph(TEXT[1], picture(made.relate("image", "media/a.png")))
    assert shown(edits.differences(WordFile(*paragraphs(*TEXT)).build(), made.build())) == [
        ("added", "picture", "абзац 2", "", "")
    ]


def test_headers_and_footnotes_are_compared_and_computed_values_are_not() -> None:
    def made(header: str, page: str, note: str) -> bytes:
        document = WordFile(paragraph(field(" TOC \\o ", f"Цены\t{page}")), *paragraphs(*TEXT))
        document.side("header", paragraph(header, " стр. ", field(" PAGE ", page)))
        document.footnote(paragraph(note))
        return document.build()

    assert edits.differences(made("Шапка", "1", "сноска"), made("Шапка", "9", "сноска")) == ()
    assert shown(edits.differences(made("Шапка", "1", "сноска"), made("Шапка!", "1", "сноски"))) == [
        ("changed", "text", "верхний колонтитул, абзац 1", "Шапка стр.", "Шапка! стр."),
        ("changed", "text", "сноска 1, абзац 1", "сноска", "сноски"),
    ]


def test_a_long_table_is_compared_quickly_and_exactly() -> None:
    rows = [("шт", str(number % 7), "0,00") for number in range(2_000)]
    changed = [*rows]
    changed[1_000] = ("шт", "особая", "0,00")
    assert between((table(*rows),), (table(*changed),)) == [
        ("changed", "cell", "таблица 1, строка 1001, ячейка 2", rows[1_000][1], "особая")
    ]


def test_edits_travel_as_json() -> None:
    (edit,) = edits.differences(
        WordFile(*paragraphs("a")).build(), WordFile(*paragraphs("a", "новое")).build()
    )
    assert edits.edit_to_json(edit) == {
        "kind": "added",
        "what": "text",
        "place": {"code": "word.at_paragraph", "params": {"number": 2}},
        "before": "",
        "after": "новое",
    }


def rendered(kind: str, language: str) -> bytes:
    template = prepare(russian().build(), None, kind, language)
    return Renderer().render(
        template, build(proposal(language), tailored(language), kind, None if kind == "group" else EXECUTIVE)
    )


@pytest.mark.office
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", ["group", "cover"])
def test_libreoffice_saving_the_file_again_is_no_edit(kind: str, language: str, tmp_path: Path) -> None:
    source = clean(rendered(kind, language)).data
    assert edits.differences(source, convert(source, tmp_path)) == ()


@pytest.mark.office
@pytest.mark.parametrize("name", ["group.ru", "executive.en", "cover.ru"])
def test_our_own_documents_saved_again_by_libreoffice_have_no_edits(name: str, tmp_path: Path) -> None:
    kind, _, language = name.partition(".")
    kind = kind if kind in ("group", "cover") else "variant"
    template = (resources_folder() / "templates" / f"{name}.docx").read_bytes()
    reader = None if kind == "group" else EXECUTIVE
    source = Renderer().render(template, build(proposal(language), tailored(language), kind, reader))
    assert shown(edits.differences(source, convert(source, tmp_path))) == []


@pytest.mark.office
def test_notes_controls_breaks_merged_cells_and_sections_saved_again_are_no_edits(tmp_path: Path) -> None:
    made = WordFile(
        paragraph("Заголовок", style="1"),
        paragraph("пункт", style="ab"),
        paragraph(run("Сноска"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        paragraph(
            run("a"),
            "<w:r><w:tab/></w:r>",
            run("b"),
            "<w:r><w:br/></w:r>",
            run("c"),
            "<w:r><w:noBreakHyphen/></w:r>",
            run("d"),
        ),
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        f"<w:sdt><w:sdtContent>{paragraph('Поле')}</w:sdtContent></w:sdt>",
        f"<w:p><w:sdt><w:sdtContent>{run('внутри')}</w:sdtContent></w:sdt>{run(' строки')}</w:p>",
        table(("a", "b"), (table(("в", "таблице")) + paragraph("за ней"), paragraph("x") + paragraph("y"))),
        paragraph("Дата ", field(' DATE \\@ "dd.MM.yyyy" ', "01.01.2020")),
        paragraph("«Ёлочки» — тире, 12\u00a0000 ₽ 😀 & <тег>"),
        paragraph("Конец раздела", properties=SECTION),
        paragraph("Последний"),
    )
    made.side("header", paragraph("Шапка ", field(" PAGE ")))
    made.footnote(f"<w:p><w:r><w:footnoteRef/></w:r>{run(' Текст сноски')}</w:p>")
    assert shown(edits.differences(made.build(), convert(made.build(), tmp_path))) == []


@pytest.mark.office
def test_an_edit_made_before_libreoffice_saved_is_the_only_one(tmp_path: Path) -> None:
    source = rendered("group", "ru")
    package = Package.read(source)
    target = next(item for item in walk(package) if item.where == "body" and len(item.text) > 60)
    original = target.text.strip()
    package.edit(target.part)
    replace_text(target.pieces, 0, 10, "ПРАВЛЕНО РУКОЙ ")
    (edit,) = edits.differences(source, convert(package.write(), tmp_path))
    assert edit.kind == "changed"
    assert edit.after.startswith("ПРАВЛЕНО РУКОЙ")
    assert edit.before == original


@pytest.mark.office
@pytest.mark.parametrize("name", sorted(path.name for path in SHARED.glob("*.docx")) or [""])
def test_files_of_other_programs_saved_again_are_no_edits(name: str, tmp_path: Path) -> None:
    if not name:
        pytest.skip("the folder shared/data/word is not beside this clone")
    data = (SHARED / name).read_bytes()
    assert shown(edits.differences(data, convert(data, tmp_path))) == []


def test_every_word_of_a_file_is_read_whatever_holds_it() -> None:
    made = WordFile(
        paragraph(run("Вино"), run("градов")),
        '<w:p><w:del w:id="1" w:author="Автор"><w:r><w:delText>Удалённое</w:delText></w:r></w:del></w:p>',
        paragraph(run("скрытое", "<w:vanish/>")),
        '<w:p><w:bookmarkStart w:id="3" w:name="Закладка"/><w:bookmarkEnd w:id="3"/></w:p>',
        table(("ячейка",)),
    )
    made.comments("примечание", "Рецензент")
    made.core("<dc:title>Заглавие</dc:title><dc:creator>Создатель</dc:creator>")
    made.side("footer", paragraph("подвал"))
    made.footnote(paragraph("сноска"))
    made.relate("hyperlink", "https://example.com/канарейка", external=True)
    made.part("word/media/лицо.png", png())
    made.relate("image", "media/лицо.png")
    picture_markup = picture("rId1").replace('name="logo"/>', 'name="logo" descr="Подпись рисунка"/>', 1)
    made.body.append(f"<w:p>{picture_markup}</w:p>")
    found = edits.words(made.build())
    for word in (
        "виноградов удалённое скрытое закладка ячейка примечание рецензент заглавие создатель подвал сноска канарейка лицо "
        "подпись автор"
    ).split():
        assert word in found
    assert len(found) == len(set(found))


def test_visible_text_is_what_a_reader_sees() -> None:
    made = WordFile(
        f'<w:p>{run("видно")}<w:del w:id="1"><w:r><w:delText>нет</w:delText></w:r></w:del></w:p>',
        table(("a", "b")),
    )
    made.side("footer", paragraph("подвал"))
    assert edits.visible_text(made.build()).splitlines() == ["видно", "a", "b", "подвал"]
