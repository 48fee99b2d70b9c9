"""What was written by hand of names, titles and companies, by the text that stands in the document: for the filters (R10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kamdesk.model.inputs import CaseForms, ClientData, Reader

_CASES = ("genitive", "dative", "instrumental")


def forms_of(readers: Iterable[Reader], client: ClientData) -> dict[str, dict[str, str]]:
    """Text → case (or "salutation", "gender", "initials", "courtesy", "written") → form.

    A name is found in Russian and in Western order, and as it was written by hand: then its parts ("family", "given",
    "middle") stand beside the forms, since nobody could tell them from the text.
    """
    found: dict[str, dict[str, str]] = {}
    _keep(found, client.legal_name or client.name, _cases(client.legal_name_cases))
    for reader in readers:
        _keep(found, reader.post, _cases(reader.post_cases))
        own = _cases(reader.name_cases)
        unordered = {
            "salutation": reader.salutation.strip(),
            "gender": reader.gender,
            "initials": reader.initials.strip(),
            "courtesy": reader.courtesy.strip(),
            "written": reader.written_name.strip(),
        }
        # A form by hand is written in Russian order; in the other order only what has no order holds.
        _keep(found, reader.name.full("en"), unordered)
        _keep(found, reader.name.full("ru"), own | unordered)
        name = reader.name
        parts = {"family": name.family, "given": name.given, "middle": name.middle}
        _keep(found, reader.written_name, own | unordered | parts)
    return found


def _cases(forms: CaseForms) -> dict[str, str]:
    return {case: getattr(forms, case).strip() for case in _CASES}


def _keep(found: dict[str, dict[str, str]], text: str, forms: Mapping[str, str]) -> None:
    key = " ".join(text.split())
    given = {name: form for name, form in forms.items() if form}
    if key and given:
        found.setdefault(key, {}).update(given)
