"""Writing the parts of a draft that are lists: parties, bases, categories, gateways."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.commands.agreement_gate import Touch, begin_edit, party_of, said
from hub.sharing.models import (
    AgreementBasis,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementRight,
)
from hub.sharing.register.bases import BASES
from hub.sharing.register.codes import PROCESSOR
from hub.sharing.register.contents import Category
from hub.sharing.register.gateways import Gateway


@dataclass(frozen=True, kw_only=True)
class SaveParty(Touch):
    """Add an agency as a party, or change what is kept of it."""

    agency_id: UUID
    role: str
    legal_name: str
    ico_number: str
    dpo: str


@dataclass(frozen=True, kw_only=True)
class OfParty(Touch):
    """A party of the version."""

    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class SaveBases(OfParty):
    """The lawful bases on which a party shares, by code."""

    bases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SaveCategories(Touch):
    """List categories, all with the same rules, or change those that are listed."""

    categories: tuple[Category, ...]


@dataclass(frozen=True, kw_only=True)
class RemoveCategory(Touch):
    """Take a category off the list, so that it is excluded."""

    category: str


@dataclass(frozen=True, kw_only=True)
class SaveGateway(Touch):
    """Cite a power or duty in law, or change how it is cited where ``gateway_id`` is given.

    Without a day of commencement it does not count yet; ages are whole years.
    """

    gateway_id: UUID | None = None
    code: str | None
    statute: str
    section: str
    kind: str
    direction: str
    commences_on: date | None
    from_age: int | None
    until_age: int | None
    relies: str


@dataclass(frozen=True, kw_only=True)
class RemoveGateway(Touch):
    """Take a gateway out."""

    gateway_id: UUID


def save_party(cmd: SaveParty, *, uow: UnitOfWork) -> None:
    """Add a party to a draft or change what is kept of it.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError once it is approved, and
    RefusedError for an unknown agency.
    """
    row = begin_edit(uow, cmd)
    if uow.session.get(Agency, cmd.agency_id) is None:
        raise RefusedError("This agency is no longer there. Choose again", field="agency")
    party = uow.session.get(AgreementParty, (row.id, cmd.agency_id))
    if party is None:
        party = AgreementParty(agreement_id=row.id, agency_id=cmd.agency_id)
        uow.session.add(party)
    party.role, party.legal_name = cmd.role, cmd.legal_name
    party.ico_number, party.dpo = cmd.ico_number, cmd.dpo
    if party.role == PROCESSOR:  # it acts on its controller's basis and leads on nothing
        _forget(uow, row.id, cmd.agency_id)
    said(uow, row)


def remove_party(cmd: OfParty, *, uow: UnitOfWork) -> None:
    """Take a party out of a draft. Raises as ``save_party``."""
    row = begin_edit(uow, cmd)
    party = party_of(uow, row, cmd.agency_id)
    _forget(uow, row.id, cmd.agency_id)
    uow.session.delete(party)
    said(uow, row)


def _forget(uow: UnitOfWork, agreement_id: UUID, agency_id: UUID) -> None:
    for table in (AgreementBasis, AgreementRight):
        uow.session.execute(
            delete(table).where(table.agreement_id == agreement_id, table.agency_id == agency_id)
        )


def save_bases(cmd: SaveBases, *, uow: UnitOfWork) -> None:
    """Record on what lawful basis a party shares.

    Raises as ``save_party``, and RefusedError for a processor or an unknown basis.
    """
    row = begin_edit(uow, cmd)
    party = party_of(uow, row, cmd.agency_id)
    if party.role == PROCESSOR:
        raise RefusedError("A processor shares on its controller's basis", field="article_6")
    if not set(cmd.bases) <= BASES.keys():
        raise RefusedError("Select bases that are listed", field="article_6")
    uow.session.execute(
        delete(AgreementBasis).where(
            AgreementBasis.agreement_id == row.id, AgreementBasis.agency_id == cmd.agency_id
        )
    )
    uow.session.add_all(
        AgreementBasis(agreement_id=row.id, agency_id=cmd.agency_id, code=code)
        for code in dict.fromkeys(cmd.bases)
    )
    said(uow, row)


def save_categories(cmd: SaveCategories, *, uow: UnitOfWork) -> None:
    """List categories or change what is said of them.

    Raises as ``save_party``, and RefusedError for people whom the agreement is not about.
    """
    row = begin_edit(uow, cmd)
    for one in cmd.categories:
        if not set(one.subjects) <= set(row.subjects.split()):
            raise RefusedError("Select people whom the agreement is about", field="subjects")
        uow.session.merge(
            AgreementCategory(
                agreement_id=row.id,
                category=one.code,
                to_service=one.to_service,
                to_asker=one.to_asker,
                subjects=" ".join(one.subjects),
                retention=one.retention,
            )
        )
    said(uow, row)


def remove_category(cmd: RemoveCategory, *, uow: UnitOfWork) -> None:
    """Take a category off the list. Raises as ``save_party``."""
    row = begin_edit(uow, cmd)
    category = uow.session.get(AgreementCategory, (row.id, cmd.category))
    if category is None:
        raise NotFoundError("no such category")
    uow.session.delete(category)
    said(uow, row)


def save_gateway(cmd: SaveGateway, *, uow: UnitOfWork) -> UUID:
    """Cite a gateway and return its id.

    Raises as ``save_party``, and RefusedError for one that is cited already.
    """
    row = begin_edit(uow, cmd)
    cited = uow.session.scalars(
        select(AgreementGateway).where(AgreementGateway.agreement_id == row.id)
    ).all()
    citation = Gateway(key="", statute=cmd.statute, section=cmd.section, kind=cmd.kind).citation
    if any(_citation(one) == citation and one.id != cmd.gateway_id for one in cited):
        raise RefusedError(
            "The agreement cites this gateway already. Change that one", field="statute"
        )
    gateway = next((one for one in cited if one.id == cmd.gateway_id), None)
    if gateway is None:
        if cmd.gateway_id is not None:
            raise NotFoundError("no such gateway")
        gateway = AgreementGateway(id=uow.new_id(), agreement_id=row.id)
        uow.session.add(gateway)
    for name in (
        "code", "statute", "section", "kind", "direction",
        "commences_on", "from_age", "until_age", "relies",
    ):  # fmt: skip
        setattr(gateway, name, getattr(cmd, name))
    said(uow, row)
    return gateway.id


def remove_gateway(cmd: RemoveGateway, *, uow: UnitOfWork) -> None:
    """Take a gateway out. Raises as ``save_party``."""
    row = begin_edit(uow, cmd)
    gateway = uow.session.get(AgreementGateway, cmd.gateway_id)
    if gateway is None or gateway.agreement_id != row.id:
        raise NotFoundError("no such gateway")
    uow.session.delete(gateway)
    said(uow, row)


def _citation(row: AgreementGateway) -> str:
    return Gateway(key="", statute=row.statute, section=row.section, kind=row.kind).citation
