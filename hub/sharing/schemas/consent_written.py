"""From a draft of a record of consent, with every step answered, to the command that writes it."""

from typing import Any
from uuid import UUID

from hub.sharing.commands import RecordAnswer, RecordInformed, RecordNoAnswer
from hub.sharing.rules.coded import Category, Competence, Purpose
from hub.sharing.rules.consent_journey import ANSWERED, STATE_OF, Happened, Step
from hub.sharing.rules.consent_reasons import NoAnswer, Unsafe
from hub.sharing.rules.consent_terms import Alone, Ends, Giver, Interpreter, Method, PhoneHeld
from hub.sharing.rules.consents import ConsentScope, LeftOut
from hub.sharing.schemas.consent_options import YES
from hub.sharing.schemas.consent_talk import Talk
from hub.sharing.schemas.consents import attempts

Written = RecordAnswer | RecordNoAnswer | RecordInformed


def written(talk: Talk) -> Written:
    """Return the command that writes a draft down. Raises KeyError while a step is not answered."""
    if Step.TOLD in talk.steps:
        return _informed(talk, talk.values[Step.TOLD])
    if talk.happened not in ANSWERED:
        return _no_answer(talk, talk.values[Step.WHY])
    return _answer(talk)


def _scope(talk: Talk, *, once: bool = False) -> ConsentScope:
    if talk.scope is None:
        raise KeyError(Step.ABOUT)
    return ConsentScope(
        purposes=talk.scope.purposes,
        categories=talk.scope.categories,
        agencies=talk.scope.agencies,
        about=talk.draft.about if once else None,
    )


def _informed(talk: Talk, told: dict[str, Any]) -> RecordInformed:
    return RecordInformed(
        person_id=talk.draft.person_id,
        scope=_scope(talk),
        said_on=told["said_on"],
        grounds=talk.grounds,
        was_told=told["told"] == YES,
        why_not_told=told["why_not_told"] or "",
        revisit_on=None if told["told"] == YES else told["revisit_on"],
        own_words=told["own_words"] or "",
        others_told=told["others_told"] or "",
    )


def _no_answer(talk: Talk, why: dict[str, Any]) -> RecordNoAnswer:
    texts = ("assessor_role", "decision", "consulted", "indicators", "plan")
    unsafe = why.get("unsafe")
    return RecordNoAnswer(
        person_id=talk.draft.person_id,
        scope=_scope(talk),
        said_on=why["said_on"],
        given=NoAnswer(
            state=STATE_OF[talk.happened or Happened.UNSAFE],
            age=talk.draft.age,
            unsafe=Unsafe(unsafe) if unsafe else None,
            assessed_on=why.get("assessed_on"),
            attempts=attempts(why),
            revisit_on=why.get("revisit_on"),
            **{name: why.get(name) or "" for name in texts},
        ),
        own_words=why.get("own_words") or "",
    )


def _answer(talk: Talk) -> RecordAnswer:
    who, safe, words = (talk.values[step] for step in (Step.WHO, Step.SAFE, Step.WORDS))
    able, left, end = (talk.values.get(step, {}) for step in (Step.ABLE, Step.LEFT, Step.END))
    others = talk.values.get(Step.OTHERS, end)
    ends = Ends(end.get("ends", Ends.USUAL))
    is_other = who["giver"] != Giver.SELF
    return RecordAnswer(
        person_id=talk.draft.person_id,
        is_yes=talk.happened is not Happened.NO,
        scope=_scope(talk, once=ends is Ends.ONCE),
        said_on=who["said_on"],
        giver=Giver(who["giver"]),
        giver_name=(who["giver_name"] or "") if is_other else "",
        giver_is_alleged_perpetrator=is_other and who["giver_is_alleged_perpetrator"],
        authority_seen=is_other and who["authority_seen"],
        method=Method(who["method"]),
        alone=Alone(safe["alone"]),
        phone=PhoneHeld(safe["phone"]),
        interpreter=Interpreter(safe["interpreter"]),
        competence=Competence(able.get("competence", Competence.NOT_ASSESSED)),
        competence_reason=able.get("competence_reason", ""),
        words_read=words["words_read"],
        is_understood=words["understood"] == YES,
        own_words=words["own_words"] or "",
        left_out=LeftOut(
            purposes=frozenset(map(Purpose, left.get("left_purposes") or ())),
            categories=frozenset(map(Category, left.get("left_categories") or ())),
            agencies=frozenset(map(UUID, left.get("left_agencies") or ())),
            in_words=bool(left.get("left_words")),
        ),
        left_out_words=left.get("left_words") or "",
        ends=ends,
        until_on=end.get("until_on") if ends is Ends.DAY else None,
        others_told=others.get("others_told") or "",
        withdrawal_route=end.get("withdrawal_route") or "",
        grounds=talk.grounds,
    )
