"""The web process: how long from its start to the first answer, and its memory after some pages."""

import http.client
import tempfile
import time
import urllib.parse
from pathlib import Path

from benchmarks.browsing import OK
from benchmarks.databases import empty_database
from benchmarks.measures import Bar, Row
from kit.running import Running

START = Bar(must=6, goal=2.5)
MEMORY = Bar(must=160, goal=100)
"""Seconds and megabytes, from performance.md, section 8."""

PATIENCE = 60.0
PAGES = ("/health", "/sign-in") * 20
"""Pages that everybody may ask for, so that nobody need sign in."""

KILOBYTES_A_MEGABYTE = 1024


def web_process(kind: str) -> list[Row]:
    """Start ``hub serve`` on a new database of the kind, and return the rows of it."""
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as name, empty_database(kind) as url:
        running = Running(Path(name), url)
        running.write_config()
        ended = running.run("database", "upgrade")
        assert ended.returncode == 0, ended.stderr
        return _served(kind, running)


def _served(kind: str, running: Running) -> list[Row]:
    begun = time.perf_counter()
    with running.started("serve", log="serve.log") as process:
        while not _answers(running):
            assert process.poll() is None, (running.folder / "serve.log").read_text("utf-8")
            assert time.perf_counter() - begun < PATIENCE, "no answer"
            time.sleep(0.02)
        seconds = time.perf_counter() - begun
        for path in PAGES:
            assert _ask(running, path) == OK, path
        megabytes = _megabytes(process.pid)
    rows = [Row("start to first answer, s", kind, f"{seconds:.2f} s", seconds, bar=START)]
    if megabytes:
        rows.append(
            Row("memory of the process, MB", kind, f"{megabytes:.0f}", megabytes, bar=MEMORY)
        )
    return rows


def _ask(running: Running, path: str) -> int:
    host = urllib.parse.urlsplit(running.address).netloc
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _answers(running: Running) -> bool:
    try:
        return _ask(running, "/health") == OK
    except OSError:
        return False


def _megabytes(pid: int) -> float:
    """Return the memory that a process has, where the kernel tells (Linux), else 0."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    found = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(next(found, "0")) / KILOBYTES_A_MEGABYTE
