"""Mails as files, from any program and from Outlook."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from kamdesk.exchange.addresses import Address
from kamdesk.exchange.mail import holds_mail, read_mail, text_of_html
from kamdesk.model.messages import KamdeskError
from tests.exchange.arrivals import mail
from tests.exchange.compound import outlook_mail

MOSCOW = ZoneInfo("Europe/Moscow")


def test_a_mail_with_a_file() -> None:
    read = read_mail(mail(), "a.eml", MOSCOW)
    assert (read.subject, read.message_id, read.sent_at) == (
        "Расчёт по линии",
        "m-1@progress.ru",
        datetime(2026, 3, 4, 12, 30),
    )
    assert read.sender == Address("Пётр Иванов", "ivanov@progress.ru")
    assert [one.email for one in read.people] == ["ivanov@progress.ru", "maria@ours.ru"]
    assert read.text.endswith("Расчёт во вложении.")
    assert [(one.name, one.data) for one in read.files] == [("Расчёт.txt", b"42")]


def test_a_mail_of_outlook() -> None:
    read = read_mail(outlook_mail(files=(("Расчёт.txt", b"42"), ("Схема.bin", b"x" * 9000))), "a.msg", MOSCOW)
    assert (read.subject, read.message_id, read.sent_at) == (
        "Расчёт по линии",
        "m-2@progress.ru",
        datetime(2026, 3, 4, 12, 30),
    )
    assert read.sender == Address("Пётр Иванов", "ivanov@progress.ru")
    assert (read.to[0].email, read.cc[0].email) == ("maria@ours.ru", "vera@progress.ru")
    assert [(one.name, len(one.data)) for one in read.files] == [("Расчёт.txt", 2), ("Схема.bin", 9000)]


def test_outlook_without_a_plain_text_gives_the_words_of_the_page() -> None:
    page = "<html><style>p{}</style><p>Привет</p><script>x()</script><p>мир</p></html>".encode()
    assert read_mail(outlook_mail(body="", html=page), "a.msg").text == "Привет\n\nмир"


def test_a_russian_mail_of_old_programs() -> None:
    data = (
        "From: =?windows-1251?B?yOLg7e7i?= <i@x.ru>\r\nTo: a@b.ru\r\nSubject: Смета\r\nDate: 4 Mar 2026 12:30 +0300\r\n"
        "Content-Type: text/plain; charset=windows-1251\r\n\r\nДобрый день"
    ).encode("cp1251")
    read = read_mail(data, "a.eml", MOSCOW)
    assert (read.sender.name, read.subject, read.text) == ("Иванов", "Смета", "Добрый день")


def test_a_mail_inside_is_a_file_and_winmail_is_said() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Внутри"
    inner.set_content("x")
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["To"] = "a@b.ru", "Снаружи", "c@d.ru"
    outer.set_content("текст")
    outer.add_attachment(inner)
    outer.add_attachment(b"..", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    read = read_mail(outer.as_bytes(), "a.eml")
    assert [one.name for one in read.files] == ["Внутри.eml"]
    assert [one.code for one in read.remarks] == ["mail.winmail"]


def test_pictures_of_a_signature_are_not_filed() -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["To"] = "a@b.ru", "s", "c@d.ru"
    outer.set_content("x")
    outer.add_alternative("<img src='cid:logo'>", subtype="html")
    outer.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>", disposition="inline")
    assert read_mail(outer.as_bytes(), "a.eml").files == ()


def test_what_is_a_mail() -> None:
    assert holds_mail(mail(), "a.eml") and holds_mail(mail(), "letter.txt")
    assert holds_mail(outlook_mail(), "a.msg")
    assert not holds_mail(b"Hello: world\nplain text", "a.txt")
    assert not holds_mail(b"", "a.eml")


def test_an_appointment_of_outlook_is_no_mail() -> None:
    with pytest.raises(KamdeskError) as raised:
        read_mail(outlook_mail(message_class="Other"), "a.msg")
    assert raised.value.message.code == "mail.unreadable"


def test_a_page_gives_its_words_only() -> None:
    page = "<p>Цена &lt; 5&nbsp;%<br>срок</p><script>alert(1)</script><a href='http://evil'>ссылка</a><!-- тайна -->"
    assert text_of_html(page) == "Цена < 5 %\nсрок\nссылка"
