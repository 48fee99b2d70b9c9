"""Tables on the clipboard: cells between tabs, rows on lines, cells with line ends in quotes, as Excel and LibreOffice put them."""

from __future__ import annotations

from collections.abc import Sequence


def to_tsv(lines: Sequence[Sequence[str]]) -> str:
    """Rows as Excel pastes them; cells with tabs, line ends or quotes are quoted."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '\t\n\r"') else text

    return "\n".join("\t".join(cell(text) for text in line) for line in lines)


def from_tsv(text: str) -> list[list[str]]:
    """The cells of a pasted text; without the empty line at its end. A quote counts only where it begins a cell and is closed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    lines: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _cell(text, at)
        lines[-1].append(cell)
        if at >= len(text):
            return lines
        if text[at] == "\n":
            lines.append([])
        at += 1


def _cell(text: str, at: int) -> tuple[str, int]:
    """One cell from ``at``, and where the sign after it stands."""
    if text[at : at + 1] == '"':
        end = at + 1
        while end < len(text):
            if text[end] == '"':
                if text[end + 1 : end + 2] != '"':
                    break
                end += 1
            end += 1
        # a quote that closes the cell is followed by its end; anything else is a text that happens to begin with one
        if end < len(text) and text[end + 1 : end + 2] in ("", "\t", "\n"):
            return text[at + 1 : end].replace('""', '"'), end + 1
    ends = [place for place in (text.find("\t", at), text.find("\n", at)) if place >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end
