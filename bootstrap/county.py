"""./run demo: make up a county once, serve it, and keep what people do in it."""

import argparse
import contextlib
import json
import shutil
import socket
import subprocess

from bootstrap.packages import make_assets, make_environment
from bootstrap.steps import (
    PYTHON,
    ROOT,
    UNFINISHED,
    SetUpError,
    alone,
    call,
    clean_env,
    digest,
    end,
    say,
    stamp,
    stamped,
    step,
)

DEMO = ROOT / ".demo"
LAST_PORT = 65_535
BEFORE = ROOT / ".demo-before"
"""The demonstration that --fresh replaces, until the new one is whole."""


def demo(arguments: list[str]) -> int:
    """Serve the made-up county, making it first where there is none."""
    parser = argparse.ArgumentParser(prog="./run demo")
    parser.add_argument("--fresh", action="store_true", help="throw the old one away, begin anew")
    parser.add_argument("--port", type=int, default=8000, help="where to listen (8000)")
    asked = parser.parse_args(arguments)
    refuse_busy(asked.port)
    make_environment("prod")
    make_assets()
    running = "The demonstration of this folder is running already: stop it first (Ctrl-C)."
    with alone("demo", busy=running) as held:
        keep_or_make_county(fresh=asked.fresh)
        return serve(asked.port, held)


def refuse_busy(port: int) -> None:
    """Raise SetUpError unless the port is free to listen on."""
    if not 0 < port <= LAST_PORT:
        raise SetUpError(f"--port must be 1 to {LAST_PORT}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if port < LAST_PORT else port - 1
            raise SetUpError(
                f"Port {port} cannot be had ({error.strerror}). If a hub runs there already, open"
                f" its page or stop it; or choose another port: ./run demo --port {other}"
            ) from error


def keep_or_make_county(*, fresh: bool) -> None:
    """Leave ``.demo`` whole: the old one kept, or a new one made."""
    put_back()
    config = DEMO / "config.toml"
    # The names of the migrations tell whether the database may be older than this release.
    schema = digest(*sorted(path.name for path in (ROOT / "migrations").rglob("*.py")))
    if fresh or not config.exists():
        make_county()
    elif str(DEMO) not in config.read_text("utf-8"):
        raise SetUpError("The demonstration was made for another folder: ./run demo --fresh")
    elif stamped("demo") != schema:
        with step("Bringing its database to this release"):
            call(PYTHON, "-m", "hub", "database", "upgrade", env=demo_env())
    stamp("demo", schema)


def make_county() -> None:
    """Make up a county; whoever is stopped on the way has the one before, or none."""
    shutil.rmtree(BEFORE, ignore_errors=True)
    if DEMO.exists():
        DEMO.rename(BEFORE)
    stamp("demo", UNFINISHED)
    try:
        size = ("--seed", "1", "--people", "60", "--meetings", "4")
        with step("Making up a county: 60 young people, 4 meetings"):
            call(PYTHON, "-m", "hub", "demo", *size, "--dir", DEMO, env=clean_env())
    except BaseException:
        put_back()
        raise
    stamp("demo", "")
    shutil.rmtree(BEFORE, ignore_errors=True)


def put_back() -> None:
    """Remove a half-made demonstration and put the one before it back, if there was one."""
    if stamped("demo") == UNFINISHED:
        shutil.rmtree(DEMO, ignore_errors=True)
    if BEFORE.exists() and not DEMO.exists():
        BEFORE.rename(DEMO)
    stamp("demo", stamped("demo").replace(UNFINISHED, ""))


def demo_env(**more: str) -> dict[str, str]:
    """Return the environment of a command on the demonstration's data."""
    return clean_env(HUB_CONFIG=str(DEMO / "config.toml"), **more)


def serve(port: int, held: int) -> int:
    """Run the hub until it ends, and say where it is and who may sign in once it answers."""
    url = f"http://127.0.0.1:{port}"
    env = demo_env(HUB_WEB_LISTEN=f"127.0.0.1:{port}", HUB_PUBLIC_BASE_URL=url)
    # The server inherits the lock, so that nobody begins anew underneath it.
    child = subprocess.Popen(
        [PYTHON, "-m", "hub", "serve"],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[held],
    )
    try:
        for line in child.stdout or ():
            if line.startswith("ready "):
                welcome(line.split(maxsplit=1)[1].strip())
            else:
                say(line, end="")
        return child.wait()
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(5)
        raise
    finally:
        end(child)


def welcome(url: str) -> None:
    """Print the address and one account of each role."""
    accounts = json.loads((DEMO / "accounts.json").read_text("utf-8"))
    shown = list({account["role"]: account for account in reversed(accounts)}.values())[::-1]
    print(f"\nThe hub is ready: {url}\n\nSign in as one of\n")
    for account in shown:
        secret = account.get("totp_secret")
        code = f"  code secret {secret}" if secret else ""
        print(f"  {account['role']:<34} {account['email']:<44} {account['password']}{code}")
    print(
        f"\nAll {len(accounts)} accounts: .demo/accounts.json. Everybody in it is invented, and no"
        "\nmail leaves this machine. Ctrl-C stops the hub; ./run demo goes on with its data,"
        "\n./run demo --fresh begins anew.",
        flush=True,
    )
