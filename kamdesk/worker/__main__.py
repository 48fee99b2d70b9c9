"""``python -m kamdesk.worker``: the worker without the rest of the program."""

from __future__ import annotations

import sys

from kamdesk.worker.process import main

sys.exit(main())
