"""Static files under an address that holds a digest of all of them, so that they can be kept long.

The digest stands in the path, not in a query, so that a module or a stylesheet that names its
neighbour gets the neighbour of the same release.
"""

import hashlib
from pathlib import Path

from flask import Flask, Response, send_from_directory

from hub.web.guard import public_endpoint
from hub.web.headers import FOREVER

FOLDER = Path(__file__).parent / "static"
DESIGN_SYSTEM = "vendor/govuk-frontend.min.css"
DIGEST_LENGTH = 12


def digest(folder: Path = FOLDER) -> str:
    """Return a short digest of the names and contents of every file in the folder."""
    sum_of_all = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        sum_of_all.update(path.relative_to(folder).as_posix().encode())
        sum_of_all.update(hashlib.sha256(path.read_bytes()).digest())
    return sum_of_all.hexdigest()[:DIGEST_LENGTH]


class Assets:
    """The static files as they were when the app started."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.version = digest(folder)
        self.has_design_system = (folder / DESIGN_SYSTEM).is_file()

    def address(self, name: str) -> str:
        """Return the address of a file; no request is needed, so that any error can be shown."""
        return f"/static/{self.version}/{name}"

    def install(self, app: Flask) -> None:
        """Serve the files. The app must have been made with ``static_folder=None``."""

        @app.get("/static/<version>/<path:name>", endpoint="static")
        @public_endpoint("static:read")
        def static(version: str, name: str) -> Response:
            response = send_from_directory(self.folder, name, max_age=0)
            # A page of the release before may still ask: it gets today's file, to be asked again.
            fresh = version == self.version
            response.headers["Cache-Control"] = FOREVER if fresh else "no-cache"
            return response
