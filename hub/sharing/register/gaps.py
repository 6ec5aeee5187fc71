"""What an agreement still lacks, section by section, before it can be approved and count."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.sharing.register.bases import basis_gaps, needs_policy_document
from hub.sharing.register.codes import (
    CATEGORIES,
    CONTROLLERS,
    DIRECTIONS,
    PROCESSOR,
    PURPOSES,
    RIGHTS,
)
from hub.sharing.register.contents import Contents, Party
from hub.sharing.register.gateways import can_be_relied_on

LEAST_CONTROLLERS = 2


class Section(StrEnum):
    """The parts of an agreement, in the order in which a page asks for them."""

    DATES = "dates"
    PARTIES = "parties"
    PURPOSES = "purposes"
    CATEGORIES = "categories"
    EXCLUSIONS = "exclusions"
    GATEWAYS = "gateways"
    BASES = "bases"
    ASSESSMENT = "assessment"
    HANDLING = "handling"
    RIGHTS = "rights"
    ENDING = "ending"
    SIGNATURES = "signatures"


@dataclass(frozen=True)
class Gap:
    """Something that lacks: in which section, and the sentence that says the cure."""

    section: Section
    cure: str


def gaps(contents: Contents, today: date) -> tuple[Gap, ...]:
    """Return what the text lacks; empty when it can be approved and given out to be signed."""
    return (
        *_date_gaps(contents, today),
        *_party_gaps(contents, today),
        *_purpose_gaps(contents),
        *_category_gaps(contents),
        *_gateway_gaps(contents, today),
        *_all_basis_gaps(contents, today),
        *_assessment_gaps(contents),
        *_closing_gaps(contents),
    )


def obstacles(
    contents: Contents, today: date, *, counts_until: date | None = None
) -> tuple[Gap, ...]:
    """Return why a version cannot come into force today; empty when it can.

    ``counts_until`` is the end of the version that counts at present, where it has one: the next
    must start by then, so that there is no day without an agreement.
    """
    found = [*gaps(contents, today), *_signature_gaps(contents, today)]
    if counts_until is not None and today < counts_until < contents.starts_on:
        found.append(
            Gap(
                Section.DATES,
                f"The version before ends on {_day(counts_until)}. Start this one by then, so that "
                "there is no day without an agreement.",
            )
        )
    return tuple(found)


def obstacles_to_resume(contents: Contents, today: date) -> tuple[Gap, ...]:
    """Return why a suspended version cannot count again today.

    Its terms were whole when it came into force and are as they were; only days have passed.
    """
    return (*_date_gaps(contents, today), *_signature_gaps(contents, today))


def _signature_gaps(contents: Contents, today: date) -> list[Gap]:
    unsigned = [one.agency for one in contents.parties if not _is_settled(one, today)]
    if not unsigned:
        return []
    names = ", ".join(unsigned)
    return [Gap(Section.SIGNATURES, f"Every party must have signed. Not signed yet: {names}.")]


def _is_settled(party: Party, today: date) -> bool:
    return party.is_bound(today) or party.has_left(today)


def _date_gaps(contents: Contents, today: date) -> list[Gap]:
    checks = (
        (
            contents.ends_on is not None and contents.ends_on <= max(today, contents.starts_on),
            "The end must be after today and after the start.",
        ),
        (contents.review_on <= today, "The next review must be after today."),
    )
    return [Gap(Section.DATES, why) for is_so, why in checks if is_so]


def _party_gaps(contents: Contents, today: date) -> list[Gap]:
    staying = [one for one in contents.parties if not one.has_left(today)]
    found = []
    if sum(one.role in CONTROLLERS for one in staying) < LEAST_CONTROLLERS:
        found.append(Gap(Section.PARTIES, "Add at least two controllers."))
    found += [
        Gap(Section.PARTIES, f"Enter the legal name of {one.agency}.")
        for one in staying
        if not one.legal_name
    ]
    return found


def _purpose_gaps(contents: Contents) -> list[Gap]:
    found = []
    if not contents.purposes:
        found.append(Gap(Section.PURPOSES, "Select at least one purpose."))
    if not contents.subjects:
        found.append(Gap(Section.PURPOSES, "Select the people it is about."))
    found += [
        Gap(Section.PURPOSES, f"Say how consent is handled for: {PURPOSES[one.code]}.")
        for one in contents.purposes
        if one.consent is None
    ]
    return found


def _category_gaps(contents: Contents) -> list[Gap]:
    shared = [one for one in contents.categories if one.code in contents.shared]
    if not shared:
        return [Gap(Section.CATEGORIES, "Select at least one category that may be shared.")]
    return [
        Gap(Section.CATEGORIES, f"Say {lacks} of: {CATEGORIES[one.code]}.")
        for one in shared
        for lacks, is_so in (
            ("whom it is about", not one.subjects),
            ("how long it is kept", one.retention is None),
        )
        if is_so
    ]


def _gateway_gaps(contents: Contents, today: date) -> list[Gap]:
    day = max(today, contents.starts_on)
    return [
        Gap(
            Section.GATEWAYS,
            "Add a gateway in law that is in force when the agreement starts. "
            f"None carries this direction: {words}.",
        )
        for direction, words in DIRECTIONS.items()
        if contents.shares(direction)
        and not any(can_be_relied_on(one, day, direction) for one in contents.gateways)
    ]


def _all_basis_gaps(contents: Contents, today: date) -> list[Gap]:
    """Return what the bases lack; a processor shares on its controller's and needs none."""
    return [
        Gap(Section.BASES, f"For {one.agency}: {lacking}.")
        for one in contents.parties
        if one.role != PROCESSOR and not one.has_left(today)
        for lacking in basis_gaps(one.bases, contents.sensitivity)
    ]


def _assessment_gaps(contents: Contents) -> list[Gap]:
    done = contents.assessment
    needs_policy = any(
        needs_policy_document(one.bases, contents.sensitivity) for one in contents.parties
    )
    is_high_risk = contents.sensitivity.special or contents.sensitivity.offences
    checks = (
        (
            needs_policy and not (done.policy_reference and done.policy_on),
            "Enter the appropriate policy document and its date: the lawful bases need one.",
        ),
        (
            is_high_risk and not (done.dpia_reference and done.dpia_on and done.dpia_outcome),
            "Enter the impact assessment, its date and outcome: data this sensitive need one.",
        ),
    )
    return [Gap(Section.ASSESSMENT, why) for is_so, why in checks if is_so]


def _closing_gaps(contents: Contents) -> list[Gap]:
    led = {code for code, _ in contents.rights}
    handling = contents.handling
    checks = (
        (
            not handling.methods or not handling.marking,
            Section.HANDLING,
            "Say how information travels and how it is marked.",
        ),
        (
            handling.onward == "named" and not handling.onward_to,
            Section.HANDLING,
            "Name those to whom it may be passed on.",
        ),
        (
            bool(RIGHTS.keys() - led),
            Section.RIGHTS,
            "Say which controller leads on each right of the people it is about.",
        ),
        (
            not contents.termination,
            Section.ENDING,
            "Say what becomes of the information when the agreement ends or a party leaves.",
        ),
    )
    return [Gap(section, why) for is_so, section, why in checks if is_so]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
