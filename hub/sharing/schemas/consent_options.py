"""What can be answered when consent is recorded, each code with its words on the screen."""

from hub.sharing.rules.asking import Ground
from hub.sharing.rules.coded import Competence
from hub.sharing.rules.consent_journey import Happened
from hub.sharing.rules.consent_reasons import Channel, Unsafe
from hub.sharing.rules.consent_terms import Alone, Giver, Interpreter, Method, PhoneHeld
from hub.web.values import Option

SIGNED, NAMED = "signed", "named"
NONE = "none"
YES, NO = "yes", "no"

GROUNDS = (
    Option(Ground.IMMEDIATE_DANGER, "Somebody's life is in danger now"),
    Option(Ground.COURT_ORDER, "A court has ordered it"),
    Option(Ground.BOARD_DEMAND, "A safeguarding adults board asks for it (Care Act, section 45)"),
    Option(Ground.CHILD_AT_RISK, "They are under 18 and at risk of harm"),
    Option(Ground.OTHERS_AT_RISK, "A child or another adult is at risk"),
    Option(
        Ground.ADULT_AT_RISK,
        "They are an adult at risk",
        "They need care and support, are being abused or neglected, and cannot protect "
        "themselves because of their needs. All three",
    ),
    Option(Ground.HIGH_RISK, "They are at high risk of serious harm"),
    Option(NONE, "None of these"),
)
HAPPENED = (
    Option(Happened.YES, "They said yes"),
    Option(Happened.IN_PART, "They said yes, but not to all of it"),
    Option(Happened.NO, "They said no"),
    Option(Happened.UNSAFE, "Nobody asked, because asking is not safe"),
    Option(Happened.NOT_REACHED, "They could not be reached"),
    Option(Happened.NO_CAPACITY, "They cannot decide this", "Their mental capacity was assessed"),
    Option(Happened.CAPACITY_COMES_AND_GOES, "They cannot decide this now, and may be able to"),
    Option(
        Happened.PRESSURE,
        "They answered, and I suspect pressure",
        "Then neither a yes nor a no counts",
    ),
)
GIVERS: dict[str, str] = {
    Giver.SELF: "The person themselves",
    Giver.PARENT: "Somebody with parental responsibility",
    Giver.DEPUTY: "A deputy whom the Court of Protection appointed",
}
METHODS: dict[str, str] = {
    Method.IN_PERSON: "In person",
    Method.SIGNED: "In person, and they signed",
    Method.VIDEO: "By video",
    Method.TELEPHONE: "By telephone",
    Method.MESSAGE: "By message or e-mail",
}
ALONE: dict[str, str] = {
    Alone.ALONE: "They were alone",
    Alone.SUPPORTED: "Somebody whom they chose to support them was there",
    Alone.OVERHEARD: "Somebody else could hear",
    Alone.NOT_CHECKED: "I do not know",
}
PHONES: dict[str, str] = {
    PhoneHeld.NOT_BY_PHONE: "Not by telephone or message",
    PhoneHeld.OWN: "They do, and nobody else",
    PhoneHeld.SOMEBODY_ELSE: "Somebody else could hold it or read along",
    PhoneHeld.NOT_CHECKED: "I do not know",
}
INTERPRETERS: dict[str, str] = {
    Interpreter.NOT_NEEDED: "Nobody, it was not needed",
    Interpreter.INDEPENDENT: "An independent interpreter",
    Interpreter.FAMILY: "Somebody from their family, or a friend",
}
COMPETENCE: dict[str, str] = {
    Competence.COMPETENT: "Yes",
    Competence.NOT_COMPETENT: "No",
}
UNSAFE: dict[str, str] = {
    Unsafe.RAISES_RISK: "It would put them at greater risk",
    Unsafe.WARNS: "It would warn the alleged perpetrator",
    Unsafe.PREJUDICES: "It would harm an investigation",
    Unsafe.DELAYS: "It would delay protecting somebody",
}
CHANNELS: dict[str, str] = {
    Channel.TELEPHONE: "Telephone",
    Channel.MESSAGE: "Message or e-mail",
    Channel.VISIT: "Visit",
    Channel.THROUGH_WORKER: "Through another worker",
    Channel.LETTER: "Letter",
}
YES_NO: dict[str, str] = {YES: "Yes", NO: "No"}
