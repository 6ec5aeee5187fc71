"""Every version of an agreement, and what two of them say differently."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError
from hub.sharing.pages.agreement_words import Tag, tag_of
from hub.sharing.pages.room import grace_days, sharing
from hub.sharing.queries.agreements import AgreementLine, version_contents, versions_of
from hub.sharing.register.gaps import Section
from hub.sharing.register.spelling import SECTION_WORDS, Difference, differences
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

VERSIONS = task("Versions")
DIFFERENCES = task("What changed between two versions")


@dataclass(frozen=True, kw_only=True)
class VersionsPage(Page):
    """The versions, newest first, each with how it stands and the one that it follows."""

    title: Task = VERSIONS
    rows: tuple[tuple[AgreementLine, Tag, AgreementLine | None], ...]


@dataclass(frozen=True, kw_only=True)
class DifferencesPage(Page):
    """What two versions say differently, section by section."""

    title: Task = DIFFERENCES
    older: int
    newer: int
    sections: tuple[tuple[str, tuple[Difference, ...]], ...]


@sharing.get("/agreements/<uuid:agreement_id>/versions")
@policy(Permission.AGREEMENT_READ)
def versions(agreement_id: UUID) -> ResponseReturnValue:
    """List every version of an agreement."""
    with units().read(actor()) as uow:
        lines = versions_of(uow, agreement_id, grace_days=grace_days())
    before = {line.number: line for line in lines}
    shown = VersionsPage(
        caption=lines[0].reference,
        back=url_for("sharing.show", agreement_id=agreement_id),
        rows=tuple((line, tag_of(line), before.get(line.number - 1)) for line in lines),
        wide=True,
    )
    return page("sharing/versions.html", shown)


@sharing.get("/agreements/<uuid:agreement_id>/differences/<uuid:other_id>")
@policy(Permission.AGREEMENT_READ)
def changes(agreement_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Show what a version and another of the same agreement say differently, the older first."""
    with units().read(actor()) as uow:
        pair = (version_contents(uow, agreement_id), version_contents(uow, other_id))
    old, new = sorted(pair, key=lambda one: one.number)
    if old.reference != new.reference:
        raise NotFoundError("no such version of this agreement")
    found = differences(old, new)
    shown = DifferencesPage(
        caption=new.reference,
        back=url_for("sharing.versions", agreement_id=agreement_id),
        older=old.number,
        newer=new.number,
        sections=_by_section(found),
        wide=True,
    )
    return page("sharing/differences.html", shown)


def _by_section(
    found: tuple[Difference, ...],
) -> tuple[tuple[str, tuple[Difference, ...]], ...]:
    return tuple(
        (SECTION_WORDS[section], of_it)
        for section in Section
        if (of_it := tuple(one for one in found if one.section is section))
    )
