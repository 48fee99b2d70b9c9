"""The one command surface for developers. Standard library only; `python3 dev.py --help` lists the verbs."""

from __future__ import annotations

import sys


def main() -> int:
    """Dispatch a verb."""
    if sys.argv[1:2] == ["translate"]:
        from devtools import translations

        return translations.main(sys.argv[2:])
    print("verbs: translate")
    return 2


if __name__ == "__main__":
    sys.exit(main())
