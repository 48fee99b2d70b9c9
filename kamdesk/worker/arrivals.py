"""Invitations and mails on their way between the processes: JSON, with the bytes of files beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from kamdesk.documents.findings import message_from_json, message_to_json
from kamdesk.exchange.addresses import Address
from kamdesk.exchange.calendar import CalendarRead, Invitation
from kamdesk.exchange.mail import Mail, MailFile, without_files


def calendar_to_json(read: CalendarRead) -> dict[str, Any]:
    """The events and remarks of a calendar file as JSON values."""
    return {
        "invitations": json.loads(json.dumps([asdict(one) for one in read.invitations], default=_moment)),
        "remarks": [message_to_json(one) for one in read.remarks],
    }


def calendar_from_json(plain: dict[str, Any]) -> CalendarRead:
    """The inverse of :func:`calendar_to_json`."""
    return CalendarRead(
        tuple(_invitation(one) for one in plain["invitations"]),
        tuple(message_from_json(one) for one in plain["remarks"]),
    )


def mail_to_json(mail: Mail) -> tuple[dict[str, Any], list[bytes]]:
    """A mail as JSON values, and the bytes of its invitation and of its files in order."""
    plain = asdict(replace(without_files(mail), remarks=()))
    plain = json.loads(
        json.dumps(plain | {"calendar": "", "files": [one.name for one in mail.files]}, default=_moment)
    )
    plain["remarks"] = [message_to_json(one) for one in mail.remarks]
    return plain, [mail.calendar, *(one.data for one in mail.files)]


def mail_from_json(plain: dict[str, Any], blobs: Sequence[bytes]) -> Mail:
    """The inverse of :func:`mail_to_json`."""
    values = dict(plain)
    values["sent_at"] = _read_moment(values["sent_at"])
    values["sender"] = _address(values["sender"])
    values["to"], values["cc"] = (tuple(Address(**one) for one in values[name]) for name in ("to", "cc"))
    values["files"] = tuple(
        MailFile(name, data) for name, data in zip(plain["files"], blobs[1:], strict=True)
    )
    values["remarks"] = tuple(message_from_json(one) for one in plain["remarks"])
    return Mail(**(values | {"calendar": blobs[0]}))


def _invitation(plain: dict[str, Any]) -> Invitation:
    values = dict(plain)
    for name in ("starts_at", "ends_at"):
        values[name] = _read_moment(values[name])
    values["organiser"] = _address(values["organiser"])
    values["attendees"] = tuple(Address(**one) for one in values["attendees"])
    return Invitation(**values)


def _address(plain: dict[str, str] | None) -> Address | None:
    return Address(**plain) if plain is not None else None


def _moment(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
