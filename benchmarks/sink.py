"""A mail server in a process of its own: prints its port, ends with its standard input."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kit.smtp_sink import smtp_sink


@contextmanager
def sink_apart() -> Iterator[int]:
    """Run the server beside us and give its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sink"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


if __name__ == "__main__":
    with smtp_sink() as sink:
        print(sink.port, flush=True)
        sys.stdin.read()
