"""The template doctor: each kind of finding with its place and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamdesk.documents import doctor, edits, vetting
from kamdesk.documents.context.catalogue import KINDS, catalogue
from kamdesk.documents.findings import Finding
from kamdesk.model.texts.word import TEXTS
from kamdesk.resources import resources_folder
from kamdesk.translation import Translator
from tests.documents.word_files import WordFile, field, paragraph, run, table

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "word"
WHOLE = paragraph("{{ блок.всё }}")


def check(*body: str, kind: str = "group") -> tuple[Finding, ...]:
    return doctor.check(WordFile(*body).build(), catalogue(kind), kind)


def only(*body: str, kind: str = "group") -> Finding:
    """The one finding of a document that is otherwise in order."""
    (finding,) = check(*body, WHOLE, kind=kind)
    return finding


def place(finding: Finding, language: str = "ru") -> str:
    return Translator(language).message(finding.place)


def test_a_template_in_order_has_no_findings() -> None:
    for names in (
        "{{ клиент.название }} {{предложение.номер}}",
        "{{ client.name|upper }} {{- proposal.date -}}",
    ):
        assert check(paragraph(names), WHOLE) == ()
    assert (
        check(
            paragraph("{%p if клиент.адрес %}"),
            paragraph("{{ клиент.адрес }}"),
            paragraph("{%p endif %}"),
            WHOLE,
        )
        == ()
    )
    assert check(paragraph("{{ клиент.название.upper() }}{# a note {{ x }} #}"), WHOLE) == ()


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("client.nane", "client.name"),
        ("клиент.названия", "клиент.название"),
        ("Клиент.Название", "клиент.название"),
        ("proposal.client.name", "client.name"),
        ("предложение.сумма_пропись", "предложение.сумма_прописью"),
        ("получатель.обращния", "получатель.обращение"),
        ("salutation", "recipient.salutation"),
        ("block.argument", "block.arguments"),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest_known_one(written: str, nearest: str) -> None:
    finding = only(paragraph("one"), paragraph(f"{{{{ {written} }}}}"))
    assert (finding.kind, finding.severity) == ("unknown_field", "error")
    assert finding.suggestion == f"{{{{ {nearest} }}}}"
    assert place(finding) == "абзац 2"
    assert nearest in Translator("ru").message(finding.text)


def test_places_are_where_a_person_finds_them() -> None:
    made = WordFile(
        paragraph("x"),
        table(("a", "b"), ("c", table(("{{ x.y }}",)) + paragraph("{{ x.z }}"))),
        table(("{{ a.b }}",)),
        f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{paragraph('{{ box.x }}')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
        f"<w:sdt><w:sdtContent>{paragraph('{{ c.d }}')}</w:sdtContent></w:sdt>",
        WHOLE,
    )
    made.side("header", table(("", "{{ h.h }}")))
    made.side("footer", paragraph("{{ f.f }}"))
    made.footnote(paragraph("{{ n.n }}"))
    found = doctor.check(made.build(), catalogue("group"), "group")
    assert [(item.text.params["name"], place(item)) for item in found] == [
        ("x.y", "таблица 1, строка 2, ячейка 2, таблица 1, строка 1, ячейка 1"),
        ("x.z", "таблица 1, строка 2, ячейка 2"),
        ("a.b", "таблица 2, строка 1, ячейка 1"),
        ("box.x", "надпись у места «абзац 2», абзац 1"),
        ("c.d", "абзац 3"),
        ("h.h", "верхний колонтитул, таблица 1, строка 1, ячейка 2"),
        ("f.f", "нижний колонтитул, абзац 1"),
        ("n.n", "сноска 1, абзац 1"),
    ]
    assert place(found[5], "en") == "header, table 1, row 1, cell 2"


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        ("{{ клиент.адрес|default(«нет») }}", '{{ клиент.адрес|default("нет") }}'),
        ("{{ клиент.адрес|default(“нет”) }}", '{{ клиент.адрес|default("нет") }}'),
        ("{{ клиент.адрес|default(’нет’) }}", "{{ клиент.адрес|default('нет') }}"),
        ("{{– клиент.адрес –}}", "{{- клиент.адрес -}}"),
        ("{{\u00a0клиент.адрес\u00a0}}", "{{ клиент.адрес }}"),
        ("{{ клиент.\u200bадрес }}", "{{ клиент.адрес }}"),
    ],
)
def test_what_autocorrect_broke_is_named_and_repaired(written: str, repaired: str) -> None:
    finding = only(paragraph(written))
    assert (finding.kind, finding.suggestion) == ("autocorrect", repaired)
    assert finding.severity == ("warning" if "\u00a0" in written else "error")
    result = doctor.repair(WordFile(paragraph(written), WHOLE).build(), catalogue("group"))
    assert [item.suggestion for item in result.repaired] == [repaired]
    assert doctor.check(result.data, catalogue("group"), "group") == ()


def test_proper_strings_may_hold_typographic_letters() -> None:
    assert check(paragraph('{{ клиент.адрес|default("«нет» — нет") }}'), WHOLE) == ()


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("{{ клиент.название }", "{{ клиент.название }}"),
        ("{ { клиент.название } }", "{{ клиент.название }}"),
        ("{клиент.название}", "{{ клиент.название }}"),
        ("{{ клиент.название и далее", "{{ клиент.название }}"),
        ("{% if клиент.адрес }", "{% if клиент.адрес %}"),
        ("клиент.название }}", ""),
    ],
)
def test_braces_that_make_no_tag(written: str, suggestion: str) -> None:
    finding = only(paragraph(written))
    assert (finding.kind, finding.severity, finding.suggestion) == ("syntax", "error", suggestion)


@pytest.mark.parametrize(
    "written", ["{# заметка {{ клиент.название }}", "№ {#5}: {{ клиент.название }} {# и ещё"]
)
def test_a_remark_without_an_end_is_placed_and_swallows_nothing_else(written: str) -> None:
    finding = only(paragraph("Текст"), paragraph(written), paragraph("{{ клиент.адрес }}"))
    assert (finding.kind, finding.severity, finding.suggestion) == ("unclosed", "error", "")
    assert place(finding) == "абзац 2"
    assert str(finding.text.params["tag"]).startswith("{#")
    wrong = check(paragraph("{# заметка {{ клиент.назвние }}"), WHOLE)
    assert [one.kind for one in wrong] == ["unclosed", "unknown_field"]


def test_a_remark_may_go_over_several_paragraphs() -> None:
    over = ("{{ клиент.название }} {# заметка {{ клиент.назвние }}", "{{ ещё", "до #} {{ клиент.адес }}")
    found = check(*map(paragraph, over), WHOLE)
    assert [(one.kind, place(one)) for one in found] == [("unknown_field", "абзац 3")]


def test_ordinary_braces_are_left_alone() -> None:
    assert check(paragraph("a set {1, 2} and 100 % and {name}"), WHOLE) == ()


@pytest.mark.parametrize(
    "written",
    ["{{ client name }}", "{{ client.name| }}", "{{ }}", "{% frobnicate %}", "{{ client.name|eval }}"],
)
def test_syntax_errors_have_a_place(written: str) -> None:
    finding = only(table(("x", written)))
    assert finding.kind == "syntax"
    assert place(finding) == "таблица 1, строка 1, ячейка 2"


def test_split_tags_are_read_whole_and_joined_by_repair() -> None:
    pieces = paragraph(
        run("{"), run("{ кли"), run("ент.наз", '<w:lang w:val="ru-RU"/>'), run("вание }"), run("} и всё")
    )
    finding = only(pieces)
    assert (finding.kind, finding.severity, finding.text.params) == ("split_tag", "warning", {"n": 1})
    result = doctor.repair(WordFile(pieces, WHOLE).build(), catalogue("group"))
    assert doctor.check(result.data, catalogue("group"), "group") == ()
    assert edits.visible_text(result.data).splitlines()[0] == "{{ клиент.название }} и всё"


def test_a_tag_in_two_looks_or_with_a_break_inside_is_named() -> None:
    assert only(paragraph(run("{{ клиент.", "<w:b/>"), run("название }}"))).text.code == "word.tag_split"
    broken = only(paragraph(run("{{ клиент.название"), "<w:r><w:br/></w:r>", run("}}")))
    assert (broken.text.code, broken.severity) == ("word.tag_with_break", "error")


def test_mixed_letters_in_tags_and_in_text() -> None:
    tag = only(paragraph("{{ клиeнт.нaзвание }}"))
    assert (tag.kind, tag.severity, tag.suggestion) == ("mixed_letters", "error", "{{ клиент.название }}")
    latin = only(paragraph("{{ сlient.name }}"))
    assert latin.suggestion == "{{ client.name }}"
    word = only(paragraph("Пoставка насосов СберOnline IT-отдел USB"))
    assert (word.kind, word.severity, word.suggestion) == ("mixed_letters", "warning", "Поставка")


def test_end_tags_forgotten_crossed_and_too_many() -> None:
    forgotten = only(paragraph("a"), paragraph("{% if клиент.адрес %} текст"))
    assert (forgotten.kind, forgotten.suggestion, place(forgotten)) == ("unclosed", "{% endif %}", "абзац 2")
    crossed = only(paragraph("{% for a in клиент.адрес %}{% if a %}{% endfor %}"))
    assert (crossed.kind, crossed.suggestion) == ("crossed", "{% endif %}")
    stray = only(paragraph("{% endif %}"))
    assert (stray.kind, stray.text.code) == ("unclosed", "word.tag_without_start")
    assert only(paragraph("{% else %}")).kind == "unclosed"
    cells = only(table(("{% if клиент.адрес %}", "{% endif %}")))
    assert cells.kind == "crossed"
    assert check(table(("{%tr if клиент.адрес %}",), ("x",), ("{%tr endif %}",)), WHOLE) == ()
    outside = check(paragraph("{%tr if клиент.адрес %}{%tr endif %}"), WHOLE)
    assert [item.text.code for item in outside] == ["word.tag_outside_table"] * 2


def test_names_bound_inside_are_known_there() -> None:
    assert (
        check(paragraph("{% for letter in клиент.название %}{{ letter }}{{ loop.index }}{% endfor %}"), WHOLE)
        == ()
    )
    assert (
        only(paragraph("{% for a in клиент.название %}{{ a }}{% endfor %}{{ a }}")).text.params["name"] == "a"
    )
    assert check(paragraph("{% set x = клиент.адрес %}{{ x }}"), WHOLE) == ()
    assert check(paragraph("{% with x = клиент.адрес %}{{ x }}{% endwith %}"), WHOLE) == ()


def test_a_block_stands_alone_in_its_paragraph() -> None:
    beside = only(paragraph("Доводы: {{ блок.аргументы }}"))
    assert (beside.kind, beside.suggestion) == ("block_not_alone", "{{ блок.аргументы }}")
    assert only(paragraph("{{ block.arguments|upper }}")).kind == "block_not_alone"
    assert check(table(("{{ block.arguments }}",)), WHOLE) == ()


@pytest.mark.parametrize(
    "name", ["получатель.отношение", "recipient.stance", "клиент.заметки", "person.hobbies", "client.lens"]
)
def test_a_private_field_is_a_finding_of_its_own(name: str) -> None:
    for kind in ("group", "variant", "cover"):
        finding = only(paragraph(f"{{{{ {name} }}}}"), kind=kind)
        assert (finding.kind, finding.severity, finding.suggestion) == ("private_field", "error", "")


def test_mandatory_blocks_and_a_file_without_tags() -> None:
    found = check(paragraph("{{ блок.эффект }}"))
    assert [(item.kind, item.severity, item.suggestion) for item in found] == [
        ("missing_block", "warning", "{{ блок.почему_мы }}"),
        ("missing_block", "warning", "{{ блок.особые_условия }}"),
    ]
    assert check(paragraph("{{ client.name }}"), kind="cover") == ()
    assert [item.kind for item in check(paragraph("no tags"))] == ["no_tags"]


def test_what_word_may_not_do_is_found_too() -> None:
    data = WordFile(paragraph(field("DDE x")), paragraph("{{ client.nane }}"), WHOLE).build()
    found = doctor.check(data, catalogue("group"), "group")
    assert [(item.kind, item.severity) for item in found] == [("field", "error"), ("unknown_field", "error")]
    own = doctor.check(data, catalogue("group"), "group", vetting.OWN)
    assert [(item.kind, item.severity) for item in own] == [("field", "warning"), ("unknown_field", "error")]


def test_repair_leaves_guesses_to_the_user() -> None:
    data = WordFile(
        paragraph("{{ client.nane }}"), paragraph("{{ Клиент.Название }} {{ клиeнт.адрес }}"), WHOLE
    ).build()
    result = doctor.repair(data, catalogue("group"))
    assert [item.suggestion for item in result.repaired] == ["{{ клиент.название }}", "{{ клиент.адрес }}"]
    assert [item.kind for item in doctor.check(result.data, catalogue("group"), "group")] == ["unknown_field"]
    assert doctor.repair(WordFile(WHOLE).build(), catalogue("group")).repaired == ()


def test_every_message_has_words_in_both_languages() -> None:
    russian = Translator("ru")
    same = [
        code
        for code, text in TEXTS.items()
        if isinstance(text, str)
        and russian.gettext(text) == text
        and code not in ("word.at_inside", "word.repaired_and")
    ]
    assert same == []


@pytest.mark.parametrize("name", sorted(path.name for path in SHARED.glob("*.docx")) or [""])
def test_files_of_other_programs_are_checked(name: str) -> None:
    if not name:
        pytest.skip("the folder shared/data/word is not beside this clone")
    found = doctor.check((SHARED / name).read_bytes(), catalogue("group"), "group")
    assert found
    # Their fields are none of ours; the grammar of a template engine's own samples is right.
    kinds = {finding.kind for finding in found}
    assert "unknown_field" in kinds
    assert not kinds & {"refused", "unclosed", "crossed", "forbidden"}
    for finding in found:
        assert finding.place


@pytest.mark.parametrize(
    "path", sorted((resources_folder() / "templates").glob("*.docx")), ids=lambda path: path.name
)
def test_our_own_templates_are_in_order(path: Path) -> None:
    kind = path.name.partition(".")[0].removesuffix("_a5")
    kind = kind if kind in KINDS else "variant"
    data = path.read_bytes()
    assert doctor.check(data, catalogue(kind), kind) == ()
    assert vetting.vet(data, vetting.OUTPUT) == vetting.VetReport(True, ())
