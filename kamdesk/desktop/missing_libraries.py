"""Says in words which library of the system a window lacks, before Qt is asked: Qt blames xcb-cursor0 whichever one is missing.

Qt ends the process without a word of ours when its platform plugin cannot be loaded, so the plugin is loaded here first, as Qt
will do anyway. Only Linux has this trouble; elsewhere everything needed is in the wheel.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kamdesk.desktop.system_language import system_language
from kamdesk.translation import Translator

PACKAGES: Final[Mapping[str, str]] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt's window needs of a Debian system beside what is in its wheel: library → package."""

Load = Callable[[str], object]


def problem(environment: Mapping[str, str] = os.environ, load: Load = ctypes.CDLL) -> str | None:
    """Why no window can be shown, with the next step, in the system's language; None where nothing is in the way."""
    if sys.platform != "linux":
        return None
    _ = Translator(system_language()).gettext
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if not platform and not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        return _(
            "There is no screen here, so no window can be shown. “kamdesk --help” lists what the command line can do."
        )
    missing = _missing(platform or "xcb", load)
    if not missing:
        return None
    packages = sorted({PACKAGES[name] for name in missing if name in PACKAGES})
    words = _("The window cannot be shown: this system lacks {libraries}.").format(
        libraries=", ".join(missing)
    )
    if packages:
        words += " " + _("On Debian or Ubuntu this helps: sudo apt install {packages}").format(
            packages=" ".join(packages)
        )
    return words


def _missing(platform: str, load: Load) -> list[str]:
    """The libraries that are not there, only those that stand in the way of loading what the window needs."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return []
    plugin = Path(found.submodule_search_locations[0], "Qt", "plugins", "platforms", f"libq{platform}.so")
    if not plugin.is_file():
        return []
    named = _lacks(str(plugin), load)
    if named is None:
        return []
    absent = [name for name in PACKAGES if _lacks(name, load) is not None]
    return absent if not named or named in absent else [named, *absent]


def _lacks(name: str, load: Load) -> str | None:
    """None where it loads; else the library that the system says is missing, "" where it says something else."""
    try:
        load(name)
    except OSError as error:
        words = str(error)
        return words.split(":")[0] if "cannot open shared object file" in words else ""
    return None
