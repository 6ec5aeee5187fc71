"""An administrator lets an agency not take part for a while, or again."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.agencies.access import open_agency
from hub.agencies.commands.suspending import (
    LONGEST,
    ResumeAgency,
    SuspendAgency,
    resume_agency,
    suspend_agency,
)
from hub.agencies.pages.blueprint import pages
from hub.agencies.pages.filling import Edit, fill_in
from hub.db.units import UnitOfWork
from hub.web.current import actor, units
from hub.web.fields import Hidden, LongText
from hub.web.forms import Form
from hub.web.guard import policy
from hub.web.render import task

SUSPEND = task("Let an agency not take part")
LEAD = (
    "Nothing is shared with it until you let it take part again, and what is open between it and "
    "others waits. Both sides are told that it does not take part, and not why. Its people can "
    "still sign in. The information governance leads are told."
)


class SuspendForm(Form[tuple[str, int]]):
    """Why an agency does not take part, and the version that was read."""

    version = Hidden("Version")
    why = LongText(
        "Why does it not take part?",
        required=True,
        ask="Enter why it does not take part",
        hint="For administrators and information governance leads. Name no person.",
        max_length=LONGEST,
        rows=3,
    )

    @override
    def build(self, values: dict[str, str]) -> tuple[str, int]:
        """Return the reason and the version; 0, which no agency has, for a broken one."""
        version = values["version"] or ""
        return values["why"], int(version) if version.isdecimal() else 0


@pages.route("/directory/agencies/<uuid:agency_id>/suspend", methods=["GET", "POST"])
@policy(Permission.AGENCY_SUSPEND)
def suspend(agency_id: UUID) -> ResponseReturnValue:
    """Ask why an agency does not take part, and let it so."""
    with units().read(actor()) as uow:
        row = open_agency(uow, agency_id)
        name, version = row.name, row.version

    def save(uow: UnitOfWork, said: tuple[str, int]) -> UUID:
        why, read = said
        return suspend_agency(SuspendAgency(agency_id=agency_id, version=read, why=why), uow=uow)

    return fill_in(
        Edit(
            shape=SuspendForm,
            title=SUSPEND,
            heading=f"{name} does not take part",
            back=url_for("agencies.agency", agency_id=agency_id),
            save=save,
            done=lambda row_id: url_for("agencies.agency", agency_id=row_id),
            lead=LEAD,
            button="Let it take part no more",
            version=version,
            saved="The agency does not take part. Nothing is shared with it.",
        )
    )


@pages.post("/directory/agencies/<uuid:agency_id>/resume")
@policy(Permission.AGENCY_SUSPEND)
def resume(agency_id: UUID) -> ResponseReturnValue:
    """Let an agency take part again."""
    version = request.form.get("version", "")
    cmd = ResumeAgency(agency_id=agency_id, version=int(version) if version.isdecimal() else 0)
    with units().write(actor()) as uow:
        resume_agency(cmd, uow=uow)
    flash("The agency takes part again. What waited goes on.", "success")
    return redirect(url_for("agencies.agency", agency_id=agency_id), 303)
