"""The pages that ours are held against: the least that a page of the kind can be.

``const`` is Flask saying "ok"; ``raw`` 25 rows by the database's own driver in a plain template;
``core`` the same rows by SQLAlchemy Core for somebody signed in, with an entry in a trail that is
committed first; ``meeting`` 40 cases with people, workers and counts by the ORM.
"""

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import flask_login
import psycopg
from flask import Flask, render_template, request, session
from flask.typing import ResponseReturnValue
from psycopg.rows import dict_row
from sqlalchemy import Engine, func, insert, make_url, select
from sqlalchemy.orm import Session, joinedload

from benchmarks.browsing import Browser
from benchmarks.reference_rows import Case, Invited, Meeting, Person, Request, Trail, Worker

PAGE = 25
_ROWS = (
    "SELECT p.id, p.ref, p.given_name, p.family_name, p.born, p.postcode, p.stage, p.changed_on,"
    " p.worker_id, w.name AS worker_name FROM ref_person p JOIN ref_worker w ON w.id = p.worker_id"
    " WHERE p.ref > {mark} ORDER BY p.ref LIMIT 25"
)
_CORE_ROWS = (
    select(
        Person.id,
        Person.ref,
        Person.given_name,
        Person.family_name,
        Person.born,
        Person.postcode,
        Person.stage,
        Person.changed_on,
        Person.worker_id,
        Worker.name.label("worker_name"),
    )
    .join(Worker, Worker.id == Person.worker_id)
    .order_by(Person.ref)
    .limit(PAGE)
)
CHROME = MappingProxyType(
    {
        "links": (
            "Home", "Concerns", "Screening", "People", "Invitations", "Directory", "Meetings",
            "Tasks", "Accounts",
        ),
        "filters": ("Name", "Reference", "Postcode", "Worker"),
        "choices": {
            "Stage": ("16 to 18", "18 to 21", "21 to 25", "Ended"),
            "Support": ("Allocated", "Duty", "Stepped down", "Out of area", "Moved"),
            "Office": ("Lincoln", "Louth", "Sleaford", "Peterborough"),
        },
        "headings": (
            "Name", "Reference", "Born", "Postcode", "Worker", "Stage", "Changed",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True)
class References:
    """A browser for each page."""

    const: Browser
    raw: Browser
    core: Browser
    meeting: Browser


def references(engine: Engine, url: str) -> References:
    """Return browsers for the references on a filled database."""
    core = Browser(_core(engine))
    core.get("/sign-in")
    return References(Browser(_const()), Browser(_raw(url)), core, Browser(_meeting(engine)))


def _app(name: str) -> Flask:
    app = Flask(name, root_path=str(Path(__file__).parent))
    app.secret_key = "no secret of anybody"  # noqa: S105 - of the references alone
    app.jinja_env.auto_reload = False
    return app


def _const() -> Flask:
    app = _app("const")

    @app.get("/")
    def ok() -> ResponseReturnValue:
        return "ok"

    return app


def _list(rows: list[Any]) -> str:
    following = rows[-1]["ref"] if rows else ""
    return render_template("list.html", rows=rows, following=following, **CHROME)


def _raw(url: str) -> Flask:
    app = _app("raw")
    held: Any
    if url.startswith("sqlite"):
        mark = "?"
        held = sqlite3.connect(
            str(make_url(url).database), isolation_level=None, check_same_thread=False
        )
        held.row_factory = sqlite3.Row
    else:
        mark = "%s"
        address = make_url(url).set(drivername="postgresql")
        held = psycopg.connect(
            address.render_as_string(hide_password=False), autocommit=True, row_factory=dict_row
        )
    query = _ROWS.format(mark=mark)

    @app.get("/list")
    def rows() -> ResponseReturnValue:
        return _list(held.execute(query, (request.args.get("after", ""),)).fetchall())

    return app


class _User(flask_login.UserMixin):  # type: ignore[misc]  # flask-login has no types
    def __init__(self, worker_id: int, name: str) -> None:
        self.id = worker_id
        self.name = name


def _core(engine: Engine) -> Flask:
    app = _app("core")
    manager = flask_login.LoginManager(app)

    @manager.user_loader
    def _load(kept: str) -> _User | None:
        with engine.connect() as connection:
            query = select(Worker.id, Worker.name).where(Worker.id == int(kept))
            row = connection.execute(query).one_or_none()
        return _User(row.id, row.name) if row else None

    @app.get("/sign-in")
    def sign_in() -> ResponseReturnValue:
        session["_user_id"] = "1"
        return "ok"

    @app.get("/list")
    @flask_login.login_required
    def rows() -> ResponseReturnValue:
        after = request.args.get("after", "")
        digest = hashlib.sha256(after.encode()).hexdigest()
        entry = {
            "at": "2026-06-01T09:00:00Z",
            "worker_id": flask_login.current_user.id,
            "verb": "looked",
            "kind": "list",
            "subject_id": 1,
            "mark": digest,
        }
        with engine.begin() as connection:
            found = connection.execute(_CORE_ROWS.where(Person.ref > after)).mappings().all()
            connection.execute(insert(Trail), entry)
        return _list(list(found))

    return app


def _meeting(engine: Engine) -> Flask:
    app = _app("meeting")

    @app.get("/meeting/<int:meeting_id>")
    def show(meeting_id: int) -> ResponseReturnValue:
        with Session(engine) as orm:
            meeting = orm.get_one(Meeting, meeting_id)
            cases = orm.scalars(
                select(Case)
                .where(Case.meeting_id == meeting_id)
                .order_by(Case.position)
                .options(joinedload(Case.person).joinedload(Person.worker))
            ).all()
            counts = orm.execute(
                select(Request.case_id, Request.state, func.count())
                .where(Request.case_id.in_([case.id for case in cases]))
                .group_by(Request.case_id, Request.state)
            )
            invited = orm.scalars(
                select(Worker)
                .join(Invited, Invited.worker_id == Worker.id)
                .where(Invited.meeting_id == meeting_id)
                .order_by(Worker.id)
            ).all()
            return render_template(
                "meeting.html",
                meeting=meeting,
                cases=cases,
                counts={(row[0], row[1]): row[2] for row in counts},
                invited=invited,
                **CHROME,
            )

    return app
