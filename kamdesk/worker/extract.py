"""The words of a file for the search: Word, spreadsheets, PDF, mails, plain text. A file of anything else has none."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Final

from kamdesk.model.messages import KamdeskError

MOST: Final = 300_000
"""Characters that are kept: some hundred pages. What comes after is not searched."""
MAX_PAGES: Final = 500
MAX_SHEETS: Final = 30
_WORD: Final = frozenset((".docx", ".dotx", ".docm", ".dotm"))
_SHEETS: Final = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
_PLAIN: Final = frozenset((".txt", ".csv", ".md", ".log", ".tsv", ".json", ".xml"))
_PAGES: Final = frozenset((".htm", ".html"))


def read_words(data: bytes, name: str) -> str:
    """The words of a file by its name and its first bytes, at most :data:`MOST` characters; "" for a file without any.

    Raises KamdeskError where a file of a known kind cannot be read.
    """
    suffix = PurePath(name).suffix.casefold()
    if data.startswith(b"%PDF-"):
        found = _pdf(data)
    elif suffix in _WORD:
        from kamdesk.documents import edits

        found = edits.visible_text(data)
    elif suffix in _SHEETS:
        found = _spreadsheet(data, name)
    elif suffix in (".eml", ".msg"):
        found = _mail(data, name)
    elif suffix in _PLAIN or suffix in _PAGES:
        found = _plain(data, page=suffix in _PAGES)
    else:
        found = ""
    return _tidy(found)


def _pdf(data: bytes) -> str:
    import pypdfium2

    pieces: list[str] = []
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise KamdeskError("documents.not_pdf") from error
    try:
        for number in range(min(len(document), MAX_PAGES)):
            pieces.append(_page(document, number))
            if sum(map(len, pieces)) > MOST:
                break
    finally:
        document.close()
    return "\n".join(pieces)


def _page(document: Any, number: int) -> str:
    """A page that cannot be read has no words; the others have."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _spreadsheet(data: bytes, name: str) -> str:
    from kamdesk.exchange.tables import read_table

    first = read_table(data, name)
    pieces: list[str] = []
    for sheet in first.sheets[:MAX_SHEETS] or ("",):
        table = first if sheet == first.sheet else read_table(data, name, sheet=sheet)
        rows = (table.headers, *table.rows)
        pieces.append(sheet)
        pieces += ["\t".join(cell for cell in row if cell) for row in rows]
        if sum(map(len, pieces)) > MOST:
            break
    return "\n".join(pieces)


def _mail(data: bytes, name: str) -> str:
    from kamdesk.exchange.mail import read_mail

    mail = read_mail(data, name)
    people = (f"{one.name} {one.email}" for one in mail.people)
    return "\n".join((mail.subject, *people, mail.text, *(one.name for one in mail.files)))


def _plain(data: bytes, *, page: bool) -> str:
    from kamdesk.exchange.mail import decoded_text, text_of_html

    text = decoded_text(data[: MOST * 4])
    return text_of_html(text) if page else text


def _tidy(text: str) -> str:
    """Without signs that no text has, and with single blanks: only the words count."""
    plain = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text[: MOST * 2])
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)[:MOST]
