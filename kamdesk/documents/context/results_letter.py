"""The letter with a meeting's results in words: salutation of everybody who was there, agreements, next step, signature (W15)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Node, Paragraph, Run
from kamdesk.documents.context import sections
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.words import Words
from kamdesk.model.inputs import ClientData, Reader
from kamdesk.model.letter import Agreement, LetterData, LetterText

_NAMED_AT_MOST: Final = 3
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "subject": ("Results of our {kind} on {date}", "Итоги {kind} {date}"),
    "subject_undated": ("Results of our {kind}", "Итоги {kind}"),
    "thanks": ("Thank you for the {kind} on {date}.", "Спасибо за {kind} {date}"),
    "thanks_undated": ("Thank you for the {kind}.", "Спасибо за {kind}."),
    "agreed": ("This is what we agreed:", "О чём договорились:"),
    "ours": ("From our side", "С нашей стороны"),
    "theirs": ("From your side", "С вашей стороны"),
    "who": ("in charge: {who}", "ответственный: {who}"),
    "due": ("by {date}", "срок: {date}"),
    "next_step": ("Next step: {step}", "Следующий шаг: {step}"),
    "correct": (
        "If anything here is not as you remember it, let me know.",
        "Если что-то записано неточно, дайте знать.",
    ),
    "regards": ("Kind regards,", "С уважением,"),
    "phone": ("tel. {phone}", "тел. {phone}"),
}
_MET: Final[Mapping[str, tuple[str, str, str]]] = {
    # kind: English; Russian in the genitive («итоги встречи») and in the accusative («спасибо за встречу»)
    "call": ("call", "разговора", "разговор"),
    "video": ("video meeting", "видеовстречи", "видеовстречу"),
    "presentation": ("presentation", "презентации", "участие в презентации"),
    "workshop": ("workshop", "семинара", "участие в семинаре"),
    "site_visit": ("site visit", "визита на площадку", "визит на площадку"),
    "interim_review": ("interim review", "промежуточного обсуждения", "обсуждение промежуточных итогов"),
}
_USUAL: Final = ("meeting", "встречи", "встречу")


def letter_text(data: LetterData) -> LetterText:
    """The draft: a subject line, and the body with salutation and signature."""
    words = _Letter(data)
    return LetterText(words.subject(), "\n".join(words.body()))


def greeting(readers: Sequence[Reader], language: str) -> str:
    """«Уважаемые Пётр Сергеевич и Анна Ивановна!», "Dear Mr Brown and Ms Green,".

    For more than three, or where somebody's own salutation does not join, all are colleagues.
    """
    if len(readers) == 1:
        return speech.salutation(readers[0], language)
    russian = language == "ru"
    colleagues = "Уважаемые коллеги!" if russian else "Dear colleagues,"
    pattern = r"Уважаем(?:ый|ая) (.+)!" if russian else r"Dear (.+),"
    found = [re.fullmatch(pattern, speech.salutation(one, language)) for one in readers]
    names = [match[1] for match in found if match is not None]
    if not names or len(names) < len(readers) or len(names) > _NAMED_AT_MOST or "colleagues" in names:
        return colleagues
    joined = f"{', '.join(names[:-1])} {'и' if russian else 'and'} {names[-1]}"
    return f"Уважаемые {joined}!" if russian else f"Dear {joined},"


def agreements(data: LetterData) -> str:
    """What was agreed, ours and theirs, numbered; "" for nothing."""
    return "\n".join(_Letter(data).agreements()).strip()


def next_step(data: LetterData) -> str:
    """The next step with its date as a sentence; "" where there is none."""
    return _Letter(data).dated(data.next_step) if data.next_step else ""


def letter_document(data: LetterData, text: LetterText) -> OutgoingDocument:
    """The letter for paper: the edited text on our letterhead. Its fields hold business words only."""
    words = Words(data.language)
    company, person = data.company, data.signatory
    bare = ClientData(name="")
    separator = " " if data.language == "ru" else ", "
    lines = [data.client.legal_name or data.client.name]
    lines += [speech.address_block(reader, bare, data.language, separator) for reader in data.readers]
    return OutgoingDocument(
        kind="results",
        language=data.language,
        title=text.subject,
        company=company.short_name or company.full_name,
        date=data.date.isoformat(),
        fields={
            "our": {
                "name": company.short_name or company.full_name,
                "full_name": company.full_name or company.short_name,
                "address": company.address,
                "phone": company.phone,
                "email": company.email,
                "website": company.website,
                "requisites": sections.requisites_line(company, words),
                "contacts": " · ".join(
                    part for part in (company.phone, company.email, company.website) if part
                ),
            },
            "signatory": {
                "name": speech.initials(person.name, data.language) if person else "",
                "full_name": person.name.full(data.language) if person else "",
                "post": person.post if person else "",
                "authority": person.authority if person else "",
            },
            "letter": {
                "client": data.client.legal_name or data.client.name,
                "date": speech.long_date(data.date, data.language),
                "subject": text.subject,
                "to": "\n".join(line for line in lines if line),
            },
        },
        blocks={"logo": sections.logo(company, words), "body": tuple(_paragraphs(text.body))},
    )


def _paragraphs(body: str) -> Iterator[Node]:
    """A paragraph for each run of lines without a blank line between them."""
    for piece in re.split(r"\n\s*\n", body.strip()):
        if piece.strip():
            yield Paragraph((Run(piece.strip("\n")),), align="left")


class _Letter:
    def __init__(self, data: LetterData) -> None:
        self._data = data
        self._column = 1 if data.language == "ru" else 0
        self._met = _MET.get(data.kind, _USUAL)

    def _say(self, key: str, **params: str) -> str:
        return _WORDS[key][self._column].format(**params)

    def subject(self) -> str:
        """Not by its purpose: that is what we wanted of it."""
        kind, day = self._met[self._column], self._data.met_on
        if day is None:
            return self._say("subject_undated", kind=kind)
        return self._say("subject", kind=kind, date=speech.long_date(day, self._data.language))

    def body(self) -> Iterator[str]:
        data = self._data
        yield greeting(data.readers, data.language)
        yield ""
        kind = self._met[2 if data.language == "ru" else 0]
        if data.met_on is None:
            yield self._say("thanks_undated", kind=kind)
        else:
            yield self._say("thanks", kind=kind, date=speech.long_date(data.met_on, data.language))
        yield ""
        if data.ours or data.theirs:
            yield self._say("agreed")
            yield ""
        yield from self.agreements()
        if data.next_step:
            yield self._say("next_step", step=self.dated(data.next_step))
            yield ""
        yield self._say("correct")
        yield ""
        yield from self._signature()

    def agreements(self) -> Iterator[str]:
        """Ours, then theirs, each with a blank line after it."""
        for key, agreed in (("ours", self._data.ours), ("theirs", self._data.theirs)):
            if agreed:
                yield f"{self._say(key)}:"
                yield from (f"{number}. {self._agreement(one)}" for number, one in enumerate(agreed, 1))
                yield ""

    def _agreement(self, one: Agreement) -> str:
        tail = []
        if one.who:
            tail.append(self._say("who", who=one.who))
        if one.due is not None:
            tail.append(self._say("due", date=speech.long_date(one.due, self._data.language)))
        text = " ".join(one.text.split()).rstrip(" .;")
        text = text[:1].upper() + text[1:]
        # The Russian date ends with «г.», which closes the sentence.
        return f"{text} ({', '.join(tail)})." if tail else f"{text}."

    def dated(self, step: str) -> str:
        """A step as a sentence with its date."""
        data = self._data
        text = " ".join(step.split()).rstrip(" .;")
        if data.next_step_on is None:
            return f"{text}."
        said = speech.long_date(data.next_step_on, data.language)
        return f"{text}, {said}" + ("" if said.endswith(".") else ".")

    def _signature(self) -> Iterator[str]:
        data, person = self._data, self._data.signatory
        company = data.company.short_name or data.company.full_name
        yield self._say("regards")
        if person is not None:
            name = person.name
            yield (
                name.full("en")
                if data.language != "ru"
                else " ".join(part for part in (name.given, name.family) if part)
            )
            if person.post:
                yield person.post
        if company:
            yield company
        contacts = [self._say("phone", phone=data.phone) if data.phone else "", data.email]
        if any(contacts):
            yield ", ".join(part for part in contacts if part)
