"""What a person agreed to, as a panel on their page: one line for each record that counts."""

from uuid import UUID

from flask import url_for

from hub.access.permissions import Permission, could
from hub.db.units import UnitOfWork
from hub.people.pages.beside import Panel, PanelLine
from hub.sharing.pages.consents.saying import one_sentence, said_line
from hub.sharing.queries.consent_pages import lines_of
from hub.sharing.rules.consents import Standing
from hub.web.values import Link


def consent_panel(uow: UnitOfWork, person_id: UUID) -> Panel | None:
    """Return the panel for somebody who sees the person and may read what they agreed to."""
    if not could(uow.actor, Permission.CONSENT_READ):
        return None
    lines = [one for one in lines_of(uow, person_id) if one.standing is not Standing.REPLACED]
    return Panel(
        heading="What they agreed to",
        lines=tuple(
            PanelLine(
                said_line(one).tag,
                said_line(one).colour,
                one_sentence(one),
                url_for("consents.record", consent_id=one.record.id),
            )
            for one in lines
        ),
        nothing="Nobody has asked them yet.",
        links=(
            Link("All records", url_for("consents.records", person_id=person_id)),
            Link("Ask them, or record an answer", url_for("consents.new", person_id=person_id)),
        ),
    )
