"""Values with which the hub must not start, each with its cure."""

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from hub.config.sections import Settings

Fault = tuple[str, str, str]


def unsafe(settings: Settings) -> list[Fault]:
    """Return (section, key, why) for every value with which the hub must not start."""
    rules: tuple[Callable[[Settings], list[Fault]], ...] = (_always, _sharing, _mail, _production)
    return [fault for rule in rules for fault in rule(settings)]


def _office_hours(settings: Settings) -> list[Fault]:
    own = settings.requests
    found = [
        ("requests", key, "must be a time of day such as 09:00")
        for key, text in (("office_opens", own.office_opens), ("office_closes", own.office_closes))
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text)
    ]
    if not found and own.office_opens >= own.office_closes:
        found.append(("requests", "office_closes", "must be after office_opens"))
    return found


def _always(settings: Settings) -> list[Fault]:
    found: list[Fault] = []
    url = urlsplit(settings.public_base_url)
    if (
        url.scheme not in ("http", "https")
        or not url.netloc
        or settings.public_base_url.endswith("/")
    ):
        found.append(
            (
                "",
                "public_base_url",
                "must be like https://hub.example.org, no final slash",
            )
        )
    if not re.fullmatch(r"(\[[0-9a-f:]+\]|[^:\s]+):\d{1,5}", settings.web.listen):
        found.append(("web", "listen", "must be host:port, such as 127.0.0.1:8000"))
    found += _office_hours(settings)
    if not settings.data_dir.is_absolute():
        found.append(("", "data_dir", "must be an absolute path"))
    database = settings.database.url
    if not database.startswith("postgresql+psycopg://") and not re.match(r"sqlite:////", database):
        found.append(
            (
                "database",
                "url",
                "must be sqlite:/// and an absolute path, or postgresql+psycopg://...",
            )
        )
    return found


MOST_ATTEMPTS = 3
"""As many as the form has room for."""


def _sharing(settings: Settings) -> list[Fault]:
    own = settings.sharing
    lasts = ("consent_planning_months", "consent_contact_months", "consent_review_weeks")
    found = [("sharing", key, "must be 1 or more") for key in lasts if not getattr(own, key)]
    if not 1 <= own.consent_attempts <= MOST_ATTEMPTS:
        found.append(("sharing", "consent_attempts", f"must be 1 to {MOST_ATTEMPTS}"))
    return found


def _mail(settings: Settings) -> list[Fault]:
    found: list[Fault] = []
    mail = settings.mail
    if mail.transport == "mailbox" and mail.mailbox is None:
        found.append(("mail", "mailbox", "missing: name the folder that the messages go to"))
    if mail.transport == "smtp" and mail.security == "none" and not is_loopback(mail.host):
        found.append(("mail", "security", "none is for this machine only; use starttls or tls"))
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", mail.sender):
        found.append(("mail", "sender", "must be one e-mail address"))
    if mail.timeout_seconds < 1 or mail.lease_seconds < 1:
        key = "timeout_seconds" if mail.timeout_seconds < 1 else "lease_seconds"
        found.append(("mail", key, "must be 1 or more"))
    return found


def _production(settings: Settings) -> list[Fault]:
    if not settings.is_production:
        return []
    found: list[Fault] = []
    if not settings.is_secure_origin:
        found.append(("", "public_base_url", "must begin with https:// in production"))
    if not is_loopback(settings.listen_address[0]):
        found.append(
            (
                "web",
                "listen",
                "must be on the loopback, behind a TLS proxy, in production",
            )
        )
    if settings.mail.transport == "mailbox":
        found.append(
            (
                "mail",
                "transport",
                "must be smtp in production: nobody reads a mailbox folder",
            )
        )
    return found


def is_loopback(host: str) -> bool:
    """Return whether the host is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
