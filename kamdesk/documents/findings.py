"""What a check of a Word file found: one value for the vetting and for the template doctor, fit for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kamdesk.model.messages import Message

TAG_KINDS: Final = (
    "syntax", "autocorrect", "mixed_letters", "split_tag", "unclosed", "crossed", "wrong_marker", "unknown_field",
    "private_field", "blank", "block_not_alone", "missing_block", "missing_eyes", "no_tags", "never_filled", "forbidden",
)  # fmt: skip
"""What the template doctor finds; stable codes. The vetting adds its own: macros, ole, link, field, altchunk …"""

SAFE, GUESS = "safe", "guess"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``severity`` is error (the file cannot be used so) or warning.

    ``place`` says where in a person's terms, ``part`` is the part of the file, ``around`` the text at that place with what
    stands before and after the fault. ``suggestion`` is what to write instead; "" where there is nothing to copy.
    ``repair`` is "safe" where the repair cannot change what is meant, "guess" where only the user knows that
    the suggestion is right, "" where nothing can be repaired by itself.
    """

    place: Message | str
    kind: str
    text: Message
    suggestion: str = ""
    severity: str = "error"
    around: str = ""
    part: str = ""
    repair: str = ""


def message_to_json(message: Message | str) -> Any:
    """A message as JSON values, messages inside it included; a string stays a string."""
    if isinstance(message, str):
        return message
    params = {
        name: message_to_json(value) if isinstance(value, Message) else value
        for name, value in message.params.items()
    }
    return {"code": message.code, "params": params}


def message_from_json(value: Any) -> Any:
    """The inverse of :func:`message_to_json`."""
    if isinstance(value, Mapping) and "code" in value and "params" in value:
        params = {name: message_from_json(item) for name, item in value["params"].items()}
        return Message(value["code"], params)
    return value


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON values."""
    return {
        "place": message_to_json(finding.place),
        "kind": finding.kind,
        "text": message_to_json(finding.text),
        "suggestion": finding.suggestion,
        "severity": finding.severity,
        "around": finding.around,
        "part": finding.part,
        "repair": finding.repair,
    }


def finding_from_json(value: Mapping[str, Any]) -> Finding:
    """The inverse of :func:`finding_to_json`."""
    return Finding(
        message_from_json(value["place"]),
        value["kind"],
        message_from_json(value["text"]),
        value["suggestion"],
        value["severity"],
        value.get("around", ""),
        value.get("part", ""),
        value.get("repair", ""),
    )
