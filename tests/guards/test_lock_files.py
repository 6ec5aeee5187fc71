"""Lock files pin by hash and name nobody's server; nothing tracked names this machine."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from kit.missing import cannot_have

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {path.stem: path for path in (ROOT / "requirements").glob("*.lock")}
NPM_LOCKS = sorted((ROOT / "assets").rglob("package-lock.json"))

# Put together here, because this file is searched too.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
)
WORKSHOP = f"/{'work'}/"


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        cannot_have("a git checkout", "the guards on tracked files need git and its folder")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def pinned(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", lock.read_text(), re.MULTILINE)
    return {normal(name): version for name, version in found}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\s\[<>=!~;]", requirement)[0]) for requirement in requirements}


def test_no_tracked_lock_file_holds_an_address() -> None:
    locks = [path for path in tracked() if path.name.endswith((".lock", "lock.json"))]
    assert len(locks) >= 6, "the lock files were not found"
    assert [path.name for path in locks if "://" in path.read_text("utf-8")] == []


def test_no_tracked_file_names_this_machine_or_a_registry() -> None:
    wrong = (f"{ROOT}/", f"{Path.home()}/", WORKSHOP, *REGISTRIES)
    found = {
        (path.relative_to(ROOT).as_posix(), word)
        for path in tracked()
        for word in wrong
        if word.encode() in path.read_bytes()
    }
    assert found == set()


@pytest.mark.parametrize("name", ["boot", "node", "prod", "dev"])
def test_every_python_package_is_pinned_with_a_hash(name: str) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCKS[name].read_text("utf-8"), flags=re.MULTILINE)
    entries = [entry for entry in entries if entry.strip() and not entry.startswith("#")]
    assert entries
    for entry in entries:
        assert re.match(r"\S+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_test_lock_holds_all_of_the_product_lock_at_the_same_versions() -> None:
    """./run takes an environment made for the tests as good enough for the hub."""
    product = pinned(LOCKS["prod"])
    assert len(product) > 30
    tests = pinned(LOCKS["dev"])
    assert {name: tests.get(name) for name in product} == product


def test_every_dependency_that_the_project_declares_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert names(project["project"]["dependencies"]) - pinned(LOCKS["prod"]).keys() == set()
    assert names(project["dependency-groups"]["dev"]) - pinned(LOCKS["dev"]).keys() == set()


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda path: path.parent.name)
def test_every_npm_package_is_pinned_with_a_hash(lock: Path) -> None:
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    fetched = {where: package for where, package in packages.items() if where}
    assert fetched
    for where, package in fetched.items():
        assert package["integrity"].startswith("sha512-"), where
        assert "resolved" not in package, where
    declared = json.loads((lock.parent / "package.json").read_text("utf-8"))["dependencies"]
    assert packages[""]["dependencies"] == declared
