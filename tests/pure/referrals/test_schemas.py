"""A concern through its pages and in one JSON body: the same answers, the same refusals."""

from contextlib import suppress
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from hub.kernel.days import age_on
from hub.referrals import journey
from hub.referrals.journey import Draft, Entry
from hub.referrals.schemas import ConcernBody, DraftReader
from hub.referrals.schemas.whole import ENTRY_SHAPES, SHAPES
from hub.referrals.states import CareAnswer, PartyRole
from hub.web.dates import TODAY
from hub.web.forms import blank, read_typed
from hub.web.values import Option

DAY = date(2026, 6, 1)
AREA = str(UUID(int=7))
AREAS = (Option(AREA, "Testshire"),)
OPTIONS = {"area": AREAS}
CHILD = UUID(int=1)


@pytest.fixture(autouse=True)
def _today():
    token = TODAY.set(DAY)
    yield
    TODAY.reset(token)


def body(**changes):
    return {
        "victim": {"given_name": "Zinnia", "date_of_birth": "1980-02-03"},
        "home": {"area": "testshire"},
        "reason": {"what_happened": "This."},
        "consent": {"consent": "given"},
        **changes,
    }


def load(given):
    return ConcernBody(areas=AREAS).load(given).answers


def refusals(given):
    with pytest.raises(ValidationError) as refused:
        ConcernBody(areas=AREAS).load(given)
    return refused.value.normalized_messages()


SHORT = {
    "victim": {"given_name": ["Zinnia"], "date_of_birth": ["3", "2", "1980"]},
    "home": {"area": [AREA]},
    "reason": {"what_happened": ["This."]},
    "consent": {"consent": ["given"]},
}


def draft(pages=SHORT, **groups):
    return Draft(pages=pages, groups={name: tuple(each) for name, each in groups.items()})


def read(kept):
    return DraftReader(kept, DAY, OPTIONS).whole()


def places(whole):
    return [(each.page, each.field, each.position) for each in whole.problems]


def test_the_least_that_a_hurried_officer_must_say_is_enough():
    whole = read(draft())
    assert whole.problems == ()
    assert whole.answers == load(body())
    assert str(whole.answers.area_id) == AREA


def test_an_empty_draft_says_everything_that_is_needed():
    assert places(read(Draft())) == [
        ("victim", "given_name", 0),
        ("home", "area", 0),
        ("reason", "what_happened", 0),
        ("consent", "consent", 0),
    ]


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"victim": {"given_name": "Zinnia"}}, ["victim", "care_experienced"]),
        ({"victim": {"date_of_birth": "1980-02-03"}}, ["victim", "given_name"]),
        ({"children": [{"about_age": 17}]}, ["children", 0, "care_experienced"]),
        ({"children": [{"about_age": 3}, {}]}, ["children", 1, "care_experienced"]),
        ({"home": {}}, ["home", "area"]),
        ({"home": {"area": "Elsewhere"}}, ["home", "area"]),
        ({"reason": {"what_happened": " "}}, ["reason", "what_happened"]),
        ({"consent": {}}, ["consent", "consent"]),
        ({"consent": {"consent": "not_given"}}, ["lawful_basis", "bases"]),
        (
            {"consent": {"consent": "not_given"}, "lawful_basis": {"bases": ["crime"]}},
            ["lawful_basis", "necessity"],
        ),
        ({"risk_tool": {"tool": "dara", "score": 3}}, ["risk_tool", "score"]),
        ({"risk_tool": {"score": 3}}, ["risk_tool", "tool"]),
        ({"criteria": {"criteria": ["professional_judgement"]}}, ["criteria", "judgement_reasons"]),
        (
            {"reason": {"what_happened": "x", "incident_on": "2026-06-02"}},
            ["reason", "incident_on"],
        ),
        (
            {"victim": {"given_name": "Z", "date_of_birth": "2026-06-02"}},
            ["victim", "date_of_birth"],
        ),
        (
            {"victim": {"given_name": "Z", "date_of_birth": "1890-06-02"}},
            ["victim", "date_of_birth"],
        ),
        (
            {"victim": {"given_name": "Z", "date_of_birth": "1980-02-30"}},
            ["victim", "date_of_birth"],
        ),
        (
            {"victim": {"given_name": "Z", "about_age": 40, "nhs_number": "9990000019"}},
            ["victim", "nhs_number"],
        ),
        (
            {"children": [{"is_unborn": True, "date_of_birth": "2020-01-01"}]},
            ["children", 0, "date_of_birth"],
        ),
        ({"children": [{"is_unborn": True, "due_on": "2027-06-01"}]}, ["children", 0, "due_on"]),
        # nothing that is not asked for gets in, at any depth
        ({"agency_id": AREA}, ["agency_id"]),
        ({"victim": {"given_name": "Z", "person_id": AREA}}, ["victim", "person_id"]),
        ({"children": [{"concern_id": AREA}]}, ["children", 0, "concern_id"]),
        ({"victim": "Zinnia"}, ["victim"]),
        ({"children": [{"about_age": 3}] * 31}, ["children"]),
    ],
)
def test_a_body_is_refused_at_the_field_to_mend(changes, at):
    found = refusals(body(**changes))
    for step in at:
        assert step in found, found
        found = found[step]
    assert found


def test_people_of_a_body_keep_what_was_said_of_them():
    answers = load(
        body(
            victim={"given_name": "Zinnia", "aliases": ["Zin", "Zin", "Nia"], "about_age": 40},
            home={"area": AREA, "postcode": "ln11aa"},
            safe_contact={"phone": "07700 900982"},
            alleged_perpetrators=[{"family_name": "Quill", "care_experienced": "not_known"}],
            children=[{"is_unborn": True, "due_on": "2026-09-01"}],
            professionals=[{"agency": "Example Housing"}],
        )
    )
    victim, accused, child = answers.people
    assert victim.details["aliases"] == ["Zin", "Nia"]
    assert victim.details["postcode"] == "LN1 1AA"
    assert victim.details["phone"] == "07700 900982"
    assert accused.care_answer is CareAnswer.NOT_KNOWN
    assert child.details == {"is_unborn": True, "due_on": "2026-09-01"}
    assert answers.pages["professional"] == [{"agency": "Example Housing"}]


def test_what_is_wrong_on_a_page_is_mended_before_what_it_would_make_necessary():
    pages = {**SHORT, "victim": {"given_name": ["Zinnia"], "date_of_birth": ["3", "", "1980"]}}
    assert places(read(draft(pages))) == [("victim", "date_of_birth", 0)]


def test_a_lawful_basis_is_asked_for_only_without_consent():
    pages = {**SHORT, "consent": {"consent": ["not_asked"]}}
    reader = DraftReader(draft(pages), DAY, OPTIONS)
    assert reader.needs.lawful_basis is True
    assert places(reader.whole()) == [
        ("lawful_basis", "bases", 0),
        ("lawful_basis", "necessity", 0),
    ]
    assert DraftReader(draft(), DAY, OPTIONS).needs.lawful_basis is False


def test_risk_items_are_asked_only_where_a_tool_was_used():
    for tool, asked in (("dara", True), ("none", False)):
        pages = {**SHORT, "risk_tool": {"tool": [tool]}}
        assert DraftReader(draft(pages), DAY, OPTIONS).needs.risk_items is asked


def test_a_professional_without_an_agency_is_named_by_place():
    kept = draft(professional=[Entry(id=CHILD, typed={"name": ["Ex Ample"]})])
    assert places(read(kept)) == [("professional", "agency", 1)]


ages = st.none() | st.integers(0, 40)


def typed_person(age):
    if age is None:
        return {"given_name": ["Zed"]}
    return {"given_name": ["Zed"], "date_of_birth": ["1", "1", str(DAY.year - age)]}


@settings(max_examples=60, deadline=None)
@given(
    ages,
    st.none() | st.sampled_from([*CareAnswer, "nonsense"]),
    st.lists(st.tuples(ages, st.none() | st.sampled_from(CareAnswer)), max_size=3),
    st.permutations([*SHORT, "victim_care"]),
    st.sampled_from(journey.PARTY_GROUPS),
)
def test_no_order_of_pages_submits_an_unanswered_care_question(age, care, others, order, group):
    TODAY.set(DAY)
    pages = {**SHORT, "victim": typed_person(age)}
    pages["victim_care"] = {"care_experienced": [care] if care else []}
    kept = Draft()
    for page in order:
        kept = kept.with_page(page, pages[page], is_done=True)
    for at, (other, answer) in enumerate(others, start=1):
        said = {"care_experienced": [answer.value]} if answer else None
        kept = kept.with_entry(group, Entry(id=UUID(int=at), typed=typed_person(other), care=said))
    asked = [(age, care if care != "nonsense" else None), *others]
    unanswered = any(
        answer is None and (years is None or 16 <= age_on(date(DAY.year - years, 1, 1), DAY) <= 25)
        for years, answer in asked
    )
    assert bool(read(kept).problems) is unanswered


@pytest.mark.parametrize("shape", [*SHAPES.values(), *ENTRY_SHAPES.values()])
def test_every_form_opens_empty_and_keeps_whatever_is_typed(shape):
    nasty = "<script>alert(1)</script>{{7*7}}'\""
    form = blank(shape, options=OPTIONS if "area" in shape().fields else None)
    typed = {field.name: [nasty] for field in form}
    again = read_typed(shape, typed)
    assert again.typed == typed


def test_victims_are_the_only_ones_whose_home_is_asked_on_a_page_of_its_own():
    assert PartyRole.VICTIM.value not in ENTRY_SHAPES


def test_two_bodies_read_at_the_same_time_know_their_own_areas():
    mine = ConcernBody(areas=AREAS)
    ConcernBody()
    assert mine.load(body()).answers.area_id == UUID(AREA)


ODD = (None, True, 1, -1.5, 10**30, "", "x", {}, {"a": 1}, [], [{}], [[]], [1], ["x"], ["1", "2"])


def leaves(schema, path=()):
    """Yield the path of every field of a body, those inside others included."""
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        yield (*path, name)
        if isinstance(inner, fields.Nested):
            at = (0,) if isinstance(field, fields.List) else ()
            yield from leaves(inner.schema, (*path, name, *at))


@pytest.mark.parametrize(
    "path", [*leaves(ConcernBody())], ids=lambda path: ".".join(map(str, path))
)
def test_a_value_of_any_kind_is_taken_or_refused(path):
    for odd in ODD:
        given = body()
        at = given
        for step, after in pairwise(path):
            if isinstance(at, dict):
                at = at.setdefault(step, [{}] if after == 0 else {})
            else:
                at = at[step]
        at[path[-1]] = odd
        with suppress(ValidationError):
            load(given)
