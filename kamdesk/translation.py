"""One gettext catalogue for windows, command line, findings, reasons and names of undo steps."""

from __future__ import annotations

import contextlib
import gettext
import os
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from kamdesk.model.messages import LANGUAGES, Message, Plural
from kamdesk.model.texts import all_texts
from kamdesk.model.vocabulary import Vocabularies, fill_message
from kamdesk.resources import resources_folder


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of one language; English is the source and needs none."""
    if language == "en":
        return gettext.NullTranslations()
    folder = resources_folder() / "translations" / language / "LC_MESSAGES"
    compiled, source = folder / "kamdesk.mo", folder / "kamdesk.po"
    if compiled.is_file() and (not source.is_file() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    written = source.stat()
    catalogue = _compile(source)
    _keep(compiled, catalogue, written)
    return gettext.GNUTranslations(BytesIO(catalogue))


def _compile(source: Path) -> bytes:
    """The .mo bytes of a .po file, for a clone in which nothing was built yet."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = BytesIO()
    with source.open("rb") as stream:
        write_mo(target, read_po(stream))
    return target.getvalue()


def _keep(compiled: Path, catalogue: bytes, written: os.stat_result) -> None:
    """Keep the compiled catalogue beside its source for the next start, as old as the source, so that a later edit shows.

    Where the folder cannot be written the next start compiles again.
    """
    part = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        part.write_bytes(catalogue)
        os.utime(part, ns=(written.st_atime_ns, written.st_mtime_ns))
        part.replace(compiled)


@cache
def shipped_vocabularies() -> Vocabularies:
    """The vocabularies as they ship."""
    return Vocabularies.load(resources_folder() / "vocabulary.json")


class Translator:
    """Words in one language of the interface.

    ``language`` is "ru" or "en". Windows mark their own sentences with :meth:`gettext` and :meth:`ngettext`
    (named ``_`` and ``ngettext`` where they are used, so that the extraction finds them). ``vocabularies`` gives
    the words for codes inside messages; the shipped ones where it is not given.
    """

    def __init__(self, language: str, vocabularies: Callable[[], Vocabularies] | None = None) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = _catalogue(self.language)
        self._vocabularies = vocabularies or shipped_vocabularies

    def gettext(self, text: str) -> str:
        """The text in this language; the English source where there is no translation."""
        return self._catalogue.gettext(text) if text else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The plural form for ``n``; the text may contain ``{n}``, which the caller fills."""
        return self._catalogue.ngettext(one, many, n)

    def message(self, message: Message) -> str:
        """The sentence for a message; an unknown code is shown as it is, never hidden."""
        if message.code == "label":
            return self.gettext(str(message.params["text"]))
        message = fill_message(message, self._vocabularies(), self.language) if message.params else message
        text = all_texts().get(message.code)
        params = {name: self._param(value) for name, value in message.params.items()}
        if text is None:
            return message.code
        if isinstance(text, Plural):
            n = message.params.get("n", 1)
            return self.ngettext(text.one, text.many, n if isinstance(n, int) else 1).format_map(
                _Forgiving(params)
            )
        return self.gettext(text).format_map(_Forgiving(params))

    def _param(self, value: object) -> object:
        return self.message(value) if isinstance(value, Message) else value


class _Forgiving(dict[str, object]):
    """A missing parameter shows as its name: an old step of history must still be readable."""

    def __init__(self, params: Mapping[str, object]) -> None:
        super().__init__(params)

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
