"""The shapes of the forms of a message to a worker, and of what the worker does with it."""

from typing import Any
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.sharing.commands.messages import AnswerMessage, LeaveMessage
from hub.sharing.commands.sending import SendRequest
from hub.sharing.register import PURPOSES
from hub.sharing.rules.coded import Category
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.schemas.releasing import KNOWS_NOBODY
from hub.sharing.schemas.requests.case import ASK_ROLE, ROLES
from hub.sharing.schemas.requests.law import OVERRIDE, RELATIONS
from hub.sharing.schemas.requests.shapes import plain
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, LongText, PlainText, Postcode, Tick
from hub.web.forms import Form
from hub.web.inputs import BirthDate, NhsNumber
from hub.web.values import Option

REPLY, NOTHING = "reply", "nothing"
ONLY_NOTHING = (Option(NOTHING, "Nothing goes back"),)
CATEGORY = Category.WORKER_CONTACT
"""What the worker's words are to the decision table: a contact with the worker."""

PAGES: dict[AskPage, tuple[str, ...]] = {
    AskPage.SUBJECT: (
        "given_name",
        "family_name",
        "date_of_birth",
        "postcode",
        "nhs_number",
        "subject_role",
    ),
    AskPage.WHY: ("purpose", "necessity"),
    AskPage.BASIS: ("override_basis",),
    AskPage.DECLARATION: ("position", "relation"),
}
"""Which answer belongs to which page of a request."""


class MessageForm(Form[SendRequest]):
    """Whom it is about, what to say to their worker, and who writes."""

    service = Choice(
        "Which leaving care service?",
        as_select=True,
        called="the service",
        ask="Select the leaving care service",
        hint="That of the authority that looked after them",
        required=True,
    )
    given_name = PlainText("First names", width="20")
    family_name = PlainText("Last name", required=True, width="20")
    date_of_birth = BirthDate("Date of birth", not_future=True, hint="For example, 27 3 2007")
    postcode = Postcode("Postcode", width="10", hint="Of any address they lived at")
    nhs_number = NhsNumber("NHS number", hint="10 digits, if you have it", width="10")
    subject_role = Choice(
        "What is the person in the case?", ROLES, ask=ASK_ROLE, required=True, as_select=True
    )
    message = LongText(
        "Your message to the worker",
        called="your message",
        hint="What you would say if you had them on the telephone. They read it if they know the "
        "person.",
        required=True,
        rows=6,
    )
    purpose = Choice("What is it for?", PURPOSES, called="what it is for", required=True,
                     as_select=True)  # fmt: skip
    necessity = LongText(
        "Why do you need to hear from them?",
        called="why you need to hear from them",
        required=True,
        rows=3,
    )
    override_basis = Choices(
        "If the person has not agreed to it: on what does your message rest?",
        OVERRIDE,
        called="on what it rests",
        hint="Without it nothing comes back until the person has been asked",
    )
    position = PlainText("Your position", hint="Such as: housing officer", width="two-thirds")
    relation = Choice(
        "What are you to the people in this case, outside your work?",
        RELATIONS,
        called="what you are to them",
        required=True,
    )

    @validates_schema
    def _who(self, values: dict[str, Any], **_: object) -> None:
        place = values.get("postcode") and values.get("given_name")
        if not (values.get("date_of_birth") or values.get("nhs_number") or place):
            cure = "Enter the date of birth, or the NHS number, or the first name and a postcode"
            raise ValidationError(cure, "date_of_birth")

    @override
    def build(self, values: dict[str, Any]) -> SendRequest:
        agency, _, service = values["service"].partition(":")
        pages = {
            page.value: plain(page, {name: values[name] for name in names})
            for page, names in PAGES.items()
        }
        pages[AskPage.HOLDER] = {"agency": agency, "service": service, "message": "yes"}
        wanted = {"categories": [CATEGORY.value], f"wanted_{CATEGORY}": values["message"]}
        return SendRequest(answers=AskAnswers(pages=pages | {AskPage.WHAT.value: wanted}))


Answer = AnswerMessage | LeaveMessage


class AnswerForm(Form[dict[str, Any]]):
    """What the worker writes back, or that nothing comes back."""

    answer = Choice(
        "What do you do?",
        (Option(REPLY, "I write back"), *ONLY_NOTHING),
        called="what you do",
        ask="Select whether you write back",
        required=True,
    )
    words = LongText(
        "What do you write back?",
        called="what you write back",
        hint="They read these words and nothing else. That you write at all tells them that you "
        "know the person.",
        max_length=4000,
        rows=5,
    )
    was_told = Choice(
        "Does the young person know that you write back?",
        {"yes": "Yes", "no": "No"},
        called="whether they know",
        ask="Select whether they know",
    )
    why_not_told = LongText("Why not?", called="why not", rows=2)
    revisit_on = DateParts("When do you look at telling them again?", called="when", future=True)
    knows_nobody = Tick(KNOWS_NOBODY)
    why = LongText(
        "Why does nothing go back?",
        called="why nothing goes back",
        hint="For the record. They do not read it: they get the words that everybody gets.",
        rows=2,
    )

    @validates_schema
    def _whole(self, values: dict[str, Any], **_: object) -> None:
        needed = {
            REPLY: (
                ("words", "Enter what you write back"),
                ("was_told", "Select whether they know"),
            ),
            NOTHING: (("why", "Enter why nothing goes back"),),
        }
        faults = {
            name: [cure]
            for name, cure in needed.get(values.get("answer", ""), ())
            if not values.get(name)
        }
        if faults:
            raise ValidationError(faults)

    @override
    def build(self, values: dict[str, Any]) -> dict[str, Any]:
        return values


def answer_of(request_id: UUID, values: dict[str, Any]) -> Answer:
    """Return the command that the worker chose."""
    if values["answer"] == NOTHING:
        return LeaveMessage(request_id=request_id, why=values["why"])
    return AnswerMessage(
        request_id=request_id,
        words=values["words"],
        was_told=values["was_told"] == "yes",
        knows_nobody=values["knows_nobody"],
        why_not_told=values["why_not_told"] or "",
        revisit_on=values["revisit_on"],
    )
