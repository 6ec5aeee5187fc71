"""A hub that really runs: a made-up county in a folder, its commands as processes of their own.

Every process is started with a HUB_NOW that goes on where the county's clock stands, so that leases
and deadlines mean between them what they mean in life.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hub.config import Settings, parse_settings
from hub.db.engine import make_engine
from hub.db.keyring import Keyring, open_keyring
from hub.db.units import Units
from hub.wiring.opening import build_units
from kit import postgres
from kit.smtp_sink import HOST, free_port

ROOT = Path(__file__).resolve().parents[2]
STARTS_AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
"""Monday, ten in the morning in London, with every meeting of the four weeks in summer time."""

SETTLED = timedelta(minutes=5)
"""How far after its making a copied county goes on: making one never takes so long."""

PATIENCE = 90.0
"""Seconds that any one command may take on a busy machine."""


class DidNotStartError(AssertionError):
    """A process ended, or said nothing, instead of getting ready; the text is what it said."""


def _environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HUB_")}
    path = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH"))))
    return kept | {"PYTHONPATH": path, "PYTHONSAFEPATH": "1", "PYTHONUNBUFFERED": "1"} | more


def hub(
    *arguments: str | Path, now: datetime, config: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run ``hub`` with the clock at an instant and return how it ended, with what it said."""
    named = {} if config is None else {"HUB_CONFIG": str(config)}
    return subprocess.run(
        [sys.executable, "-m", "hub", *map(str, arguments)],
        env=_environment(HUB_NOW=now.isoformat(), **named),
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass
class Site:
    """A web server that answers."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path


@dataclass
class Running:
    """A county in a folder, and the clock by which its processes live."""

    folder: Path
    url: str
    mail: dict[str, Any] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    began_at: datetime = STARTS_AT + SETTLED
    begun: float = field(default_factory=time.monotonic)

    @property
    def config(self) -> Path:
        """The file that HUB_CONFIG names."""
        return self.folder / "config.toml"

    @property
    def mailbox(self) -> Path:
        """The folder of the local mailbox."""
        return self.folder / "mailbox"

    @property
    def address(self) -> str:
        """Where the web server is, or will be."""
        return f"http://{HOST}:{self.port}"

    def now(self) -> datetime:
        """Return the instant (UTC) at which the county's clock stands."""
        return self.began_at + timedelta(seconds=time.monotonic() - self.begun)

    def advance(self, **by: float) -> None:
        """Let time pass for every process that starts from now on."""
        self.began_at += timedelta(**by)

    def write_config(self) -> None:
        """Write the configuration anew, as it stands in this object."""
        mail = {"transport": "mailbox", "mailbox": str(self.mailbox)} | self.mail
        lines = [
            'environment = "test"',
            f"data_dir = {json.dumps(str(self.folder / 'data'))}",
            f"public_base_url = {json.dumps(self.address)}",
            "[database]",
            f"url = {json.dumps(self.url)}",
            "[web]",
            f"listen = {json.dumps(f'{HOST}:{self.port}')}",
            "[mail]",
            *(f"{key} = {json.dumps(value)}" for key, value in mail.items()),
        ]
        self.config.write_text("\n".join(lines) + "\n", "utf-8")

    def settings(self) -> Settings:
        """Return the settings as a process of this county reads them."""
        named = {"HUB_NOW": self.now().isoformat()}
        return parse_settings(self.config.read_text("utf-8"), named, name="config.toml")

    def keyring(self) -> Keyring:
        """Return the county's keys."""
        return open_keyring(self.folder / "data")

    @contextmanager
    def units(self) -> Generator[Units]:
        """Open the county's data in this process, by its clock."""
        keyring = self.keyring()
        engine = make_engine(self.url, keyring)
        try:
            yield build_units(self.settings(), keyring, engine=engine, clock=self)
        finally:
            engine.dispose()

    def accounts(self) -> dict[str, dict[str, str]]:
        """Return who can sign in, by role."""
        listed = json.loads((self.folder / "accounts.json").read_text("utf-8"))
        return {each["role"]: each for each in listed}

    def run(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run a ``hub`` command to its end."""
        return hub(*arguments, now=self.now(), config=self.config)

    def outgoing(self) -> list[dict[str, Any]]:
        """Return what ``hub invitations list`` writes."""
        out = self.folder / "invitations.json"
        ended = self.run("invitations", "list", "--output", out)
        assert ended.returncode == 0, ended.stderr
        listed: list[dict[str, Any]] = json.loads(out.read_text("utf-8"))["invitations"]
        return listed

    @contextmanager
    def started(
        self, *arguments: str, log: str = "worker.log"
    ) -> Generator["subprocess.Popen[bytes]"]:
        """Run a long ``hub`` command beside the test; it is ended politely with the block."""
        with (self.folder / log).open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "hub", *arguments],
                env=_environment(HUB_NOW=self.now().isoformat(), HUB_CONFIG=str(self.config)),
                cwd=tempfile.gettempdir(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        try:
            yield process
        finally:
            end(process)

    @contextmanager
    def serving(self, *arguments: str) -> Generator[Site]:
        """Run ``hub serve`` until the block ends. Raises DidNotStartError."""
        log = self.folder / "serve.log"
        with self.started("serve", *arguments, log=log.name) as process:
            _await_ready(self.address, process, log)
            yield Site(self.address, process, log)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that this test started: politely, then not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    gives_up = time.monotonic() + PATIENCE
    while time.monotonic() < gives_up and process.poll() is None:
        if f"ready {address}" in log.read_text("utf-8", "replace") and _answers(address):
            return
        time.sleep(0.1)
    raise DidNotStartError(log.read_text("utf-8", "replace"))


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310 - our own
            status: int = answer.status
            return status == 200
    except urllib.error.URLError:
        return False


@dataclass(frozen=True)
class Template:
    """A county that was made once, to be copied."""

    folder: Path
    url: str


@cache
def made(kind: str, seed: str, people: int, meetings: int) -> Template:
    """Make a county with ``hub demo``, once in each test process."""
    base = Path(tempfile.mkdtemp(prefix="hub-county-"))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    folder = base / "county"
    config = None
    url = f"sqlite:///{folder / 'hub.db'}"
    if kind == "postgresql":
        url = postgres.fresh_database()
        config = base / "given.toml"
        sections = f'[database]\nurl = "{url}"\n[mail]\nmailbox = "{folder / "mailbox"}"\n'
        config.write_text(sections, "utf-8")
    sizes = ("--people", str(people), "--meetings", str(meetings))
    ended = hub("demo", "--seed", seed, *sizes, "--dir", folder, now=STARTS_AT, config=config)
    assert ended.returncode == 0, ended.stderr
    return Template(folder, url)


@contextmanager
def county(
    kind: str, *, seed: str = "journey", people: int = 60, meetings: int = 3, **mail: Any
) -> Generator[Running]:
    """Return a copy of a made-up county on either database; ``mail`` are settings of mail."""
    template = made(kind, seed, people, meetings)
    folder = Path(tempfile.mkdtemp(prefix="hub-running-"))
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    url = f"sqlite:///{folder / 'hub.db'}"
    if kind == "postgresql":
        url = postgres.fresh_database(template.url)
    running = Running(folder, url, mail)
    running.write_config()
    try:
        yield running
    finally:
        if kind == "postgresql":
            postgres.drop_database(url)
        shutil.rmtree(folder, ignore_errors=True)
