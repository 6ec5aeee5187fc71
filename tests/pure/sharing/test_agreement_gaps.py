"""What an agreement lacks before it can be approved, come into force, or come back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.sharing.register.contents import Assessment, Category, Handling, Purpose
from hub.sharing.register.gaps import Section, gaps, obstacles, obstacles_to_resume
from hub.sharing.register.gateways import Gateway
from parts.whole_agreement import CDA, COUNCIL, COUNCIL_PARTY, POLICE_PARTY, TODAY, WHOLE

TOMORROW = TODAY + timedelta(days=1)
UNSIGNED = replace(COUNCIL_PARTY, signatory="", signed_on=None)
EXISTENCE = WHOLE.categories[0]
PROCESSOR = replace(
    COUNCIL_PARTY, agency_id=POLICE_PARTY.agency_id, role="processor", bases=(), agency="Charity"
)


def test_a_whole_agreement_lacks_nothing():
    assert gaps(WHOLE, TODAY) == ()
    assert obstacles(WHOLE, TODAY) == ()


def with_assessment(**changes):
    return {"assessment": replace(WHOLE.assessment, **changes)}


@pytest.mark.parametrize(
    ("change", "section", "word"),
    [
        ({"parties": (COUNCIL_PARTY,)}, Section.PARTIES, "two controllers"),
        # a processor is a party, but it decides nothing
        ({"parties": (COUNCIL_PARTY, PROCESSOR)}, Section.PARTIES, "two controllers"),
        # one that has left counts no longer
        (
            {"parties": (COUNCIL_PARTY, replace(POLICE_PARTY, withdrawn_on=TODAY))},
            Section.PARTIES,
            "two controllers",
        ),
        (
            {"parties": (replace(COUNCIL_PARTY, legal_name=""), POLICE_PARTY)},
            Section.PARTIES,
            "legal name of Example Council",
        ),
        ({"purposes": ()}, Section.PURPOSES, "one purpose"),
        ({"subjects": ()}, Section.PURPOSES, "people"),
        ({"purposes": (Purpose(code="support"),)}, Section.PURPOSES, "consent is handled"),
        ({"categories": ()}, Section.CATEGORIES, "one category"),
        (
            {"categories": (replace(EXISTENCE, to_service="excluded", to_asker="excluded"),)},
            Section.CATEGORIES,
            "one category",
        ),
        (
            {"categories": (replace(EXISTENCE, subjects=()),)},
            Section.CATEGORIES,
            "whom it is about",
        ),
        ({"categories": (replace(EXISTENCE, retention=None),)}, Section.CATEGORIES, "how long"),
        ({"ends_on": TODAY}, Section.DATES, "end"),
        ({"starts_on": TOMORROW, "ends_on": TOMORROW}, Section.DATES, "end"),
        ({"review_on": TODAY}, Section.DATES, "review"),
        (
            {"parties": (replace(COUNCIL_PARTY, bases=()), POLICE_PARTY)},
            Section.BASES,
            "Example Council: select a basis",
        ),
        (with_assessment(policy_reference=""), Section.ASSESSMENT, "policy document"),
        (with_assessment(policy_on=None), Section.ASSESSMENT, "policy document"),
        (with_assessment(dpia_outcome=""), Section.ASSESSMENT, "impact assessment"),
        ({"handling": Handling(methods=("hub",))}, Section.HANDLING, "marked"),
        ({"handling": Handling(marking="SECRET")}, Section.HANDLING, "travels"),
        (
            {"handling": replace(WHOLE.handling, onward="named")},
            Section.HANDLING,
            "Name those",
        ),
        ({"rights": (("access", COUNCIL),)}, Section.RIGHTS, "leads on each right"),
        ({"termination": ""}, Section.ENDING, "ends or a party leaves"),
    ],
)
def test_what_lacks_is_said_in_its_section(change, section, word):
    found = gaps(replace(WHOLE, **change), TODAY)

    assert [gap.section for gap in found] == [section]
    assert word in found[0].cure


def test_everything_that_lacks_is_said_at_once():
    nothing = replace(
        WHOLE, parties=(), purposes=(), categories=(), gateways=(), rights=(), termination=""
    )

    assert {gap.section for gap in gaps(nothing, TODAY)} == {
        Section.PARTIES,
        Section.PURPOSES,
        Section.CATEGORIES,
        Section.RIGHTS,
        Section.ENDING,
    }


@pytest.mark.parametrize(
    ("gateways", "directions"),
    [
        ((), 2),
        ((replace(CDA, commences_on=None),), 2),  # enacted and not commenced
        ((replace(CDA, commences_on=TOMORROW),), 2),
        ((replace(CDA, direction="to_service"),), 1),
        ((replace(CDA, direction="to_service"), replace(CDA, direction="to_asker")), 0),
        # what only defines or limits carries nothing
        ((replace(CDA, code="hra_2_3_8"),), 2),
        ((Gateway(key="2", statute="Duty of confidence", kind="common_law"),), 0),
    ],
)
def test_each_direction_needs_a_gateway_that_is_in_force(gateways, directions):
    found = gaps(replace(WHOLE, gateways=gateways), TODAY)

    assert [gap.section for gap in found] == [Section.GATEWAYS] * directions


def test_a_direction_in_which_nothing_is_shared_needs_no_gateway():
    one_way = replace(
        WHOLE,
        categories=(replace(EXISTENCE, to_asker="excluded"),),
        gateways=(replace(CDA, direction="to_service"),),
    )

    assert gaps(one_way, TODAY) == ()


def test_a_gateway_that_commences_by_the_start_is_enough():
    later = replace(
        WHOLE, starts_on=TODAY + timedelta(days=30), gateways=(replace(CDA, commences_on=TOMORROW),)
    )

    assert gaps(later, TODAY) == ()


def test_what_an_exclusion_shuts_out_is_not_shared():
    counselling = Category(
        code="counselling",
        to_service="permitted",
        to_asker="permitted",
        subjects=("victim",),
        retention="last_case_7",
    )
    shut = replace(WHOLE, categories=(counselling,), exclusions=("counselling",))

    assert [gap.section for gap in gaps(shut, TODAY)] == [Section.CATEGORIES]
    assert not shut.sensitivity.special


def test_without_sensitive_data_no_assessment_is_needed():
    plain = replace(
        WHOLE,
        categories=(EXISTENCE,),
        assessment=Assessment(),
        parties=tuple(replace(one, bases=("art6_e",)) for one in WHOLE.parties),
    )

    assert gaps(plain, TODAY) == ()


def test_a_processor_needs_no_basis_of_its_own():
    assert gaps(replace(WHOLE, parties=(*WHOLE.parties, PROCESSOR)), TODAY) == ()


def test_every_party_must_have_signed_by_today_or_have_left():
    def found(party):
        return [
            gap.cure
            for gap in obstacles(replace(WHOLE, parties=(*WHOLE.parties, party)), TODAY)
            if gap.section is Section.SIGNATURES
        ]

    third = replace(UNSIGNED, agency_id=PROCESSOR.agency_id, agency="Third")
    assert found(third) == ["Every party must have signed. Not signed yet: Third."]
    assert found(replace(third, signed_on=TOMORROW))
    assert not found(replace(third, signed_on=TODAY))
    assert not found(replace(third, withdrawn_on=TODAY))


@pytest.mark.parametrize(
    ("starts_in", "counts_in", "refused"),
    [
        (30, 30, False),  # starts on the very day on which the one before ends
        (31, 30, True),  # a day between them
        (5, 30, False),
        (31, None, False),  # the one before has no end
        (31, 0, False),  # it has ended already: the gap cannot be helped
    ],
)
def test_there_is_no_day_between_two_versions(starts_in, counts_in, refused):
    later = replace(WHOLE, starts_on=TODAY + timedelta(days=starts_in), review_on=date(2027, 1, 1))
    until = None if counts_in is None else TODAY + timedelta(days=counts_in)

    assert bool(obstacles(later, TODAY, counts_until=until)) is refused


def test_coming_back_asks_for_days_and_signatures_only():
    old = replace(WHOLE, rights=(), termination="", categories=())

    assert obstacles_to_resume(old, TODAY) == ()
    assert obstacles_to_resume(replace(old, review_on=TODAY), TODAY)
    assert obstacles_to_resume(replace(old, ends_on=TODAY), TODAY)
    assert obstacles_to_resume(replace(old, parties=(UNSIGNED,)), TODAY)
