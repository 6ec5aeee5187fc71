"""Takes the invented people on to the register as a file, the way that any file takes."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.cli.made_up.county import CASELOAD, County
from hub.cli.made_up.register import MadeUp
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.people.commands.importing import import_register
from hub.people.commands.people import source_key
from hub.people.models import Person
from hub.people.rules.sheet import read_register, write_register

WITHOUT_WORKER = 30
"""One person in so many has no leaving care worker at present."""

WITH_SOCIAL_WORKER = 0.9
SEVENTEEN = 18
TOGETHER = 1000


def enter_people(
    county: County,
    people: list[MadeUp],
    *,
    uow: UnitOfWork,
    progress: Callable[[int, int], None],
) -> None:
    """Import the people, each with their workers; the actor is the service's duty desk.

    ``progress`` hears how many of how many are done.
    """
    emails = _emails(uow, county)
    text = "".join(write_register(_rows(uow, county, people, emails)))
    sheet = read_register(text.encode(), uow.today)
    if sheet.faults:
        raise ValueError(f"the made-up register is at fault: {sheet.faults[0]}")
    import_register(sheet.lines, uow=uow, service_id=county.service_id, progress=progress)
    uow.session.flush()
    keys = {source_key(uow, county.service_id, one.person_id): one.person_id for one in people}
    wanted = list(keys)
    for at in range(0, len(wanted), TOGETHER):
        rows = uow.session.execute(
            select(Person.source_key, Person.id).where(
                Person.source_key.in_(wanted[at : at + TOGETHER])
            )
        )
        county.people |= {keys[row.source_key]: row.id for row in rows}


def _emails(uow: UnitOfWork, county: County) -> dict[object, str]:
    wanted = [*county.workers, *county.social_workers]
    rows = uow.session.execute(select(Contact.id, Contact.email).where(Contact.id.in_(wanted)))
    return {row.id: row.email or "" for row in rows}


def _rows(
    uow: UnitOfWork, county: County, people: list[MadeUp], emails: dict[object, str]
) -> Iterator[dict[str, str]]:
    """Yield a worker for all but one in thirty, and a social worker for most under 18."""
    rng = county.rng
    own = county.logins[Role.LEAVING_CARE_WORKER].email
    begins = (uow.today - timedelta(days=200)).isoformat()
    for at, person in enumerate(people):
        row = person.row() | {"support_status": person.support_status}
        if at % WITHOUT_WORKER != WITHOUT_WORKER - 1:
            worker = own if at % CASELOAD == 1 else emails[rng.choice(county.workers)]
            row |= {"worker_email": worker, "worker_from": begins}
        is_young = person.date_of_birth.year > uow.today.year - SEVENTEEN
        if is_young and rng.random() < WITH_SOCIAL_WORKER:
            social_worker = emails[rng.choice(county.social_workers)]
            row |= {"social_worker_email": social_worker, "social_worker_from": begins}
        yield row
