"""Whether a request that changes something came from one of our own pages.

Three locks stand behind each other: the session cookie is SameSite=Strict, a token is in every
form, and the browser's own word about where the request began is believed when it says "not from
here". Our pages send no referrer, so a browser's Origin on their forms is "null": that alone says
nothing, and Sec-Fetch-Site decides where it is sent. Source: security note, threat T36.
"""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect

from hub.web.guard import API, READING

HERE = frozenset({"same-origin", "none"})
SAFE = READING | {"OPTIONS"}


def is_foreign(public_base_url: str) -> bool:
    """Return whether the browser says that the request began somewhere else."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in HERE:
        return True
    origin = request.headers.get("Origin")
    if origin is None or origin == "null":
        return False
    return urlsplit(origin)[:2] not in {
        urlsplit(public_base_url)[:2],
        urlsplit(request.host_url)[:2],
    }


def is_from_own_page() -> bool:
    """Return whether the browser vouches that one of our own pages sent the request."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def install_origin(app: Flask, *, public_base_url: str) -> CSRFProtect:
    """Refuse a changing request from elsewhere or without its token, everywhere but under /api/.

    Returns the protection, with which a view can be exempted.
    """
    # The token lives as long as the session; the referrer check would need the referrer that our
    # own policy withholds.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    protection = CSRFProtect(app)

    @app.before_request
    def _refuse_foreign() -> None:
        if request.method in SAFE or request.path.startswith(API) or request.endpoint is None:
            return
        if is_foreign(public_base_url) and request.path != app.config["HUB_EXIT_PATH"]:
            abort(400)
        protection.protect(apply_exemptions=True)

    return protection
