"""What can be set, section by section, with the defaults, checked and frozen."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class DatabaseSettings:
    """Where the rows are."""

    url: str


@dataclass(frozen=True)
class WebSettings:
    """How the web process listens and how long somebody stays signed in."""

    listen: str = "127.0.0.1:8000"
    threads: int = 8
    trusted_proxies: int = 0
    session_idle_minutes: int = 15
    session_hours: int = 10
    quick_exit_url: str = "https://www.bbc.co.uk/weather"


@dataclass(frozen=True)
class MailSettings:
    """How messages leave; see the public interfaces, section 8."""

    sender: str = "meetings@hub.example.org"
    transport: str = "mailbox"
    mailbox: Path | None = None
    host: str = "127.0.0.1"
    port: int = 25
    security: str = "starttls"
    ca_file: Path | None = None
    username: str | None = None
    password: str | None = None
    timeout_seconds: int = 30
    lease_seconds: int = 60
    retry_seconds: tuple[int, ...] = (60, 120, 240, 480, 900, 1800, 3600)


@dataclass(frozen=True)
class InvitationSettings:
    """When silence climbs the ladder, and for how long a worker sees the item."""

    answer_within_working_days: int = 2
    answer_before_hours: int = 72
    phone_task_hours: int = 4
    access_days_after_meeting: int = 28
    slot_minutes: int = 10


@dataclass(frozen=True)
class DirectorySettings:
    """How long a checked contact counts as checked."""

    stale_after_days: int = 90


@dataclass(frozen=True)
class SharingSettings:
    """When an agreement is reviewed, how late that may be, and how long consent lasts."""

    review_grace_days: int = 30
    first_review_months: int = 6
    review_months: int = 12
    consent_planning_months: int = 6
    consent_contact_months: int = 12
    consent_review_weeks: int = 12
    consent_attempts: int = 2


@dataclass(frozen=True)
class RequestSettings:
    """By when information requests are acknowledged and answered."""

    office_opens: str = "09:00"
    office_closes: str = "17:00"
    immediate_minutes: int = 15
    record_days: int = 1
    red_acknowledge_minutes: int = 30
    red_answer_hours: int = 4
    amber_acknowledge_hours: int = 4
    amber_answer_hours: int = 24
    routine_acknowledge_days: int = 1
    routine_answer_days: int = 5
    routine_second_days: int = 8
    routine_ceiling_days: int = 10
    research_days_before: int = 3
    held_days: int = 28
    clarify_days: int = 20


@dataclass(frozen=True)
class LookUpSettings:
    """How many people one account may look up, and which look-ups somebody else looks at."""

    an_hour: int = 20
    a_day: int = 60
    searches_an_hour: int = 30
    searches_a_day: int = 120
    repeats: int = 3
    repeat_days: int = 30
    sample_percent: int = 5


@dataclass(frozen=True)
class Settings:
    """Everything that can be set, checked and frozen."""

    environment: str
    data_dir: Path
    public_base_url: str
    database: DatabaseSettings
    label_pack: str = "lincolnshire"
    web: WebSettings = field(default_factory=WebSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    invitations: InvitationSettings = field(default_factory=InvitationSettings)
    directory: DirectorySettings = field(default_factory=DirectorySettings)
    sharing: SharingSettings = field(default_factory=SharingSettings)
    requests: RequestSettings = field(default_factory=RequestSettings)
    look_ups: LookUpSettings = field(default_factory=LookUpSettings)
    starts_at: datetime | None = None

    @property
    def is_production(self) -> bool:
        """Whether real people are in the records."""
        return self.environment == "production"

    @property
    def is_secure_origin(self) -> bool:
        """Whether people reach the hub by https."""
        return self.public_base_url.startswith("https://")

    @property
    def listen_address(self) -> tuple[str, int]:
        """Host and port to listen on."""
        host, _, port = self.web.listen.rpartition(":")
        return host.strip("[]"), int(port)


SECTIONS: dict[str, type] = {
    "database": DatabaseSettings,
    "web": WebSettings,
    "mail": MailSettings,
    "invitations": InvitationSettings,
    "directory": DirectorySettings,
    "sharing": SharingSettings,
    "requests": RequestSettings,
    "look_ups": LookUpSettings,
}
