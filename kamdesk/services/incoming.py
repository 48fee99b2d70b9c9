"""What is dropped on the window: an invitation becomes a planned meeting, a mail an entry of the history with its files (X3)."""

# Long because an invitation and a mail share the matching of people and clients, which stands below them both.

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.exchange.addresses import Address
from kamdesk.exchange.calendar import CalendarRead, Invitation, holds_calendar
from kamdesk.exchange.mail import Mail, MailFile, holds_mail
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import (
    Colleague,
    Contact,
    Employment,
    ExternalKey,
    Interaction,
    Organisation,
    Participant,
)
from kamdesk.model.values import PersonName
from kamdesk.rules.typed import parse_name
from kamdesk.services import attachments
from kamdesk.services.attachments import Attachments, NewFile
from kamdesk.services.base import get, name_of, organisations_of
from kamdesk.services.people import new_contact, new_person, seat
from kamdesk.services.rows import ensure, first_words, insert
from kamdesk.store.unit_of_work import Store

if TYPE_CHECKING:
    from kamdesk.model.tables import Person

UID, MESSAGE_ID = "ics_uid", "message_id"
NEW, CHANGED, CANCELLED, SAME = "new", "changed", "cancelled", "same"
_SHARED_HOSTS: Final = frozenset(
    "gmail.com mail.ru yandex.ru ya.ru yandex.com bk.ru list.ru inbox.ru rambler.ru outlook.com hotmail.com live.com icloud.com me.com"
    " yahoo.com proton.me protonmail.com gmx.com gmx.de".split()
)
_OUTCOME: Final = 4_000


class Reader(Protocol):
    """What reads foreign files: the worker."""

    def read_calendar(self, data: bytes, name: str) -> CalendarRead:
        """An invitation file."""

    def read_mail(self, data: bytes, name: str) -> Mail:
        """A mail file."""


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody named by what came in. ``person_id`` or ``colleague_id`` where they are known, else ``name`` as it may be added."""

    email: str
    written: str
    name: PersonName
    person_id: str = ""
    colleague_id: str = ""

    @property
    def known(self) -> bool:
        """Whether they stand in the vault, on either side."""
        return bool(self.person_id or self.colleague_id)


@dataclass(frozen=True, slots=True)
class InvitationFound:
    """An invitation and what would become of it. ``change`` is new, changed, cancelled or same (nothing to do).

    ``interaction_id`` is the meeting it made before; ``was`` when that one was to start. ``organisation_id`` is the likely client.
    """

    invitation: Invitation
    change: str
    people: tuple[Someone, ...]
    organisation_id: str = ""
    organisation: str = ""
    interaction_id: str = ""
    was: datetime | None = None


@dataclass(frozen=True, slots=True)
class MailFound:
    """A mail and what would become of it; ``interaction_id`` is where it is kept already."""

    mail: Mail
    name: str
    data: bytes
    people: tuple[Someone, ...]
    organisation_id: str = ""
    organisation: str = ""
    interaction_id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a dropped file holds: invitations, a mail, or neither (then it is a plain file). ``remarks`` say what was left out."""

    invitations: tuple[InvitationFound, ...] = ()
    mail: MailFound | None = None
    remarks: tuple[Message, ...] = ()


class Incoming:
    """Looking at what was dropped, and taking it. Nothing is written before :meth:`take_invitation` and :meth:`take_mail`."""

    def __init__(self, store: Store, worker: Reader, kept: Attachments) -> None:
        self._store = store
        self._worker = worker
        self._kept = kept

    def look(self, name: str, data: bytes, organisation_id: str = "", person_id: str = "") -> Found:
        """What a file holds; ``organisation_id`` and ``person_id`` are of the page it was dropped on.

        A mail with an invitation inside shows both. Raises KamdeskError as the readers do.
        """
        if holds_calendar(data):
            return self._calendar(self._worker.read_calendar(data, name), organisation_id, person_id)
        if not holds_mail(data, name):
            return Found()
        mail = self._worker.read_mail(data, name)
        inside = Found()
        if mail.calendar:
            inside = self._calendar(
                self._worker.read_calendar(mail.calendar, name), organisation_id, person_id
            )

        def work(session: Session) -> MailFound:
            people = _someones(session, mail.people)
            client = organisation_id or _client_of(session, people, person_id)
            known = _keyed(session, MESSAGE_ID, mail.message_id)
            names = organisations_of(session, [client] if client else [])
            return MailFound(mail, name, data, people, client, names.get(client, ""), known)

        return Found(inside.invitations, self._store.read(work), (*inside.remarks, *mail.remarks))

    def take_invitation(
        self,
        found: InvitationFound,
        organisation_id: str = "",
        add: Sequence[Someone] = (),
        leave: Sequence[str] = (),
    ) -> str:
        """Plan, change or cancel the meeting in one step and return its id.

        ``add`` are unknown people to be added to the client; ``leave`` ids of known ones who are left out.
        Raises ``incoming.whose`` when people are to be added and there is no client.
        """
        invitation = found.invitation
        client = organisation_id or found.organisation_id
        if add and not client:
            raise KamdeskError("incoming.whose")
        code = {CHANGED: "incoming.update", CANCELLED: "incoming.cancel"}.get(found.change, "incoming.plan")

        def work(session: Session) -> str:
            row = session.get(Interaction, found.interaction_id) if found.interaction_id else None
            if row is None:
                row = Interaction(kind="meeting", state="planned", organisation_id=client or None)
                insert(session, row)
                _remember(session, UID, invitation.uid, row.id)
            elif client and not row.organisation_id:
                row.organisation_id = client
            _fill(row, invitation)
            session.flush()
            _join(session, row.id, self._everybody(session, found.people, client, add, leave))
            return row.id

        return self._store.write(code, {"name": first_words(invitation.summary) or found.organisation}, work)

    def take_mail(
        self,
        found: MailFound,
        organisation_id: str = "",
        add: Sequence[Someone] = (),
        leave: Sequence[str] = (),
        files: Sequence[MailFile] | None = None,
    ) -> str:
        """Keep a mail in the history with its files in one step and return the id of the contact.

        ``files`` are those to be kept, all of them without it; the mail itself is always kept whole. Raises
        ``incoming.known_mail``, ``incoming.whose`` (neither client nor person is known).
        """
        mail, client = found.mail, organisation_id or found.organisation_id
        people = [one for one in found.people if one.person_id and one.person_id not in leave]
        if found.interaction_id:
            raise KamdeskError("incoming.known_mail")
        if not client and (add or not people):
            raise KamdeskError("incoming.whose")
        wanted = [one for one in (mail.files if files is None else files) if one.data]
        new = [self._kept.read(one.name, one.data)[0] for one in wanted]
        whole = NewFile(found.name, found.data, _text_of(mail))

        def work(session: Session) -> str:
            row = Interaction(
                kind="email",
                state="done",
                organisation_id=client or None,
                starts_at=_sent(mail, self._store.now()),
                purpose=mail.subject,
                outcome=mail.text[:_OUTCOME],
                initiative=_initiative(found),
            )
            insert(session, row)
            _remember(session, MESSAGE_ID, mail.message_id, row.id)
            _join(session, row.id, self._everybody(session, found.people, client, add, leave))
            for one in (whole, *new):
                attachments.attach(session, self._store, ("interaction", row.id), one)
            return row.id

        name: object = first_words(mail.subject) or Message("incoming.no_subject")
        return self._store.write("incoming.mail", {"name": name}, work)

    # --- inside

    def _calendar(self, read: CalendarRead, organisation_id: str, person_id: str) -> Found:
        def work(session: Session) -> tuple[InvitationFound, ...]:
            return tuple(_invited(session, one, organisation_id, person_id) for one in read.invitations)

        return Found(self._store.read(work), None, read.remarks)

    def _everybody(
        self,
        session: Session,
        people: Sequence[Someone],
        client: str,
        add: Sequence[Someone],
        leave: Sequence[str],
    ) -> list[tuple[str | None, str | None]]:
        joined: list[tuple[str | None, str | None]] = []
        for one in people:
            if one.person_id and one.person_id not in leave:
                joined.append((one.person_id, None))
            elif one.colleague_id and one.colleague_id not in leave:
                joined.append((None, one.colleague_id))
        for one in add:
            person = new_person(session, one.name)
            if one.email:
                session.add(new_contact(person.id, one.email, "email"))
            ensure(session, "organisation", client)
            seat(session, person.id, client, "")
            joined.append((person.id, None))
        return joined


def _fill(row: Interaction, invitation: Invitation) -> None:
    """Take what the invitation says; a text that was typed here and is not in the invitation stays."""
    if invitation.cancelled:
        row.state = "cancelled"
        return
    if row.state == "cancelled":
        row.state = "planned"
    row.starts_at, row.ends_at = invitation.starts_at, invitation.ends_at
    row.purpose = invitation.summary or row.purpose
    row.place = invitation.place or row.place
    if _is_video(invitation):
        row.kind = "video" if row.kind == "meeting" else row.kind


def _is_video(invitation: Invitation) -> bool:
    words = f"{invitation.place} {invitation.description}".casefold()
    return any(
        mark in words
        for mark in (
            "teams.microsoft",
            "zoom.us",
            "meet.google",
            "telemost",
            "webex.com",
            "ktalk",
            "jazz.sber",
        )
    )


def _invited(
    session: Session, invitation: Invitation, organisation_id: str, person_id: str
) -> InvitationFound:
    people = _someones(session, invitation.people)
    known = _keyed(session, UID, invitation.uid)
    row = session.get(Interaction, known) if known else None
    if row is None:
        change, was = (SAME if invitation.cancelled else NEW), None
    else:
        was = row.starts_at
        same = (row.starts_at, row.ends_at) == (invitation.starts_at, invitation.ends_at) and row.place == (
            invitation.place or row.place
        )
        there = set(
            session.scalars(select(Participant.person_id).where(Participant.interaction_id == row.id))
        )
        same = same and {one.person_id for one in people if one.person_id} <= there
        if invitation.cancelled:
            change = SAME if row.state == "cancelled" else CANCELLED
        else:
            change = SAME if same and row.state != "cancelled" else CHANGED
    client = (row.organisation_id if row is not None else "") or organisation_id
    client = client or _client_of(session, people, person_id)
    names = organisations_of(session, [client] if client else [])
    return InvitationFound(invitation, change, people, client, names.get(client, ""), known, was)


def _someones(session: Session, people: Sequence[Address]) -> tuple[Someone, ...]:
    """Everybody matched by e-mail, ours and theirs, in the order given."""
    mails = [one.email for one in people if one.email]
    held = session.execute(
        select(Contact.normalised, Contact.person_id).where(
            Contact.kind == "email", Contact.normalised.in_(mails), Contact.person_id.is_not(None)
        )
    )
    theirs = {str(row[0]): str(row[1]) for row in held}
    ours = {row.email.strip().casefold(): row for row in session.scalars(select(Colleague)) if row.email}
    found = []
    for one in people:
        colleague, person_id = ours.get(one.email), theirs.get(one.email, "")
        if colleague is not None and one.email:
            found.append(Someone(one.email, one.shown, name_of(colleague), colleague_id=colleague.id))
        elif person_id:
            found.append(Someone(one.email, one.shown, _name(session, person_id), person_id))
        else:
            found.append(Someone(one.email, one.shown, parse_name(one.name) or _from_email(one.email)))
    return tuple(found)


def _name(session: Session, person_id: str) -> PersonName:
    from kamdesk.model.tables import Person

    row: Person = get(session, Person, person_id)
    return name_of(row)


def _from_email(mail: str) -> PersonName:
    """«ivan.petrov@…» is somebody called Ivan Petrov, as far as one can tell; the user sees it before it is added."""
    words = [
        word.capitalize() for word in mail.partition("@")[0].replace("_", ".").split(".") if word.isalpha()
    ]
    return parse_name(" ".join(words)) or PersonName(family=mail.partition("@")[0])


def _client_of(session: Session, people: Sequence[Someone], person_id: str) -> str:
    """Where most of the known people work; else whose people have e-mails at the same host; "" where nothing tells."""
    ids = [one.person_id for one in people if one.person_id] or ([person_id] if person_id else [])
    posts = session.scalars(
        select(Employment.organisation_id)
        .where(Employment.person_id.in_(ids), Employment.is_former.is_(False))
        .order_by(Employment.position)
    )
    counted = Counter(posts).most_common(1)
    if counted:
        return str(counted[0][0])
    hosts = {
        one.email.partition("@")[2] for one in people if one.email and not one.colleague_id
    } - _SHARED_HOSTS
    for host in sorted(hosts - {""}):
        there = session.execute(
            select(Employment.organisation_id, func.count())
            .join(Contact, Contact.person_id == Employment.person_id)
            .where(Contact.kind == "email", Contact.normalised.endswith(f"@{host}", autoescape=True))
            .where(Employment.is_former.is_(False))
            .group_by(Employment.organisation_id)
            .order_by(func.count().desc())
        ).first()
        if there is not None:
            return str(there[0])
        own = session.scalars(
            select(Contact.organisation_id)
            .join(Organisation, Organisation.id == Contact.organisation_id)
            .where(Contact.normalised.contains(host, autoescape=True))
        ).first()
        if own is not None:
            return str(own)
    return ""


def _keyed(session: Session, kind: str, value: str) -> str:
    """The contact that was made of this before, while it is still there; else ""."""
    if not value:
        return ""
    rows = session.scalars(
        select(ExternalKey.row_id).where(
            ExternalKey.table_name == "interaction", ExternalKey.kind == kind, ExternalKey.value == value
        )
    )
    return next((row for row in rows if session.get(Interaction, row) is not None), "")


def _remember(session: Session, kind: str, value: str, row_id: str) -> None:
    if value:
        insert(session, ExternalKey(table_name="interaction", row_id=row_id, kind=kind, value=value))


def _join(session: Session, row_id: str, everybody: Sequence[tuple[str | None, str | None]]) -> None:
    """Seat those who are not there yet; whoever was added by hand stays."""
    there = {
        (one.person_id, one.colleague_id)
        for one in session.scalars(select(Participant).where(Participant.interaction_id == row_id))
    }
    for pair in dict.fromkeys(everybody):
        if pair not in there:
            session.add(Participant(interaction_id=row_id, person_id=pair[0], colleague_id=pair[1]))
    session.flush()


def _initiative(found: MailFound) -> str:
    """Theirs for a mail from somebody of the client, ours for one of ours; "" where the sender is unknown."""
    sender = found.mail.sender
    who = next((one for one in found.people if sender is not None and one.email == sender.email), None)
    if who is None or not who.email:
        return ""
    return "ours" if who.colleague_id else "theirs" if who.person_id else ""


def _sent(mail: Mail, now: datetime) -> datetime:
    """When the mail was sent; a date ahead of the clock is a fault of the sender's computer."""
    return min(mail.sent_at, now) if mail.sent_at is not None else now


def _text_of(mail: Mail) -> str:
    return "\n".join((mail.subject, *(f"{one.name} {one.email}".strip() for one in mail.people), mail.text))
