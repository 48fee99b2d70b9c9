"""The English source text of every message code, one module per noun.

A code is ``noun.what``; texts use ``str.format`` fields. Every module here has one dictionary ``TEXTS``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from kamdesk.model.messages import Plural


@cache
def all_texts() -> Mapping[str, str | Plural]:
    """Every text by its code. Raises ValueError when two modules declare one code."""
    found: dict[str, str | Plural] = {}
    for module in pkgutil.iter_modules(__path__):
        texts = importlib.import_module(f"{__name__}.{module.name}").TEXTS
        twice = found.keys() & texts.keys()
        if twice:
            raise ValueError(f"declared twice: {sorted(twice)}")
        found.update(texts)
    return found
