"""A case as a worker of somebody who is alleged to have caused harm reads it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from hub.marac.pages.case_page import CasePage
from hub.marac.queries.record import NOT_BEGUN
from hub.marac.queries.standing import SharedBy
from hub.marac.rules.sides import FOR_ALL, is_about_alleged


def for_other_side(shown: CasePage, roles: Mapping[UUID, str], reader: UUID | None) -> CasePage:
    """Return the page without what leads to the victim, is planned for her, or her worker wrote.

    ``roles`` are the people's by party, in the order of ``shown.people``; of the actions those of
    the ``reader``, an account, stay.
    """

    def told(agency: SharedBy) -> SharedBy:
        lines = tuple(
            one
            for one in agency.lines
            if one.party_id is not None and is_about_alleged(roles.get(one.party_id))
        )
        return replace(agency, proportionality="", refusal="", lines=lines)

    people = tuple(
        one if is_about_alleged(role) else replace(one, care="", rows=())
        for one, role in zip(shown.people, roles.values(), strict=True)
    )
    return replace(
        shown,
        is_limited=True,
        row=replace(NOT_BEGUN, state=shown.row.state, version=shown.row.version),
        people=people,
        shared=tuple(one for one in map(told, shown.shared) if one.lines),
        workers=(),
        contributions=(),
        earlier=(),
        fields=tuple(one for one in shown.fields if one.note.field in FOR_ALL),
        last_fields=(),
        actions=tuple(one for one in shown.actions if one.owner_id == reader),
    )
