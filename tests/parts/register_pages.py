"""The register of agreements filled in by its pages."""

from sqlalchemy import select

from hub.kernel.actor import system
from hub.sharing.models import Agreement

WHY = {"why": "Because of so and so."}
OPENING = {
    "reference": "ISA-7",
    "title": "Sharing for safety in Testshire",
    "kind": "alone",
    "starts_on-day": "1",
    "starts_on-month": "5",
    "starts_on-year": "2026",
}
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def row_of(world, reference):
    with world.units.read(system("test")) as uow:
        return uow.session.scalars(
            select(Agreement).where(Agreement.reference == reference).order_by(Agreement.number)
        ).all()[-1]


def press(reader, page, verb):
    action = f"{page.response.request.path.removesuffix('/whole')}/{verb}"
    return reader.fill(page, {}, action=action)


def fill(lead, here, name, changes):
    return lead.fill(lead.get(f"{here}/{name}"), changes)


def draft(lead):
    return lead.fill(lead.get("sharing.new"), OPENING)


def write(lead, register, here):
    """Write every section of the draft at the address."""
    for agency_id, role in ((register.council, "controller"), (register.police, "controller")):
        page = lead.get(f"{here}/party")
        lead.fill(page, {"agency": str(agency_id), "role": role, "legal_name": "Legal name"})
    bases = f"{here}/parties/{register.council}/bases"
    lead.fill(lead.get(bases), {"article_6": ["art6_e"]})
    lead.fill(lead.get(f"{here}/parties/{register.police}/bases"), {"part_3": ["part3_s35"]})
    fill(lead, here, "purposes", {"marac_risk": "not_sought", "subjects": ["victim", "child"]})
    fill(
        lead,
        here,
        "categories/add",
        {
            "categories": ["existence", "worker_contact"],
            "to_service": "permitted",
            "to_asker": "approval",
            "subjects": ["victim"],
            "retention": "last_case_7",
        },
    )
    lead.fill(lead.get(f"{here}/gateway?known=cda_s115"), {})
    fill(
        lead,
        here,
        "handling",
        {"methods": ["hub"], "marking": "OFFICIAL-SENSITIVE", "onward": "none"},
    )
    rights = ("access", "rectification", "objection", "complaint")
    fill(lead, here, "rights", dict.fromkeys(rights, str(register.council)))
    return fill(lead, here, "ending", {"termination": "It is destroyed."})


SIGNED = {
    "signatory": "A. Director",
    "signed_on-day": "1",
    "signed_on-month": "5",
    "signed_on-year": "2026",
}


def sign(lead, here, *agencies):
    for agency_id in agencies:
        lead.fill(lead.get(f"{here}/parties/{agency_id}/sign"), SIGNED)
