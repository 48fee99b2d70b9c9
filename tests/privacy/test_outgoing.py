"""What a client gets, decoded to the last part: no hidden column of any table, and nothing of a reader's type (R6, R13)."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage

from kamdesk.bootstrap import Workplace, make_demo, open_workplace
from kamdesk.documents.pictures import png
from kamdesk.model.messages import KamdeskError
from kamdesk.rules.file_pattern import FIELDS
from kamdesk.services.generation import Audience, Made, OwnTemplate
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import Secret, open_vault
from tests.documents.made import template_with
from tests.privacy.marks import Planted, Read, plant, read_docx, read_pdf

PROPERTIES = ("core.xml", "app.xml", "custom.xml")
TYPE_WORDS = re.compile(
    r"руководств|руководител|кадр|финанс|технич|снабжен|закупк|юрист|скептик|противник|союзник|"
    r"executive|people lens|finance|technical|procurement|legal lens|champion|blocker|stance|lens\b|"
    r"жпр|лпр|decision.?maker|economic buyer",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sent:
    """All documents of one demo with marks in every hidden column, each with what can be read out of it."""

    language: str
    planted: tuple[Planted, ...]
    made: tuple[Made, ...]
    texts: dict[int, tuple[Read, ...]]
    letterhead: Made
    letterhead_texts: tuple[Read, ...]
    tags: Made
    drafts: tuple[bytes, ...]
    draft_for_all: bytes
    letters: tuple[Read, ...]
    named: tuple[str, ...]


def _letterhead() -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "ООО «Бланк»"
    document.add_paragraph("[здесь]")
    document.core_properties.author = "Mallory"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture(scope="module", params=["ru", "en"])
def sent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    folder = tmp_path_factory.mktemp(request.param)
    place, _client = make_demo(folder / "vault", request.param)
    try:
        row = place.proposals.list()[0]
        for reader in place.proposals.page(row.id).readers:
            place.proposals.set_separate(reader.id, True)
        planted = place.store.write("record.add", {"noun": "", "name": ""}, plant)
        made = place.generation.generate(row.id)
        group = Audience(letters=(), variants=())
        letterhead = place.generation.generate(
            row.id, group, template=place.own_template("blank.docx", _letterhead())
        )[0]
        tags = OwnTemplate(
            "t.docx",
            template_with("{{ recipient.to }} {{ client.name }}", language=request.param),
            kind="group",
        )
        tagged = place.generation.generate(row.id, group, template=tags)[0]
        current = [one.id for one in place.proposals.page(row.id).documents if one.is_current and one.pages]
        drafts = place.mail_drafts.drafts(row.id, current, formats=("docx", "pdf"))
        for_all = place.mail_drafts.drafts(row.id, current, one_for_all=True)[0]
        texts = {}
        for at, one in enumerate(made):
            assert one.pdf is not None
            texts[at] = (Read(one.file_name, ()), read_docx(one.docx), read_pdf(one.pdf, folder))
        assert letterhead.pdf is not None
        yield Sent(
            request.param,
            tuple(planted),
            made,
            texts,
            letterhead,
            (read_docx(letterhead.docx), read_pdf(letterhead.pdf, folder)),
            tagged,
            tuple(one.data for one in drafts),
            for_all.data,
            _letters(place, row.id, request.param),
            _named(place, row.id),
        )
    finally:
        place.close()


def _letters(place: Workplace, proposal: str, language: str) -> tuple[Read, ...]:
    """Every text template as a letter to each reader and to all."""
    readers = ["", *(one.id for one in place.proposals.page(proposal).readers)]
    found = []
    for text in place.text_templates.list(language=language):
        if text.purpose == "results_letter":
            continue
        for reader in readers:
            with contextlib.suppress(KamdeskError):  # a text of a meeting has no proposal to speak of
                made = place.text_templates.render(text.id, proposal_id=proposal, reader_id=reader)
                found.append(Read(f"{made.subject}\n{made.body}", ()))
    return tuple(found)


def _named(place: Workplace, proposal: str) -> tuple[str, ...]:
    """How files are called by a pattern with every field in it."""
    place.preferences.set(file_pattern=" ".join(f"{{{name}}}" for name in FIELDS))
    return tuple(one.file_name for one in place.generation.generate(proposal, formats=("docx",)))


def test_marks_are_planted_in_every_hidden_column(sent: Sent) -> None:
    places = {one.place for one in sent.planted}
    assert {
        "person.stance_evidence", "person.address_form", "person.lens", "fact.text", "fact.date", "note.text", "part.code",
        "relationship.note", "interaction.outcome", "criterion.code", "promise.witness", "document.reasons", "objection.answer",
        "contact.value", "proposal_reader.lens", "telling.told_on", "follow_up.result", "follow_up.kind", "concession.given",
        "concession.got", "concession.cost", "objection_use.note", "objection_use.result",
    } <= places  # fmt: skip


def test_no_hidden_column_is_read_in_any_document(sent: Sent) -> None:
    assert {one.kind for one in sent.made} == {"group", "cover", "variant"}
    for at, one in enumerate(sent.made):
        for read in sent.texts[at]:
            assert read.tells(sent.planted) == set(), one.file_name


def test_no_hidden_column_is_read_in_mails_and_letters_of_templates(sent: Sent, tmp_path: Path) -> None:
    """An address may be one that is hidden from others: it stands in the mail to its owner, and in no mail to all."""
    assert sent.drafts and len(sent.letters) > 3
    for data in sent.drafts:
        assert _mail(data, tmp_path).tells(sent.planted) <= {"contact.value"}
        assert not TYPE_WORDS.search(str(message_from_bytes(data, policy=policy.default)["Subject"]))
    assert _mail(sent.draft_for_all, tmp_path).tells(sent.planted) == set()
    for read in sent.letters:
        assert read.tells(sent.planted) == set()
        assert not re.search(
            r"stance|lens\b|champion|blocker|противник|союзник|скептик", read.words, re.IGNORECASE
        )


def _mail(data: bytes, folder: Path) -> Read:
    """The headers, the text and every attachment decoded."""
    mail = message_from_bytes(data, policy=policy.default)
    words = [f"{name}: {value}" for name, value in mail.items()]
    body = mail.get_body(("plain",))
    words.append(str(body.get_content()) if body is not None else "")
    raw: list[bytes] = []
    for part in mail.iter_attachments():
        words.append(str(part.get_filename()))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        read = read_pdf(content, folder) if content.startswith(b"%PDF") else read_docx(content)
        words.append(read.words)
        raw += read.raw
    return Read("\n".join(words), tuple(raw))


def test_no_hidden_column_is_read_in_names_by_a_pattern(sent: Sent) -> None:
    assert len(set(sent.named)) == len(sent.made)
    for name in sent.named:
        assert Read(name, ()).tells(sent.planted) == set()
        assert not TYPE_WORDS.search(name), name


def test_no_hidden_column_is_read_on_a_letterhead_or_a_template_with_tags(sent: Sent) -> None:
    for read in (*sent.letterhead_texts, read_docx(sent.tags.docx)):
        assert read.tells(sent.planted) == set()


def test_the_search_would_find_a_mark(sent: Sent) -> None:
    """A proof that the check can fail: the same marks put where they may be read."""
    document = Document()
    run = document.add_paragraph().add_run(sent.planted[0].mark[:4])
    run.bold = True
    document.paragraphs[0].add_run(sent.planted[0].mark[4:])
    document.core_properties.title = sent.planted[1].mark
    target = io.BytesIO()
    document.save(target)
    assert {one.place for one in sent.planted[:2]} <= read_docx(target.getvalue()).tells(sent.planted)


def test_names_and_properties_tell_no_type_and_no_author(sent: Sent) -> None:
    for one, texts in ((one, sent.texts[at]) for at, one in enumerate(sent.made)):
        assert not TYPE_WORDS.search(one.file_name), one.file_name
        package = {str(name): text for name, text in _parts(one.docx).items()}
        for name in package:
            assert not TYPE_WORDS.search(name), name
        for name in PROPERTIES:
            told = re.sub(r"<[^>]+>", " ", package.get(f"docProps/{name}", ""))
            assert not TYPE_WORDS.search(told), told
            assert "Mallory" not in told
        assert not any("kamdesk-worker" in read.words or "/tmp/" in read.words for read in texts), (
            one.file_name
        )


def _parts(docx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def test_no_heading_is_the_name_of_a_type(sent: Sent) -> None:
    from kamdesk.translation import shipped_vocabularies

    labels = shipped_vocabularies()
    types = {
        labels.label("lens", code, language).casefold()
        for code in labels.codes("lens")
        for language in ("ru", "en")
    }
    types |= {
        labels.label("part", code, language).casefold()
        for code in labels.codes("part")
        for language in ("ru", "en")
    }
    for one in sent.made:
        document = Document(io.BytesIO(one.docx))
        headings = [
            p.text.strip()
            for p in document.paragraphs
            if p.style is not None and "eading" in str(p.style.name)
        ]
        assert headings or one.kind == "cover"
        assert not {text.casefold().rstrip(".:") for text in headings} & types, headings


def test_prices_and_terms_are_the_same_for_every_reader(sent: Sent) -> None:
    """A separate variant must not tell one reader another sum than the next one (R6)."""
    sums = []
    for one in sent.made:
        if one.kind == "cover":
            continue
        tables = [
            [[cell.text for cell in row.cells] for row in table.rows]
            for table in Document(io.BytesIO(one.docx)).tables
        ]
        money = [table for table in tables if any("Цена" in cell or "Price" in cell for cell in table[0])]
        assert money, one.file_name
        sums.append(money)
    assert all(one == sums[0] for one in sums)


# --- templates that ask -------------------------------------------------------------------------------------

ASKING = (
    "person.stance", "reader.lens", "recipient.lens", "recipient.stance", "recipient.criteria", "recipient.phone",
    "recipient.birthday", "client.notes", "client.people", "proposal.loss_reason", "our.colleagues", "block.reasons",
    "vault", "session", "store", "argument.lenses", "readers", "получатель.тип", "получатель.отношение", "клиент.заметки",
)  # fmt: skip


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    folder = tmp_path_factory.mktemp("asked") / "vault"
    make_demo(folder, "ru")[0].close()
    place = open_workplace(open_vault(folder, Secret(""), cost=KdfCost(1024, 1, 1)))
    yield place
    place.close()


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("where", ["body", "footer"])
def test_a_template_that_asks_for_a_hidden_name_is_refused(name: str, where: str, workplace) -> None:
    proposal = workplace.proposals.list()[0].id
    before = workplace.vault.history.undoable()
    asking = OwnTemplate("t.docx", template_with(f"{{{{ {name} }}}}", where, language="ru"))
    with pytest.raises(KamdeskError) as refused:
        workplace.generation.generate(proposal, template=asking, formats=("docx",))
    assert refused.value.message.code.startswith("documents.unknown_field")
    assert "place" in refused.value.message.params
    assert workplace.vault.history.undoable() == before


def test_a_logo_goes_out_without_what_its_file_says_besides(workplace) -> None:
    note = b"tEXtComment\x00CANARYPNG of 55.75N 37.61E"
    chunk = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    source = png(40, 20, b"\xff\x00\x00" * 800, 120)
    workplace.company.set_logo("logo.png", source[:33] + chunk + source[33:] + b"CANARYAPPENDED")
    made = workplace.generation.generate(workplace.proposals.list()[0].id)
    pictures = 0
    for one in made:
        with zipfile.ZipFile(io.BytesIO(one.docx)) as package:
            held = [package.read(name) for name in package.namelist() if "media/" in name]
        pictures += len(held)
        assert not any(b"CANARY" in data for data in (*held, one.pdf)), one.file_name
    assert pictures >= len(made)


def test_a_jpeg_is_a_logo_too(workplace) -> None:
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(0xFFCC0000)
    picture.save(held, "JPEG")
    jpeg, exif = held.data().data(), b"Exif\x00\x00CANARYEXIF"
    marked = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
    workplace.company.set_logo("logo.jpg", marked)
    made = workplace.generation.generate(workplace.proposals.list()[0].id, formats=("docx",))
    assert not any(b"CANARY" in data for one in made for data in read_docx(one.docx).raw)


def test_the_private_folder_holds_no_document_after_work(workplace, tmp_path: Path) -> None:
    made = workplace.generation.preview(workplace.proposals.list()[0].id)
    assert made.pdf is not None
    private = Path(workplace.workers._office._folder)
    left = [path for path in private.rglob("*") if path.is_file()]
    assert not any(b"PK" in path.read_bytes()[:2] or b"%PDF" in path.read_bytes()[:4] for path in left)
    assert all(path.relative_to(private).parts[0].startswith("kamdesk-worker-") for path in left), (
        "only the fonts of a running worker"
    )
