"""An officer asks the leaving care service for information, at a browser; each sitting a function.

``after`` is called on each page with a name for it, so that pictures can be taken on the way.
"""

from collections.abc import Callable

from kit.story import Young, reference_in
from kit.walk import Visitor

SAVE = "Save and continue"


def nothing(_: str) -> None:
    """Do nothing about a page."""


def begin(
    officer: Visitor,
    *,
    button: str = "Start",
    look_for: str = "leaving care Examplefield",
    after: Callable[[str], None] = nothing,
) -> None:
    """Start, look for the leaving care service and pick the first that is found."""
    officer.menu("Requests")
    officer.press("Ask for information")
    after("start")
    officer.press(button, exact=True)
    officer.fill(q=look_for)
    officer.press("Look in the directory")
    after("holder")
    officer.page.locator("main input[name='chosen']").first.check()
    officer.press(SAVE)


def say_who(officer: Visitor, young: Young, role: str) -> None:
    """Say about whom."""
    officer.fill(given_name=young.called, family_name=young.family_name, postcode=young.postcode)
    born = young.date_of_birth
    officer.date("date_of_birth", born.year, born.month, born.day)
    officer.pick("subject_role", role)


def say_what(officer: Visitor) -> None:
    """Ask for the worker, and nothing else."""
    officer.pick("categories", "worker_contact")
    officer.fill(wanted_worker_contact="The name of the worker, and how to reach them")


def say_why(officer: Visitor, purpose: str) -> None:
    """Say what for."""
    officer.pick("purpose", purpose)
    officer.fill(
        necessity="Invented: her safety is planned on Friday.",
        less_intrusive="Invented: she was asked, and does not know the number.",
    )


def ask(
    officer: Visitor,
    young: Young,
    *,
    purpose: str = "safety_planning",
    role: str = "witness",
    article_6: str = "art6_e",
    priority: str = "amber",
    risks: tuple[str, ...] = ("risk_of_harm",),
    consent: str = "given_explicit",
    after: Callable[[str], None] = nothing,
) -> None:
    """Answer every page up to the check; without more said, with the person's consent."""
    begin(officer, after=after)
    say_who(officer, young, role)
    after("subject")
    officer.press(SAVE)
    say_what(officer)
    after("what")
    officer.press(SAVE)
    say_why(officer, purpose)
    after("why")
    officer.press(SAVE)
    officer.pick("priority", priority)
    after("urgency")
    officer.press(SAVE)
    officer.pick("immediate_danger", "no")
    officer.pick("risks", *risks)
    after("risk")
    officer.press(SAVE)
    officer.pick("consent_state", consent)
    officer.pick("is_told", "yes")
    after("consent")
    officer.press(SAVE)
    officer.pick("article_6", article_6)
    officer.pick("legal_power", "cda_s115")
    officer.pick("override_basis", "s115")
    after("basis")
    officer.press(SAVE)
    officer.pick("kind", "none")
    after("order")
    officer.press(SAVE)
    if role == "victim":
        three_tests(officer)
        after("victim")
        officer.press(SAVE)


def three_tests(officer: Visitor) -> None:
    """Say why, and that the person was given notice yesterday."""
    officer.fill(
        reason_to_believe_held="Invented: they support her",
        reasonable_line_of_enquiry="Invented: nobody else knows who the worker is",
        necessary_and_proportionate="Invented: only the worker's name is asked for",
    )
    officer.pick("notice", "given")
    officer.date("notice_on", 2026, 5, 29)


def finish(officer: Visitor, after: Callable[[str], None] = nothing) -> None:
    """Answer the last two pages, and come to the check."""
    officer.fill(security="On our case system, for this case alone", retention="Six years")
    after("handling")
    officer.press(SAVE)
    officer.fill(position="Constable")
    officer.pick("relation", "none")
    after("declaration")
    officer.press(SAVE)
    after("files")
    officer.press("Continue", exact=True)
    after("check")


def send(officer: Visitor, after: Callable[[str], None] = nothing) -> str:
    """Send what was checked, and return its reference."""
    officer.press("Send the request")
    assert "was received" in officer.text
    after("receipt")
    return reference_in(officer.text)


def open_one(officer: Visitor, reference: str) -> None:
    """Open a request from the list."""
    officer.menu("Requests")
    officer.press(reference)


def danger(officer: Visitor, after: Callable[[str], None] = nothing) -> None:
    """Say that somebody is in danger now, and come to the number to ring."""
    begin(officer, button="Somebody is in danger now")
    assert officer.h1 == "Ring them now"
    after("ring")


def send_in_danger(officer: Visitor, young: Young) -> str:
    """Go on from the number to the few questions, and send; return the reference."""
    officer.press("Go on with the request")
    say_who(officer, young, "witness")
    officer.press(SAVE)
    say_what(officer)
    officer.press(SAVE)
    say_why(officer, "safety_planning")
    officer.press(SAVE)
    if officer.page.locator("main [name='danger']").count():
        officer.fill(danger="Invented: he has a key")
        officer.press(SAVE)
    officer.pick("relation", "none")
    officer.press(SAVE)
    officer.press("Continue", exact=True)
    return send(officer)


def send_with_gaps(officer: Visitor, young: Young, after: Callable[[str], None] = nothing) -> str:
    """Say only what nothing goes without, because of a crime, and send it; return its reference."""
    begin(officer)
    say_who(officer, young, "alleged_perpetrator")
    officer.press(SAVE)
    say_what(officer)
    officer.press(SAVE)
    officer.pick("purpose", "crime_prevention")
    officer.press(SAVE)
    after("why_lacks")
    officer.press("Go on without it")
    officer.press("See all questions")
    after("questions_lack")
    officer.press("Check your answers")
    after("check_lacks")
    return send(officer)


def give_what_lacks(officer: Visitor, signer: str, after: Callable[[str], None] = nothing) -> None:
    """Go through the list of what lacks on a held request, page by page, to its end."""
    after("held")
    officer.press("Say why you need it for that")
    officer.fill(necessity="Invented: he is looked for", less_intrusive="Invented: none would do")
    officer.press("Save", exact=True)
    officer.press("Select your lawful basis")
    officer.pick("article_6", "art6_e")
    officer.pick("legal_power", "dpa_sch2_2")
    officer.press("Save", exact=True)
    officer.press("Say how you will keep it safe")
    officer.fill(security="On our case system", retention="Six years")
    officer.press("Save", exact=True)
    officer.press("Say whether you know anybody")
    officer.pick("relation", "none")
    officer.press("Save", exact=True)
    officer.press("Enter your rank")
    police_form(officer)
    option = officer.page.locator("main select[name='counter_signer'] option", has_text=signer)
    officer.page.select_option("main select[name='counter_signer']", option.get_attribute("value"))
    after("police")
    officer.press("Save", exact=True)


def sign(inspector: Visitor, reference: str, after: Callable[[str], None] = nothing) -> None:
    """Counter-sign what waits on the list."""
    inspector.menu("Requests")
    inspector.press(reference)
    after("sign")
    inspector.pick("is_signed", "yes")
    inspector.press("Save", exact=True)
    assert "You have counter-signed" in inspector.text


def police_form(officer: Visitor) -> None:
    """Fill the form of the police in, all but who counter-signs."""
    officer.fill(
        rank="Constable",
        collar_number="1234",
        station="Examplefield Central",
        force_reference="26/1234",
        data_and_period="Invented: the worker of this spring",
        prejudice="Invented: he would learn of it",
        why_this_holder="Invented: they support him",
        subject_told="No: he would leave",
    )
    officer.pick("purpose_ticks", "prevent_detect")
