"""Values with which the hub must not start, each with its cure."""

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from hub.config.sections import Settings
from hub.kernel.mailable import is_address, is_link, loaded_word

Fault = tuple[str, str, str]
LAST_PORT = 65_535

BOUNDS = {
    ("web", "threads"): (1, 1000),
    ("web", "session_idle_minutes"): (1, 10_000),
    ("web", "session_hours"): (1, 10_000),
    ("mail", "port"): (1, LAST_PORT),
    ("mail", "timeout_seconds"): (1, 10_000),
    ("mail", "lease_seconds"): (1, 10_000),
    ("invitations", "slot_minutes"): (1, 1440),
    ("directory", "stale_after_days"): (0, 10_000),
    ("look_ups", "an_hour"): (1, 10_000),
    ("look_ups", "a_day"): (1, 10_000),
    ("look_ups", "searches_an_hour"): (1, 10_000),
    ("look_ups", "searches_a_day"): (1, 10_000),
    ("look_ups", "repeats"): (2, 10_000),
    ("look_ups", "repeat_days"): (1, 730),
    ("look_ups", "sample_percent"): (0, 100),
}
"""The lowest and the highest value of numbers that cannot be just any.

Those of ``stale_after_days`` are from the hub's public interface, section 6.
"""


def unsafe(settings: Settings) -> list[Fault]:
    """Return (section, key, why) for every value with which the hub must not start."""
    rules: tuple[Callable[[Settings], list[Fault]], ...] = (
        _always,
        _numbers,
        _sharing,
        _mail,
        _demonstration,
        _production,
    )
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
    base = settings.public_base_url
    if base.endswith("/") or not is_link(f"{base}/") or set(base) & set("?#"):
        why = "must be like https://hub.example.org, in plain letters, no final slash"
        found.append(("", "public_base_url", why))
    elif word := loaded_word(base):
        why = f"stands in every message, and no message may hold {word!r}: use another name"
        found.append(("", "public_base_url", why))
    listen = re.fullmatch(r"(?:\[[0-9a-f:]+\]|[^:\s]+):(\d{1,5})", settings.web.listen)
    if listen is None or not 1 <= int(listen[1]) <= LAST_PORT:
        found.append(("web", "listen", "must be host:port, such as 127.0.0.1:8000"))
    leave_to = settings.web.quick_exit_url
    if not is_link(leave_to) or urlsplit(leave_to).scheme not in {"http", "https"}:
        found.append(("web", "quick_exit_url", "must be like https://www.bbc.co.uk/weather"))
    found += _office_hours(settings)
    if not settings.data_dir.is_absolute():
        found.append(("", "data_dir", "must be an absolute path"))
    if not _is_database(settings.database.url):
        why = "must be sqlite:/// and an absolute path, or postgresql+psycopg://..."
        found.append(("database", "url", why))
    return found


def _is_database(url: str) -> bool:
    if re.match(r"sqlite:////[^/]", url):
        return True
    try:
        urlsplit(url).port  # noqa: B018 - asked for, it is read
    except ValueError:
        return False
    return url.startswith("postgresql+psycopg://")


def _numbers(settings: Settings) -> list[Fault]:
    """Hold every whole number against its lowest and highest value."""
    found = []
    for (section, key), (lowest, highest) in BOUNDS.items():
        value = getattr(getattr(settings, section), key)
        if value < lowest:
            found.append((section, key, f"must be {lowest} or more"))
        elif value > highest:
            found.append((section, key, f"must be {highest} or less"))
    return found


MOST_ATTEMPTS = 3
"""As many as the form has room for."""


def _sharing(settings: Settings) -> list[Fault]:
    own = settings.sharing
    consents = ("consent_planning_months", "consent_contact_months", "consent_review_weeks")
    lasts = (*consents, "first_review_months", "review_months")
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
    if bool(mail.username) != bool(mail.password):
        key, other = ("username", "password") if mail.username else ("password", "username")
        found.append(("mail", key, f"needs {other} beside it, or leave both out"))
    if not is_address(mail.sender):
        found.append(("mail", "sender", "must be one e-mail address"))
    return found


def _demonstration(settings: Settings) -> list[Fault]:
    mail = settings.mail
    stays = mail.transport == "mailbox" or is_loopback(mail.host)
    if settings.environment != "demonstration" or stays:
        return []
    return [("mail", "host", "must be this machine: nothing leaves it in a demonstration")]


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
