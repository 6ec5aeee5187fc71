"""Response headers that keep a page from being framed, cached, sniffed or scripted by others.

Source: the project's security note, sections 7.2 and 7.4, threats T24, T37 and T53.
"""

from types import MappingProxyType

from flask import Flask, Response, request

REPORTS_PATH = "/policy-reports"
"""Where a browser says that a page of ours broke the policy below."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    # The newer report-to is not heeded over plain HTTP, and where both stand the older one is not.
    f"require-trusted-types-for 'script'; report-uri {REPORTS_PATH}"
)
FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
    }
)
"""Headers of every response, errors and static files included."""

HSTS = "max-age=31536000; includeSubDomains"
FOREVER = "public, max-age=31536000, immutable"
FORGET = '"cache", "cookies", "storage"'
STATIC = "/static/"


def install_headers(app: Flask, *, is_secure_origin: bool) -> None:
    """Set the headers on every response of the app; strict transport only where it is https."""

    @app.after_request
    def _harden(response: Response) -> Response:
        response.headers.extend(HEADERS)
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            # A file from outside runs nothing, even where a browser shows it (threat T42).
            response.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
        if is_secure_origin:
            response.headers["Strict-Transport-Security"] = HSTS
        if not request.path.startswith(STATIC) or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
            response.vary.add("Cookie")
        return response


def forget(response: Response) -> Response:
    """Tell the browser to drop what it holds of this site: for signing out and for leaving."""
    response.headers["Clear-Site-Data"] = FORGET
    return response
