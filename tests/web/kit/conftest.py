"""An app with nothing but the page kit and a page that shows every part of it."""

import socket
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, flash, redirect, request, session, url_for
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

from hub.config import DatabaseSettings, Settings, WebSettings
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.web.dates import DateParts
from hub.web.fields import (
    Choice,
    Choices,
    Email,
    Hidden,
    LongText,
    Phone,
    PlainText,
    Postcode,
    Tick,
)
from hub.web.forms import Form, blank, read
from hub.web.guard import Door, Policy, Visitor, policy, public_endpoint
from hub.web.install import Surroundings, install_web
from hub.web.moments import LondonDateTime
from hub.web.pages import PUBLIC as KIT_PUBLIC
from hub.web.render import Page, SummaryRow, Task, TaskRow, page, task
from hub.web.values import FormView, Link, Option
from kit.pages import PageClient

TODAY = date(2026, 11, 22)
EVERY_PART = task("Every part")
PUBLIC = KIT_PUBLIC | {"sink.show", "sink.save", "sink.sign_in", "sink.fail"}


class BusyError(Exception):
    """Stands for a locked database."""


@dataclass(frozen=True)
class Everything:
    name: str
    values: dict[str, Any]


class SinkForm(Form[Everything]):
    name = PlainText(
        "Family name", required=True, hint="As it is written in the record", width="20"
    )
    about = LongText("What happened", called="what happened", max_length=200)
    born = DateParts("Date of birth", past=True, hint="For example, 27 3 2007")
    starts = LondonDateTime("When does the meeting start?", called="start")
    mail = Email("Work e-mail address", called="a work e-mail address")
    phone = Phone("Telephone number", called="a telephone number", width="20")
    postcode = Postcode("Postcode", called="a postcode", width="10")
    known = Choice(
        "Is this person care-experienced?",
        (
            Option("yes", "Yes", "A {hint} with braces"),
            Option("no", "No"),
            Option("unknown", "Not known"),
        ),
        ask="Select whether this person is care-experienced",
        required=True,
    )
    which = PlainText("Which authority?")
    office = Choice("Office", {"lincoln": "Lincoln", "louth": "Louth"}, as_select=True)
    needs = Choices("Needs", {"housing": "Housing", "health": "Health", "money": "Money"})
    agreed = Tick("The {w.worker} knows about this", called="that the {w.worker} knows")
    version = Hidden("Version")

    def build(self, values):
        return Everything(values["name"], values)


@dataclass(frozen=True, kw_only=True)
class SinkPage(Page):
    title: Task = EVERY_PART
    rows: tuple[SummaryRow, ...] = (
        SummaryRow("Name", "Ms <Invented>", (Link("Change", "/sink"),)),
        SummaryRow(
            "Address", ("1 Made-up Street", "Nowhere"), (Link("Change", "/a"), Link("Hide", "/b"))
        ),
        SummaryRow("Note", "one\ntwo"),
    )
    tasks: tuple[TaskRow, ...] = (
        TaskRow("Who it is about", "Completed", href="/sink"),
        TaskRow("Reason", "Not started", colour="blue", hint="In your own words"),
    )


def sink() -> Blueprint:
    made = Blueprint("sink", __name__, template_folder=str(Path(__file__).parent / "templates"))

    def shown(form: FormView):
        return page("sink.html", SinkPage(form=form, crumbs=(Link("Home", "/"),), wide=True))

    @made.get("/sink")
    @public_endpoint("sink:read")
    def show():
        return shown(blank(SinkForm))

    @made.post("/sink")
    @public_endpoint("sink:write")
    def save():
        reading = read(SinkForm, request.form)
        if reading.value is None:
            return shown(reading.form)
        flash("Saved", "success")
        return redirect(url_for("sink.show"), 303)

    @made.get("/room/<uuid:record_id>")
    @policy("room:read")
    def room(record_id):
        return page("sink.html", SinkPage(form=blank(SinkForm), back="/sink"))

    @made.post("/room/<uuid:record_id>")
    @policy("room:write")
    def change(record_id):
        return redirect("/sink", 303)

    add_doors(made)
    return made


def add_doors(made: Blueprint) -> None:
    @made.get("/sign-in")
    @public_endpoint("sink:sign-in")
    def sign_in():
        session["who"] = request.args.get("who", "")
        return redirect(url_for("sink.show"), 303)

    @made.route("/fail/<kind>", methods=["GET", "POST"])
    @public_endpoint("sink:fail")
    def fail(kind):
        raise {
            "notfound": NotFoundError("Secret Name"),
            "notallowed": NotAllowedError("Secret Name"),
            "refused": RefusedError("The meeting is in the past. Choose a later day."),
            "conflict": ConflictError("the meeting", {"place": "Town Hall", "note": "same"}),
            "busy": BusyError("locked"),
            "many": TooManyRequests(retry_after=30),
            "unavailable": ServiceUnavailable(),
            "broken": ValueError("Secret Name"),
        }[kind]


def settings(tmp_path: Path, *, exit_to: str = "", **changes: Any) -> Settings:
    if exit_to:
        changes["web"] = WebSettings(quick_exit_url=exit_to)
    return Settings(
        **{
            "environment": "test",
            "data_dir": tmp_path,
            "public_base_url": "http://localhost",
            "database": DatabaseSettings("sqlite:////nowhere"),
            **changes,
        }
    )


def build(tmp_path: Path, **changes: Any) -> Flask:
    app = Flask("sink", static_folder=None)
    app.testing = True
    app.secret_key = TODAY.isoformat()
    door = Door(
        visitor=lambda: (
            Visitor(session["who"], "Agency", "/sign-out") if session.get("who") else None
        ),
        may=lambda declared, visitor: visitor.name != "nobody" or declared == Policy("sink:read"),
        sign_in="sink.sign_in",
    )
    install_web(
        app,
        settings(tmp_path, **changes),
        Surroundings(
            today=lambda: TODAY,
            door=door,
            navigation=lambda _: (Link("Home", "/", current=True), Link("Directory", "/directory")),
            busy=(BusyError,),
        ),
    )
    app.register_blueprint(sink())
    return app


@pytest.fixture
def make_app(tmp_path):
    return lambda **changes: build(tmp_path, **changes)


@pytest.fixture
def app(make_app):
    return make_app()


@pytest.fixture
def pages(app):
    return PageClient(app)


@pytest.fixture
def unused_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
