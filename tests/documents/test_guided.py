"""A finished document becomes a template: tags in the look of the words they stand for, blocks in place of parts, nothing old left."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.doctor import check
from kamdesk.documents.edits import text as words_of
from kamdesk.documents.guided import Line, Mark, Stretch, apply, read
from kamdesk.documents.guided_finds import suggest
from kamdesk.documents.guided_known import KnownPerson, KnownWords
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.vetting import require
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PersonName
from tests.documents.word_files import WordFile, field, paragraph, run, table

NAME = "{{ клиент.название }}"
PRICES = "{{ блок.цены }}"


def marked(data: bytes, words: str, tag: str = NAME) -> bytes:
    """The document with the first place of these words turned into a tag."""
    line = next(one for one in read(data) if words in one.text)
    at = line.text.index(words)
    return apply(data, [Mark(line.index, at, at + len(words), tag)])


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data)]


def test_a_tag_takes_the_look_of_the_word_it_stands_for() -> None:
    split = paragraph("Для ", run("АО ", "<w:b/>"), run("«Мет", "<w:b/>"), run("алл»", "<w:i/>"), " лично")
    made = marked(WordFile(split).build(), "АО «Металл»")
    assert texts(made) == [f"Для {NAME} лично"]
    runs = Document(BytesIO(made)).paragraphs[0].runs
    assert [one.text for one in runs if one.bold] == [NAME, ""]
    assert not [one for one in check(made, catalogue("group"), "group", "own") if one.kind == "split_tag"]


def test_blanks_at_the_ends_of_a_mark_stay() -> None:
    data = WordFile(paragraph("Для АО «Металл» лично")).build()
    line = read(data)[0]
    made = apply(data, [Mark(0, 3, line.text.index("лично"), NAME)])
    assert texts(made) == [f"Для {NAME} лично"]
    with pytest.raises(KamdeskError) as refused:
        apply(data, [Mark(0, 3, 4, NAME)])
    assert refused.value.message.code == "guided.no_text"


def test_a_link_goes_with_its_address() -> None:
    file = WordFile()
    link = file.relate("hyperlink", "mailto:ivanov@old-client.example", external=True)
    file.body = [
        paragraph("Пишите ", f'<w:hyperlink r:id="{link}">{run("Иванову", "<w:u/>")}</w:hyperlink>', ".")
    ]
    made = marked(file.build(), "Иванову")
    assert texts(made) == [f"Пишите {NAME}."]
    assert not any(b"old-client" in part for part in Package.read(made).parts.values())
    untouched = marked(file.build(), "Пишите")
    assert any(b"old-client" in part for part in Package.read(untouched).parts.values())


def test_a_date_that_word_computes_becomes_plain() -> None:
    data = WordFile(paragraph("от ", field("DATE \\@ dd.MM.yyyy", "12.03.2024"), " г.")).build()
    made = marked(data, "12.03.2024", "{{ предложение.дата }}")
    assert texts(made) == ["от {{ предложение.дата }} г."]
    document = Package.read(made).parts["word/document.xml"]
    assert b"fldChar" not in document
    assert b"instrText" not in document


def test_a_bound_control_no_longer_takes_its_text_from_elsewhere() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/></w:sdtPr>'
        f"<w:sdtContent>{run('АО «Металл»')}</w:sdtContent></w:sdt>"
    )
    made = marked(WordFile(paragraph("Для ", control)).build(), "АО «Металл»")
    assert texts(made) == [f"Для {NAME}"]
    assert b"dataBinding" not in Package.read(made).parts["word/document.xml"]


def test_headers_cells_and_text_boxes_are_read_and_marked() -> None:
    file = WordFile(paragraph("Текст"), table(("Кому", "АО «Металл»"), ("От", "нас")))
    file.side("header", paragraph("Для АО «Металл», конфиденциально"))
    data = file.build()
    lines = read(data)
    assert [(line.where, line.table, line.row, line.cell) for line in lines] == [
        ("body", 0, 0, 0),
        ("body", 1, 1, 1),
        ("body", 1, 1, 2),
        ("body", 1, 2, 1),
        ("body", 1, 2, 2),
        ("header", 0, 0, 0),
    ]
    assert Line.from_json(lines[1].to_json()) == lines[1]
    marks = [Mark(2, 0, 11, NAME), Mark(5, 4, 15, NAME)]
    made = apply(data, marks)
    assert texts(made)[2] == NAME
    assert texts(made)[5] == f"Для {NAME}, конфиденциально"
    assert "Металл" not in words_of(made)
    require(made, "own")


def test_paragraphs_and_tables_give_way_to_a_block() -> None:
    data = WordFile(
        paragraph("До"),
        paragraph("Стоимость", style="1"),
        paragraph("Цены ниже.", style="a5"),
        table(("Товар", "Цена"), ("Насос", "100")),
        paragraph("Итого 100"),
        paragraph("После"),
    ).build()
    end = next(line.index for line in read(data) if line.text == "Итого 100")
    made = apply(data, [Mark(0, 0, 2, NAME)], [Stretch(1, end, PRICES)])
    assert texts(made) == [NAME, PRICES, "После"]
    assert Document(BytesIO(made)).paragraphs[1].style.style_id == "a5", "neither the heading nor the default"
    whole = apply(data, [], [Stretch(4, 4, PRICES, table=True)])
    assert texts(whole) == ["До", "Стоимость", "Цены ниже.", PRICES, "Итого 100", "После"]
    cell = apply(data, [], [Stretch(4, 4, PRICES)])
    assert texts(cell)[3:7] == ["Товар", PRICES, "Насос", "100"]
    list_item = WordFile(paragraph("Пункт", style="ab")).build()
    assert (
        Document(BytesIO(apply(list_item, [], [Stretch(0, 0, PRICES)]))).paragraphs[0].style.style_id == "a"
    )


def test_the_page_of_a_section_stays_where_its_last_paragraph_goes() -> None:
    landscape = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    data = WordFile(paragraph("Один"), paragraph("Два", properties=landscape), paragraph("Три")).build()
    made = apply(data, [], [Stretch(0, 1, PRICES)])
    assert texts(made) == [PRICES, "", "Три"]
    assert len(Document(BytesIO(made)).sections) == 2


@pytest.mark.parametrize(
    ("marks", "stretches", "code"),
    [
        ([Mark(0, 0, 3, NAME), Mark(0, 2, 5, NAME)], [], "guided.overlap"),
        ([Mark(1, 0, 3, NAME)], [Stretch(0, 1, PRICES)], "guided.overlap"),
        ([Mark(2, 0, 3, NAME)], [Stretch(1, 3, PRICES)], "guided.overlap"),
        ([], [Stretch(0, 1, PRICES), Stretch(1, 1, PRICES)], "guided.overlap"),
        ([Mark(99, 0, 1, NAME)], [], "guided.not_there"),
        ([], [Stretch(0, 6, PRICES)], "guided.one_part"),
    ],
)
def test_what_cannot_be_done_is_refused(marks: list[Mark], stretches: list[Stretch], code: str) -> None:
    file = WordFile(
        paragraph("Первый"), paragraph("Второй"), table(("Третий", "Четвёртый"), ("Пятый", "Шестой"))
    )
    file.side("header", paragraph("Шапка"))
    with pytest.raises(KamdeskError) as refused:
        apply(file.build(), marks, stretches)
    assert refused.value.message.code == code


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("аб «»", min_size=1, max_size=6), min_size=1, max_size=6), st.data())
def test_only_the_marked_letters_change(runs: list[str], draw: st.DataObject) -> None:
    text = "".join(runs)
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    data = WordFile(paragraph(*(run(one) for one in runs))).build()
    made = apply(data, [Mark(0, start, end, NAME)])
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    trail = len(text[start:end]) - len(text[start:end].rstrip())
    assert texts(made) == [text[: start + lead] + NAME + text[end - trail :]]


# --- suggestions -------------------------------------------------------------------------------------------

KNOWN = KnownWords(
    client="Северный металл",
    client_legal="АО «Северный металл»",
    people=(KnownPerson(PersonName("Иванов", "Пётр", "Сергеевич"), "Технический директор", "m"),),
    ours=(KnownPerson(PersonName("Соколова", "Анна", "Олеговна"), "Коммерческий директор", "f"),),
    our_names=("ООО «Контур-Энерго»",),
)
LETTER = (
    "ООО «Контур-Энерго», тел. +7 351 200-45-67",
    "Исх. № 117-КП от 12 марта 2024 г.",
    "Уважаемый Пётр Сергеевич!",
    "Предлагаем АО «Северный металл» рекуперацию. Пётр Сергеевич просил учесть сроки.",
    "Мы говорили с Ивановым П. С. и передали опросный лист Иванову Петру Сергеевичу.",
    "Предложение действительно до 30.04.2024.",
    "Итого: 1 200 000,00 руб. (один миллион двести тысяч рублей 00 копеек)",
    "А. О. Соколова",
)


def found(kind: str, *lines: str, known: KnownWords | None = KNOWN, language: str = "ru") -> dict[str, str]:
    data = WordFile(*(paragraph(line) for line in lines)).build()
    return {
        one.text: (one.mark or one.stretch).tag  # type: ignore[union-attr]
        for one in suggest(read(data), kind, language, known)
    }


def test_words_of_the_dossier_and_by_their_shape() -> None:
    assert found("cover", *LETTER) == {
        "117-КП": "{{ предложение.номер }}",
        "12 марта 2024 г.": "{{ предложение.дата }}",
        "Уважаемый Пётр Сергеевич!": "{{ получатель.обращение }}",
        "АО «Северный металл»": "{{ клиент.название }}",
        "Пётр Сергеевич": "{{ получатель.фио|имя_отчество }}",
        "Ивановым П. С.": "{{ получатель.фио|творительный|фамилия_вперёд }}",
        "Иванову Петру Сергеевичу": "{{ получатель.фио|дательный }}",
        "30.04.2024.": "{{ предложение.срок_действия }}",
        "1 200 000,00 руб.": "{{ предложение.сумма }}",
        "один миллион двести тысяч рублей 00 копеек": "{{ предложение.сумма_прописью }}",
        "А. О. Соколова": "{{ подписант.полное_имя|инициалы }}",
    }


@pytest.mark.parametrize(
    ("kind", "client", "date"),
    [
        ("results", "письмо.клиент", "письмо.дата"),
        ("brief", "справка.клиент", "справка.дата"),
        ("dossier", "досье.имя", "досье.дата"),
        ("cheat_sheet", "памятка.клиент", "памятка.дата"),
    ],
)
def test_papers_of_the_house_and_letters_have_fields_of_their_own(kind: str, client: str, date: str) -> None:
    said = found(kind, "5 марта 2024 г.", f"Кому: {KNOWN.client_legal}", "Тема: насосы")
    assert said["5 марта 2024 г."] == f"{{{{ {date} }}}}"
    assert said[KNOWN.client_legal] == f"{{{{ {client} }}}}"
    works = KnownWords(client="Уральский завод")
    said = found(kind, "О работе для Уральского завода", known=works)
    assert said == {"Уральского завода": f"{{{{ {client}|родительный }}}}"}


def test_without_a_dossier_the_shape_alone_tells() -> None:
    said = found("cover", *LETTER, known=None)
    assert said["АО «Северный металл»"] == "{{ клиент.название }}"
    assert "1 200 000,00 руб." in said
    english = found(
        "cover",
        "Ref. 117-K, 12 March 2024",
        "Dear Mr Brown,",
        "valid until 30 April 2024",
        "Total: €1,200,000.00",
        language="en",
        known=None,
    )
    assert english == {
        "117-K": "{{ proposal.number }}",
        "12 March 2024": "{{ proposal.date }}",
        "Dear Mr Brown,": "{{ recipient.salutation }}",
        "30 April 2024": "{{ proposal.valid_until }}",
        "€1,200,000.00": "{{ proposal.sum }}",
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Итого: 1 200 000 руб., в том числе НДС 200 000 руб.",
            {"1 200 000 руб.": "{{ предложение.сумма }}"},
        ),
        (
            "Цена договора составляет 12 000 000 (Двенадцать миллионов) рублей 00 копеек.",
            {
                "12 000 000": "{{ предложение.сумма }}",
                "Двенадцать миллионов) рублей 00 копеек": "{{ предложение.сумма_прописью }})",
            },
        ),
        (
            "Сумма прописью: двести тысяч рублей 50 копеек.",
            {"двести тысяч рублей 50 копеек": "{{ предложение.сумма_прописью }}"},
        ),
        (
            "Всего 1 200 000,00 руб. (Один миллион двести тысяч рублей 00 копеек)",
            {
                "1 200 000,00 руб.": "{{ предложение.сумма }}",
                "Один миллион двести тысяч рублей 00 копеек": "{{ предложение.сумма_прописью }}",
            },
        ),
        ("Итого без НДС: 1 000 000 руб.", {}),
        ("Сумма НДС 200 000 руб.", {}),
        ("Оборот завода вырос на 1 200 000 руб.", {}),
        ("Тема: Модернизация насосных станций", {"Модернизация насосных станций": "{{ предложение.тема }}"}),
        (
            "Коммерческое предложение: насосы для ТЭЦ",
            {"насосы для ТЭЦ": "{{ предложение.тема }}"},
        ),
    ],
)
def test_the_whole_total_and_the_subject_are_offered(line: str, expected: dict[str, str]) -> None:
    assert found("group", line, known=None) == expected


def test_a_total_stands_in_its_row_and_a_subject_below_the_title() -> None:
    data = WordFile(
        paragraph("Коммерческое предложение"),
        paragraph("Модернизация насосных станций"),
        table(("Показатель", "Значение"), ("Итого без НДС", "1 000 000"), ("Всего с НДС", "1 200 000,00")),
    ).build()
    said = {one.text: (one.path, one.sure) for one in suggest(read(data), "group", "ru", KnownWords())}
    assert said == {
        "Модернизация насосных станций": ("proposal.subject", False),
        "1 200 000,00": ("proposal.sum", True),
    }
    letter = (paragraph("Коммерческое предложение"), paragraph("от 05.03.2026 № 12"), paragraph("Текст"))
    assert not any(
        one.path == "proposal.subject"
        for one in suggest(read(WordFile(*letter).build()), "group", "ru", KnownWords())
    )


def test_parts_are_offered_as_blocks() -> None:
    data = WordFile(
        paragraph("Техническому директору"),
        paragraph("АО «Северный металл»"),
        paragraph("Иванову П. С."),
        paragraph("Уважаемый Пётр Сергеевич!"),
        paragraph("Экономический эффект", style="1"),
        paragraph("Окупаемость два года."),
        paragraph("Гарантия", style="1"),
        paragraph("24 месяца."),
        table(("Наименование", "Цена, руб."), ("Насос", "100")),
        paragraph("С уважением,"),
        paragraph("А. О. Соколова"),
    ).build()
    lines = read(data)
    stretches = [one for one in suggest(lines, "group", "ru", KNOWN) if one.stretch is not None]
    assert [one.path for one in stretches] == [
        "block.addressee",
        "block.effect",
        "block.prices",
        "block.signature",
    ]
    made = apply(data, [], [one.stretch for one in stretches if one.stretch])
    assert [line.text for line in read(made)] == [
        "{{ блок.адресат }}",
        "Уважаемый Пётр Сергеевич!",
        "{{ блок.эффект }}",
        "Гарантия",
        "24 месяца.",
        "{{ блок.цены }}",
        "{{ блок.подпись }}",
    ]


def test_every_suggestion_taken_gives_a_template_that_the_doctor_passes() -> None:
    data = WordFile(
        *(paragraph(line) for line in LETTER), table(("Товар", "Цена"), ("Насос", "1 200 000 руб."))
    ).build()
    for kind in ("group", "variant", "cover"):
        every = suggest(read(data), kind, "ru", KNOWN)
        made = apply(
            data, [one.mark for one in every if one.mark], [one.stretch for one in every if one.stretch]
        )
        bad = [one for one in check(made, catalogue(kind), kind, "own") if one.kind != "missing_block"]
        assert bad == []
