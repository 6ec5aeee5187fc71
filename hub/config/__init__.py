"""Settings: one TOML file into frozen values, or a refusal that names the line.

Every setting with its default is in ``config.example.toml``, and a test holds that file against
this package.
"""

from hub.config.reading import (
    TOP,
    SettingsError,
    borrow_settings,
    load_settings,
    parse_settings,
    read_settings,
)
from hub.config.safety import is_loopback, unsafe
from hub.config.sections import (
    SECTIONS,
    DatabaseSettings,
    DirectorySettings,
    InvitationSettings,
    LookUpSettings,
    MailSettings,
    RequestSettings,
    Settings,
    SharingSettings,
    WebSettings,
)

__all__ = [
    "SECTIONS",
    "TOP",
    "DatabaseSettings",
    "DirectorySettings",
    "InvitationSettings",
    "LookUpSettings",
    "MailSettings",
    "RequestSettings",
    "Settings",
    "SettingsError",
    "SharingSettings",
    "WebSettings",
    "borrow_settings",
    "is_loopback",
    "load_settings",
    "parse_settings",
    "read_settings",
    "unsafe",
]
