"""What two versions say differently, in words."""

from dataclasses import fields, replace
from datetime import date

import pytest

from hub.sharing.register.codes import SUBJECTS
from hub.sharing.register.contents import Assessment, Contents, Handling, Purpose
from hub.sharing.register.gaps import Section
from hub.sharing.register.spelling import SECTION_WORDS, differences, spelled_out
from parts.whole_agreement import CDA, COUNCIL_PARTY, POLICE, POLICE_PARTY, TODAY, WHOLE

NEXT = replace(WHOLE, number=2)
EXISTENCE = WHOLE.categories[0]


def test_a_copy_says_the_same():
    assert differences(WHOLE, NEXT) == ()


@pytest.mark.parametrize(
    ("change", "section", "label", "before", "after"),
    [
        ({"title": "New"}, Section.DATES, "Title", "Sharing for safety", "New"),
        ({"tier": "framework"}, Section.DATES, "Kind", "standing alone", "A framework"),
        ({"framework": "ISA-0"}, Section.DATES, "Kind", "standing alone", "made under: ISA-0"),
        ({"ends_on": date(2027, 6, 1)}, Section.DATES, "Until", "No end", "1 June 2027"),
        ({"review_months": 6}, Section.DATES, "Reviews", "every 12 months", "every 6 months"),
        (
            {"parties": (replace(COUNCIL_PARTY, role="joint_controller"), POLICE_PARTY)},
            Section.PARTIES,
            "Example Council",
            "Controller",
            "Joint controller",
        ),
        (
            {"purposes": (Purpose(code="marac_risk", consent="required"),)},
            Section.PURPOSES,
            "MARAC: risk of serious harm",
            "does not rest",
            "must have agreed",
        ),
        (
            {"subjects": tuple(SUBJECTS)},
            Section.PURPOSES,
            "People it is about",
            "Victim, Child",
            "Worker",
        ),
        (
            {
                "categories": (
                    replace(WHOLE.categories[0], to_asker="permitted"),
                    *WHOLE.categories[1:],
                )
            },
            Section.CATEGORIES,
            "That the service knows the person",
            "From the leaving care service: once an approver has said yes",
            "From the leaving care service: may be shared",
        ),
        ({"other_exclusions": "Nor this"}, Section.EXCLUSIONS, "Other exclusions", "", "Nor this"),
        (
            {"gateways": (replace(CDA, direction="to_service"),)},
            Section.GATEWAYS,
            "Crime and Disorder Act 1998, section 115",
            "Both ways",
            "To the leaving care service",
        ),
        (
            {"assessment": replace(WHOLE.assessment, dpia_outcome="Stopped")},
            Section.ASSESSMENT,
            "Outcome",
            "Risks are accepted",
            "Stopped",
        ),
        (
            {"handling": replace(WHOLE.handling, breach_hours=12)},
            Section.HANDLING,
            "A breach is told to the holder",
            "24 hours",
            "12 hours",
        ),
        (
            {"rights": (("access", POLICE), *WHOLE.rights[1:])},
            Section.RIGHTS,
            "Requests to see what is held",
            "Example Council",
            "Example Police",
        ),
        ({"liability": "Each its own"}, Section.ENDING, "Liability", "", "Each its own"),
    ],
)
def test_each_change_is_said_with_both_sides(change, section, label, before, after):
    (found,) = differences(WHOLE, replace(NEXT, **change))

    assert (found.section, found.label) == (section, label)
    assert before in " ".join(found.before)
    assert after in " ".join(found.after)


def test_what_is_new_and_what_is_gone_has_one_silent_side():
    new = replace(NEXT, purposes=(Purpose(code="support", consent="required"),))

    found = {one.label: one for one in differences(WHOLE, new)}

    assert found["Support for the person"].before == ()
    assert found["MARAC: risk of serious harm"].after == ()


def test_a_basis_that_changes_is_said_of_its_party():
    new = replace(NEXT, parties=(replace(COUNCIL_PARTY, bases=("art6_e",)), POLICE_PARTY))

    (found,) = differences(WHOLE, new)

    assert (found.section, found.label) == (Section.BASES, "Example Council")
    assert len(found.before) == 3
    assert len(found.after) == 1


def test_what_moves_without_a_new_version_is_not_compared():
    signed = replace(COUNCIL_PARTY, signatory="", signed_on=None, contact_id=POLICE)
    new = replace(NEXT, parties=(signed, POLICE_PARTY), review_on=date(2030, 1, 1))

    assert differences(WHOLE, new) == ()


def test_the_differences_come_section_by_section():
    new = replace(NEXT, title="New", termination="New", subjects=("child",), purposes=())

    found = [one.section for one in differences(WHOLE, new)]

    assert found == sorted(found, key=list(Section).index)


def test_a_gateway_that_an_old_agreement_cites_twice_is_kept_twice():
    twice = replace(WHOLE, gateways=(CDA, replace(CDA, key="2", kind="duty")))

    cited = [line for line in spelled_out(twice) if line.section is Section.GATEWAYS]

    assert len({line.key for line in cited}) == 2


SILENT = {"number", "reference", "review_on"}


def test_no_field_of_an_agreement_is_left_out_of_the_words():
    """Each field, emptied, changes what is spelled out."""
    full = replace(
        WHOLE,
        framework="ISA-0",
        ends_on=date(2030, 1, 1),
        other_exclusions="Nor this",
        liability="Each its own",
        handling=Handling(
            methods=("hub",),
            marking="M",
            encryption="E",
            verbal="V",
            onward="named",
            onward_to="O",
            breach_hours=9,
        ),
        assessment=Assessment(
            dpia_reference="D",
            dpia_on=TODAY,
            dpia_outcome="O",
            dpia_review_on=TODAY,
            policy_reference="P",
            policy_on=TODAY,
        ),
    )
    for each in fields(Contents):
        if each.name not in SILENT:
            changed = replace(full, **{each.name: otherwise(each.name, getattr(full, each.name))})
            assert spelled_out(changed) != spelled_out(full), each.name
    for name in ("handling", "assessment"):
        part = getattr(full, name)
        for each in fields(part):
            other = otherwise(each.name, getattr(part, each.name))
            changed = replace(full, **{name: replace(part, **{each.name: other})})
            assert spelled_out(changed) != spelled_out(full), each.name


def otherwise(name, value):
    """Return a value that says something else, or nothing."""
    if name in {"tier", "onward"}:
        return {"tier": "framework", "onward": "none"}[name]
    if isinstance(value, date):
        return date(2031, 1, 1)
    return value + 1 if isinstance(value, int) else type(value)()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"from_age": 18}, "From the age of 18."),
        ({"until_age": 18}, "Under 18."),
        ({"from_age": 16, "until_age": 25}, "From 16 until the age of 25."),
        ({"commences_on": None}, "Not in force: no day of commencement"),
        ({"relies": "Councils"}, "Who may rely on it: Councils"),
    ],
)
def test_a_gateway_says_whom_and_since_when_it_covers(change, words):
    new = replace(NEXT, gateways=(replace(CDA, **change),))

    (found,) = differences(WHOLE, new)

    assert words in found.after


def test_common_law_has_no_day_of_commencement():
    new = replace(NEXT, gateways=(replace(CDA, kind="common_law", commences_on=None),))

    assert differences(WHOLE, new)[0].after == ("Common law. Both ways.",)


def test_every_section_of_the_terms_has_words():
    assert set(SECTION_WORDS) == set(Section)
