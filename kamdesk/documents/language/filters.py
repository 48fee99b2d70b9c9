"""The filters of templates that know language: cases, names, letters, money, dates, plurals, spaces (R10).

A filter takes plain text or a number, and gives plain text in the language of the document. What was written by hand for a person,
a title or a company wins over what is computed: the values of a document carry it beside them (``FORMS``). Wrong input
raises :class:`FilterMisuse`; whoever fills the template adds the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from jinja2 import TemplateRuntimeError, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kamdesk.documents.filter_words import NAMES
from kamdesk.documents.language import letters, names, numbers, spaces, titles
from kamdesk.model.inputs import CaseForms, ClientData, Reader
from kamdesk.model.messages import Message
from kamdesk.model.values import PersonName
from kamdesk.rules.typed import parse_amount, parse_date, parse_name
from kamdesk.rules.typed.given_names import folded, given_names

LANGUAGE: Final = "_language"
"""The hidden value that says the document's language; a template cannot name what begins with an underscore."""
FORMS: Final = "_forms"
"""The hidden value with forms written by hand: what stands in the document → case or "salutation" → form."""

LONGEST: Final = 2000
"""Characters of a text that a filter takes; only :func:`_nbsp` takes a whole letter."""
LARGEST: Final = Decimal(10) ** 15
_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("person", "name", "имя", "человек", "фио"), "person"),
    **dict.fromkeys(("title", "post", "должность"), "title"),
    **dict.fromkeys(("company", "organisation", "компания", "организация", "название"), "company"),
}
_COMPANY: Final = re.compile(
    r"[«\"“„]|(?:ООО|АО|ПАО|ОАО|ЗАО|НАО|ИП|ФГУП|ГУП|МУП|ФГБУ|ГБУ|НПО|НИИ|АНО|общество|акционерное|публичное|завод|"
    r"комбинат|фабрика|компания|корпорация|концерн|холдинг|группа|банк|фонд|институт|университет|больница|клиника|"
    r"торговый|министерство|администрация|фирма|предприятие)(?:\s|\Z)",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\d{4}")
_ANY_DAY: Final = date(2000, 1, 1)
"""Only dates with a year are read, so that the day of reading does not matter."""


class FilterMisuse(TemplateRuntimeError):
    """A filter was given what it cannot take. ``said`` tells what and why, without the place."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.said = Message(code, params)


def _plain(value: Any, name: str, longest: int = LONGEST) -> str:
    """The value as plain text. Raises UndefinedError for a field that is not there."""
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise FilterMisuse("text.filter_not_text", filter=name)
    if isinstance(value, Markup) and "<" in value:
        raise FilterMisuse("text.filter_not_text", filter=name)
    text = value.unescape() if isinstance(value, Markup) else str(value)
    if len(text) > longest:
        raise FilterMisuse("text.filter_too_long", filter=name, n=longest)
    return text


def _language(context: Context) -> str:
    return "en" if context.get(LANGUAGE) == "en" else "ru"


def _by_hand(context: Context, text: str) -> Mapping[str, str]:
    found = (context.get(FORMS) or {}).get(" ".join(text.split()))
    return found if isinstance(found, Mapping) else {}


def _first(original: str, made: str) -> str:
    """The filtered text with the blanks that stood around the value."""
    return made if original == original.strip() else original.replace(original.strip(), made, 1)


# --- cases -------------------------------------------------------------------------------------------------


def kind_of(text: str) -> str:
    """What a text names: "person", "company" or "title". Quotes or a legal form tell a company, a known name a person."""
    if _COMPANY.match(text) or re.search(r"[«\"“„]", text):
        return "company"
    words = text.split()
    named = any(folded(word) in given_names() or names.is_patronymic(word) for word in words)
    # Everything but particles begins with a capital in a name; in a title the first word may, the others seldom do.
    capital = all(word[:1].isupper() or names.is_particle(word) for word in words)
    if named and capital and len(words) <= 6:
        return "person"
    return "person" if capital and not titles.is_known(text) else "title"


def _in_case(case: str, name: str) -> Callable[..., str]:
    @pass_context
    def declined(context: Context, value: Any, kind: str = "") -> str:
        text = _plain(value, name)
        if not text.strip() or _language(context) != "ru":
            return text
        chosen = _KINDS.get(str(kind).casefold(), "") if kind else kind_of(text.strip())
        if not chosen:
            raise FilterMisuse("text.filter_kind", filter=name, kind=str(kind)[:40])
        forms = _by_hand(context, text)
        if forms.get(case):
            return _first(text, forms[case])
        known = _parts_by_hand(forms) if chosen == "person" else None
        return _first(text, _declined(text.strip(), case, chosen, str(forms.get("gender", "")), known))

    return declined


def _declined(text: str, case: str, kind: str, gender: str, name: PersonName | None = None) -> str:
    if kind == "company":
        return titles.organisation_in_case(text, case)
    if kind == "title":
        return titles.title_in_case(text, case)
    name = name or parse_name(text)
    if name is None:
        return text
    made = names.name_in_case(name, case, gender)
    # The parts stand where they stood: «Пётр Иванов» does not become «Иванову Петру».
    if " ".join(text.split()) == name.full("ru"):
        return made.full("ru")
    out = text
    for before, after in zip(_parts(name), _parts(made), strict=True):
        if before:
            written = after.replace("\\", r"\\")
            out = re.sub(rf"(?<!\w){re.escape(before)}(?!\w)", written, out, count=1)
    return out


def _parts(name: PersonName) -> tuple[str, str, str]:
    return name.family, name.given, name.middle


# --- names and letters -------------------------------------------------------------------------------------


def _parts_by_hand(forms: Mapping[str, str]) -> PersonName | None:
    """The parts of a name that was written by hand, whose order nobody could tell from its text."""
    parts = [str(forms.get(part, "")) for part in ("family", "given", "middle")]
    return PersonName(*parts) if any(parts) else None


def _name(context: Context, value: Any, filter_: str) -> PersonName:
    text = _plain(value, filter_).strip()
    known = _parts_by_hand(_by_hand(context, text))
    name = known or (parse_name(text) if text else PersonName())
    if name is None:
        raise FilterMisuse("text.filter_not_name", filter=filter_, value=text[:60])
    return name


@pass_context
def _initials(context: Context, value: Any) -> str:
    """«П. С. Иванов»."""
    return _short(context, value, "initials", family_first=False)


@pass_context
def _surname_first(context: Context, value: Any) -> str:
    """«Иванов П. С.»."""
    return _short(context, value, "surname_first", family_first=True)


def _short(context: Context, value: Any, filter_: str, *, family_first: bool) -> str:
    name = _name(context, value, filter_)
    by_hand = str(_by_hand(context, _plain(value, filter_)).get("initials", ""))
    return names.short_name(name, _language(context), family_first, by_hand=by_hand)


@pass_context
def _polite_name(context: Context, value: Any) -> str:
    """«Пётр Сергеевич»; in English the given name."""
    name = _name(context, value, "polite_name")
    if _language(context) != "ru":
        return names.romanised(name.given or name.family)
    return " ".join(part for part in (name.given, name.middle) if part) or name.family


@pass_context
def _salutation(context: Context, value: Any) -> str:
    """«Уважаемый Пётр Сергеевич!», "Dear Mr Ivanov,"."""
    name = _name(context, value, "salutation")
    return letters.salutation(
        _addressee(name, _by_hand(context, _plain(value, "salutation"))), _language(context)
    )


def _addressee(
    name: PersonName, forms: Mapping[str, str], post: str = "", post_cases: CaseForms | None = None
) -> Reader:
    """Somebody with all that was written by hand of them."""
    return Reader(
        "",
        name,
        post,
        str(forms.get("gender", "")),
        str(forms.get("salutation", "")),
        _cases(forms),
        post_cases or CaseForms(),
        str(forms.get("courtesy", "")),
        str(forms.get("initials", "")),
        str(forms.get("written", "")),
    )


@pass_context
def _address(context: Context, value: Any, title: Any = "", company: Any = "") -> str:
    """The address block in lines: ``{{ recipient.full_name|address(recipient.post, client.name) }}``."""
    name, forms = _name(context, value, "address"), _by_hand(context, _plain(value, "address"))
    post, client = _plain(title, "address").strip(), _plain(company, "address").strip()
    reader = _addressee(name, forms, post, _cases(_by_hand(context, post)))
    data = ClientData(client, client, _cases(_by_hand(context, client)))
    return letters.address_block(reader, data, _language(context))


def _cases(forms: Mapping[str, str]) -> CaseForms:
    return CaseForms(*(str(forms.get(case, "")) for case in ("genitive", "dative", "instrumental")))


@pass_context
def _latin(context: Context, value: Any) -> str:
    """Cyrillic letters as Latin ones."""
    return names.romanised(_plain(value, "latin"))


# --- numbers -----------------------------------------------------------------------------------------------


def _amount(context: Context, value: Any, name: str) -> tuple[Decimal, str]:
    """The number and the currency that stood with it ("" none)."""
    text = _plain(value, name).strip().replace(numbers.MINUS, "-")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        amount, currency = Decimal(str(value)), ""
    else:
        typed = parse_amount(text, _language(context))
        if typed is None:
            raise FilterMisuse("text.filter_not_number", filter=name, value=text[:60])
        amount, currency = typed.amount, typed.currency
    if not amount.is_finite() or abs(amount) >= LARGEST:
        raise FilterMisuse("text.filter_not_number", filter=name, value=text[:60])
    return amount, currency


def _currency(given: Any, found: str, name: str) -> str:
    code = str(given).strip().upper() if given else found or "RUB"
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise FilterMisuse("text.filter_not_currency", filter=name, value=code[:20])
    return code


@pass_context
def _money(context: Context, value: Any, currency: Any = "") -> str:
    """«1 200 000,00 ₽» with non-breaking spaces."""
    amount, found = _amount(context, value, "money")
    return numbers.money(amount, _currency(currency, found, "money"), _language(context))


@pass_context
def _in_words(context: Context, value: Any, currency: Any = "") -> str:
    """«Один миллион двести тысяч рублей 00 копеек»; a number without a currency is spelled as it is."""
    amount, found = _amount(context, value, "in_words")
    if not currency and not found and amount == int(amount):
        return numbers.cardinal(int(amount), _language(context))
    return numbers.in_words(amount, _currency(currency, found, "in_words"), _language(context))


@pass_context
def _number(context: Context, value: Any, digits: Any = None) -> str:
    """«1 200 000,5»; ``digits`` fixes the decimals, at most six."""
    amount, _ = _amount(context, value, "number")
    shown = digits if isinstance(digits, int) and 0 <= digits <= 6 else None
    return numbers.number(amount, _language(context), shown)


@pass_context
def _plural(context: Context, value: Any, *forms: Any) -> str:
    """The word that goes with a number: ``{{ n|plural('год', 'года', 'лет') }}``."""
    wanted = 3 if _language(context) == "ru" else 2
    if len(forms) not in (2, 3) or (wanted == 3 and len(forms) != 3):
        raise FilterMisuse("text.filter_forms", filter="plural", n=wanted)
    words = [_plain(form, "plural") for form in forms]
    amount, _ = _amount(context, value, "plural")
    return numbers.plural(amount, words)


@pass_context
def _counted(context: Context, value: Any, *forms: Any) -> str:
    """The number with its word: «5 лет», a non-breaking space between."""
    amount, _ = _amount(context, value, "counted")
    return f"{numbers.number(amount, _language(context))}{names.NBSP}{_plural(context, value, *forms)}"


@pass_context
def _date(context: Context, value: Any, style: Any = "") -> str:
    """«23 ноября 2026 г.»; with "short" («кратко») «23.11.2026»."""
    text = _plain(value, "date").strip()
    if not text:
        return ""
    day = _day(text)
    if day is None:
        raise FilterMisuse("text.filter_not_date", filter="date", value=text[:60])
    short = str(style).casefold() in ("short", "кратко", "коротко")
    return (numbers.short_date if short else numbers.long_date)(day, _language(context))


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        plain = re.sub(r"\s*г\.?\Z", "", text.replace(names.NBSP, " "))
        return parse_date(plain, _ANY_DAY) if _YEAR.search(plain) else None


# --- letters and spaces ------------------------------------------------------------------------------------


@pass_context
def _nbsp(context: Context, value: Any) -> str:
    """The text with spaces made non-breaking where a line must not end."""
    return spaces.nbsp(_plain(value, "nbsp", 100_000), _language(context))


@pass_context
def _small_first(context: Context, value: Any) -> str:
    """The first letter made small, for the middle of a sentence; «HR-директор» stays."""
    text = _plain(value, "small_first", 100_000)
    head = text.split()[0] if text.split() else ""
    return text if sum(letter.isupper() for letter in head) > 1 else text[:1].lower() + text[1:]


@pass_context
def _capital_first(context: Context, value: Any) -> str:
    """The first letter made a capital, the others left."""
    text = _plain(value, "capital_first", 100_000)
    return text[:1].upper() + text[1:]


_ENGLISH: Final[Mapping[str, Callable[..., str]]] = {
    "genitive": _in_case("genitive", "genitive"),
    "dative": _in_case("dative", "dative"),
    "instrumental": _in_case("instrumental", "instrumental"),
    "initials": _initials,
    "surname_first": _surname_first,
    "polite_name": _polite_name,
    "salutation": _salutation,
    "address": _address,
    "latin": _latin,
    "money": _money,
    "in_words": _in_words,
    "number": _number,
    "plural": _plural,
    "counted": _counted,
    "date": _date,
    "nbsp": _nbsp,
    "small_first": _small_first,
    "capital_first": _capital_first,
}
RUSSIAN: Final[Mapping[str, str]] = {
    spelling: english
    for english in _ENGLISH
    for spelling in (NAMES[english], NAMES[english].replace("ё", "е"))
}
"""Russian names of the filters, also without ё → English ones."""

LANGUAGE_FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    **_ENGLISH,
    **{russian: _ENGLISH[english] for russian, english in RUSSIAN.items()},
}
"""All filters by every name they have."""
