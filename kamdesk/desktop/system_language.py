"""The language of the interface at the first start, before anything of Qt is loaded."""

from __future__ import annotations

import locale
import os


def system_language() -> str:
    """ "en" where the system speaks English, else "ru"."""
    if os.name == "nt":
        name = locale.getlocale()[0] or ""
    else:  # read here, since Python and Qt take the plain C locale for American English
        name = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return "en" if name.lower().startswith("en") else "ru"
