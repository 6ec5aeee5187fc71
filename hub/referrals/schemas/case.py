"""What is asked about the case itself, one form for each page of the journey.

The risk items are short neutral labels of our own: the wording of the published checklists belongs
to their authors (domain notes, finding 12).
"""

from marshmallow import ValidationError, validates_schema

from hub.referrals.rules import wrong_score
from hub.referrals.schemas.inputs import AreaChoice
from hub.referrals.schemas.people import YES_NO_UNKNOWN
from hub.referrals.states import RiskTool
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, Email, LongText, Phone, PlainText, Postcode
from hub.web.forms import Values, ValuesForm
from hub.web.inputs import WholeNumber
from hub.web.values import Option

HOW_SOON = {"today": "Today", "days": "In the next few days", "meeting": "At the next meeting"}
TODAY_IS_URGENT = "today"
INCIDENT_KINDS = {
    "violence_or_threats": "Violence or threats of it",
    "stalking": "Stalking or harassment",
    "sexual": "Sexual harm",
    "other_abuse": "Other abuse, such as control, unwanted contact or a broken order",
}
"""The kinds of ``hub.marac.clocks.IncidentKind``; the first three would be crimes."""


class YouForm(ValuesForm):
    """Who raises the concern."""

    name = PlainText("Your name", width="20")
    role = PlainText("Your role", width="20")
    phone = Phone("Work phone", width="20")
    email = Email("Secure work e-mail", width="two-thirds")
    manager = PlainText(
        "Manager who has signed this off",
        hint="Only if your agency or the area asks for it",
        width="20",
    )
    manager_signed_on = DateParts("Date of sign-off", not_future=True)
    would_attend = Choice(
        "Would you like to attend when this is discussed?",
        {"yes": "Yes", "no": "No"},
        called="whether you would attend",
    )
    attend_dates = PlainText("Dates you can or cannot do", width="two-thirds")


class HomeForm(ValuesForm):
    """Where the victim lives: the present address decides which MARAC hears the case."""

    area = AreaChoice(
        "Area where the {w.victim} lives now",
        required=True,
        called="area",
        hint="If it is not here, nobody there would read this: ring the police of that area",
        ask="Select the area where the {w.victim} lives now",
    )
    address = LongText("Address now", rows=3, hint="Where they are staying, if that is different")
    postcode = Postcode("Postcode", width="10")
    usual_address = LongText("Usual address, if it is not this one", rows=3)
    housing = PlainText("Kind of housing or landlord", width="two-thirds")


class SafeContactForm(ValuesForm):
    """How the victim can be reached safely, and who must not know."""

    phone = Phone("Safe phone number", width="20")
    may_call = Choice("Is it safe to call this number?", YES_NO_UNKNOWN)
    may_leave_message = Choice("Is it safe to leave a message?", YES_NO_UNKNOWN)
    times = PlainText(
        "Safe times",
        hint="Such as when the {w.alleged_perpetrator} is out",
        width="two-thirds",
    )
    method = Choices(
        "Best way to make contact",
        {
            "call": "Phone call",
            "withheld": "Phone call from a withheld number",
            "text": "Text message",
            "in_person": "In person",
            "other_person": "Through somebody they trust",
        },
    )
    safe_person = PlainText("Somebody it is safe to talk to", width="two-thirds")
    unsafe_people = LongText("Anybody it is not safe to talk to", rows=2)


class ReasonForm(ValuesForm):
    """Why the concern is raised."""

    what_happened = LongText(
        "What happened?",
        required=True,
        ask="Enter what happened",
        hint="The latest incident: what, where, injuries, who saw it. Keep fact and opinion apart.",
        rows=8,
        max_length=10_000,
    )
    incident_on = DateParts("Date of the latest incident", not_future=True)
    incident_kind = Choice(
        "What kind of incident was it?", INCIDENT_KINDS, called="kind of incident"
    )
    how_soon = Choice("How soon is a decision needed?", HOW_SOON)
    history = LongText("What happened before?", rows=3)
    why_now = LongText("Why now?", hint="What has changed, and what may come next", rows=3)
    who_at_risk = LongText(
        "Who is at risk, and of what?",
        hint="The {w.victim}, children, professionals",
        rows=3,
    )
    feared = LongText("Whom does the {w.victim} fear?", hint="Everybody, and why", rows=2)
    wanted = LongText("What would you like to come of this?", rows=3)
    in_place = LongText("What is already in place?", rows=3)


class PoliceForm(ValuesForm):
    """What the police know and do; a referrer of the police fills in most of it."""

    told = Choice("Do the police know what happened?", YES_NO_UNKNOWN)
    officer = PlainText("Officer in the case", hint="Name, number and how to reach them")
    crime_numbers = PlainText("Crime or incident numbers", width="two-thirds")
    offence = LongText("Offence, and what came of it", rows=2)
    measures = LongText(
        "Bail conditions, court dates, protective orders", hint="With their dates", rows=3
    )


CRITERIA = (
    Option("visible_high_risk", "Visible high risk", "The score reaches the mark of your area"),
    Option(
        "professional_judgement",
        "Professional judgement",
        "Enough alone, whatever the score. Give your reasons below",
    ),
    Option("potential_escalation", "Potential escalation", "Incidents are more frequent or worse"),
    Option(
        "repeat",
        "Repeat",
        "Something has happened again within 12 months of the last referral to MARAC",
    ),
    Option("areas_own", "The area's own criterion"),
)


class CriteriaForm(ValuesForm):
    """Which criteria hold; several may. The area's own is offered where it has set one."""

    criteria = Choices("Which of these apply?", CRITERIA)
    judgement_reasons = LongText("Reasons for your professional judgement", rows=4)
    incidents = WholeNumber("Incidents in the last 12 months", width="3")
    reported = WholeNumber("How many of them were reported to the police?", width="3")
    is_worsening = Choice("Are they getting more frequent or worse?", YES_NO_UNKNOWN)
    earlier_marac = PlainText("Earlier MARAC: where and when", width="two-thirds")

    @validates_schema
    def _reasons(self, values: Values, **_: object) -> None:
        ticked = values.get("criteria") or ()
        if "professional_judgement" in ticked and not values.get("judgement_reasons"):
            raise ValidationError("Enter the reasons for your judgement", "judgement_reasons")


class RiskToolForm(ValuesForm):
    """Which risk tool was used, when and by whom; the score only where the tool has one."""

    tool = Choice(
        "Which risk tool was used?",
        {
            "items_24": "Checklist of 24 items",
            "items_27": "Police checklist of 27 items",
            "dara": "DARA",
            "young_people": "Checklist for young people",
            "other": "Another tool",
            "none": "None yet",
        },
    )
    version = PlainText("Version", width="10")
    done_on = DateParts("Date it was done", not_future=True)
    done_by = PlainText("Who did it", width="20")
    victim_present = Choice("Was the {w.victim} there?", YES_NO_UNKNOWN)
    score = WholeNumber(
        "Score", hint="Leave empty if the tool has no score. A low score stops nothing.", width="3"
    )
    graded = Choice("Your own grade", {"standard": "Standard", "medium": "Medium", "high": "High"})

    @validates_schema
    def _score(self, values: Values, **_: object) -> None:
        tool, score = values.get("tool"), values.get("score")
        if score is not None and (why := wrong_score(RiskTool(tool) if tool else None, score)):
            raise ValidationError(why, "score" if tool else "tool")


ITEM_ANSWERS = {"yes": "Yes", "no": "No", "not_known": "Not known"}
RISK_ITEMS = {
    "injury": "Injury this time",
    "fear": "Frightened, and of what",
    "isolation": "Cut off from family or friends",
    "low_mood": "Low mood or thoughts of suicide",
    "separation": "Separated, or tried to",
    "child_contact": "Conflict over contact with children",
    "stalking": "Constant contact, following or stalking",
    "pregnancy": "Pregnant or a baby under 18 months",
    "harm_to_children": "Children hurt or threatened",
    "more_often": "Happening more often",
    "getting_worse": "Getting worse",
    "control": "Control or jealousy",
    "weapons": "Weapons or objects used",
    "threats_to_kill": "Threats to kill",
    "choking": "Strangling, choking or drowning",
    "sexual": "Sexual harm",
    "others_feared": "Others feared, including “honour”-based abuse",
    "harm_to_others": "Others hurt",
    "animals": "Animals hurt",
    "money": "Money withheld or owed",
    "substances": "Alcohol, drugs or mental health of the alleged perpetrator",
    "suicide_threats": "Suicide threats by the alleged perpetrator",
    "breaches": "Bail or orders broken",
    "record": "Earlier trouble with the police",
}
"""Short neutral labels for what every checklist covers in some words of its own."""

RiskItemsForm: type[ValuesForm] = type(
    "RiskItemsForm",
    (ValuesForm,),
    {
        "__doc__": "Answers to risk items, each optional.",
        **{name: Choice(label, ITEM_ANSWERS) for name, label in RISK_ITEMS.items()},
    },
)


class ConsentForm(ValuesForm):
    """What the victim knows and wants."""

    aware = Choice("Does the {w.victim} know that you are raising this?", YES_NO_UNKNOWN)
    why_not_aware = LongText("If the {w.victim} does not know, why not?", rows=2)
    consent = Choice(
        "Has the {w.victim} agreed to this being shared?",
        (
            Option("given", "Yes"),
            Option("not_given", "No", "You can go on: the next page asks for the lawful basis"),
            Option(
                "not_asked",
                "It was not possible or not safe to ask",
                "You can go on: the next page asks for the lawful basis",
            ),
        ),
        required=True,
        ask="Select whether the {w.victim} agreed to this being shared",
    )
    conditions = LongText("Any conditions?", rows=2)
    wishes = LongText("What does the {w.victim} want to happen?", rows=3)
    police_contact = Choice("Does the {w.victim} want contact from the police?", YES_NO_UNKNOWN)


class LawfulBasisForm(ValuesForm):
    """Why the concern may be shared without consent; recorded before it can be submitted.

    Sources of the choices: Data Protection Act 2018, schedule 1 paragraph 18 (children and people
    at risk) and schedule 2 paragraph 2 (crime); Crime and Disorder Act 1998, section 115.
    """

    bases = Choices(
        "Why may this be shared without consent?",
        {
            "serious_harm": "To prevent death or serious harm",
            "at_risk": "To protect a child or an adult at risk",
            "crime": "To prevent or detect crime",
            "public_task": "A legal power or duty of my agency",
            "court_order": "A court order",
        },
        required=True,
        ask="Select at least one reason why this may be shared without consent",
    )
    necessity = LongText(
        "Why is sharing necessary and proportionate?",
        required=True,
        ask="Enter why sharing is necessary and proportionate",
        rows=4,
    )


class NeedsForm(ValuesForm):
    """Needs and equality, all of it optional."""

    language = PlainText("Language spoken", width="20")
    interpreter = Choice("Is an interpreter needed?", YES_NO_UNKNOWN)
    disability = PlainText("Disability or access needs", width="two-thirds")
    ethnicity = PlainText("Ethnicity", width="20")
    religion = PlainText("Religion", width="20")
    is_minoritised = Choice(
        "Is the {w.victim} Black, Asian or of another racially minoritised group?", YES_NO_UNKNOWN
    )
    is_disabled = Choice(
        "Is the {w.victim} disabled, as the Equality Act means it?", YES_NO_UNKNOWN
    )
    is_lgbt = Choice("Is the {w.victim} LGBT+?", YES_NO_UNKNOWN)
    lgbt = PlainText("LGBT+", width="20")
    immigration = PlainText("Immigration status or no recourse to public funds", width="two-thirds")
    gp = PlainText("GP practice", width="two-thirds")
    mental_health = LongText("Mental health of the {w.victim}", rows=2)
    substances = LongText("Alcohol or drugs: needs of the {w.victim}", rows=2)
