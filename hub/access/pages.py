"""Signing in and out, setting a password, and the administrator's pages of accounts."""

from dataclasses import dataclass
from typing import Protocol, cast
from uuid import UUID

import flask
from flask import Blueprint, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access import commands, queries, schemas, sessions, sign_in
from hub.access.passwords import Passwords, passwords
from hub.access.permissions import Permission
from hub.access.queries import AccountRow
from hub.access.rules import network_of, password_fault
from hub.db.units import UnitOfWork
from hub.kernel.actor import PUBLIC, system
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.web import current, forms
from hub.web.guard import policy, public_endpoint
from hub.web.headers import forget
from hub.web.render import ConflictPage, Page, Task, conflict, page, task, versions
from hub.web.values import FormView, Option
from hub.web.words import SPOKEN

pages = Blueprint("access", __name__, template_folder="templates")
PUBLIC_ENDPOINTS = frozenset({"access.start", "access.sign_in", "access.accept", "access.accepted"})

NO_MATCH = "The e-mail address and the password do not match an account"
MUST_WAIT = "There have been too many tries. Wait up to 15 minutes, then try again"
TOO_MANY = 429


class Directory(Protocol):
    """What these pages may ask of the contact directory, a room above this one."""

    def agencies(self, uow: UnitOfWork) -> tuple[Option, ...]:
        """Return the agencies that an account can belong to."""
        ...

    def contacts(self, uow: UnitOfWork) -> tuple[Option, ...]:
        """Return the directory entries that an account can be the person of."""
        ...


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form."""

    action: str
    button: str


@dataclass(frozen=True, kw_only=True)
class AccountsPage(Page):
    """A page of the list of accounts."""

    rows: tuple[AccountRow, ...]
    role_words: dict[str, str]
    next_href: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountPage(Page):
    """One account, with the form of its roles."""

    account: AccountRow
    agency: str
    is_own: bool


START = task("Start")
SIGN_IN = task("Sign in")
SET_PASSWORD = task("Set your password")
PASSWORD_SET = task("Your password is set")
CHANGE_PASSWORD = task("Change your password")
ACCOUNTS = task("Accounts")
NEW_ACCOUNT = task("Invite somebody")
ACCOUNT = task("Account")


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """Where strangers begin; ``find`` is the address of the public search for services."""

    title: Task = START
    heading: str = "Raise a concern or find a service"
    find: str


@pages.get("/")
@public_endpoint("home:start")
def start() -> ResponseReturnValue:
    """Show strangers where to begin, and people who are signed in what waits for them."""
    if sessions.signed_in() is not None and g.home != "access.start":
        return redirect(url_for(g.home), 303)
    return page("access/start.html", StartPage(find=url_for(g.find)))


@pages.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public_endpoint("session:start")
def sign_in_page() -> ResponseReturnValue:
    """Ask for e-mail address and password, and open a session for the right ones."""
    if request.method == "GET":
        return _sign_in_form(forms.blank(schemas.SignInForm))
    reading = forms.read(schemas.SignInForm, request.form)
    if reading.value is None:
        return _sign_in_form(reading.form)
    token, why = _try(reading.value)
    if token is None:
        status = TOO_MANY if why == MUST_WAIT else 0
        return _sign_in_form(reading.form.refuse(why), status)
    sessions.start(token)
    return redirect(sessions.where_to(), 303)


@pages.post("/sign-out")
@policy(Permission.HOME_READ)
def sign_out() -> ResponseReturnValue:
    """End the session and make the browser forget what it holds."""
    sessions.end()
    return forget(make_response(redirect(url_for("access.sign_in"), 303)))


@pages.route("/account/invitation/<token>", methods=["GET", "POST"])
@public_endpoint("invitation:accept")
def accept(token: str) -> ResponseReturnValue:
    """Let somebody who was invited set their password; looking at the page uses nothing up."""
    with current.units().read(PUBLIC) as uow:
        invitation = queries.live_invitation(uow, token)
    if invitation is None:
        raise NotFoundError("no such invitation")
    action = url_for("access.accept", token=token)
    if request.method == "GET":
        return _set_password_form(forms.blank(schemas.NewPasswordForm), action)
    reading = forms.read(schemas.NewPasswordForm, request.form)
    if reading.value is None:
        return _set_password_form(reading.form, action)
    fault = password_fault(reading.value, invitation.email)
    if fault:
        return _set_password_form(reading.form.refuse(fault, field="password"), action)
    kept = _hasher().hash(reading.value)
    with current.units().write(system("invitation")) as uow:
        commands.accept_invitation(token, password_hash=kept, uow=uow)
    return redirect(url_for("access.accepted"), 303)


@pages.get("/account/ready")
@public_endpoint("invitation:accepted")
def accepted() -> ResponseReturnValue:
    """Say that the password is set and that one can sign in now."""
    return page("access/accepted.html", Page(title=PASSWORD_SET))


@pages.route("/account/password", methods=["GET", "POST"])
@policy(Permission.OWN_ACCOUNT_EDIT)
def password() -> ResponseReturnValue:
    """Change one's own password; every session ends and this browser gets a new one."""
    if request.method == "GET":
        return _change_form(forms.blank(schemas.ChangePasswordForm))
    reading = forms.read(schemas.ChangePasswordForm, request.form)
    if reading.value is None:
        return _change_form(reading.form)
    why, field = _change(reading.value)
    if why:
        return _change_form(reading.form.refuse(why, field=field))
    flask.flash("Your password is changed. You have been signed out everywhere else.", "success")
    return redirect(url_for("access.password"), 303)


@pages.get("/accounts")
@policy(Permission.ACCOUNT_MANAGE)
def accounts() -> ResponseReturnValue:
    """List the accounts by name."""
    after = _place(request.args.get("after", ""))
    with current.units().read(current.actor()) as uow:
        rows = queries.account_page(uow, after=after, limit=queries.PAGE_SIZE + 1)
    shown = tuple(rows[: queries.PAGE_SIZE])
    more = len(rows) > len(shown)
    following = url_for("access.accounts", after=shown[-1].id) if more else ""
    return page(
        "access/accounts.html",
        AccountsPage(
            title=ACCOUNTS, rows=shown, role_words=_role_words(), next_href=following, wide=True
        ),
    )


@pages.route("/accounts/new", methods=["GET", "POST"])
@policy(Permission.ACCOUNT_MANAGE)
def new_account() -> ResponseReturnValue:
    """Invite somebody by e-mail."""
    options = _choices()
    if request.method == "GET":
        return _invite_form(forms.blank(schemas.InviteForm, options=options))
    reading = forms.read(schemas.InviteForm, request.form, options=options)
    if reading.value is None:
        return _invite_form(reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            account_id = commands.invite_account(reading.value, uow=uow)
    except RefusedError as refused:
        return _invite_form(reading.form.refuse(refused.why, field=refused.field))
    flask.flash("The invitation is on its way.", "success")
    return redirect(url_for("access.account", account_id=account_id), 303)


@pages.get("/accounts/<uuid:account_id>")
@policy(Permission.ACCOUNT_MANAGE)
def account(account_id: UUID) -> ResponseReturnValue:
    """Show one account."""
    row = _account(account_id)
    values = {"roles": [role.value for role in row.roles], "version": row.version}
    return _account_page(row, forms.blank(schemas.RolesForm, values))


@pages.post("/accounts/<uuid:account_id>/roles")
@policy(Permission.ACCOUNT_MANAGE)
def roles(account_id: UUID) -> ResponseReturnValue:
    """Give an account other roles."""
    reading = forms.read(schemas.RolesForm, request.form)
    if reading.value is None:
        return _account_page(_account(account_id), reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            commands.set_roles(reading.value.command(account_id), uow=uow)
    except ConflictError:
        return _conflict(_account(account_id), reading.form)
    flask.flash("The roles are changed. The person has been signed out.", "success")
    return redirect(url_for("access.account", account_id=account_id), 303)


@pages.post("/accounts/<uuid:account_id>/<any(disable, enable, invite):verb>")
@policy(Permission.ACCOUNT_MANAGE)
def switch(account_id: UUID, verb: str) -> ResponseReturnValue:
    """Switch an account off or on, or send a new link to set its password."""
    does = {
        "disable": (commands.disable_account, "The account is switched off."),
        "enable": (commands.enable_account, "The account is switched on."),
        "invite": (commands.invite_again, "A new link is on its way."),
    }
    command, said = does[verb]
    with current.units().write(current.actor()) as uow:
        command(account_id, uow=uow)
    flask.flash(said, "success")
    return redirect(url_for("access.account", account_id=account_id), 303)


def _try(typed: schemas.Credentials) -> tuple[str | None, str]:
    """Return a session's token, or None and why not."""
    units = current.units()
    own = current.settings()
    network = network_of(
        request.remote_addr,
        is_production=own.is_production,
        proxies=own.web.trusted_proxies,
    )
    with units.write(PUBLIC) as uow:
        attempt = sign_in.begin_sign_in(typed.email, network, uow=uow)
    if attempt.must_wait:
        return None, MUST_WAIT
    right = _hasher().matches(attempt.password_hash, typed.password)
    with units.write(PUBLIC) as uow:
        if right:
            return sign_in.complete_sign_in(attempt, uow=uow), ""
        sign_in.refuse_sign_in(attempt, uow=uow)
    return None, NO_MATCH


def _change(typed: schemas.NewPassword) -> tuple[str, str]:
    """Change the password and renew the session; returns why not, and at which field."""
    actor = current.actor()
    account_id = cast("UUID", actor.account_id)
    units = current.units()
    with units.read(actor) as uow:
        row = queries.account_row(uow, account_id)
        kept = queries.password_hash_of(uow, account_id)
    if row is None or not _hasher().matches(kept, typed.old):
        return "This is not your present password", "old"
    fault = password_fault(typed.new, row.email)
    if fault:
        return fault, "password"
    new = _hasher().hash(typed.new)
    with units.write(actor) as uow:
        commands.change_password(account_id, password_hash=new, uow=uow)
        token = sign_in.start_session(account_id, uow=uow)
    sessions.start(token)
    return "", ""


def _hasher() -> Passwords:
    return passwords(current.settings().environment)


def _sign_in_form(form: FormView, status: int = 0) -> ResponseReturnValue:
    shown = FormPage(title=SIGN_IN, form=form, action=url_for("access.sign_in"), button="Sign in")
    return page("access/sign_in.html", shown, status)


def _set_password_form(form: FormView, action: str) -> ResponseReturnValue:
    shown = FormPage(title=SET_PASSWORD, form=form, action=action, button="Set password")
    return page("access/form.html", shown)


def _change_form(form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=CHANGE_PASSWORD,
        form=form,
        action=url_for("access.password"),
        button="Change password",
        back="/",
    )
    return page("access/form.html", shown)


def _invite_form(form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=NEW_ACCOUNT,
        form=form,
        action=url_for("access.new_account"),
        button="Send invitation",
        back=url_for("access.accounts"),
    )
    return page("access/form.html", shown)


def _account(account_id: UUID) -> AccountRow:
    with current.units().read(current.actor()) as uow:
        row = queries.account_row(uow, account_id)
    if row is None:
        raise NotFoundError("no such account")
    return row


def _account_page(row: AccountRow, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        names = {option.value: option.label for option in _directory().agencies(uow)}
    shown = AccountPage(
        title=ACCOUNT,
        heading=row.name,
        form=form,
        back=url_for("access.accounts"),
        account=row,
        agency=names.get(str(row.agency_id), "Not in the directory"),
        is_own=row.id == current.actor().account_id,
    )
    return page("access/account.html", shown)


def _conflict(row: AccountRow, form: FormView) -> ResponseReturnValue:
    words = _role_words()
    saved = ", ".join(words[role.value] for role in sorted(row.roles))
    kept = [("roles", value) for value in form["roles"].typed]
    return conflict(
        ConflictPage(
            what="account",
            versions=versions(form, {"roles": saved}),
            reload=url_for("access.account", account_id=row.id),
            again=url_for("access.roles", account_id=row.id),
            keep=(*kept, ("version", str(row.version))),
        )
    )


def _directory() -> Directory:
    return cast("Directory", g.directory)


def _choices() -> dict[str, tuple[Option, ...]]:
    with current.units().read(current.actor()) as uow:
        directory = _directory()
        return {"agency_id": directory.agencies(uow), "contact_id": directory.contacts(uow)}


def _place(text: str) -> UUID | None:
    """Return the id after which a page begins; a broken one is the beginning."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _role_words() -> dict[str, str]:
    """Return what each role is called by the authority whose pages are shown."""
    words = SPOKEN.get()
    return {role.value: words.fill(said[0]) for role, said in schemas.ROLE_WORDS.items()}
