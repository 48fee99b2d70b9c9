"""A mail signature, or several, as imported people: name, post, organisation, phones, e-mail, site."""

from __future__ import annotations

import re
from typing import Final

from kamdesk.exchange import people, spelling
from kamdesk.exchange.people import RowOfFields
from kamdesk.exchange.records import ImportedPerson, clean

_GREETING: Final = re.compile(
    r"(с\s+(?:наилучшими\s+пожеланиями|глубоким\s+уважением|уважением)|(?:best|kind|warm)\s+regards|regards|sincerely(?:\s+yours)?|"
    r"yours\s+(?:sincerely|faithfully)|best\s+wishes|br)\s*[,.!]?\s*",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"[-–—_=*~\s]{2,}\Z")
_MARK: Final = re.compile(
    r"\s*(тел(?:ефон)?|раб|моб(?:ильный)?|сот(?:овый)?|факс|дом|phone|tel|mob(?:ile)?|cell|fax|office|direct|t|m|f|т|м|ф|p)"
    r"(?:\s*[.:/]+\s*|\s+(?=[+(\d]))",
    re.IGNORECASE,
)
_MAIL_MARK: Final = re.compile(
    r"(?<!\w)(e-?mail|почта|эл\.?\s*почта|mail|e|сайт|site|web|www)\s*:\s*", re.IGNORECASE
)
_TELEGRAM: Final = re.compile(
    r"(?:telegram|телеграм|tg|t\.me/)\s*[:@/]*\s*@?([A-Za-z]\w{4,31})", re.IGNORECASE
)
_DEPARTMENT: Final = re.compile(
    r"\b(отдел|департамент|управлени[ея]|служба|цех|дирекция|department|division|unit)\b", re.IGNORECASE
)
_ADDRESS: Final = re.compile(
    r"(?:(?:^|,\s*)\d{6}(?=\s*,|\s+[^\W\d])|\bг\.\s|\bул\.|\bпр-т|\bпроспект|\bд\.\s?\d|\bstreet\b|\bst\.|\bavenue\b|\bave\.|\broad\b)",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(r"\s*[|•·]\s*|\s{2,}|\t+|\s+[—–]\s+|\s+-\s+|;\s*")
_MARKS: Final = (("ф", "fax"), ("f", "fax"), ("м", "mobile"), ("m", "mobile"), ("сот", "mobile"), ("cell", "mobile"),
                 ("дом", "home_phone"))  # fmt: skip
_LEGAL: Final = re.compile(
    r"(?<!\w)(?:ООО|АО|ОАО|ЗАО|ПАО|НАО|ФГУП|ФГБУ|ГБУЗ|МУП|ГУП|НПО|НПП|ГК|ТД|завода|«|\")"
)
MAX_LINES: Final = 2_000


def split_signatures(text: str) -> list[str]:
    """The text cut into blocks, each with one person's name; what stands before the first name is left out."""
    lines = [_ungreeted(line) for line in text.splitlines()[:MAX_LINES]]
    lines = [line for line in lines if line and not _RULE.fullmatch(line)]
    # «Директор» above «Иванов Пётр» at the very start: the posts of this text stand above the names.
    post_first = len(lines) > 1 and spelling.is_title(lines[0]) and bool(_name_in(lines[1]))
    blocks: list[list[str]] = []
    for number, line in enumerate(lines):
        above = lines[number - 1] if number and post_first else ""
        if _name_in(line):
            moved = [above] if above and spelling.is_title(above) and not _name_in(above) else []
            if moved and blocks:
                blocks[-1].pop()
            blocks.append([*moved, line])
        elif blocks:
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks]


def _ungreeted(line: str) -> str:
    """«С уважением, Анна Ким» without the courtesy."""
    return _GREETING.sub("", line.strip(), count=1) if _GREETING.match(line.strip()) else line.strip()


def read_signature(text: str, source: str) -> ImportedPerson | None:
    """The person of one block, or None when there is no name, e-mail or phone in it."""
    row = RowOfFields()
    for line in text.splitlines()[:MAX_LINES]:
        stripped = _ungreeted(line)
        if stripped and not _RULE.fullmatch(stripped):
            sort_line(stripped, row)
    return people.person_of(row, source)


def _name_in(line: str) -> str:
    """The name that a line begins with, possibly followed by a post; "" when there is none."""
    first = _SPLIT.split(line, maxsplit=1)[0].strip(" ,")
    if spelling.is_full_name(first):
        return first
    before_comma = line.partition(",")[0].strip()
    return before_comma if spelling.is_full_name(before_comma) else ""


def sort_line(line: str, row: RowOfFields) -> None:
    """Put every piece of a line into its field; what is left over is kept as not understood."""
    rest = _take_contacts(line, row)
    if not row.all("name"):
        name = _name_in(rest)
        if name:
            row.add("name", "", clean(name))
            rest = rest[rest.find(name) + len(name) :]
    for piece in _SPLIT.split(rest):
        _sort_piece(piece.strip(" ,.;:|—–-"), row)


def _take_contacts(line: str, row: RowOfFields) -> str:
    """The line without e-mails, sites, messengers and phones, which go into the row."""
    for match in _TELEGRAM.findall(line):
        row.add("telegram", "", f"@{match}")
    line = _TELEGRAM.sub(" ; ", line)
    for mail in spelling.EMAIL.findall(line):
        row.add("email", "", mail)
    line = spelling.EMAIL.sub(" ; ", line)
    for match in spelling.SITE.finditer(line):
        row.add("website", "", match[0])
    line = _MAIL_MARK.sub(" ", spelling.SITE.sub(" ; ", line))
    return (
        spelling.PHONE.sub(lambda match: _take_phone(match, row), line) if not _ADDRESS.search(line) else line
    )


def _take_phone(match: re.Match[str], row: RowOfFields) -> str:
    text = match[0].strip()
    if sum(char.isdigit() for char in text) < 6 or spelling.parse_date(text) is not None:
        return match[0]
    before = match.string[max(0, match.start() - 12) : match.start()].lower()
    mark = re.search(r"([a-zа-яё]+)[\s.:/]*\Z", before)
    kind = next((kind for start, kind in _MARKS if mark and mark[1].startswith(start)), "phone")
    row.add(kind, "", text)
    return " ; "


def _post_and_organisation(piece: str) -> tuple[str, str]:
    """«генеральный директор ООО «Ромашка»» as two; the second is "" where only a post stands."""
    match = _LEGAL.search(piece)
    if match is None or not match.start():
        return piece, ""
    return piece[: match.start()].strip(" ,"), piece[match.start() :].strip(" ,")


def _sort_piece(piece: str, row: RowOfFields) -> None:
    piece = _MARK.sub("", piece).strip() if _MARK.match(piece) else piece
    if len(piece) < 2 or _MARK.fullmatch(f"{piece}:"):
        return
    if _ADDRESS.search(piece):
        row.add("address", "", piece)
    elif not row.all("name") and spelling.is_full_name(piece):
        row.add("name", "", piece)
    elif not row.all("title") and spelling.is_title(piece):
        post, organisation = _post_and_organisation(piece)
        row.add("title", "", post)
        row.add("organisation", "", organisation)
    elif not row.all("organisation") and spelling.is_organisation(piece):
        row.add("organisation", "", piece)
    elif not row.all("department") and _DEPARTMENT.search(piece):
        row.add("department", "", piece)
    else:
        row.not_understood.append(piece)
