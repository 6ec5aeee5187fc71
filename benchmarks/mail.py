"""Mail: a batch of invitations from the outbox, beside Flask-Mail on one connection.

Ours claims the rows, renders text, HTML and calendar, seals the bytes, hands them over and marks
each row; the reference makes messages of the same parts from ready text and sends them.
"""

import flask_mail
from flask import Flask
from sqlalchemy import func, select, update

from benchmarks.county import County
from benchmarks.measures import Bar, Call, Row, in_turns, ms
from hub.notify.door import open_door
from hub.notify.models import Message
from hub.notify.sender import Sender
from kit.smtp_sink import HOST

RATE = Bar(must=0.35, goal=0.6, at_least=True)
CPU = Bar(goal=5)
NOTHING_DUE = Bar(must=20, goal=3)
"""Milliseconds in the last two. All from performance.md, section 8."""

_SAYS = "Please say whether you can come, and bring what you know. " * 12
_TEXT = "Dear {name},\n\nYou are asked to a meeting.\n\nAnswer here: {link}\n\n" + _SAYS
_HTML = (
    '<!DOCTYPE html><html lang="en-GB"><body><p>Dear {name},</p><p>You are asked to a meeting.</p>'
    '<p><a href="{link}">Answer here</a></p><p>' + _SAYS + "</p></body></html>"
)
_CALENDAR = (
    "BEGIN:VCALENDAR\r\nPRODID:-//reference//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n"
    "BEGIN:VEVENT\r\nUID:meeting-1@hub.example.org\r\nSEQUENCE:0\r\nDTSTAMP:20260601T090000Z\r\n"
    "DTSTART:20260608T090000Z\r\nDTEND:20260608T091000Z\r\nSUMMARY:Professionals meeting\r\n"
    "ORGANIZER:mailto:meetings@hub.example.org\r\n"
    "ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:{address}\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def sending(county: County, port: int, rounds: int) -> list[Row]:
    """Return the rows of sending; the county must have been given the mail server's port."""
    sender = Sender(county.units, open_door(county.settings.mail), county.settings, "benchmark")
    batch = _queue_again(county)
    assert batch, "no invitation waits"

    def ours() -> None:
        assert sender.send_due()

    plain = _plain_sender(port, batch)
    costs = in_turns(
        {"queue": lambda: _queue_again(county), "hub": ours, "Flask-Mail": plain}, rounds=rounds
    )
    with county.world.write() as uow:
        unsent = uow.session.scalar(
            select(func.count()).where(Message.state != "relayed", Message.sealed.is_not(None))
        )
    assert unsent == 0, f"{unsent} messages did not leave"
    each, reference = costs.passed("hub") / batch, costs.passed("Flask-Mail") / batch
    ratio = costs.rate_ratio("hub", "Flask-Mail")
    cpu = costs.cpu("hub") / batch
    idle = in_turns({"idle": ours}, rounds=max(rounds, 5)).passed("idle")
    kind = county.kind
    return [
        Row("mail, rate a message", kind, ms(each), ratio, f"{ms(reference)} Flask-Mail", RATE),
        Row("mail, CPU ms a message", kind, ms(cpu), cpu * 1000, bar=CPU),
        Row("mail, nothing due, ms", kind, ms(idle), idle * 1000, bar=NOTHING_DUE),
    ]


def _queue_again(county: County) -> int:
    """Put every invitation back as it was before it was first sent; return how many there are."""
    fresh = update(Message).where(
        Message.state.in_(("queued", "relayed")), Message.uid.is_not(None)
    )
    with county.world.write() as uow:
        done = uow.session.execute(
            fresh.values(state="queued", attempts=0, sealed=None, relayed_at=None)
        )
        return int(done.rowcount)  # type: ignore[attr-defined]  # of an update there is one


def _plain_sender(port: int, batch: int) -> Call:
    app = Flask("reference")
    app.config.update(
        MAIL_SERVER=HOST, MAIL_PORT=port, MAIL_DEFAULT_SENDER="meetings@hub.example.org"
    )
    post = flask_mail.Mail(app)

    def send() -> None:
        with app.app_context(), post.connect() as connection:
            for number in range(batch):
                address = f"person{number}@agency.example.org"
                values = {"name": f"Person {number}", "link": f"https://hub.example.org/{number}"}
                message = flask_mail.Message(
                    "Professionals meeting: please reply",
                    recipients=[address],
                    body=_TEXT.format(**values),
                    html=_HTML.format(**values),
                )
                message.alts = {
                    "html": message.html or "",
                    "calendar": _CALENDAR.format(address=address),
                }
                connection.send(message)

    return send
