"""The second half of the forms: basis, orders, the forms of the police, handling, declaration."""

from hub.sharing.register.bases import ARTICLE_6, ARTICLE_9, PART_3, SCHEDULE_1, SCHEDULE_8
from hub.sharing.rules.coded import OverrideBasis, RequesterRelation, VictimNotice
from hub.sharing.rules.request_bases import POWERS
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, LongText, Phone, PlainText
from hub.web.forms import ValuesForm

OVERRIDE: dict[str, str] = {
    OverrideBasis.SAFEGUARDING: "Protecting the person or somebody else from harm",
    OverrideBasis.S115: "Crime and Disorder Act 1998, section 115",
    OverrideBasis.SCH1_PARA_6: "Schedule 1 paragraph 6: a function under a statute",
    OverrideBasis.SCH1_PARA_10: "Schedule 1 paragraph 10: preventing unlawful acts",
    OverrideBasis.BEST_INTERESTS: "Best interests: Mental Capacity Act 2005",
}


class BasisForm(ValuesForm):
    """What the asker acts on; the page offers only what fits."""

    part_3 = Choice(
        "If you act to enforce the law: Part 3 of the Data Protection Act 2018",
        PART_3,
        called="the ground in Part 3",
    )
    schedule_8 = Choice(
        "For sensitive data under Part 3: the condition of Schedule 8",
        SCHEDULE_8,
        called="the condition of Schedule 8",
    )
    article_6 = Choice(
        "Your lawful basis", ARTICLE_6, hint="Article 6 of the UK GDPR", called="your lawful basis"
    )
    legal_power = Choice(
        "The power or duty in law that you act under", POWERS, called="the power or duty"
    )
    power = PlainText("Which power or duty?", called="which power or duty", max_length=150)
    article_9 = Choice(
        "For health, ethnicity, religion or sexual life: the further condition",
        ARTICLE_9,
        called="the further condition",
    )
    schedule_1 = Choice(
        "The condition of Schedule 1 of the Data Protection Act 2018",
        SCHEDULE_1,
        hint="With substantial public interest, and for data about offences",
        called="the condition of Schedule 1",
    )
    policy_document = PlainText(
        "Your policy document for such data", hint="Its reference", called="your policy document"
    )
    override_basis = Choices(
        "If the person does not agree, or is not asked: on what does sharing rest?",
        OVERRIDE,
    )
    agreement = PlainText(
        "The agreement that you ask under", hint="If you know it. The hub looks for itself as well"
    )


class OrderForm(ValuesForm):
    """An order of a court, or a demand of a safeguarding adults board."""

    kind = Choice(
        "Is there an order or a demand that must be obeyed?",
        {
            "none": "No",
            "court_order": "An order of a court",
            "sab_s45": "A demand of a safeguarding adults board (Care Act 2014, section 45)",
        },
    )
    reference = PlainText("Its reference", width="20")
    order_on = DateParts("Its date", called="the date of the order", not_future=True)


class PoliceForm(ValuesForm):
    """The form of Schedule 2 paragraph 2 of the Data Protection Act 2018."""

    rank = PlainText("Your rank", width="20")
    collar_number = PlainText("Your number", width="10")
    station = PlainText("Your station or department", width="two-thirds")
    contact = Phone("Your number at work", width="20")
    force_reference = PlainText("The force's reference or crime number", width="20")
    operation = PlainText("Operation, if there is one", called="the operation", width="20")
    data_and_period = LongText("Exactly which data, and of which period?", rows=3)
    purpose_ticks = Choices(
        "What is it needed for?",
        {
            "prevent_detect": "Preventing or detecting crime",
            "apprehend_prosecute": "Apprehending or prosecuting somebody",
            "vital_interests": "Protecting somebody's life",
        },
    )
    prejudice = LongText("How would it harm that if they did not tell you?", rows=3)
    why_this_holder = LongText("Why would this agency have it?", rows=2)
    subject_told = LongText("Was the person told that you ask? If not, why not?", rows=2)
    reply_by = DateParts("The last day on which an answer helps", future=True, called="that day")
    counter_signer = Choice(
        "Who counter-signs?",
        as_select=True,
        called="who counter-signs",
        hint="An inspector or above in your own force. They are told, and see the form",
    )


NOTICE: dict[str, str] = {
    VictimNotice.GIVEN: "Yes",
    VictimNotice.DELAYED_WITH_REASON: "Not yet, for a reason",
}


class VictimForm(ValuesForm):
    """The request for a {w.victim}'s records: three tests and a notice.

    Source: Police, Crime, Sentencing and Courts Act 2022, sections 44A to 44F.
    """

    reason_to_believe_held = LongText("Why do you believe that they hold it?", rows=2)
    reasonable_line_of_enquiry = LongText("Why is it a reasonable line of enquiry?", rows=2)
    necessary_and_proportionate = LongText(
        "Why is it necessary and proportionate?",
        hint="And which less intrusive ways you tried",
        rows=3,
    )
    notice = Choice(
        "Was the {w.victim} given a written notice of what is asked, why, and how it is handled?",
        NOTICE,
        called="whether notice was given",
    )
    notice_on = DateParts("When?", called="the day of the notice", not_future=True)
    notice_to = PlainText(
        "To whom, if not to the {w.victim}?",
        hint="For a child, or an adult who cannot decide: a parent or the authority",
        called="to whom it was given",
    )
    notice_reason = LongText("Why is it delayed?", rows=2)
    senior_approval = PlainText(
        "For counselling notes: who approved asking, and when?",
        hint="Rank, name and day",
        called="who approved it",
    )


class HandlingForm(ValuesForm):
    """What is done with the answer."""

    security = LongText("How will you keep it safe?", rows=2)
    retention = PlainText("How long will you keep it?", width="two-thirds")
    onward = LongText("Who else will see it?", hint="And why they need to", rows=2)
    rights = PlainText(
        "Who answers people who ask for their data?", hint="Usually your data protection officer"
    )
    dpia = Choice(
        "Was an impact assessment (DPIA) made?",
        {"made": "Yes", "not_needed": "Not needed", "not_made": "Not yet"},
        called="whether an impact assessment was made",
    )
    dpia_outcome = PlainText("What came of it?", called="what came of it")
    officer_views = LongText("What does your data protection officer say?", rows=2)


RELATIONS: dict[str, str] = {
    RequesterRelation.NONE: "Nothing: I know none of them",
    RequesterRelation.KNOWS_OR_RELATED: "I know somebody in it, or am related to them",
    RequesterRelation.ALLEGED_PERPETRATOR: "I am said to have caused the harm",
    RequesterRelation.PERPETRATOR_REPRESENTATIVE: "I act for somebody who is",
    RequesterRelation.LIVES_WITH_ALLEGED_PERPETRATOR: "I live with somebody who is",
}


class DeclarationForm(ValuesForm):
    """Who the asker is to the people in the case."""

    position = PlainText("Your position", hint="Such as: housing officer", width="two-thirds")
    relation = Choice(
        "What are you to the people in this case, outside your work?",
        RELATIONS,
        called="what you are to them",
    )
