"""An agreement that lacks nothing, as a frozen value, for tests to take something away from."""

from datetime import date
from uuid import UUID

from hub.sharing.register.codes import RIGHTS
from hub.sharing.register.contents import (
    Assessment,
    Category,
    Contents,
    Handling,
    Party,
    Purpose,
)
from hub.sharing.register.gateways import Gateway

TODAY = date(2026, 6, 1)
COUNCIL, POLICE, CHARITY = UUID(int=11), UUID(int=12), UUID(int=13)
PUBLIC_BASES = ("art6_e", "art9_g", "sch1_para_6")

COUNCIL_PARTY = Party(
    agency_id=COUNCIL,
    agency="Example Council",
    kind="local_authority",
    role="controller",
    legal_name="Example County Council",
    ico_number="Z1234567",
    dpo="Data protection officer",
    signatory="A. Director",
    signed_on=TODAY,
    bases=PUBLIC_BASES,
)
POLICE_PARTY = Party(
    agency_id=POLICE,
    agency="Example Police",
    kind="police",
    role="controller",
    legal_name="Chief Constable of Example Police",
    signatory="A. Chief",
    signed_on=TODAY,
    bases=("part3_s35", "sch8_para_1"),
)
CDA = Gateway(
    key="1",
    code="cda_s115",
    statute="Crime and Disorder Act 1998",
    section="section 115",
    kind="power",
    commences_on=date(1998, 9, 30),
)
WHOLE = Contents(
    reference="ISA-1",
    number=1,
    title="Sharing for safety",
    tier="purpose_specific",
    starts_on=TODAY,
    ends_on=None,
    review_on=date(2026, 12, 1),
    subjects=("victim", "child"),
    purposes=(Purpose(code="marac_risk", consent="sought_not_basis"),),
    categories=(
        Category(
            code="existence",
            to_service="permitted",
            to_asker="approval",
            subjects=("victim",),
            retention="look_up_2",
        ),
        Category(
            code="health",
            to_service="approval",
            to_asker="excluded",
            subjects=("victim", "child"),
            retention="last_case_7",
        ),
    ),
    gateways=(CDA,),
    parties=(COUNCIL_PARTY, POLICE_PARTY),
    exclusions=("counselling",),
    handling=Handling(methods=("hub",), marking="OFFICIAL-SENSITIVE"),
    assessment=Assessment(
        dpia_reference="DPIA-1",
        dpia_on=TODAY,
        dpia_outcome="Risks are accepted",
        policy_reference="APD-1",
        policy_on=TODAY,
    ),
    rights=tuple((code, COUNCIL) for code in RIGHTS),
    termination="What was received is given back or destroyed.",
)
