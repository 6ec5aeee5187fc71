"""./run test and ./run lint: every check, fast first, and a summary that hides nothing."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bootstrap.packages import make_assets, make_browser, make_environment
from bootstrap.steps import CACHE, PYTHON, VENV, SetUpError, follow, say, test_env

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, in which we make our own
ROOM = 2 * 1024**3
"""Bytes that must be free there; a run of all tests needs a fraction of it."""

LINTERS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "layers": [str(VENV / "bin" / "lint-imports")],
}


def test(arguments: list[str]) -> int:
    """Set everything up, then run all checks, fast first, or with arguments those tests only."""
    report = Report()
    report.part("set-up", partial(set_up_tests, report))
    if not arguments:
        run_linters(report)
    flags = ["-n", "2", "--durations=20", *map(from_caller, arguments)]
    report.pytest(flags)
    return report.finish()


@contextmanager
def scratch() -> Iterator[str]:
    """Give the tests' databases a folder in memory where there is one, for as long as they run.

    Each test has a database of its own and every commit waits for the disk, as it must; on a disk
    in memory that takes no time. Whether commits reach a real disk is not what these tests ask.
    """
    is_roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    is_roomy = is_roomy and shutil.disk_usage(MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(
        prefix="hub-tests-", dir=MEMORY if is_roomy else None, ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as another user when we are root
        yield folder


def from_caller(argument: str) -> str:
    """Make a path that exists from the caller's folder absolute; leave other arguments alone."""
    path = argument.partition("::")[0]
    if path.startswith("-") or not path or not Path(path).exists():
        return argument
    return str(Path(path).resolve()) + argument[len(path) :]


def set_up_tests(report: "Report") -> int:
    """Fetch all that the tests need; note what this machine cannot have."""
    make_environment("dev")
    for what, make in (("page assets", make_assets), ("a browser", make_browser)):
        try:
            make()
        except SetUpError as error:
            report.missing[what] = str(error)
    return 0


def run_linters(report: "Report") -> None:
    """Run format, lint, types and layers, all of them even when one finds something."""
    for name, command in LINTERS.items():
        report.part(name, partial(follow, PYTHON, *command, env=test_env()))


def lint(arguments: list[str]) -> int:
    """Run the linters only."""
    if arguments:
        raise SetUpError("./run lint takes no arguments.")
    make_environment("dev")
    report = Report()
    run_linters(report)
    return report.finish()


class Report:
    """What ran, for how long and how it ended; and what this machine could not have."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, float, int]] = []
        self.missing: dict[str, str] = {}

    def part(self, name: str, work: Callable[[], int]) -> None:
        """Run one part and keep its seconds and exit status."""
        say(f"== {name}")
        began = time.monotonic()
        status = work()
        self.parts.append((name, time.monotonic() - began, status))

    def pytest(self, flags: list[str]) -> None:
        """Run pytest; tests write down what they could not have in a file of ours."""
        noted = CACHE / "missing.txt"
        noted.unlink(missing_ok=True)
        with scratch() as folder:
            env = test_env(HUB_TEST_MISSING=str(noted), TMPDIR=folder)
            self.part("tests", partial(follow, PYTHON, "-m", "pytest", *flags, env=env))
        if noted.exists():
            for line in noted.read_text("utf-8").splitlines():
                what, _, why = line.partition("\t")
                self.missing.setdefault(what, why)

    def finish(self) -> int:
        """Print the summary and return the exit status of the whole."""
        say("\n== summary")
        for name, seconds, status in self.parts:
            say(f"{name:<8} {seconds:7.1f} s  {f'FAILED, status {status}' if status else 'passed'}")
        say(f"{'total':<8} {sum(seconds for _, seconds, _ in self.parts):7.1f} s")
        for what, why in self.missing.items():
            say(f"\nNOT TESTED, this machine cannot have {what}:\n{why}")
        failed = [status for _, _, status in self.parts if status]
        if not failed and self.missing and os.environ.get("CI", "").lower() in {"1", "true"}:
            say("\nCI must have everything: failed.")
            return 1
        return failed[-1] if failed else 0
