"""The rules of an agency on how long it keeps what, and every text that they had."""

from dataclasses import dataclass

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.commands.disposal import permit_keeping
from hub.sharing.commands.keeping import SetRetention, set_retention
from hub.sharing.pages.keeping.room import RULES, keeping, said_rule
from hub.sharing.queries.keeping import rules_of, texts_of
from hub.sharing.rules.retention import DEFAULTS, CountsFrom, RetentionRule
from hub.sharing.schemas.keeping import RuleForm
from hub.web.current import actor, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

LIST = task("How long things are kept")
ONE = task("A rule on keeping")
CODE = f"<any({','.join(rule.code for rule in DEFAULTS)}):code>"


@dataclass(frozen=True, slots=True)
class SaidRule:
    """A rule in words."""

    code: str
    what: str
    years: str
    source: str
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class RulesPage(Page):
    """The rules that count at the agency."""

    title: Task = LIST
    rows: tuple[SaidRule, ...]
    may_edit: bool


@dataclass(frozen=True, kw_only=True)
class RulePage(Page):
    """One rule, to be set anew, and its texts so far."""

    title: Task = ONE
    texts: tuple[SaidRule, ...]


@keeping.get("/keeping/rules")
@policy(Permission.DISPOSAL_DO)
def rules() -> ResponseReturnValue:
    """List the rules that count at the actor's agency."""
    with units().read(actor()) as uow:
        found = rules_of(uow, permit_keeping(uow))
    shown = RulesPage(
        back=url_for("keeping.records"),
        rows=tuple(_said(rule) for rule in found.values()),
        may_edit=could(actor(), Permission.RETENTION_EDIT),
        wide=True,
    )
    return page("sharing/keeping_rules.html", shown)


@keeping.route(f"/keeping/rules/{CODE}", methods=["GET", "POST"])
@policy(Permission.RETENTION_EDIT)
def rule(code: str) -> ResponseReturnValue:
    """Show one rule with its texts, and set a new one."""
    with units().read(actor()) as uow:
        agency_id = permit_keeping(uow, Permission.RETENTION_EDIT)
        now = rules_of(uow, agency_id).get(code)
        texts = texts_of(uow, agency_id, code)
    if now is None:  # pragma: no cover - the address holds no other word
        raise NotFoundError("no such rule")
    if request.method == "GET":
        opened = {"counts_from": now.counts_from, "years": now.years, "source": now.source}
        return _show(code, texts, blank(RuleForm, opened))
    reading = read(RuleForm, request.form)
    form = reading.form
    if reading.value is not None:
        values = reading.value
        cmd = SetRetention(
            code=code,
            counts_from=CountsFrom(values["counts_from"]),
            years=values["years"],
            source=values["source"],
        )
        try:
            with units().write(actor()) as uow:
                set_retention(cmd, uow=uow)
            flask.flash("The rule is set.", "success")
            return redirect(url_for("keeping.rules"), 303)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return _show(code, texts, form)


def _said(rule: RetentionRule) -> SaidRule:
    return SaidRule(rule.code, RULES[rule.code], said_rule(rule), rule.source, rule.number > 0)


def _show(code: str, texts: tuple[RetentionRule, ...], form: FormView) -> ResponseReturnValue:
    first = next(rule for rule in DEFAULTS if rule.code == code)
    shown = RulePage(
        heading=RULES[code],
        back=url_for("keeping.rules"),
        form=form,
        texts=tuple(_said(one) for one in (*reversed(texts), first)),
    )
    return page("sharing/keeping_rule.html", shown)
