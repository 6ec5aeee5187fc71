"""Reading the settings: one TOML file into frozen values, or a refusal that names the line."""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

from hub.config.safety import unsafe
from hub.config.sections import SECTIONS, Settings
from hub.kernel.days import NotAnInstantError, parse_instant

HIGHEST = 1_000_000
"""No setting needs a larger number, and days and seconds beyond it leave the calendar."""

ENVIRONMENTS = ("production", "demonstration", "test")


class SettingsError(Exception):
    """A setting is unknown, missing, wrong or unsafe; ``lines`` says which and where."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


TOP = ("environment", "data_dir", "public_base_url", "label_pack")
CHOICES = {
    ("", "environment"): ENVIRONMENTS,
    ("", "label_pack"): ("lincolnshire", "somerset", "west_sussex"),
    ("mail", "transport"): ("mailbox", "smtp"),
    ("mail", "security"): ("none", "starttls", "tls"),
}
OVERRIDES = {"HUB_WEB_LISTEN": ("web", "listen"), "HUB_PUBLIC_BASE_URL": ("", "public_base_url")}
"""Environment variables that stand above the file."""


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the file that ``HUB_CONFIG`` names.

    Raises SettingsError naming every fault with its line, and OSError when the file is unreadable.
    """
    name = environ.get("HUB_CONFIG")
    if not name:
        raise SettingsError(["HUB_CONFIG is not set: let it name your configuration file"])
    return parse_settings(read_settings(name), environ, name=name)


def read_settings(name: str) -> str:
    """Return the text of the file, without the mark that some editors put before it.

    Raises SettingsError unless it is UTF-8, and OSError.
    """
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError([f"{name}: byte {error.start} is not UTF-8"]) from error


def parse_settings(text: str, environ: Mapping[str, str], *, name: str = "config") -> Settings:
    """Return the settings that the TOML text and the environment give.

    Raises SettingsError with one line per fault.
    """
    reader = _Reader(_parsed(text, name), text, name)
    reader.refuse_unknown()
    return _settings(reader, environ)


def borrow_settings(
    text: str,
    environ: Mapping[str, str],
    own: Mapping[str, str],
    sections: Iterable[str],
    *,
    name: str = "config",
) -> Settings:
    """Return settings that take whole sections from the TOML text and the rest from ``own``.

    What the text says besides must be known too, and is left aside; but where it says that it is
    no test's, ``HUB_NOW`` may not be set. Raises SettingsError with one line per fault.
    """
    reader = _Reader(_parsed(text, name), text, name)
    reader.refuse_unknown()
    if "environment" in reader.raw:
        _starts_at(environ, reader.raw["environment"], reader)
    reader.raw = {**own, **{each: reader.raw[each] for each in sections if each in reader.raw}}
    return _settings(reader, environ)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{name}: not TOML: {error}"]) from error


def _settings(reader: "_Reader", environ: Mapping[str, str]) -> Settings:
    raw = reader.raw
    for variable, (section, key) in OVERRIDES.items():
        within = raw.setdefault(section, {}) if section else raw
        if variable in environ and isinstance(within, dict):
            within[key] = environ[variable]
    settings = reader.settings(_starts_at(environ, raw.get("environment"), reader))
    if settings is None or reader.faults:
        raise SettingsError(reader.faults)
    return settings


class _Reader:
    """Reads one parsed file and gathers every fault with its line."""

    def __init__(self, raw: dict[str, Any], text: str, name: str) -> None:
        self.raw = raw
        self.lines = text.splitlines()
        self.name = name
        self.faults: list[str] = []

    def fault(self, section: str, key: str, why: str) -> None:
        """Note a fault at the line of the key, or at its section's, or at the file."""
        at = self._line(section, key) or self._line(section, "") or self._line("", section)
        where = f"{self.name}, line {at}" if at else self.name
        path = f"{section}.{key}" if section and key else section or key
        self.faults.append(f"{where}: {path}: {why}")

    def _line(self, section: str, key: str) -> int:
        current = ""
        plain = rf"\s*\"?{re.escape(key)}\"?\s*="
        dotted = rf"\s*{re.escape(section)}\s*\.\s*{re.escape(key)}\s*="
        for number, line in enumerate(self.lines, start=1):
            if header := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
                current = header.group(1)
                if current == section and not key:
                    return number
            elif key and (
                (current == section and re.match(plain, line))
                or (section and not current and re.match(dotted, line))
            ):
                return number
        return 0

    def refuse_unknown(self) -> None:
        """Note a fault for every section and setting that there is not."""
        for key, given in self.raw.items():
            if key not in TOP and key not in SECTIONS:
                kind = "section" if isinstance(given, dict) else "setting"
                self.fault(*((key, "") if kind == "section" else ("", key)), f"unknown {kind}")
            elif key in SECTIONS and isinstance(given, dict):
                known = {spec.name for spec in fields(SECTIONS[key])}
                for inner in given:
                    if inner not in known:
                        self.fault(key, inner, "unknown setting")

    def settings(self, starts_at: datetime | None) -> Settings | None:
        """Return the settings; None when anything is missing or of the wrong kind."""
        parts = {name: self._section(name, kind) for name, kind in SECTIONS.items()}
        top = self._values(
            "", {key: self.raw[key] for key in TOP if key in self.raw}, Settings, TOP
        )
        if self.faults:
            return None
        settings = Settings(**top, **parts, starts_at=starts_at)
        for section, key, why in unsafe(settings):
            self.fault(section, key, why)
        return settings

    def _section(self, name: str, kind: type) -> Any:  # noqa: ANN401 - one of the sections' types
        given = self.raw.get(name, {})
        if not isinstance(given, dict):
            self.fault("", name, "must be a section")
            return None
        known = tuple(spec.name for spec in fields(kind))
        values = self._values(name, given, kind, known)
        return None if self.faults else kind(**values)

    def _values(
        self, section: str, given: dict[str, Any], kind: type, keys: tuple[str, ...]
    ) -> dict[str, Any]:
        hints = get_type_hints(kind)
        specs: dict[str, Field[Any]] = {spec.name: spec for spec in fields(kind)}
        values: dict[str, Any] = {}
        for key in keys:
            if key in given:
                try:
                    values[key] = _convert(given[key], hints[key], CHOICES.get((section, key)))
                except ValueError as error:
                    self.fault(section, key, str(error))
            elif specs[key].default is MISSING and specs[key].default_factory is MISSING:
                self.fault(section, key, "missing")
        return values


def _convert(value: object, hint: object, choices: tuple[str, ...] | None) -> object:
    """Return the value as the setting's kind. Raises ValueError saying what it must be."""
    kinds = [kind for kind in get_args(hint) if kind is not type(None)] or [hint]
    if hint == tuple[int, ...]:
        if (
            isinstance(value, list)
            and value
            and all(type(each) is int and 0 < each <= HIGHEST for each in value)
        ):
            return tuple(value)
        raise ValueError(f"must be a list of whole numbers, 1 to {HIGHEST}")
    if kinds[0] is int:
        if type(value) is int and 0 <= value <= HIGHEST:
            return value
        raise ValueError(f"must be a whole number, 0 to {HIGHEST}")
    if not isinstance(value, str) or not value:
        raise ValueError("must be text in quotation marks")
    if not value.isprintable():
        raise ValueError("has a character that cannot be printed; delete it")
    if choices and value not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}")
    return Path(value) if kinds[0] is Path else value


def _starts_at(environ: Mapping[str, str], environment: object, reader: _Reader) -> datetime | None:
    """Return the instant of ``HUB_NOW``, which only a test may set."""
    given = environ.get("HUB_NOW")
    if given is None:
        return None
    if environment != "test":
        reader.faults.append("HUB_NOW: may be set in the test environment only; unset it")
        return None
    try:
        return parse_instant(given)
    except NotAnInstantError:
        reader.faults.append("HUB_NOW: must be an instant such as 2026-06-01T09:00:00Z")
        return None
