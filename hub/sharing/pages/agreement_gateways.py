"""The gateways in law that a draft cites."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError
from hub.sharing import commands
from hub.sharing.pages.agreement_forms import Edit, answer
from hub.sharing.pages.agreement_parts import (
    Card,
    Offer,
    Parts,
    address,
    lines_of,
    listed,
    typed_version,
)
from hub.sharing.pages.room import read_sheet, sharing
from hub.sharing.queries.agreements import AgreementSheet
from hub.sharing.register.gaps import Section
from hub.sharing.register.gateways import KNOWN, Gateway, KnownGateway
from hub.sharing.schemas.agreement_parts import (
    GatewayForm,
)
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import task
from hub.web.values import Link

GATEWAYS = task("Gateways in law")
GATEWAY = task("Gateway in law")


@sharing.get("/agreements/<uuid:agreement_id>/gateways")
@policy(Permission.AGREEMENT_EDIT)
def gateways(agreement_id: UUID) -> ResponseReturnValue:
    """List the gateways that a draft cites, and those that can be added."""
    sheet = read_sheet(agreement_id)
    cited = {one.code for one in sheet.contents.gateways}
    lines = list(lines_of(sheet, Section.GATEWAYS).values())
    cards = tuple(
        Card(
            one.citation,
            line.words + ((KNOWN[one.code].check,) if one.code in KNOWN else ()),
            (Link("Change", address("gateway", sheet, gateway_id=one.key)),),
            address("remove_gateway", sheet, gateway_id=one.key),
        )
        for one, line in zip(sheet.contents.gateways, lines, strict=True)
    )
    return listed(
        sheet,
        Section.GATEWAYS,
        Parts(
            title=GATEWAYS,
            cards=cards,
            about="A power or duty in law for each direction. One that has not commenced can be "
            "cited; it counts from its day on.",
            add=Link("Add one that is not listed", address("gateway", sheet)),
            offers=tuple(
                Offer(address("gateway", sheet, known=code), _citation(one), one.use, one.check)
                for code, one in KNOWN.items()
                if code not in cited
            ),
        ),
    )


@sharing.route("/agreements/<uuid:agreement_id>/gateway", methods=["GET", "POST"])
@sharing.route(
    "/agreements/<uuid:agreement_id>/gateways/<uuid:gateway_id>", methods=["GET", "POST"]
)
@policy(Permission.AGREEMENT_EDIT)
def gateway(agreement_id: UUID, gateway_id: UUID | None = None) -> ResponseReturnValue:
    """Cite a gateway, one of the hub's list or another, or change how one is cited."""
    sheet = read_sheet(agreement_id)
    known = KNOWN.get(request.args.get("known", ""))
    return answer(
        Edit(
            sheet=sheet,
            title=GATEWAY,
            shape=GatewayForm,
            values=lambda sheet: _gateway_values(sheet, gateway_id),
            save=lambda said, uow: commands.save_gateway(
                commands.SaveGateway(
                    agreement_id=agreement_id,
                    version=said.version,
                    gateway_id=gateway_id,
                    **said.value,
                ),
                uow=uow,
            ),
            about=" ".join(filter(None, (known.use + ".", known.check))) if known else "",
            done=address("gateways", sheet),
        )
    )


def _gateway_values(sheet: AgreementSheet, gateway_id: UUID | None) -> dict[str, object]:
    """Return the gateway as it is cited, or as the hub's list knows it."""
    if gateway_id is not None:
        found = [one for one in sheet.contents.gateways if one.key == str(gateway_id)]
        if not found:
            raise NotFoundError("no such gateway")
        return dict(vars(found[0]))
    code = request.args.get("known", "")
    if code not in KNOWN:
        return {"direction": "both"}
    return {**vars(KNOWN[code]), "code": code, "direction": "both"}


def _citation(one: KnownGateway) -> str:
    return Gateway(key="", statute=one.statute, section=one.section, kind=one.kind).citation


@sharing.post("/agreements/<uuid:agreement_id>/gateways/<uuid:gateway_id>/remove")
@policy(Permission.AGREEMENT_EDIT)
def remove_gateway(agreement_id: UUID, gateway_id: UUID) -> ResponseReturnValue:
    """Take a gateway out."""
    cmd = commands.RemoveGateway(
        agreement_id=agreement_id, version=typed_version(), gateway_id=gateway_id
    )
    with units().write(actor()) as uow:
        commands.remove_gateway(cmd, uow=uow)
    return redirect(url_for("sharing.gateways", agreement_id=agreement_id), 303)
