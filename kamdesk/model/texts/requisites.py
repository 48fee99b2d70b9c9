"""What may be wrong with a requisite."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "requisites.inn_length": N_("An INN has 10 digits, of a person 12. Compare it with their details."),
    "requisites.inn_digit": N_(
        "A digit of the INN is wrong: its check digit does not fit. Compare it with their details."
    ),
    "requisites.kpp": N_("A KPP has 9 characters. Compare it with their details."),
    "requisites.ogrn_length": N_(
        "An OGRN has 13 digits, of an entrepreneur 15. Compare it with their details."
    ),
    "requisites.ogrn_digit": N_(
        "A digit of the OGRN is wrong: its check digit does not fit. Compare it with their details."
    ),
    "requisites.bik": N_("A BIK has 9 digits."),
    "requisites.account_length": N_("A bank account has 20 digits."),
    "requisites.account_digit": N_(
        "A digit of the account or of the BIK is wrong: they do not fit together."
    ),
    "requisites.iban": N_(
        "This cannot be an IBAN: its length or check digits are wrong. Compare it with their details."
    ),
}
