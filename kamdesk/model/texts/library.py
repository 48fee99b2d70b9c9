"""Steps and problems of the library."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "library.add": N_("Add to the library: {name}"),
    "library.add_several": P_("Add {n} entry to the library", "Add {n} entries to the library"),
    "library.edit": N_("Edit in the library: {name}"),
    "library.duplicate": N_("Copy in the library: {name}"),
    "library.delete": N_("Delete from the library: {name}"),
    "library.consent": N_("Consent to be named: {name}"),
    "library.withdraw": N_("Consent withdrawn: {name}"),
    "library.translate": N_("Write in another language: {name}"),
    "library.part": N_("Not the same as in the other language: {name}"),
    "library.twin_exists": N_(
        "It is written in this language already. Open that entry, or choose one in another language."
    ),
    "library.nobody": N_("Type the name of the recommender, or choose a person of the dossier."),
    "library.consent_scope": N_("Say what the consent covers: without that it covers nothing."),
    "library.consent_until": N_("The consent would end before it was given. Check both dates."),
}
