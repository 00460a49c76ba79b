"""A build asks nobody: from `init` to a published release no process tries to reach another machine, or its own by address."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# In every process of the command, before anything else is loaded. Pipes and sockets within the machine stay allowed.
SITE = """
import os
import socket
import sys

def refused(what):
    def refuse(*arguments, **_):
        address = arguments[1] if arguments and isinstance(arguments[0], socket.socket) and len(arguments) > 1 else arguments
        if arguments and isinstance(arguments[0], socket.socket) and arguments[0].family == socket.AF_UNIX:
            return originals[what](*arguments)
        with open(os.environ["ATTEMPTS"], "a") as file:
            file.write(f"{what} {address!r} {sys.argv}\\n")
        raise OSError("the network is blocked")
    return refuse

originals = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
for name in originals:
    setattr(socket.socket, name, refused(name))
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refused(name))
"""
MAIN = "from pipeline.cli import main; main()"


@pytest.fixture
def blocked(tmp_path: Path, repository: Path):
    """Runs Python without a network; gives what it said. `attempts` holds what was tried."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    attempts = tmp_path / "attempts"
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'site'}:{repository}", "ATTEMPTS": str(attempts)}
    # Its own cache, so that the index of the world is made anew.
    environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")

    def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)], check=False, env=environment, capture_output=True, text=True
        )

    run.attempts = attempts
    return run


def test_whoever_tries_is_caught(blocked) -> None:
    tried = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"
    assert blocked(tried).returncode == 1
    assert "127.0.0.1" in blocked.attempts.read_text(encoding="utf-8")


def test_a_dataset_is_built_and_published_without_a_network(blocked, tmp_path: Path, repository: Path) -> None:
    root = tmp_path / "set"
    said = [blocked(MAIN, "init", root, "--countries", "IQ")]
    with (root / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write('[build]\npartition_size = 40\n[geocoding]\nservice = "nominatim"\ncontact = "desk@example.org"\n')
    said += [
        blocked(MAIN, "ingest", repository / "seeds" / "sample" / "articles.jsonl", "--root", root),
        blocked(MAIN, "build", "--release", "2026.11.0", "--jobs", "2", "--root", root),
        blocked(MAIN, "places", "geocode", "--dry-run", "--root", root),
        blocked(MAIN, "verify", root / "data" / "processed" / "releases" / "2026.11.0"),
    ]
    assert [done.returncode for done in said] == [0] * len(said), [done.stderr for done in said]
    assert "unknown" not in said[-2].stdout and len(said[-2].stdout.splitlines()) > 2
    assert not blocked.attempts.exists(), blocked.attempts.read_text(encoding="utf-8")
