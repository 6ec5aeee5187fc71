"""Finds personal data where none may be: canaries, in every dress that data travels in.

A canary is a value that stands nowhere else. It is looked for plain, URL-, HTML-, base64-, and
quoted-printable-encoded, in UTF-16, and inside what was compressed or folded.
"""

import base64
import binascii
import gzip
import html
import logging
import quopri
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from sqlalchemy import create_engine, text
from typing_extensions import override

TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
MOST_BYTES = 50_000_000
"""Of one compressed thing, opened: more is a fault of its own."""


@dataclass(frozen=True)
class Found:
    """A canary that got out: which, dressed how, and where."""

    canary: str
    dress: str
    sink: str


def dresses(value: str) -> dict[str, bytes]:
    """Return the value in every encoding that is searched for as bytes."""
    raw = value.encode()
    found = {
        "plain": raw,
        "url": quote(value, safe="").encode(),
        "url of a form": quote_plus(value).encode(),
        "html": html.escape(value).encode(),
        "html numbers": "".join(f"&#{ord(letter)};" for letter in value).encode(),
        "quoted-printable": quopri.encodestring(raw, quotetabs=True).replace(b"=\n", b""),
        "utf-16": value.encode("utf-16-le"),
        "utf-16, the other way round": value.encode("utf-16-be"),
        "hex": raw.hex().encode(),
        "json": value.encode("ascii", "backslashreplace"),
    }
    # In base64 a text looks different by its place among the threes; what its neighbours touch is
    # left out at both ends.
    for shift in range(3):
        code = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
        begin = (shift * 8 + 5) // 6
        end = len(code) - (1 if (shift + len(raw)) % 3 else 0)
        found[f"base64 {shift}"] = code[begin:end]
        found[f"base64 {shift} of an address"] = base64.urlsafe_b64encode(b"\0" * shift + raw)[
            begin:end
        ]
    return found


def opened(content: bytes) -> Iterable[bytes]:
    """Yield the content, and what is in it once unfolded, decompressed or decoded."""
    yield content
    yield re.sub(rb"=\r?\n", b"", content)
    yield re.sub(rb"\r?\n[ \t]", b"", content)
    yield re.sub(rb"\s+", b"", content)
    for begin in re.finditer(rb"\x1f\x8b\x08", content):
        try:
            yield gzip.decompress(content[begin.start() :])[:MOST_BYTES]
        except (OSError, EOFError, zlib.error):
            continue
    # A signed cookie that starts with a point is compressed.
    for packed in re.findall(rb"=\.([A-Za-z0-9_-]{16,})", content):
        try:
            yield zlib.decompress(base64.urlsafe_b64decode(packed + b"=" * (-len(packed) % 4)))
        except (binascii.Error, zlib.error):
            continue


@dataclass
class Canaries:
    """The canaries of one test: what each is called, and what it is."""

    values: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, *values: str) -> str:
        """Plant a value, in all its ways of writing; return the first."""
        for at, value in enumerate(values):
            self.values[f"{name} {at}" if at else name] = value
        return values[0]

    def find(self, sink: str, content: bytes, *, is_raw: bool = False) -> list[Found]:
        """Return every canary in the content, whatever the case of its letters.

        ``is_raw`` leaves out looking for what is folded or pressed: a large file has neither.
        """
        parts = {content} if is_raw else set(opened(content))
        lowered = {part.lower() for part in parts}
        found = []
        for name, value in self.values.items():
            # Most dresses of a plain word are that word: one look is enough.
            worn = {pattern: dress for dress, pattern in reversed(dresses(value).items())}
            found += [
                Found(name, dress, sink)
                for pattern, dress in worn.items()
                if any(pattern in part for part in parts)
                or any(pattern.lower() in part for part in lowered)
            ]
        return found

    def find_in_mail(self, sealed: bytes) -> list[Found]:
        """Return every canary in a message as it went over the wire, and in each part, decoded."""
        message = message_from_bytes(sealed, policy=policy.default)
        found = self.find("mail as sent", sealed)
        for part in message.walk():
            for name, value in part.items():
                found += self.find(f"header {name}", str(value).encode())
            if not part.is_multipart():
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                found += self.find(f"part {part.get_content_type()}", content)
            if part.get_filename():
                found += self.find("name of a part", str(part.get_filename()).encode())
        return found


@dataclass
class Wire:
    """A layer around the app that writes down what a proxy, a tab and a history learn."""

    app: Callable[..., Any]
    addresses: list[bytes] = field(default_factory=list)
    headers: list[bytes] = field(default_factory=list)
    titles: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def __call__(self, environ: Mapping[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the app does."""
        self.addresses.append(f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}".encode())

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            self.headers += [f"{name}: {value}".encode() for name, value in headers]
            return start(status, headers, *rest)

        answer = self.app(environ, started)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        self.titles += TITLE.findall(body)
        self.bodies.append(body)
        return [body]


class Log(logging.Handler):
    """Keeps every line that any logger writes, with its trace, at the finest level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s %(args)s"))

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def content(self) -> bytes:
        """Return all of it."""
        return "\n".join(self.lines).encode("utf-8", "backslashreplace")


def stored(url: str, tables: Iterable[str]) -> bytes:
    """Return what stands in the database: every value of every row, and SQLite's own files."""
    engine = create_engine(url)
    found: list[bytes] = []
    with engine.connect() as connection:
        for table in tables:
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                found += [
                    bytes(value)
                    if isinstance(value, bytes | memoryview)
                    else str(value).encode("utf-8", "backslashreplace")
                    for value in row
                ]
    engine.dispose()
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        found += [each.read_bytes() for each in path.parent.glob(f"{path.name}*")]
    return b"\n".join(found)


def files_below(folder: Path) -> bytes:
    """Return every file's name and content."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"\n".join(part for path in found for part in (str(path).encode(), path.read_bytes()))
