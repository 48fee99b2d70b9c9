"""Texts about templates made from a finished document, checked while they are open in Word, and about the catalogue of fields."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "guided.overlap": N_("{tag} and {other} are marked at the same place. Take one of them away."),
    "guided.no_text": N_("No word is marked for {tag} ({place}). Mark the words that the field stands for."),
    "guided.not_there": N_("The document has no paragraph {number}. Open it anew."),
    "guided.one_part": N_("A block cannot reach from the text into a header or footer. Mark the text alone."),
    "guided.nothing": N_("Nothing is marked yet. Mark a word and choose its field, or take a suggestion."),
    "guided.no_words": N_("This document has no text. Choose a finished proposal or letter."),
    "template.from_document": N_("Make the template “{name}” from a document"),
    "template.repair": P_(
        "Repair {n} place in the template “{name}”", "Repair {n} places in the template “{name}”"
    ),
    "template.saved_in_word": N_("Take the template “{name}” as saved in Word"),
}
