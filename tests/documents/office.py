"""LibreOffice as an independent reader and writer of Word files, each test with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def convert(data: bytes, folder: Path, target: str = "docx") -> bytes:
    """The file opened and saved again by LibreOffice; ``target`` is docx or pdf. Skips where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    source, output = folder / "source.docx", folder / "saved"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = 'docx:"Office Open XML Text"' if target == "docx" else target
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        kind.replace('"', ""),
        "--outdir",
        str(output),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=55)
    return (output / f"source.{target}").read_bytes()
