"""What a decision says to the people who carry it out: outcome, scope, record, and the way forward.

The words stand beside the codes of the table, so that a page never prints a code or a letter.
"""

from collections.abc import Mapping
from types import MappingProxyType

from hub.sharing.rules.approvers import WORDS
from hub.sharing.rules.decision import Approver, Outcome, Scope

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.ROUTE: "It may be shared once everybody who must agree has agreed",
        Outcome.ROUTE_NOW: "Share it by phone now, and write it down afterwards",
        Outcome.HIT: "That the person is known may be said, once a duty worker agrees",
        Outcome.DECIDE: "The law leaves the choice to those who approve",
        Outcome.HOLD: "It waits: as things stand it may not be shared",
        Outcome.REFUSE: "It may not be shared",
    }
)
ITEM_BY_ITEM = "It waits until two people have agreed to exactly this, each with a reason"
"""Said of what a rule holds only until its approvers have let this very item go."""

SCOPES: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.NONE: "Nothing",
        Scope.AS_ASKED: "What was asked for, and no more",
        Scope.OVERLAP: "Only what the person agreed to. Leave out what they left out",
        Scope.MINIMUM: "The least that meets the need, whatever was asked for",
        Scope.EXACT_ORDER: "Exactly what the order names: no less, and no more",
        Scope.HIT_ONLY: "Only how to reach the service. Nothing about the person",
        Scope.INVITATION_ONLY: "An invitation to the worker through the hub. Their contact details "
        "only after they have accepted",
    }
)

RECORDS: Mapping[str, str] = MappingProxyType(
    {
        "failed_check": "Which check of the asker failed",
        "attempts": "Every attempt, with its day",
        "declaration": "Who knows whom",
        "attempt_as_risk_event": "The attempt itself, as a possible risk",
        "full_record_within_1_working_day": "The whole record, within one working day",
        "order_copy": "A copy of the order",
        "order_date": "The date of the order",
        "request_id": "The reference of the board's demand",
        "gaps": "What is missing from the request",
        "chase_date": "When you ask for it again",
        "senior_sign_off_seen": "That you have seen a senior officer's approval",
        "reason_per_item": "Why this item, and nothing less, is needed",
        "exclusion_clause": "Which clause of the agreement excludes it",
        "form": "The form of the police",
        "counter_signature": "Who counter-signed it",
        "need_for_agreement": "Why an agreement is needed",
        "ico_form_set": "The fields of the ICO's form for a single request",
        "consent_id": "Which record of consent it rests on",
        "why_no_agreement": "Why there is no agreement",
        "weighing": "How the two risks were weighed",
        "rule_id": "The number of the rule",
        "flag_to_both_owners": "That the owners of the agreement on both sides were told",
        "compatibility_note": "Whether the new purpose fits what the information was given for",
        "indicators": "What suggests that the person was put under pressure",
        "plan": "What you plan to do about it",
        "mca_record": "The assessment of capacity",
        "who_consulted": "Who was consulted about the person's best interests",
        "query_purpose": "What the question was for",
        "withheld_list": "What you leave out because the person left it out",
        "approver": "Who approved it",
        "reason": "Why they approved it",
        "reason_not_asked": "Why the person was not asked",
        "told_or_not": "Whether the person was told",
        "why_not_told": "Why the person was not told, if they were not",
        "revisit_date": "When you look at telling them again",
        "limbs": "The needs, the abuse or neglect, and why the person cannot protect themselves",
        "capacity": "What is known of the person's capacity",
        "views": "What the person wants",
        "weighing_both_ways": "The harm of sharing beside the harm of not sharing",
        "who_is_protected": "Who is protected by it",
        "reason_not_shown_to_asker": "Why not. The asker does not see it",
        "inputs": "What was known when it was decided",
        "rule_version": "Which version of the rules decided",
    }
)
"""What a rule wants written down, by the code of the table."""

KEPT_BY_THE_HUB = frozenset(
    {
        "gaps", "rule_id", "inputs", "rule_version", "form", "counter_signature", "request_id",
        "query_purpose", "approver", "reason", "consent_id", "order_copy", "order_date",
        "attempt_as_risk_event", "ico_form_set", "reason_per_item", "weighing",
        "weighing_both_ways", "withheld_list", "told_or_not", "why_not_told", "revisit_date",
        "reason_not_shown_to_asker", "full_record_within_1_working_day",
    }
)  # fmt: skip
"""What is on the request, the decision or the approvals, or has a question of its own when a line
is shared or withheld; the rest is written under "what else the rule wants"."""

WAYS: Mapping[int, str] = MappingProxyType(
    {
        1: "Ring the asker's agency on its number in the directory. Once their account there is "
        "live again, and their agency takes part, it is decided anew.",
        2: "Nobody who knows somebody in the case decides or answers. Hand it to a manager who "
        "does not. If the asker knows somebody, a colleague of theirs has to ask instead.",
        3: "Nothing would. Answer in the usual words, as if nobody were known, and tell whoever "
        "leads the case.",
        4: "Nothing has to change: ring now, and write it down within one working day.",
        5: "A legal adviser has to confirm that the order is real and covers exactly this.",
        6: "A manager has to agree, with the data protection officer's advice.",
        7: "The police add what is missing: the three tests, and the written notice to the victim "
        "or the reason why it is delayed. Ask them back.",
        8: "The Caldicott Guardian and a legal adviser agree that the notes have substantial "
        "value as evidence, and have seen a senior officer's approval.",
        9: "The information asset owner and the Caldicott Guardian, two people, agree to this "
        "very item. Or the asker takes something less sensitive.",
        10: "The agreement is changed to allow this category, or the information asset owner "
        "starts a single request outside it. A court order or a danger to life goes before.",
        11: "A manager weighs both risks and chooses. A basis of your own is needed: the form of "
        "the police permits sharing and never obliges you to.",
        12: "The two agencies sign an agreement that covers it. The information asset owner and "
        "the senior information risk owner decide on that.",
        13: "The information asset owner has to agree.",
        14: "The information asset owner and the safeguarding lead weigh both risks and choose.",
        15: "The person agrees, the asker states a safeguarding basis, or the two agencies sign "
        "an agreement.",
        16: "The agreement is renewed, brought back into force or reviewed. Its owners can do "
        "that; the line is then decided anew by itself.",
        17: "The agreement is changed to name this purpose. Ask the data protection officer "
        "whether the purpose fits what the information was given for.",
        18: "The person agrees without limits. Nothing else counts for this kind of agency.",
        19: "Somebody speaks with the person alone and safely, and records a new answer. Plan for "
        "the risk meanwhile.",
        20: "A manager and the Caldicott Guardian have to agree that it is in the person's best "
        "interests.",
        21: "A duty worker has to agree.",
        22: "A duty worker has to agree.",
        23: "A duty worker has to agree to the part that the person agreed to. For the rest, ask "
        "the person again.",
        24: "A manager has to agree.",
        25: "A duty worker has to agree. How to reach the worker is told once they have accepted.",
        26: "The safeguarding lead or a team manager has to agree.",
        27: "A manager and the Caldicott Guardian have to agree.",
        28: "A manager and the Caldicott Guardian weigh both risks and choose.",
        29: "A manager and the safeguarding lead have to agree.",
        30: "Somebody asks the person, within five working days or by the day of the case, and "
        "records the answer. Or the asker names a basis that can stand instead.",
        31: "The person changes their mind, which only they can do, or a risk to a child or to "
        "somebody else comes up. You can offer to pass a message on to the worker.",
        32: "The safeguarding lead names a basis that can stand instead of consent, or it becomes "
        "safe to ask.",
        33: "The asker changes the request so that a rule allows it, or takes the no to the "
        "safeguarding leads, then to the data protection officers, then to the lawyers.",
    }
)
"""What would change a decision, or what it still waits for, by the number of the rule."""


def said_outcome(outcome: Outcome, *, is_item_by_item: bool = False) -> str:
    """Return an outcome in words; what is held only for two approvals says so."""
    return ITEM_BY_ITEM if is_item_by_item else OUTCOMES[outcome]


def said_people(letters: tuple[Approver, ...]) -> str:
    """Return who must agree in words: "a team manager and the Caldicott Guardian"."""
    words = [WORDS[letter] for letter in letters]
    *others, last = words or ["nobody"]
    return f"{', '.join(others)} and {last}" if others else last
