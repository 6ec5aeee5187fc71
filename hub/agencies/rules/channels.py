"""Work channels only: which e-mail addresses, numbers and words a directory entry may hold.

A worker is reached through the agency, never through a private telephone, a webmail account or
social media; source: West Sussex's procedure on preparing for leaving care (contact after leaving
goes through the work telephone, not personal phones or social media).
"""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from hub.kernel.mailable import is_address

WEBMAIL = frozenset(
    {
        "gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "rocketmail",
        "icloud", "aol", "gmx", "mail", "proton", "protonmail", "zoho", "tutanota", "tuta",
        "yandex", "fastmail", "hushmail", "btinternet", "btopenworld", "sky", "talktalk",
        "virginmedia", "ntlworld", "blueyonder", "tiscali", "tesco", "plusnet",
    }
)  # fmt: skip
"""First labels of the domains on which the public, not agencies, has its accounts."""

WEBMAIL_EXACT = frozenset({"me.com", "mac.com", "pm.me", "o2.co.uk", "ee.co.uk"})
WEBMAIL_ENDINGS = frozenset({"com", "co.uk", "uk", "net", "me", "fr", "de", "ie", "org"})

SOCIAL_SITE = re.compile(
    r"\b(?:facebook|fb|instagram|twitter|x|tiktok|snapchat|whatsapp|telegram|linkedin|discord"
    r"|youtube|messenger|threads|bsky|signal)\.(?:com|me|org|net|app|gg)\b"
    r"|\b(?:wa|t|m|fb)\.me/",
    re.IGNORECASE,
)
SOCIAL_WORD = re.compile(
    r"\b(?:facebook|instagram|tiktok|snapchat|whats\s?app|telegram|messenger|discord)\b",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?:^|[\s(:])@\w{2,}")

NO_SOCIAL_MEDIA = (
    "Social media is not a work channel, because the agency cannot keep or check what is said"
    " there. Give a work telephone number or e-mail address"
)
NO_WEBMAIL = (
    "{domain} is a private e-mail service. Give the address that the agency issued, because"
    " information about people must stay inside its systems"
)
NO_PRIVATE_MOBILE = (
    "This is a mobile number. Tick that it is a work mobile issued by the agency, or give the"
    " number of the office: private phones are not kept in the directory"
)
NO_MOBILE_HERE = (
    "This is a mobile number. Give the number of the office or desk here, and a work mobile on"
    " the entry of the person who carries it"
)
NOT_A_NUMBER = "Enter a telephone number, like 01632 960001"
NOT_AN_ADDRESS = "Enter an e-mail address in the correct format, like name@example.org"
NO_MAIL_THERE = (
    "Enter an e-mail address in plain letters without accents, like name@example.org. Invitations"
    " cannot be sent to any other"
)
NO_PREMIUM = "This number costs the caller more than an ordinary call. Give another"

_SHORT = re.compile(r"1(?:01|05|11|1[68]\d{3})|999")
"""Numbers for the whole country: 101, 105, 111, the six-digit helplines, and 999."""


def social_media(text: str) -> str | None:
    """Say why a text that leads to social media is refused; None when it does not."""
    found = SOCIAL_SITE.search(text) or SOCIAL_WORD.search(text) or HANDLE.search(text)
    return NO_SOCIAL_MEDIA if found else None


def email_fault(address: str) -> str | None:
    """Say why an address is not a work address; None when it may be one."""
    if HANDLE.match(address) or SOCIAL_SITE.search(address):
        return NO_SOCIAL_MEDIA
    try:
        domain = validate_email(address, check_deliverability=False).domain.lower()
    except EmailNotValidError:
        return NOT_AN_ADDRESS
    first, _, ending = domain.partition(".")
    if domain in WEBMAIL_EXACT or (first in WEBMAIL and ending in WEBMAIL_ENDINGS):
        return NO_WEBMAIL.format(domain=domain)
    return None if is_address(address) else NO_MAIL_THERE


def is_mobile(number: str) -> bool:
    """Tell whether a number is a United Kingdom mobile (07...), fictional ones included.

    070 is no mobile: Ofcom keeps it for personal numbers that cost more, and it is refused.
    """
    digits = _national(number)
    return digits.startswith("07") and not digits.startswith("070")


def phone_fault(number: str, *, is_work_mobile: bool = False) -> str | None:
    """Say why a person's or desk's number is refused; None when it may be kept."""
    if social_media(number):
        return NO_SOCIAL_MEDIA
    if _SHORT.fullmatch(re.sub(r"\s", "", number)):
        return None
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        return NOT_A_NUMBER
    digits = _national(number)
    if digits.startswith(("09", "070")):
        return NO_PREMIUM
    return NO_PRIVATE_MOBILE if is_mobile(number) and not is_work_mobile else None


def desk_phone_fault(number: str) -> str | None:
    """Say why a number is refused for a service or an office, which has no mobile of its own."""
    return phone_fault(number, is_work_mobile=True) or (
        NO_MOBILE_HERE if is_mobile(number) else None
    )


def _national(number: str) -> str:
    """Return the digits as dialled inside the United Kingdom, or with 00 for another country."""
    bare = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    if bare.startswith("+44"):
        return "0" + bare[3:].lstrip("0")
    if bare.startswith("0044"):
        return "0" + bare[4:].lstrip("0")
    return bare.replace("+", "00", 1)
