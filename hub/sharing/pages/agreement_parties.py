"""The parties of a draft and the lawful basis of each."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError
from hub.sharing import commands
from hub.sharing.pages.agreement_forms import Edit, answer
from hub.sharing.pages.agreement_parts import Card, Parts, address, lines_of, listed, typed_version
from hub.sharing.pages.room import read_sheet, sharing
from hub.sharing.queries.agreements import AgreementSheet, agency_names
from hub.sharing.register.bases import BASES, offered
from hub.sharing.register.codes import PROCESSOR
from hub.sharing.register.contents import Party
from hub.sharing.register.gaps import Section
from hub.sharing.schemas.agreement_parts import (
    BASES_BY_FIELD,
    BasesForm,
    PartyForm,
)
from hub.web.current import actor, units
from hub.web.dates import TODAY
from hub.web.forms import Options
from hub.web.guard import policy
from hub.web.render import task
from hub.web.values import Link, Option

PARTIES = task("Parties")
PARTY = task("Party")
BASES_OF = task("Lawful basis")


@sharing.get("/agreements/<uuid:agreement_id>/parties")
@policy(Permission.AGREEMENT_EDIT)
def parties(agreement_id: UUID) -> ResponseReturnValue:
    """List the parties of a draft."""
    sheet = read_sheet(agreement_id)
    said = lines_of(sheet, Section.PARTIES)
    cards = tuple(
        Card(
            one.agency,
            said[str(one.agency_id)].words,
            (Link("Change", address("party", sheet, agency_id=one.agency_id)),),
            address("remove_party", sheet, agency_id=one.agency_id),
        )
        for one in sheet.contents.parties
    )
    return listed(
        sheet,
        Section.PARTIES,
        Parts(
            title=PARTIES,
            cards=cards,
            about="Two controllers at least. A provider that delivers a service for an authority "
            "signs for itself: its people receive the information.",
            add=Link("Add a party", address("party", sheet)),
        ),
    )


@sharing.route("/agreements/<uuid:agreement_id>/party", methods=["GET", "POST"])
@sharing.route("/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def party(agreement_id: UUID, agency_id: UUID | None = None) -> ResponseReturnValue:
    """Add a party, or change the one that the address names."""
    sheet = read_sheet(agreement_id)
    with units().read(actor()) as uow:
        agencies = agency_names(uow)
    known = {one.agency_id for one in sheet.contents.parties}
    offers = tuple(
        Option(str(key), name)
        for key, name in agencies
        if (key == agency_id if agency_id else key not in known)
    )
    return answer(
        Edit(
            sheet=sheet,
            title=PARTY,
            shape=PartyForm,
            values=lambda sheet: _party_values(sheet, agency_id),
            save=lambda said, uow: commands.save_party(
                commands.SaveParty(agreement_id=agreement_id, version=said.version, **said.value),
                uow=uow,
            ),
            options={"agency": offers},
            done=address("parties", sheet),
        )
    )


def _party_values(sheet: AgreementSheet, agency_id: UUID | None) -> dict[str, object]:
    if agency_id is None:
        return {}
    one = _party(sheet, agency_id)
    return {
        "agency": str(one.agency_id),
        "role": one.role,
        "legal_name": one.legal_name,
        "ico_number": one.ico_number,
        "dpo": one.dpo,
    }


def _party(sheet: AgreementSheet, agency_id: UUID) -> Party:
    for one in sheet.contents.parties:
        if one.agency_id == agency_id:
            return one
    raise NotFoundError("no such party")


@sharing.post("/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/remove")
@policy(Permission.AGREEMENT_EDIT)
def remove_party(agreement_id: UUID, agency_id: UUID) -> ResponseReturnValue:
    """Take a party out of a draft."""
    cmd = commands.OfParty(agreement_id=agreement_id, version=typed_version(), agency_id=agency_id)
    with units().write(actor()) as uow:
        commands.remove_party(cmd, uow=uow)
    return redirect(url_for("sharing.parties", agreement_id=agreement_id), 303)


@sharing.get("/agreements/<uuid:agreement_id>/bases")
@policy(Permission.AGREEMENT_EDIT)
def bases(agreement_id: UUID) -> ResponseReturnValue:
    """List the lawful basis of each party of a draft."""
    sheet = read_sheet(agreement_id)
    said = lines_of(sheet, Section.BASES)
    cards = tuple(
        Card(one.agency, ("A processor acts on its controller's basis.",))
        if one.role == PROCESSOR
        else Card(
            one.agency,
            said[str(one.agency_id)].words if one.bases else ("None yet.",),
            (Link("Change", address("bases_of", sheet, agency_id=one.agency_id)),),
        )
        for one in sheet.contents.parties
    )
    return listed(
        sheet,
        Section.BASES,
        Parts(
            title=BASES_OF,
            cards=cards,
            about="Each party shares on a lawful basis of its own. Without one the agreement "
            "cannot come into force.",
        ),
    )


@sharing.route(
    "/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/bases", methods=["GET", "POST"]
)
@policy(Permission.AGREEMENT_EDIT)
def bases_of(agreement_id: UUID, agency_id: UUID) -> ResponseReturnValue:
    """Record the lawful bases of a party; what is offered depends on the kind of agency."""
    sheet = read_sheet(agreement_id)
    one = _party(sheet, agency_id)
    return answer(
        Edit(
            sheet=sheet,
            title=BASES_OF,
            shape=BasesForm,
            values=lambda sheet: {
                name: [code for code in codes if code in _party(sheet, agency_id).bases]
                for name, codes in BASES_BY_FIELD.items()
            },
            save=lambda said, uow: commands.save_bases(
                commands.SaveBases(
                    agreement_id=agreement_id,
                    version=said.version,
                    agency_id=agency_id,
                    **said.value,
                ),
                uow=uow,
            ),
            options=_offered(one),
            about=f"On what does {one.agency} share? Only what fits its kind of agency is offered.",
            done=address("bases", sheet),
        )
    )


def _offered(one: Party) -> Options:
    """Return the bases to choose from: those that fit, and any that are recorded already."""
    fitting = {*offered(one.kind, TODAY.get()), *one.bases}
    return {
        name: tuple(Option(code, BASES[code]) for code in codes if code in fitting)
        for name, codes in BASES_BY_FIELD.items()
    }
