"""Bases that leave something to a subclass: one that does not answer cannot be made at all, rather than failing at a click."""

from __future__ import annotations

from PySide6.QtCore import QObject


class Hooks(type(QObject)):
    """The metaclass of a Qt class with ``@abstractmethod``. Qt makes classes and objects in a way of its own that never looks at them."""

    def __call__(cls, *arguments, **named):
        """Make an object. Raises TypeError while something is not answered."""
        if "_answers" not in cls.__dict__:
            asked = {name for base in cls.__mro__ if isinstance(base, Hooks) for name in _abstract(base)}
            open_yet = sorted(name for name in asked if _is_abstract(getattr(cls, name)))
            if open_yet:
                raise TypeError(f"{cls.__name__} does not answer {', '.join(open_yet)}")
            cls._answers = True
        return super().__call__(*arguments, **named)


def _abstract(base: type) -> list[str]:
    return [name for name, value in vars(base).items() if _is_abstract(value)]


def _is_abstract(value: object) -> bool:
    return bool(getattr(value, "__isabstractmethod__", False))
