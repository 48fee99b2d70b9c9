"""Every bundled document, in both languages, comes out of a real CUPS with every word that its PDF has."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.desktop.printing import PrintOrder
from kamdesk.documents import internal_templates, pages, pdf
from kamdesk.documents.context.build import build
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import all_bundled, bundled
from kamdesk.model.internal import DossierOptions
from kamdesk.model.messages import LANGUAGES
from tests.documents import big
from tests.documents.test_sound_files import READERS, results

from .conftest import PrivateCups
from .test_cups import text_of

PROPOSALS = tuple(dict.fromkeys(one.path.name.partition(".")[0] for one in all_bundled()))
HOUSE = tuple(name for name in internal_templates.NAMES if name != "results")


@pytest.fixture(scope="module")
def places(
    tmp_path_factory: pytest.TempPathFactory, demo_copy: Callable[[Path, str], Workplace]
) -> Iterator[Callable[[str], Workplace]]:
    """The demo of a language, opened when it is first asked for."""
    held: dict[str, Workplace] = {}

    def place(language: str) -> Workplace:
        if language not in held:
            held[language] = demo_copy(tmp_path_factory.mktemp("paper") / language, language)
        return held[language]

    yield place
    for one in held.values():
        one.close()


def _on_paper(printed: bytes, folder: Path, cups: PrivateCups) -> None:
    source = folder / "document.pdf"
    source.write_bytes(printed)
    job = cups.cups.submit(source, PrintOrder("capture"), "kamdesk")
    caught = cups.caught(job)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    wanted, came = Counter(text_of(source).split()), Counter(text_of(caught).split())
    assert sum(wanted.values()) > 40
    assert came == wanted
    assert pages.count(caught.read_bytes()) == pages.count(printed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROPOSALS)
def test_proposals(name: str, language: str, private_cups: PrivateCups, tmp_path: Path) -> None:
    template = bundled(language, name)
    document = build(big.proposal(language), big.tailored(language), template.kind, READERS.get(name))
    _on_paper(pdf.built_in(Renderer().render(template.read(), document)), tmp_path, private_cups)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_with_results(language: str, private_cups: PrivateCups, tmp_path: Path) -> None:
    _on_paper(pdf.built_in(results(language)), tmp_path, private_cups)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOUSE)
def test_documents_of_the_house(
    name: str, language: str, private_cups: PrivateCups, tmp_path: Path, places: Callable[[str], Workplace]
) -> None:
    place = places(language)
    client = next(row.id for row in place.organisations.list() if row.kind == "client")
    kind, paper = name.removesuffix("_a5"), "a5" if name.endswith("_a5") else "a4"
    if kind == "brief":
        made = place.briefs.print(f"client:{client}", language, paper=paper)
    elif kind == "cheat_sheet":
        made = place.cheat_sheets.print(f"client:{client}", language, paper=paper)
    else:
        made = place.dossier_prints.print("client", client, language, DossierOptions(paper=paper))
    _on_paper(made.pdf, tmp_path, private_cups)
