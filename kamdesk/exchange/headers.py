"""The headers that people's contact tables really have, and the field each stands for.

From ``exchange-formats.md``: Outlook and Google in both languages and generations, Bitrix24, amoCRM, Яндекс, own columns.
A field is ``name`` or ``name:group``; columns of one group belong together (a phone and its label, parts of an address).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

FIELDS: Final = (
    "name", "family", "given", "middle", "prefix", "suffix", "nickname", "organisation", "department", "title",
    "email", "phone", "mobile", "home_phone", "fax", "phone_label", "telegram", "whatsapp", "vk", "messenger",
    "website", "address", "address_street", "address_city", "address_region", "address_postcode", "address_country",
    "birthday", "anniversary", "notes", "categories", "spouse", "children", "hobby", "manager", "assistant", "gender",
    "language", "uid", "lens", "influence", "stance", "part",
)  # fmt: skip
"""What a column may be set to by hand; "" keeps it in the note, ``IGNORED`` drops it."""

IGNORED: Final = "-"

_SPELLINGS: Final[Mapping[str, str]] = {
    "name": "фио|ф. и. о.|ф.и.о.|ф.и.о|ф. и. о|фамилия имя отчество|фамилия, имя, отчество|полное имя|контактное лицо|контакт|сотрудник|"
    "имя и фамилия|имя фамилия|фамилия и имя|фамилия имя|участник|кто|full name|name|contact|contact name|display name|"
    "person|наименование контакта|имя контакта|отображаемое имя|file as|хранить как",
    "family": "фамилия|last name|family name|surname|second name contact",
    "given": "имя|first name|given name",
    "middle": "отчество|middle name|additional name|second name|patronymic",
    "prefix": "обращение|name prefix|prefix|title prefix",
    "suffix": "суффикс|name suffix|suffix",
    "nickname": "псевдоним|nickname|прозвище",
    "organisation": "организация|компания|company|organization name|organization 1 - name|organisation|предприятие|"
    "название компании|компания контакта|место работы|company name|юр. лицо|контрагент",
    "department": "отдел|подразделение|department|organization department|organization 1 - department|unit|"
    "филиал|служба|цех",
    "title": "должность|job title|organization title|organization 1 - title|title|position|post|role|роль|seat",
    "email": "адрес эл. почты|адрес 2 эл. почты|адрес 3 эл. почты|e-mail address|e-mail 2 address|e-mail 3 address|почта|"
    "e-mail|email|эл. почта|электронная почта|e-mail рабочий|рабочий e-mail|частный e-mail|другой e-mail|рабочий email|"
    "личный email|другой email|mail|эл.почта|адрес электронной почты|email address|e-mail для рассылок",
    "phone": "рабочий телефон|телефон раб. 2|business phone|business phone 2|company main phone|primary phone|телефон|"
    "телефоны|phone|phone number|work phone|основной телефон|рабочий прямой телефон|прямой телефон|городской телефон|"
    "тел.|тел|телефон (рабочий)|основной телефон организации|other phone|другой телефон|assistant's phone|тел. помощника|"
    "телефон помощника",
    "mobile": "телефон переносной|mobile phone|мобильный телефон|мобильный|сотовый|сотовый телефон|mobile|cell|cell phone|"
    "моб. телефон|моб.|телефон (мобильный)|car phone|телефон в машине|радиотелефон",
    "home_phone": "домашний телефон|телефон дом. 2|home phone|home phone 2|личный телефон",
    "fax": "факс|рабочий факс|домашний факс|другой факс|business fax|home fax|other fax|fax|номер факса|fax number",
    "telegram": "telegram|телеграм|телеграмм|tg|контакт telegram",
    "whatsapp": "whatsapp|ватсап|вотсап|контакт whatsapp",
    "vk": "страница вконтакте|vk|вконтакте|вк|контакт вконтакте",
    "messenger": "skype|im|мессенджер|icq|viber|im 1 - value|контакт skype|другой контакт|мессенджеры|instant messaging",
    "website": "веб-страница|web page|сайт|website|website 1 - value|корпоративный сайт|web|url|личная страница|веб-сайт",
    "address": "адрес|address|почтовый адрес|адрес места работы",
    "birthday": "день рождения|birthday|дата рождения|др|д. р.|д.р.|date of birth",
    "anniversary": "годовщина|anniversary",
    "notes": "заметки|notes|примечание|примечания|комментарий|комментарии|note|comment|comments|описание",
    "categories": "категории|categories|labels|group membership|группы|теги|метки|tags|метка",
    "spouse": "супруг(а)|супруг|супруга|spouse",
    "children": "дети|children",
    "hobby": "хобби|hobby|увлечения|интересы|hobbies",
    "manager": "руководитель|manager's name|manager|reports to|reporting to|boss|supervisor|line manager|подчиняется|кому подчиняется|"
    "подчинение|подчинён|в подчинении у|начальник|непосредственный начальник|непосредственный руководитель|шеф",
    "assistant": "имя помощника|assistant's name|assistant|помощник|секретарь",
    "gender": "пол|gender|sex",
    "language": "язык|language",
    "uid": "uid|vcard uid",
    "lens": "тип|тип участника|lens|stakeholder type|type of stakeholder|type",
    "influence": "влияние|влияние на решение|influence",
    "stance": "отношение|отношение к нам|stance|stance towards us",
    "part": "участие|участие в решении|роль в решении|part in the decision|part|роль в сделке",
    IGNORED: "приоритет|важность|пометка|частное|инициалы|личный код|код организации|отложено|сведения о доступности в интернете|сервер каталогов|счет|тип контакта|учетная запись|учётная запись|расположение|расстояние|"
    "счета|сведения об оплате|хранение|каталог на сервере|ключевые слова|тип адреса|отображаемое имя эл. почты|"
    "priority|private|sensitivity|initials|account|billing information|directory server|mileage|location|"
    "internet free busy|government id number|organizational id number|referred by|user 1|user 2|user 3|user 4|"
    "office location|photo|file as name|phonetic first name|phonetic middle name|phonetic last name|yomi name|"
    "given name yomi|additional name yomi|family name yomi|short name|maiden name|id|№|n|no|no.|# |п/п|№ п/п|ответственный|"
    "дата создания|дата изменения|кем создан|кем изменен|источник|экспорт|доступен для всех|участвует в экспорте контактов",
}  # fmt: skip

_PATTERNS: Final = (
    # Google writes one group of columns for each value.
    (r"(e-?mail) \d+ - value", "email"),
    (r"(e-?mail|address|website|im) \d+ - (label|type|service)", IGNORED),
    (r"phone (\d+) - value", "phone:{0}"),
    (r"phone (\d+) - (label|type)", "phone_label:{0}"),
    (r"address (\d+) - formatted", "address"),
    (r"address (\d+) - street", "address_street:{0}"),
    (r"address (\d+) - city", "address_city:{0}"),
    (r"address (\d+) - region", "address_region:{0}"),
    (r"address (\d+) - postal code", "address_postcode:{0}"),
    (r"address (\d+) - country", "address_country:{0}"),
    (r"address (\d+) - (po box|extended address)", "address_street:{0}"),
    (r"website \d+ - value", "website"),
    (r"organization \d+ - (type|yomi name|symbol|location|job description)", IGNORED),
    (r"organization \d+ - name", "organisation"),
    (r"organization \d+ - department", "department"),
    (r"organization \d+ - title", "title"),
    # Outlook writes business, home and other.
    (r"business street(?: \d)?|улица(?: \d)? ?\(раб\. адрес\)", "address_street:work"),
    (r"business city|город \(раб\. адрес\)", "address_city:work"),
    (r"business state|область \(раб\. адрес\)", "address_region:work"),
    (r"business postal code|индекс \(раб\. адрес\)", "address_postcode:work"),
    (r"business country(?:/region)?|страна(?: или регион)? \(раб\. адрес\)", "address_country:work"),
    (r"home street(?: \d)?|улица(?: \d)? ?\(дом\. адрес\)", "address_street:home"),
    (r"home city|город \(дом\. адрес\)", "address_city:home"),
    (r"home state|область \(дом\. адрес\)", "address_region:home"),
    (r"home postal code|(почтовый )?(индекс|код) \(дом\.\s?(адрес)?\)", "address_postcode:home"),
    (r"home country(?:/region)?|страна(?: или регион)? \(дом\. адрес\)", "address_country:home"),
    (r"other street(?: \d)?|улица(?: \d)? ?\(другой адрес\)", "address_street:other"),
    (r"other city|город \(другой адрес\)", "address_city:other"),
    (r"other state|область \(другой адрес\)", "address_region:other"),
    (r"other postal code|(?:индекс|почтовый код) \(другой адрес\)", "address_postcode:other"),
    (r"other country(?:/region)?|страна(?: или регион)? \(другой адрес\)", "address_country:other"),
    (r"(e-mail(?: \d)? (type|display name))|(тип(?: \d)? эл\. почты)|(краткое(?: \d)? имя(?: \d)? эл\. почты)", IGNORED),
    (r"(home|business|other) address(?: po box)?", "address"),
    # A number or a remark behind a known word: «Телефон 2», «E-mail (рабочий)».
    (r"(?:e-?mail|почта|эл\. почта)\b.{0,20}", "email"),
    (r"(?:мобильный|сотовый|mobile|моб)\b.{0,20}", "mobile"),
    (r"(?:домашний телефон|home phone)\b.{0,20}", "home_phone"),
    (r"(?:телефон|phone|тел)\b.{0,20}", "phone"),
)  # fmt: skip


def normalised(header: str) -> str:
    """A header as it is compared: blanks collapsed, lower case, without marks of obligation at its end."""
    return " ".join(header.replace("\u00a0", " ").replace("_", " ").lower().split()).strip(" *:\ufeff")


@cache
def _known() -> Mapping[str, str]:
    return {spelling: field for field, text in _SPELLINGS.items() for spelling in text.split("|")}


def field_of(header: str) -> str | None:
    """The field of a header; None when it is not known."""
    text = normalised(header)[:100]
    known = _known().get(text)
    if known is not None or not text:
        return known
    for pattern, field in _PATTERNS:
        match = re.fullmatch(pattern, text)
        if match:
            return field.format(*match.groups()) if "{" in field else field
    return None
