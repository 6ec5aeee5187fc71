"""A candidate beside a question, fact by fact in words."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hub.kernel.days import london_day
from hub.people.queries.identity import CandidateView, CheckView
from hub.people.rules.identity import masked
from hub.people.rules.stages import STAGE_WORDS, stage_on

BANDS = MappingProxyType(
    {
        "certain": ("All but certain", "green"),
        "probable": ("Probable", "turquoise"),
        "possible": ("Possible", "blue"),
        "conflict": ("Perhaps two people", "orange"),
    }
)
"""Words and colour of each band; the words say it all, the colour helps some."""


ASKED_BY = "Asked by"


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact of the concern beside the register's."""

    fact: str
    asked: str
    held: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One panel: somebody on the register beside the concern."""

    view: CandidateView
    band: str
    colour: str
    rows: tuple[Compared, ...]


def asked_rows(view: CheckView) -> tuple[tuple[str, str], ...]:
    """Return what the concern says, in words, and nothing where it says nothing."""
    asked = view.asked
    approximate = " (approximate)" if asked.is_date_approximate else ""
    words = {"yes": "Yes", "no": "No", "not_known": "Not known"}
    rows = (
        ("Name", asked.name or "Not known"),
        ("Other names", ", ".join(asked.aliases)),
        ("Date of birth", f"{said_day(asked.date_of_birth)}{approximate}"),
        ("Other possible date of birth", said_day(asked.other_date_of_birth, missing="")),
        ("About, born in", str(asked.about_year or "")),
        ("Postcode", ", ".join(asked.postcodes)),
        ("Telephone", ", ".join(asked.phones)),
        ("NHS number", masked(asked.nhs_number)),
        ("Care-experienced, says the referrer", words.get(asked.care_answer, "Not known")),
        ("Responsible authority, says the referrer", asked.authority),
        ("Worker, says the referrer", asked.worker_name),
        (ASKED_BY, asked.asker),
    )
    return tuple((key, value) for key, value in rows if value)


def panel(view: CheckView, candidate: CandidateView, now: datetime) -> Candidate:
    """Set what is held of a candidate beside what was asked; where they live is not shown."""
    asked, record = view.asked, candidate.record
    others = [f"{name.given_name} {name.family_name}".strip() for name in record.names]
    known = [record.known_as] if record.known_as else []
    words, colour = BANDS.get(candidate.band, ("Possible", "blue"))
    stage = STAGE_WORDS[stage_on(record.date_of_birth, london_day(now))]
    rows = (
        Compared("Name", asked.name or "Not known", record.name),
        Compared("Other names", ", ".join(asked.aliases), ", ".join([*known, *others])),
        Compared("Date of birth", said_day(asked.date_of_birth), said_day(record.date_of_birth)),
        Compared("NHS number", masked(asked.nhs_number), masked(record.nhs_number)),
        Compared("Named worker", asked.worker_name, candidate.named_worker or "Nobody"),
        Compared("Support stage", "", stage),
    )
    return Candidate(candidate, words, colour, rows)


def said_day(day: object, *, missing: str = "Not known") -> str:
    """Return a day in words, or what stands for one that is not known."""
    return f"{day:%-d %B %Y}" if day else missing
