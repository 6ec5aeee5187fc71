"""./run needs nothing but Python, passes everything on, and leaves no half state."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from bootstrap.packages import strip

ROOT = Path(__file__).resolve().parents[2]
# No site-packages, no environment variables, no caller's folder: the standard library alone.
BARE_PYTHON = (sys.executable, "-I", "-S")

# Stands where the environment's Python would: it shows what it was told, and plays `hub demo` and
# `hub serve` as far as ./run depends on them.
PRETENDER = """\
#!{python} -S
import json, os, pathlib, sys, time
command = sys.argv[3:4]
if command == ["demo"]:
    folder = pathlib.Path(sys.argv[sys.argv.index("--dir") + 1])
    folder.mkdir()
    (folder / "half").touch()
    while os.path.exists("{root}/slow"):
        time.sleep(0.02)
    if os.path.exists("{root}/broken"):
        sys.exit("error: the county fell apart")
    accounts = [
        {{"role": "chair", "email": f"{{who}}@example.org", "password": "pw", "totp_secret": None}}
        for who in ("first", "second")
    ]
    (folder / "accounts.json").write_text(json.dumps(accounts))
    (folder / "config.toml").write_text(f'data_dir = "{{folder}}"')
    (folder / "half").unlink()
    (folder / "made").write_text(str(time.time_ns()))
elif command == ["serve"]:
    print("ready http://" + os.environ["HUB_WEB_LISTEN"], flush=True)
    print(os.environ["HUB_CONFIG"], file=sys.stderr)
else:
    told = [os.environ["PYTHONPATH"].split(":"), sys.dont_write_bytecode]
    print(json.dumps([sys.argv[1:], os.getcwd(), *told]))
    sys.stdout.write(sys.stdin.read())
    sys.exit(7)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of what ./run consists of, as a stranger's clone would have it."""
    root = tmp_path / "a stranger's clone"
    root.mkdir()
    shutil.copy(ROOT / "run", root)
    for folder in ("bootstrap", "requirements", "assets"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


@pytest.fixture
def ready(checkout: Path) -> Path:
    """Return a copy that is set up, with a pretender for its Python."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    # The path of an interpreter after #! may hold no blank; the pretender's own place does.
    python.write_text(PRETENDER.format(python=sys.executable, root=checkout))
    python.chmod(0o755)
    vendor = checkout / "hub" / "web" / "static" / "vendor"
    vendor.mkdir(parents=True)
    stamps = textwrap.dedent("""
        import sys
        sys.path.insert(0, sys.argv[1])
        from bootstrap import packages, steps
        lock = steps.digest(packages.LOCKS / "prod.lock")
        steps.stamp("venv", f"prod {lock}\\n")
        steps.stamp("assets", packages.assets_wanted())
        for name in packages.ASSETS:
            (packages.VENDOR / name).touch()
    """)
    subprocess.run([*BARE_PYTHON, "-c", stamps, str(checkout)], check=True)
    return checkout


def run(root: Path, *arguments: str, **more: object) -> "subprocess.CompletedProcess[str]":
    options: dict[str, object] = {"capture_output": True, "text": True, "timeout": 60, "input": ""}
    return subprocess.run(
        [*BARE_PYTHON, str(root / "run"), *arguments], check=False, **(options | more)
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_help_needs_only_python(checkout: Path) -> None:
    nothing = {"PATH": "/nowhere", "HTTPS_PROXY": "http://127.0.0.1:9", "HOME": "/nowhere"}
    done = run(checkout, "help", env=nothing)
    assert done.returncode == 0
    assert "./run demo" in done.stdout
    assert "./run test" in done.stdout
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("arguments", [[], ["tset"]])
def test_an_unknown_command_is_a_usage_error(checkout: Path, arguments: list[str]) -> None:
    done = run(checkout, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "./run demo" in done.stderr


def test_hub_passes_arguments_streams_folder_and_status(ready: Path, tmp_path: Path) -> None:
    caller = tmp_path / "caller"
    caller.mkdir()
    (caller / "json.py").write_text("raise SystemExit('the caller folder was searched')")
    arguments = ("match", "--register", "R.csv", "with blank", "--help")

    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env["PYTHONDONTWRITEBYTECODE"] = "1"

    done = run(ready, "hub", *arguments, cwd=caller, input="typed\n", env=env)

    shown, _, typed = done.stdout.partition("\n")
    assert json.loads(shown) == [["-m", "hub", *arguments], str(caller), [str(ready)], False]
    assert typed == "typed\n"
    assert done.stderr == ""
    assert done.returncode == 7


def test_what_it_cannot_install_is_said_and_leaves_no_finished_stamp(ready: Path) -> None:
    (ready / "requirements" / "prod.lock").write_text("changed")
    done = run(ready, "hub", "match")
    assert done.returncode == 3
    assert done.stdout == ""
    assert (ready / ".cache" / "venv.stamp").read_text() == "unfinished"


def test_the_demonstration_is_made_once_and_kept(ready: Path) -> None:
    port = free_port()
    env = os.environ | {"HUB_CONFIG": "/etc/real-hub.toml", "HUB_DATABASE_URL": "real"}

    first = run(ready, "demo", "--port", str(port), env=env)
    made = (ready / ".demo" / "made").read_text()
    second = run(ready, "demo", "--port", str(port), env=env)

    assert first.returncode == second.returncode == 0, first.stderr
    assert f"http://127.0.0.1:{port}" in second.stdout
    assert "first@example.org" in second.stdout
    assert "All 2 accounts" in second.stdout
    assert str(ready / ".demo" / "config.toml") in second.stderr
    assert (ready / ".demo" / "made").read_text() == made

    fresh = run(ready, "demo", "--fresh", "--port", str(port))
    assert fresh.returncode == 0
    assert (ready / ".demo" / "made").read_text() != made
    assert not (ready / ".demo-before").exists()


def test_a_failed_new_beginning_keeps_the_demonstration_before(ready: Path) -> None:
    run(ready, "demo", "--port", str(free_port()))
    made = (ready / ".demo" / "made").read_text()
    (ready / "broken").touch()

    done = run(ready, "demo", "--fresh", "--port", str(free_port()))

    assert done.returncode == 3
    assert "the county fell apart" in done.stderr
    assert (ready / ".demo" / "made").read_text() == made


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopped_while_making_it_leaves_no_half_state(ready: Path, ending: signal.Signals) -> None:
    (ready / "slow").touch()
    started = subprocess.Popen(
        [*BARE_PYTHON, str(ready / "run"), "demo", "--port", str(free_port())],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    waited = time.monotonic()
    while not (ready / ".demo" / "half").exists():
        assert time.monotonic() - waited < 30
        time.sleep(0.02)
    os.killpg(started.pid, ending)
    said = started.communicate(timeout=30)[1]
    (ready / "slow").unlink()

    if ending is signal.SIGINT:
        assert said.endswith("Stopped.\n")
    if ending is not signal.SIGKILL:
        assert not (ready / ".demo").exists()
    assert run(ready, "demo", "--port", str(free_port())).returncode == 0
    assert (ready / ".demo" / "made").exists()
    assert not (ready / ".demo" / "half").exists()


def test_a_busy_port_is_named_with_the_cure(ready: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(ready, "demo", "--port", str(port))
    assert done.returncode == 3
    assert f"Port {port}" in done.stderr
    assert "--port" in done.stderr
    assert not (ready / ".demo").exists()


def test_no_licensed_font_crest_or_source_map_stays_in_the_assets() -> None:
    css = (
        "/*! The font is for one site only */@font-face{font-family:GDS Transport;src:url(/assets/"
        'f.woff2)}p{font-family:"GDS Transport",arial}q{font-family:GDS Transport,arial,sans-serif}'
        "footer{background:url(/assets/images/crest.svg)}/*# sourceMappingURL=a.css.map */"
    )
    assert (
        strip(css) == "p{font-family:arial}q{font-family:arial,sans-serif}footer{background:none}"
    )
    assert strip('fetch("*/*");//# sourceMappingURL=a.js.map\n') == 'fetch("*/*");\n'


def test_ci_runs_what_the_readme_says() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [
        line
        for line in script.read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "set ", "cd ", "export "))
    ]
    assert len(commands) == 1
    assert commands[0].endswith("run test")
