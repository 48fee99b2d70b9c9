"""A CUPS of the test's own: its socket, configuration and spool lie in a temporary folder, nothing of the system's is touched."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kamdesk.desktop.printing import Cups

_SERVER = next((path for path in ("/usr/sbin/cupsd", "/usr/bin/cupsd") if Path(path).is_file()), None)
_PDF_PPD = Path("/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")
_CAPTURE = """#!/bin/sh
# a backend that keeps what a printer would have got
[ $# -eq 0 ] && { echo 'direct capture "Unknown" "Capture"'; exit 0; }
out="${DEVICE_URI#capture:}"
if [ $# -ge 6 ]; then cat "$6" > "$out/$1.part"; else cat > "$out/$1.part"; fi
mv "$out/$1.part" "$out/$1.pdf"
"""
_CONF = """LogLevel warn
Listen {socket}
Browsing No
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
</Limit>
</Policy>
"""
_FILES = """ServerRoot {root}
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/spool/tmp
ServerBin {root}/bin
DataDir /usr/share/cups
ErrorLog {root}/error_log
AccessLog {root}/access_log
PageLog {root}/page_log
FileDevice Yes
Sandboxing relaxed
{user}
"""


@dataclass(frozen=True)
class PrivateCups:
    """A running server. ``caught()`` waits for the next thing that the capture queue printed."""

    cups: Cups
    root: Path
    environment: dict[str, str]
    admin: Callable[..., None]

    def caught(self, job: str) -> Path:
        """The PDF that a job made of the capture queue; fails the test after nine seconds."""
        path = self.root / "caught" / f"{job.rpartition('-')[2]}.pdf"
        deadline = time.monotonic() + 9
        while not path.is_file():
            if time.monotonic() > deadline:
                pytest.fail(
                    f"nothing was printed: {(self.root / 'error_log').read_text(errors='replace')[-1500:]}"
                )
            time.sleep(0.05)
        return path


@pytest.fixture(scope="module")
def private_cups() -> Iterator[PrivateCups]:
    """The server, as root or as an ordinary user; the test is skipped where it cannot be started."""
    if _SERVER is None or not shutil.which("lpadmin") or not shutil.which("lp"):
        pytest.skip("CUPS (cupsd, lp, lpadmin) is not installed")
    if not _PDF_PPD.is_file():
        pytest.skip("the description of a PDF printer (cups-filters) is not installed")
    root = Path(tempfile.mkdtemp(prefix="kamdesk-cups-"))
    root.chmod(0o755)
    server: subprocess.Popen[bytes] | None = None
    try:
        socket = _prepare(root)
        server = subprocess.Popen(
            [_SERVER, "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        environment = {**os.environ, "CUPS_SERVER": str(socket)}
        made = PrivateCups(Cups(environment), root, environment, lambda *words: _admin(environment, *words))
        if not _answers(server, environment):
            pytest.skip("a CUPS server of the test's own cannot be started here")
        made.admin(
            "-p",
            "capture",
            "-E",
            "-v",
            f"capture:{root}/caught",
            "-P",
            str(_PDF_PPD),
            "-D",
            "Бумага для проверки",
        )
        made.admin("-d", "capture")
        yield made
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(root, ignore_errors=True)


def _prepare(root: Path) -> Path:
    for name in ("cache", "state", "spool", "spool/tmp", "bin", "ppd", "caught", "ssl"):
        (root / name).mkdir()
    (root / "caught").chmod(0o777)
    socket = root / "socket"
    for source in Path("/usr/lib/cups").iterdir():
        if source.name != "backend":
            (root / "bin" / source.name).symlink_to(source)
    backends = root / "bin" / "backend"
    backends.mkdir()
    for source in Path("/usr/lib/cups/backend").iterdir():
        if os.access(source, os.R_OK):
            shutil.copy2(source, backends / source.name)
    capture = backends / "capture"
    capture.write_text(_CAPTURE, "utf-8")
    capture.chmod(0o755)
    user = ""
    if os.geteuid() == 0:
        try:
            about = pwd.getpwnam("lp")
        except KeyError:
            pytest.skip("the user lp, whom CUPS runs its filters as, does not exist")
        user = "User lp\nGroup lp\nSystemGroup root"
        for name in ("cache", "spool", "spool/tmp", "caught"):
            os.chown(root / name, about.pw_uid, about.pw_gid)
    (root / "cupsd.conf").write_text(_CONF.format(socket=socket), "utf-8")
    (root / "cups-files.conf").write_text(_FILES.format(root=root, user=user), "utf-8")
    return socket


def _answers(server: subprocess.Popen[bytes], environment: dict[str, str]) -> bool:
    deadline = time.monotonic() + 6
    while time.monotonic() < deadline and server.poll() is None:
        said = subprocess.run(
            ["lpstat", "-r"], capture_output=True, text=True, env=environment, timeout=5, check=False
        )
        if said.returncode == 0 and "not running" not in said.stdout:
            return True
        time.sleep(0.1)
    return False


def _admin(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run(
        ["lpadmin", *words],
        capture_output=True,
        text=True,
        env=environment,
        timeout=8,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        pytest.skip(f"the server of the test's own refuses a queue: {done.stderr.strip()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(4)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(2)
