"""The powers and duties in law on which sharing rests, and whether one can be relied on.

The list is that of the sharing notes, section 3.2. Where the notes did not read the text again, or
where a day of commencement comes from general knowledge, ``check`` says so and a page shows it.
Crime and Disorder Act 1998 section 17A is left out on purpose: it covers prescribed sets without
persons and must never be cited for a named one.
"""

from dataclasses import dataclass
from datetime import date

from hub.sharing.register.codes import BOTH, COMMON_LAW

POWER, DUTY = "power", "duty"
ADULT = 18
CHECK_TEXT = "Wording not read again: verify before you rely on it."
CHECK_DAY = "Day of commencement from general knowledge: verify it."


@dataclass(frozen=True, kw_only=True)
class KnownGateway:
    """A gateway that the hub offers; ``opens`` is False for what only limits or defines.

    ``until_age`` is the first age at which it no longer applies; ``commences_on`` None means that
    it is not known to be in force.
    """

    statute: str
    section: str
    kind: str
    relies: str
    use: str
    commences_on: date | None = None
    from_age: int | None = None
    until_age: int | None = None
    opens: bool = True
    check: str = ""


KNOWN: dict[str, KnownGateway] = {
    "cda_s115": KnownGateway(
        statute="Crime and Disorder Act 1998",
        section="section 115",
        kind=POWER,
        relies="Anybody, towards police, councils, probation, health bodies and others named there",
        use="MARAC and preventing crime, where necessary or expedient for the Act",
        commences_on=date(1998, 9, 30),
        check=CHECK_DAY,
    ),
    "cda_s17": KnownGateway(
        statute="Crime and Disorder Act 1998",
        section="section 17",
        kind=DUTY,
        relies="Councils and other authorities named there",
        use="To consider crime prevention in all they do; it names no disclosure",
        commences_on=date(1998, 9, 30),
        opens=False,
        check=CHECK_DAY,
    ),
    "ca1989_s17": KnownGateway(
        statute="Children Act 1989",
        section="section 17",
        kind=DUTY,
        relies="Children's services",
        use="A child in need",
        commences_on=date(1991, 10, 14),
        until_age=ADULT,
        check=CHECK_TEXT,
    ),
    "ca1989_s27": KnownGateway(
        statute="Children Act 1989",
        section="section 27",
        kind=DUTY,
        relies="Councils, housing and health bodies that children's services ask for help",
        use="Help for children's services",
        commences_on=date(1991, 10, 14),
        until_age=ADULT,
        check=CHECK_TEXT,
    ),
    "ca1989_s47": KnownGateway(
        statute="Children Act 1989",
        section="section 47",
        kind=DUTY,
        relies="Children's services and those who must help them to make enquiries",
        use="A child who suffers or is likely to suffer significant harm",
        commences_on=date(1991, 10, 14),
        until_age=ADULT,
        check=CHECK_TEXT,
    ),
    "ca2004_s10": KnownGateway(
        statute="Children Act 2004",
        section="section 10",
        kind=DUTY,
        relies="Children's services authorities and their partners",
        use="Co-operation to improve the well-being of children",
        commences_on=date(2005, 4, 1),
        until_age=ADULT,
        check=CHECK_DAY,
    ),
    "ca2004_s11": KnownGateway(
        statute="Children Act 2004",
        section="section 11",
        kind=DUTY,
        relies="The bodies named there, among them councils, police, probation and health",
        use="Arrangements to safeguard children and promote their welfare",
        commences_on=date(2005, 10, 1),
        until_age=ADULT,
        check=CHECK_TEXT,
    ),
    "ca2004_s16la": KnownGateway(
        statute="Children Act 2004",
        section="section 16LA (Children's Wellbeing and Schools Act 2026 section 4)",
        kind=DUTY,
        relies="Section 11 bodies, designated education and childcare bodies and their providers",
        use="Information relevant to a child's safety or welfare that may help the recipient, "
        "unless disclosing it would harm the child more",
        until_age=ADULT,
        check="Enacted on 29 April 2026; no day of commencement is known. Verify before you rely "
        "on it.",
    ),
    "care_s42": KnownGateway(
        statute="Care Act 2014",
        section="section 42",
        kind=DUTY,
        relies="Councils with adult care duties and those whom they ask",
        use="An adult with care and support needs who is at risk and cannot protect themselves "
        "because of them",
        commences_on=date(2015, 4, 1),
        from_age=ADULT,
        check=CHECK_DAY,
    ),
    "care_s45": KnownGateway(
        statute="Care Act 2014",
        section="section 45",
        kind=DUTY,
        relies="Whoever a Safeguarding Adults Board asks",
        use="What the Board needs for its functions",
        commences_on=date(2015, 4, 1),
        from_age=ADULT,
        check=CHECK_DAY,
    ),
    "cja_s325": KnownGateway(
        statute="Criminal Justice Act 2003",
        section="section 325",
        kind=DUTY,
        relies="The bodies that take part in MAPPA",
        use="Only about an alleged perpetrator who is under MAPPA",
        commences_on=date(2004, 4, 5),
        check=CHECK_DAY,
    ),
    "dpa_sch2_2": KnownGateway(
        statute="Data Protection Act 2018",
        section="Schedule 2 Part 1 paragraph 2",
        kind=POWER,
        relies="Whoever holds what the police ask for",
        use="Permits and never compels: the holder decides, on a basis of its own",
        commences_on=date(2018, 5, 25),
        opens=False,
        check=CHECK_DAY,
    ),
    "pcsc_s44a": KnownGateway(
        statute="Police, Crime, Sentencing and Courts Act 2022",
        section="sections 44A to 44F (Victims and Prisoners Act 2024 section 28)",
        kind=POWER,
        relies="Police and others named there who ask about a victim",
        use="Limits requests for a victim's records: three tests and a notice",
        commences_on=date(2026, 1, 12),
        opens=False,
        check="The day is that on which its code of practice came into force.",
    ),
    "gdpr_6_1_ea": KnownGateway(
        statute="UK GDPR",
        section="Article 6(1)(ea) and Annex 1 (Data (Use and Access) Act 2025 Schedule 4)",
        kind=POWER,
        relies="Charities, Idva services, housing associations; not shown for public authorities",
        use="Answering a body that needs the data for a public task, crime, safeguarding, "
        "emergencies; necessity is still needed",
        commences_on=date(2026, 2, 5),
    ),
    "da_s1": KnownGateway(
        statute="Domestic Abuse Act 2021",
        section="sections 1 to 3",
        kind=POWER,
        relies="Everybody",
        use="Defines domestic abuse and the child as a victim; it opens no sharing by itself",
        commences_on=date(2022, 1, 31),
        opens=False,
        check=CHECK_DAY,
    ),
    "vpa_s19": KnownGateway(
        statute="Victims and Prisoners Act 2024",
        section="section 19",
        kind=DUTY,
        relies="Those who take part in a domestic abuse related death review",
        use="Words and purpose of reviews",
        opens=False,
        check="Commencement not verified.",
    ),
    "hra_2_3_8": KnownGateway(
        statute="Human Rights Act 1998",
        section="Articles 2, 3 and 8",
        kind=DUTY,
        relies="Public authorities",
        use="The balance to strike; it opens no sharing by itself",
        commences_on=date(2000, 10, 2),
        opens=False,
        check=CHECK_DAY,
    ),
    "confidence": KnownGateway(
        statute="Common law duty of confidence",
        section="consent or overriding public interest",
        kind=COMMON_LAW,
        relies="Health bodies, charities and social work",
        use="Lets confidential information be shared with consent or where the public interest "
        "outweighs it",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """A gateway as an agreement cites it; ``code`` is None for one that the hub does not offer."""

    key: str
    code: str | None = None
    statute: str
    section: str = ""
    kind: str
    direction: str = BOTH
    commences_on: date | None = None
    from_age: int | None = None
    until_age: int | None = None
    relies: str = ""

    @property
    def citation(self) -> str:
        """Statute and section as they are cited."""
        return f"{self.statute}, {self.section}" if self.section else self.statute

    @property
    def opens(self) -> bool:
        """Whether sharing can rest on it, rather than be limited or defined by it."""
        return self.code not in KNOWN or KNOWN[self.code].opens


def can_be_relied_on(
    gateway: Gateway, day: date, direction: str, *, age: int | None = None
) -> bool:
    """Tell whether sharing in a direction can rest on a gateway on a day in London.

    A power or duty without a day of commencement is not in force, and one whose day is still to
    come waits behind it by itself; common law has none. ``age`` None asks for no age.
    """
    commenced = gateway.kind == COMMON_LAW or (
        gateway.commences_on is not None and gateway.commences_on <= day
    )
    return (
        gateway.opens
        and commenced
        and gateway.direction in {BOTH, direction}
        and (age is None or (gateway.from_age or 0) <= age)
        and (age is None or gateway.until_age is None or age < gateway.until_age)
    )
