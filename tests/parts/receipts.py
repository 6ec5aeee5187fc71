"""Everything that an asker can see of a request, as bytes, without what differs for everybody."""

import re

VARIES = (
    (re.compile(rb"\w{4}-\w{4}-\w{4}-\w{4}(?![\w-])"), b"REFERENCE"),
    (re.compile(rb"[0-9a-f]{8}-[0-9a-f-]{27}"), b"ID"),
    (re.compile(rb'(name="csrf_token" value=")[^"]*'), rb"\1TOKEN"),
)
NAMES = (("Zebedee", "Nobodyhere"), ("Quillfeather", "Unheardof"))


def plain(response):
    """Return a page's body without reference, ids and token, and its headers."""
    body = response.get_data()
    for pattern, name in VARIES:
        body = pattern.sub(name, body)
    return body, [(k, v) for k, v in response.headers if k not in {"Set-Cookie", "Date"}]


def seen(browser, request_id):
    """Return everything that an asker can see of a request, as bytes; names typed are taken out."""
    pages = [
        browser.client.get(path)
        for path in (
            f"/requests/{request_id}/receipt",
            f"/requests/{request_id}",
            f"/requests/{request_id}/print",
        )
    ]
    found = []
    for page in pages:
        assert page.status_code == 200
        body, headers = plain(page)
        for mine, other in NAMES:
            body = body.replace(mine.encode(), b"NAME").replace(other.encode(), b"NAME")
        found.append((body, [(k, v) for k, v in headers if k != "Content-Length"]))
    return found
