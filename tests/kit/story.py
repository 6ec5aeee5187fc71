"""The main story by the pages, as the people in it would tell it: each function is one sitting."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.kernel.actor import system
from hub.meetings.models import ItemPerson
from hub.people.models import Allocation, Person
from kit.running import Running
from kit.walk import Visitor

WORKER = "ashley.placeholder@council.example.org"
"""The leaving care worker of the demonstration who has an account."""

HERE = system("test")
REFERENCE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
GROUPS = ("alleged_perpetrator", "child", "other_adult", "professional")


@dataclass(frozen=True, kw_only=True)
class Young:
    """Somebody on the register, as an officer would hear of them."""

    id: str
    called: str
    family_name: str
    date_of_birth: date
    postcode: str


def somebody_of_the_worker(running: Running) -> Young:
    """Return a grown-up of the worker with an account, whom no meeting is about yet.

    Whoever goes by another name than the register's comes first.
    """
    with running.units() as units, units.read(HERE) as uow:
        listed = set(uow.session.scalars(select(ItemPerson.person_id)))
        found = uow.session.scalars(
            select(Person)
            .join(Allocation, Allocation.person_id == Person.id)
            .join(Contact, Contact.id == Allocation.worker_id)
            .where(Contact.email == WORKER, Person.support_status == "allocated")
            .order_by(Person.reference)
        ).all()
        grown_up = running.now().date().replace(year=running.now().year - 18)
        free = [
            (row.source_id, str(row.id))
            for row in found
            if row.id not in listed and row.date_of_birth and row.date_of_birth < grown_up
        ]
    with (running.folder / "people.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["person_id"]: row for row in csv.DictReader(file)}
    source_id, person_id = min(free, key=lambda each: not rows[str(each[0])]["known_as"])
    row = rows[str(source_id)]
    return Young(
        id=person_id,
        called=row["known_as"] or row["given_name"],
        family_name=row["family_name"],
        date_of_birth=date.fromisoformat(row["date_of_birth"]),
        postcode=row["postcode"],
    )


def sign_in(visitor: Visitor, account: dict[str, str], *, path: str = "/sign-in") -> None:
    """Sign in, at the sign-in page or on the way to another address."""
    visitor.go(path)
    visitor.fill(email=account["email"], password=account["password"])
    visitor.press("Sign in")


def raise_concern(officer: Visitor, young: Young, *, area: str = "Examplefield") -> str:
    """Raise a concern about the young person, question by question; return its reference."""
    officer.go("/concerns/start")
    officer.press("Start")
    officer.press("Save and continue")  # who the officer is
    officer.fill(given_name=young.called, family_name=young.family_name)
    born = young.date_of_birth
    officer.date("date_of_birth", born.year, born.month, born.day)
    officer.press("Save and continue")
    officer.pick("care_experienced", "not_known")
    officer.press("Save and continue")
    officer.fill(postcode=young.postcode)
    officer.page.get_by_label("Area").first.select_option(label=area) if officer.page.locator(
        "select[name='area']"
    ).count() else officer.page.get_by_label(area, exact=True).check()
    officer.press("Save and continue")
    officer.press("Save and continue")  # safe contact
    _nobody_more(officer)
    _nobody_more(officer)
    _nobody_more(officer)
    officer.fill(what_happened="Invented for a test: threats at home.")
    officer.press("Save and continue")
    officer.press("Save and continue")  # what the police know
    officer.pick("criteria", "professional_judgement")
    officer.fill(judgement_reasons="Invented: it is getting worse.")
    officer.press("Save and continue")
    officer.press("Save and continue")  # no risk tool
    officer.pick("consent", "given")
    officer.press("Save and continue")
    _nobody_more(officer)
    officer.press("Save and continue")  # needs
    officer.press("Continue")  # no files
    officer.press("Submit the concern")
    return reference_in(officer.text)


def _nobody_more(visitor: Visitor) -> None:
    visitor.pick("more", "no")
    visitor.press("Continue", exact=True)


def reference_in(text: str) -> str:
    """Return the reference in a text. Raises AssertionError where there is none."""
    found = REFERENCE.search(text)
    assert found, text
    return found.group()


def confirm_identity(desk: Visitor, check_id: str, young: Young) -> None:
    """Answer a question of the desk: it is this person, and two facts agree."""
    desk.go(f"/checks/{check_id}")
    assert young.family_name in desk.text
    desk.press("Confirm")
    desk.pick("facts", "date_of_birth", "address")
    desk.press("Confirm")
    assert "Confirmed" in desk.text, desk.text


def accept(coordinator: Visitor, reference: str) -> None:
    """Accept a concern from the list of those that wait."""
    coordinator.menu("Screening")
    coordinator.press(reference)
    coordinator.pick("outcome", "accepted")
    coordinator.press("Save the decision")


def list_case(coordinator: Visitor, meeting_id: str, reference: str) -> str:
    """Put the concern on the agenda of a meeting and return the path of its case."""
    coordinator.go(f"/meetings/{meeting_id}")
    before = case_paths(coordinator)
    coordinator.press("List a case")
    coordinator.page.get_by_label(reference).check()
    coordinator.press("Put it on the agenda")
    (new,) = case_paths(coordinator) - before
    return new


def case_paths(visitor: Visitor) -> set[str]:
    """Return the paths of all cases that the page leads to."""
    links = visitor.page.locator("main a[href*='/meetings/cases/']").all()
    paths = [urlsplit(link.get_attribute("href") or "").path for link in links]
    return {path for path in paths if path.count("/") == 3}


def give_out_times(coordinator: Visitor, meeting_id: str) -> None:
    """Give every case of the meeting its ten minutes."""
    coordinator.go(f"/meetings/{meeting_id}/agenda")
    coordinator.press("Give out the times")
    assert "The times are given out" in coordinator.text, coordinator.text


def issue(coordinator: Visitor, meeting_id: str) -> None:
    """Issue the agenda."""
    coordinator.go(f"/meetings/{meeting_id}/agenda/issue")
    coordinator.press("Issue the agenda")
    assert "is out" in coordinator.text, coordinator.text
