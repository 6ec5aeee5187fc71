"""What the holder's people do with a request: take it on, ask, say who is meant, step aside."""

from uuid import UUID

import flask
from flask import request
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import RefusedError
from hub.sharing.commands.advising import AskAdvice, ask_advice
from hub.sharing.commands.holding import (
    acknowledge_request,
    ask_back,
    declare_relation,
    say_known,
)
from hub.sharing.pages.holding.room import (
    do,
    form_page,
    holding,
    policy_now,
    seen_request,
    to_request,
)
from hub.sharing.schemas.holding import AdviceQuestionForm, AskBackForm, KnownForm
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import task

ASK = task("Ask the asker")
WHO = task("Say who is meant")
ADVICE = task("Ask for advice")
RELATION = task("Step aside")

ASK_LEAD = "The clock stands until they answer."
WHO_LEAD = (
    "Look in your own records. The asker does not learn what you answer here, and reads the same "
    "words whether you know nobody or may not share."
)
ADVICE_LEAD = (
    "Your data protection officer reads the request and writes advice. It is advice: whoever "
    "approves and shares still decides."
)
RELATION_LEAD = (
    "If you know somebody in this request, or are related to them, you have no more to do with "
    "it. From then on the request is not there for you: you cannot find it, and you hear nothing "
    "of it. Your colleagues deal with it. You cannot take this back yourself."
)


@holding.post("/requests-to-us/<uuid:request_id>/acknowledge")
@policy(Permission.REQUEST_ANSWER)
def acknowledge(request_id: UUID) -> ResponseReturnValue:
    """Take a request on."""
    do(lambda uow: acknowledge_request(request_id, uow=uow), "You have taken it on.")
    return to_request(request_id)


@holding.route("/requests-to-us/<uuid:request_id>/ask", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def ask(request_id: UUID) -> ResponseReturnValue:
    """Ask the asker for more."""
    seen = seen_request(request_id)
    if request.method == "GET":
        return form_page(seen, ASK, blank(AskBackForm), button="Ask", lead=ASK_LEAD)
    reading = read(AskBackForm, request.form)
    form = reading.form
    if reading.value is not None:
        cmd = reading.value.command(request_id)
        try:
            do(lambda uow: ask_back(cmd, uow=uow, policy=policy_now()), "The asker is asked.")
            return to_request(request_id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return form_page(seen, ASK, form, button="Ask", lead=ASK_LEAD)


@holding.route("/requests-to-us/<uuid:request_id>/who", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def who(request_id: UUID) -> ResponseReturnValue:
    """Say by two facts whether the person is known, and what they agreed to."""
    seen = seen_request(request_id)
    if request.method == "GET":
        values = {"consent_said": seen.sheet.consent_said}
        return form_page(seen, WHO, blank(KnownForm, values), button="Save", lead=WHO_LEAD)
    reading = read(KnownForm, request.form)
    form = reading.form
    if reading.value is not None:
        cmd = reading.value.command(request_id)
        try:
            do(lambda uow: say_known(cmd, uow=uow, policy=policy_now()), "Saved")
            return to_request(request_id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return form_page(seen, WHO, form, button="Save", lead=WHO_LEAD)


@holding.route("/requests-to-us/<uuid:request_id>/advice", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def advice(request_id: UUID) -> ResponseReturnValue:
    """Ask the data protection officer, who advises and never approves."""
    seen = seen_request(request_id)
    if request.method == "GET":
        return form_page(seen, ADVICE, blank(AdviceQuestionForm), button="Ask", lead=ADVICE_LEAD)
    reading = read(AdviceQuestionForm, request.form)
    form = reading.form
    if reading.value is not None:
        cmd = AskAdvice(request_id=request_id, question=reading.value)
        try:
            do(lambda uow: ask_advice(cmd, uow=uow), "The officer is asked.")
            return to_request(request_id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return form_page(seen, ADVICE, form, button="Ask", lead=ADVICE_LEAD)


@holding.route("/requests-to-us/<uuid:request_id>/relation", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def relation(request_id: UUID) -> ResponseReturnValue:
    """Declare that one knows somebody in a request."""
    if request.method == "GET":
        seen = seen_request(request_id)
        return form_page(seen, RELATION, None, button="I know somebody in it", lead=RELATION_LEAD)
    do(
        lambda uow: declare_relation(request_id, uow=uow, policy=policy_now()),
        "Thank you. Somebody else deals with it.",
    )
    return flask.redirect(flask.url_for("holding.inbox"), 303)
