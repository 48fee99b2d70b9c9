"""Faults of templates, each with the finding it gives: kind, place, what is suggested, whether Repair mends it.

Among them are those that docxtpl swallows or leaves unplaced, by the numbers of its issues: 9, 22, 53, 81, 85, 134, 156, 161,
234, 298, 315, 327, 334, 352, 378, 379, 398, 489, 513, 570, 600, 603, 663.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kamdesk.documents import doctor
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.findings import Finding
from kamdesk.translation import Translator
from tests.documents.word_files import WordFile, paragraph, run, table

WHOLE = paragraph("{{ block.all }}")
FOOTNOTE_MARK = '<w:r><w:footnoteReference w:id="2"/></w:r>'


@dataclass(frozen=True)
class Row:
    """A fault: where the body is put, the body, and what is found. ``repair`` is "safe", "guess" or ""."""

    name: str
    body: str
    kind: str
    place: str
    suggestion: str = ""
    repair: str = ""
    where: str = "body"
    severity: str = "error"
    doc_kind: str = "group"
    code: str = ""


def box(inner: str) -> str:
    return f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"


def p(*texts: str) -> str:
    return "".join(paragraph(text) for text in texts)


ROWS = (
    # unknown names, at any depth and in any place of a tag
    Row("a typo (298)", p("Dear {{ client.nmae }} and all"), "unknown_field", "paragraph 1", "{{ client.name }}", "guess"),
    Row("a typo in the root", p("{{ cleint.name }}"), "unknown_field", "paragraph 1", "{{ client.name }}", "guess"),
    Row("a name too deep", p("{{ client.nmae.first }}"), "unknown_field", "paragraph 1", "{{ client.name }}", "guess"),
    Row("a field asked of a field", p("{{ client.name.first }}"), "unknown_field", "paragraph 1", "{{ client.name }}", "guess"),
    Row("опечатка по-русски", p("{{ клиент.назвние }}"), "unknown_field", "paragraph 1", "{{ клиент.название }}", "guess"),
    Row("падеж вместо имени", p("{{ клиента.названия }}"), "unknown_field", "paragraph 1", "{{ клиент.название }}", "guess"),
    Row("a typo before a filter", p("{{ client.nmae|upper }}"), "unknown_field", "paragraph 1", "{{ client.name|upper }}", "guess"),
    Row("a typo inside a filter", p("{{ client.name|default(our.nam) }}"), "unknown_field", "paragraph 1",
        "{{ client.name|default(our.name) }}", "guess"),
    Row("a typo in a condition (327)", p("{% if client.adress %}x{% endif %}"), "unknown_field", "paragraph 1",
        "{% if client.address %}", "guess"),
    Row("a typo after elif", p("{% if our.phone %}{% elif our.fone %}{% endif %}"), "unknown_field", "paragraph 1",
        "{% elif our.phone %}", "guess"),
    Row("a typo in a loop (53)", p("{% for a in client.nmae %}{{ a }}{% endfor %}"), "unknown_field", "paragraph 1",
        "{% for a in client.name %}", "guess"),
    Row("a typo in brackets", p("{{ client['nmae'] }}"), "unknown_field", "paragraph 1", "{{ client.name }}", "guess"),
    Row("a typo under another name", p("{% set c = client %}{{ c.nmae }}"), "unknown_field", "paragraph 1", "{{ client.name }}", "guess"),
    Row("a loop's name that is none", p("{% for a in our.name %}{{ loop.indx }}{% endfor %}"), "unknown_field", "paragraph 1",
        "{{ loop.index }}", "guess"),
    Row("a loop's name outside it", p("{% for a in our.name %}{% endfor %}{{ a }}"), "unknown_field", "paragraph 1"),
    Row("Word's capital", p("{{ Client.Name }}"), "unknown_field", "paragraph 1", "{{ client.name }}", "safe"),
    Row("a field of another kind", p("{{ letter.to }}"), "unknown_field", "paragraph 1", code="word.field_of_other_kind"),
    Row("пробел вместо точки", p("{{ клиент название }}"), "syntax", "paragraph 1", "{{ клиент.название }}", "safe"),
    Row("a comma instead of a dot", p("{{ client,name }}"), "syntax", "paragraph 1", "{{ client.name }}", "safe"),
    Row("a dash instead of a dot", p("{{ client-name }}"), "syntax", "paragraph 1", "{{ client.name }}", "safe"),
    # a name in quotes
    Row("curly quotes around a name", p("{{ “client.name” }}"), "syntax", "paragraph 1", "{{ client.name }}", "safe",
        code="word.tag_name_quoted"),
    Row("«ёлочки» вокруг имени", p("{{ «клиент.название» }}"), "syntax", "paragraph 1", "{{ клиент.название }}", "safe"),
    Row("a name in straight quotes", p('{{ "client.name" }}'), "syntax", "paragraph 1", "{{ client.name }}", "safe",
        severity="warning"),
    Row("Word's capital in quotes", p("{{ „Client.name“ }}"), "syntax", "paragraph 1", "{{ client.name }}", "safe"),
    Row("a name in quotes before a filter", p("{{ “our.phone”|default(“no”) }}"), "syntax", "paragraph 1",
        '{{ our.phone|default("no") }}', "safe"),
    Row("a name in quotes in a condition", p("{% if «client.address» %}x{% endif %}"), "syntax", "paragraph 1",
        "{% if client.address %}", "safe"),
    # mixed scripts
    Row("Latin in a Russian name", p("{{ клиeнт.название }}"), "mixed_letters", "paragraph 1", "{{ клиент.название }}", "safe"),
    Row("Cyrillic in an English name", p("{{ сliеnt.name }}"), "mixed_letters", "paragraph 1", "{{ client.name }}", "safe"),
    Row("mixed in a word of the text", p("Дoговор"), "mixed_letters", "paragraph 1", "Договор", "guess", severity="warning"),
    # autocorrect
    Row("«ёлочки» (156)", p("{{ our.phone|default(«нет») }}"), "autocorrect", "paragraph 1", '{{ our.phone|default("нет") }}', "safe"),
    Row("„лапки“ (156)", p("{{ our.phone|default(„нет“) }}"), "autocorrect", "paragraph 1", '{{ our.phone|default("нет") }}', "safe"),
    Row("curly quotes (85)", p("{% if our.phone == “1” %}{% endif %}"), "autocorrect", "paragraph 1",
        '{% if our.phone == "1" %}', "safe"),
    Row("single curly quotes (156)", p("{{ our.phone|default(‘no’) }}"), "autocorrect", "paragraph 1",
        "{{ our.phone|default('no') }}", "safe"),
    Row("an en-dash", p("{{– our.phone }}"), "autocorrect", "paragraph 1", "{{- our.phone }}", "safe"),
    Row("an em-dash", p("{%— if our.phone %}{% endif %}"), "autocorrect", "paragraph 1", "{%- if our.phone %}", "safe"),
    Row("a hard space", p("{{\u00a0our.phone }}"), "autocorrect", "paragraph 1", "{{ our.phone }}", "safe", severity="warning"),
    Row("a hard space behind a mark", table(("{%tr\u00a0if our.phone %}",), ("x",), ("{%tr endif %}",)), "autocorrect",
        "table 1, row 1, cell 1", "{%tr if our.phone %}", "safe", severity="warning"),
    Row("an invisible sign", p("{{ our.\u200bphone }}"), "autocorrect", "paragraph 1", "{{ our.phone }}", "safe"),
    Row("a capital keyword", p("{% If our.phone %}{% endif %}"), "syntax", "paragraph 1", "{% if our.phone %}", "safe"),
    # tags in pieces and with things inside
    Row("two looks", paragraph(run("{{ our.", "<w:b/>"), run("phone }}")), "split_tag", "paragraph 1", "{{ our.phone }}", "safe",
        severity="warning"),
    Row("only in pieces (10)", paragraph(run("{{ our."), run("phone }}")), "split_tag", "paragraph 1", "", "safe", severity="warning"),
    Row("a line break inside", paragraph(run("{{ our.phone"), "<w:r><w:br/></w:r>", run("}}")), "split_tag", "paragraph 1",
        "{{ our.phone }}", "safe"),
    Row("a note's mark inside (570)", paragraph(run("{{ our."), FOOTNOTE_MARK, run("phone }}")), "split_tag", "paragraph 1",
        code="word.tag_with_object"),
    # braces and grammar
    Row("one brace too few", p("{{ our.phone }"), "syntax", "paragraph 1", "{{ our.phone }}", "safe"),
    Row("single braces", p("{our.phone}"), "syntax", "paragraph 1", "{{ our.phone }}", "safe"),
    Row("a brace too many", p("{{{ our.phone }}}"), "syntax", "paragraph 1", "{{ our.phone }}", "safe"),
    Row("the wrong end", p("{{ our.phone %}"), "syntax", "paragraph 1", "{{ our.phone }}", "safe"),
    Row("a tag over two paragraphs", p("{{ our.") + p("phone }}"), "syntax", "paragraph 1"),
    Row("an empty tag", p("{{ }}"), "syntax", "paragraph 1"),
    Row("an open bracket (378)", p("{{ our.phone|default('x' }}"), "syntax", "paragraph 1"),
    Row("a pipe too many", p("{{ our.phone| }}"), "syntax", "paragraph 1", "{{ our.phone }}", "guess"),
    Row("an unknown filter", p("{{ our.phone|uper }}"), "syntax", "paragraph 1", "{{ our.phone|upper }}", "guess"),
    Row("one equals sign", p("{% if our.phone = '1' %}{% endif %}"), "syntax", "paragraph 1", "{% if our.phone == '1' %}", "guess"),
    Row("signs of other languages", p("{% if our.phone && our.email %}{% endif %}"), "syntax", "paragraph 1",
        "{% if our.phone and our.email %}", "guess"),
    Row("of instead of in", p("{% for a of our.name %}{% endfor %}"), "syntax", "paragraph 1", "{% for a in our.name %}", "guess"),
    Row("elseif", p("{% if our.phone %}{% elseif our.email %}{% endif %}"), "syntax", "paragraph 1", "{% elif our.email %}", "guess"),
    Row("else if", p("{% if our.phone %}{% else if our.email %}{% endif %}"), "syntax", "paragraph 1", "{% elif our.email %}", "guess"),
    Row("end if", p("{% if our.phone %}x{% end if %}"), "syntax", "paragraph 1", "{% endif %}", "safe"),
    Row("если", p("{% если наша.телефон %}"), "syntax", "paragraph 1", "{% if наша.телефон %}", "guess"),
    Row("a word that is none", p("{% frobnicate %}"), "syntax", "paragraph 1"),
    Row("what is not allowed", p("{% include 'x' %}"), "forbidden", "paragraph 1"),
    Row("a call", p("{{ client.items() }}"), "forbidden", "paragraph 1"),
    # begin and end
    Row("a forgotten end (134)", p("a", "{% if our.phone %}x"), "unclosed", "paragraph 2", "{% endif %}"),
    Row("a forgotten end of rows (9)", table(("{%tr if our.phone %}",), ("x",)), "unclosed", "table 1, row 1, cell 1", "{%tr endif %}"),
    Row("an end too many (134)", p("x{% endif %}"), "unclosed", "paragraph 1"),
    Row("another end", p("{% if our.phone %}x{% endfor %}"), "unclosed", "paragraph 1", "{% endif %}", "guess"),
    Row("crossed", p("{% for a in our.name %}{% if a %}{% endfor %}{% endif %}"), "crossed", "paragraph 1", "{% endif %}"),
    Row("else alone", p("{% else %}"), "unclosed", "paragraph 1"),
    # marks
    Row("for over rows without tr (9, 489, 603)", table(("{% for a in our.name %}",), ("{{ a }}",), ("{% endfor %}",)), "crossed",
        "table 1, row 3, cell 1", "{%tr endfor %}", "safe"),
    Row("for over the cells of a row", table(("{% for a in our.name %}{{ a }}", "{% endfor %}")), "crossed",
        "table 1, row 1, cell 2", code="word.tag_over_cells_in_row"),
    Row("both row tags in one row (513)", table(("{%tr for a in our.name %}", "{{ a }}", "{%tr endfor %}")), "wrong_marker",
        "table 1, row 1, cell 1", code="word.marks_together_tr"),
    Row("a row tag with text", table(("{%tr if our.phone %}", "Price"), ("x", "y"), ("{%tr endif %}", "")), "wrong_marker",
        "table 1, row 1, cell 1", code="word.mark_with_text_tr"),
    Row("a cell tag with text (234)", table(("{%tc if our.phone %} Price", "x", "{%tc endif %}")), "wrong_marker",
        "table 1, row 1, cell 1", code="word.mark_with_text_tc"),
    Row("tr and tc mixed", table(("{%tr for a in our.name %}",), ("{{ a }}",), ("{%tc endfor %}",)), "wrong_marker",
        "table 1, row 3, cell 1", "{%tr endfor %}", "guess"),
    Row("p and nothing mixed (327, 352)", p("{%p if our.phone %}", "x", "{% endif %}"), "wrong_marker", "paragraph 3",
        "{%p endif %}", "guess"),
    Row("else without its mark", p("{%p if our.phone %}", "x", "{% else %}", "y", "{%p endif %}"), "wrong_marker", "paragraph 3",
        "{%p else %}", "guess"),
    Row("a paragraph tag with text", p("Price: {%p if our.phone %}", "x", "{%p endif %}"), "wrong_marker", "paragraph 1",
        "{% if our.phone %}"),
    Row("two paragraph tags together (161)", p("{%p if our.phone %}{%p endif %}"), "wrong_marker", "paragraph 1",
        code="word.marks_together_p"),
    Row("a mark apart (663)", table(("{% tr if our.phone %}",)), "wrong_marker", "table 1, row 1, cell 1", "{%tr if our.phone %}", "safe"),
    Row("a mark glued", p("{%pif our.phone %}"), "wrong_marker", "paragraph 1", "{%p if our.phone %}", "safe"),
    Row("a row tag outside a table", p("{%tr if our.phone %}", "{%tr endif %}"), "syntax", "paragraph 1", "{%p if our.phone %}", "guess"),
    Row("a value with a mark (315, 600)", p("{{r our.phone }}"), "wrong_marker", "paragraph 1", "{{ our.phone }}", "safe"),
    Row("rows over two tables", table(("{%tr if our.phone %}",)) + table(("{%tr endif %}",)), "wrong_marker",
        "table 2, row 1, cell 1", code="word.tag_over_tables"),
    Row("out of the table", table(("{% if our.phone %}",)) + p("{% endif %}"), "crossed", "paragraph 1", code="word.tag_over_places"),
    Row("a joined cell outside a loop", table(("{% vm %}x",)), "wrong_marker", "table 1, row 1, cell 1", code="word.tag_outside_loop"),
    # fields of the dossier
    Row("stance", p("{{ recipient.stance }}"), "private_field", "paragraph 1"),
    Row("увлечения", p("{{ получатель.увлечения }}"), "private_field", "paragraph 1"),
    Row("influence in a condition", p("{% if recipient.influence %}{% endif %}"), "private_field", "paragraph 1"),
    Row("a field of the dossier's print", p("{{ print.subtitle }}"), "private_field", "paragraph 1"),
    Row("hobbies in a letter of results", p("{{ person.hobbies }}"), "private_field", "paragraph 1", doc_kind="results"),
    # every part of a file
    Row("header", p("{{ our.fone }}"), "unknown_field", "header, paragraph 1", "{{ our.phone }}", "guess", "header"),
    Row("footer", p("{% if our.phone %}"), "unclosed", "footer, paragraph 1", "{% endif %}", "", "footer"),
    Row("footnote (379)", p("{{ our.fone }}"), "unknown_field", "footnote 1, paragraph 1", "{{ our.phone }}", "guess", "footnote"),
    Row("text box", box(p("a", "{{– our.phone }}")), "autocorrect", "text box at paragraph 1, paragraph 2", "{{- our.phone }}", "safe"),
    Row("out of a text box", paragraph("{% if our.phone %}") + box(p("{% endif %}")), "crossed",
        "text box at paragraph 2, paragraph 1", code="word.tag_over_places"),
    Row("table in a table", table(("a", table(("b", "{{ our.fone }}")) + p(""))), "unknown_field",
        "table 1, row 1, cell 2, table 1, row 1, cell 2", "{{ our.phone }}", "guess"),
    Row("table in the header", table(("a", "{{ our.phone }")), "syntax", "header, table 1, row 1, cell 2", "{{ our.phone }}", "safe",
        "header"),
    Row("alternative text", '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{{ our.fone }}"/></wp:inline></w:drawing>'
        "</w:r></w:p>", "unknown_field", "paragraph 1", "{{ our.phone }}"),
    Row("a field code", '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE {{ our.fone }}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "unknown_field", "paragraph 1", "{{ our.phone }}"),
    # a formula (334)
    Row("a formula (334)", '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>'
        "{{ our.fone }}</m:t></m:r></m:oMath></w:p>", "unknown_field", "paragraph 1", "{{ our.phone }}"),
)  # fmt: skip


def template(row: Row) -> bytes:
    made = WordFile(row.body if row.where == "body" else "", WHOLE if row.doc_kind != "results" else "")
    if row.where in ("header", "footer"):
        made.side(row.where, row.body)
    elif row.where == "footnote":
        made.footnote(row.body)
    return made.build()


def found(row: Row, data: bytes) -> tuple[Finding, ...]:
    return doctor.check(data, catalogue(row.doc_kind), row.doc_kind)


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 60
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_fault_is_found_and_placed(row: Row) -> None:
    findings = found(row, template(row))
    english = Translator("en")
    finding = next((one for one in findings if one.kind == row.kind), None)
    assert finding is not None, [(one.kind, one.text) for one in findings]
    assert english.message(finding.place) == row.place
    assert (finding.suggestion, finding.severity, finding.repair) == (
        row.suggestion,
        row.severity,
        row.repair,
    )
    if row.code:
        assert finding.text.code == row.code
    assert finding.part.startswith("word/")
    assert finding.around
    for language in ("ru", "en"):
        said = Translator(language).message(finding.text)
        assert "{name}" not in said
        assert said


@pytest.mark.parametrize("row", [row for row in ROWS if row.repair], ids=lambda row: row.name)
def test_one_finding_alone_is_repaired_on_a_copy(row: Row) -> None:
    data = template(row)
    findings = found(row, data)
    index = next(at for at, one in enumerate(findings) if one.kind == row.kind)
    fixed = doctor.repair(data, catalogue(row.doc_kind), row.doc_kind, only=[index])
    assert fixed.repaired
    for before, after in fixed.pairs:
        assert before
        assert after
    if row.suggestion:
        assert row.suggestion in [after for _, after in fixed.pairs]
    left = [one for one in found(row, fixed.data) if one.kind == row.kind]
    assert len(left) < len([one for one in findings if one.kind == row.kind])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_repair_does_what_is_safe_and_leaves_guesses(row: Row) -> None:
    data = template(row)
    fixed = doctor.repair(data, catalogue(row.doc_kind), row.doc_kind)
    left = found(row, fixed.data)
    assert not [one for one in left if one.repair == "safe"]
    if row.repair == "guess":
        assert row.kind in {one.kind for one in left}
    if not fixed.repaired:
        assert fixed.data == data


def test_the_place_of_the_opener_is_named() -> None:
    row = next(row for row in ROWS if row.name == "crossed")
    finding = next(one for one in found(row, template(row)) if one.kind == "crossed")
    assert "(абзац 1)" in Translator("ru").message(finding.text)


def test_the_text_around_is_cut_at_both_ends() -> None:
    long = "слово " * 30
    (finding,) = doctor.check(
        WordFile(paragraph(f"{long}{{{{ client.nmae }}}} {long}"), WHOLE).build(), catalogue("group"), "group"
    )
    assert finding.around.startswith("…")
    assert finding.around.endswith("…")
    assert "слово {{ client.nmae }} слово" in finding.around


def test_a_copy_of_a_text_box_for_old_programs_is_repaired_too() -> None:
    inner = f"<w:txbxContent>{paragraph('{{ клиeнт.адрес }}')}</w:txbxContent>"
    both = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{inner}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    fixed = doctor.repair(WordFile(both, WHOLE).build(), catalogue("group"))
    from tests.documents.made import parts_of

    assert parts_of(fixed.data)["word/document.xml"].decode().count("{{ клиент.адрес }}") == 2


def test_what_is_never_filled_is_named_with_its_part() -> None:
    made = WordFile(WHOLE)
    made.relate("hyperlink", "https://example.com/%7B%7B our.website %7D%7D", external=True)
    made.core("<dc:title>{{ client.name }}</dc:title>")
    findings = doctor.check(made.build(), catalogue("group"), "group")
    assert sorted((one.kind, one.part) for one in findings if one.kind == "never_filled") == [
        ("never_filled", "docProps/core.xml"),
        ("never_filled", "word/_rels/document.xml.rels"),
    ]


def test_what_comes_out_blank_for_a_sample_is_told_once_with_its_place() -> None:
    body = (
        p("{{ client.name }} {{ client.address }}", "{{ client.address }} {{ our.phone|default('—') }}")
        + p(
            "{% if our.email %}{{ our.email }}{% endif %}",
            "{{ our.website or our.name }}",
            "{{ block.prices }}",
        )
        + WHOLE
    )
    filled = {"client.name", "our.name", "block.all"}
    findings = doctor.check(WordFile(body).build(), catalogue("group"), "group", filled=filled)
    english = Translator("en")
    assert [(one.kind, one.text.params["name"], english.message(one.place)) for one in findings] == [
        ("blank", "client.address", "paragraph 1"),
        ("blank", "block.prices", "paragraph 5"),
    ]


def test_forbidden_features_name_their_part() -> None:
    made = WordFile(paragraph("{{ block.all }}"), '<w:altChunk r:id="rId9"/>')
    made.part("word/vbaProject.bin", b"x")
    kinds = {
        one.kind: one.part for one in doctor.check(made.build(), catalogue("group"), "group") if one.part
    }
    assert kinds["altchunk"] == "word/document.xml"
    assert kinds["macros"] == "word/vbaProject.bin"


def test_internal_kinds_have_templates_too_and_nothing_is_private_there() -> None:
    body = WordFile(paragraph("{{ print.eyes }} {{ print.stance }}"), paragraph("{{ block.body }}")).build()
    (finding,) = doctor.check(body, catalogue("dossier"), "dossier")
    assert finding.kind == "unknown_field"


def test_an_internal_paper_says_whose_eyes_it_is_for() -> None:
    def found(kind: str, *texts: str, foot: str = "") -> list[Finding]:
        made = WordFile(*(paragraph(text) for text in texts))
        if foot:
            made.side("footer", paragraph(foot))
        return [
            one for one in doctor.check(made.build(), catalogue(kind), kind) if one.kind == "missing_eyes"
        ]

    (said,) = found("cheat_sheet", "{{ печать.название }}", "{{ блок.текст }}")
    assert (said.severity, said.suggestion, said.repair) == ("warning", "{{ печать.для_кого }}", "")
    assert said.text.code == "word.missing_eyes"
    (said,) = found("brief", "{% if print.eyes %}x{% endif %}", "{{ block.body }}")
    assert said.suggestion == "{{ print.eyes }}"
    assert not found("dossier", "{{ block.body }}", foot="{{ print.foot|upper }}")
    assert not found("brief", "{% set p = print %}{{ p.eyes }}", "{{ block.body }}")
    assert not found("results", "{{ block.body }}")
