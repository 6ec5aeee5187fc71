"""A browser and a server for each app, in this process, over one connection that stays open.

The server is the one with which the product is run. Its work is what this process does beyond what
the asking thread does itself, so that asking is not counted.
"""

import logging
import threading
import time
from http.client import HTTPConnection
from http.cookies import SimpleCookie

import waitress
from flask import Flask

OK = 200
HOST = "127.0.0.1"
THREADS = 2


def served_seconds() -> float:
    """Return the seconds of processor time of this process but for the calling thread."""
    return time.process_time() - time.thread_time()


class Browser:
    """Asks for pages of one app and keeps what cookies it is given."""

    def __init__(self, app: Flask, cookies: dict[str, str] | None = None) -> None:
        # It says so when a question comes before a thread has quite done with the last one.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        server = waitress.create_server(app, host=HOST, port=0, threads=THREADS)
        threading.Thread(target=server.run, daemon=True).start()
        self._connection = HTTPConnection(HOST, int(server.effective_port))
        self._cookies = dict(cookies or {})

    def get(self, path: str) -> bytes:
        """Return a page's bytes. Raises AssertionError when the answer is no page."""
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request("GET", path, headers={"Cookie": kept} if kept else {})
        with self._connection.getresponse() as answer:
            for name, morsel in SimpleCookie(answer.getheader("Set-Cookie", "")).items():
                self._cookies[name] = morsel.value
            page = answer.read()
            assert answer.status == OK, f"{path}: {answer.status}"
        return page
