"""The categories of a draft: what may be shared, which way, about whom, and for how long."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.sharing import commands
from hub.sharing.pages.agreement_forms import Edit, answer
from hub.sharing.pages.agreement_parts import Card, Parts, address, lines_of, listed, typed_version
from hub.sharing.pages.room import read_sheet, sharing
from hub.sharing.queries.agreements import AgreementSheet
from hub.sharing.register.codes import CATEGORIES, SUBJECTS
from hub.sharing.register.contents import Category
from hub.sharing.register.gaps import Section
from hub.sharing.schemas.agreement_parts import (
    CategoriesForm,
    CategoryForm,
    categories_of,
)
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import task
from hub.web.values import Link, Option

CATEGORIES_OF = task("What may be shared")
ADD_CATEGORIES = task("Add categories")
CATEGORY = task("Category")


@sharing.get("/agreements/<uuid:agreement_id>/categories")
@policy(Permission.AGREEMENT_EDIT)
def categories(agreement_id: UUID) -> ResponseReturnValue:
    """List the categories of a draft."""
    sheet = read_sheet(agreement_id)
    said = lines_of(sheet, Section.CATEGORIES)
    cards = tuple(
        Card(
            said[one.code].label,
            said[one.code].words,
            (Link("Change", address("category", sheet, code=one.code)),),
            address("remove_category", sheet, code=one.code),
        )
        for one in sheet.contents.categories
    )
    return listed(
        sheet,
        Section.CATEGORIES,
        Parts(
            title=CATEGORIES_OF,
            cards=cards,
            about="What is not listed here is never shared.",
            add=Link("Add categories", address("add_categories", sheet)),
        ),
    )


@sharing.route("/agreements/<uuid:agreement_id>/categories/add", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def add_categories(agreement_id: UUID) -> ResponseReturnValue:
    """List several categories with the same rules."""
    sheet = read_sheet(agreement_id)
    listed = {one.code for one in sheet.contents.categories}
    unlisted = tuple(
        Option(code, label) for code, label in CATEGORIES.items() if code not in listed
    )
    return answer(
        Edit(
            sheet=sheet,
            title=ADD_CATEGORIES,
            shape=CategoriesForm,
            values=lambda sheet: {"subjects": list(sheet.contents.subjects)},
            save=lambda said, uow: commands.save_categories(
                commands.SaveCategories(
                    agreement_id=agreement_id,
                    version=said.version,
                    categories=categories_of(said.value),
                ),
                uow=uow,
            ),
            options={"categories": unlisted, "subjects": _people(sheet)},
            about="All that you select get the same rules. Come back for others.",
            done=address("categories", sheet),
        )
    )


@sharing.route(
    f"/agreements/<uuid:agreement_id>/categories/<any({', '.join(CATEGORIES)}):code>",
    methods=["GET", "POST"],
)
@policy(Permission.AGREEMENT_EDIT)
def category(agreement_id: UUID, code: str) -> ResponseReturnValue:
    """Change what is said of one category."""
    sheet = read_sheet(agreement_id)
    return answer(
        Edit(
            sheet=sheet,
            title=CATEGORY,
            shape=CategoryForm,
            values=lambda sheet: _category_values(sheet, code),
            save=lambda said, uow: commands.save_categories(
                commands.SaveCategories(
                    agreement_id=agreement_id,
                    version=said.version,
                    categories=(Category(code=code, **said.value),),
                ),
                uow=uow,
            ),
            options={"subjects": _people(sheet)},
            about=CATEGORIES[code],
            done=address("categories", sheet),
        )
    )


def _category_values(sheet: AgreementSheet, code: str) -> dict[str, object]:
    one = next((one for one in sheet.contents.categories if one.code == code), None)
    return dict(vars(one)) if one else {}


def _people(sheet: AgreementSheet) -> tuple[Option, ...]:
    return tuple(Option(code, SUBJECTS[code]) for code in sheet.contents.subjects)


@sharing.post(
    f"/agreements/<uuid:agreement_id>/categories/<any({', '.join(CATEGORIES)}):code>/remove"
)
@policy(Permission.AGREEMENT_EDIT)
def remove_category(agreement_id: UUID, code: str) -> ResponseReturnValue:
    """Take a category off the list."""
    cmd = commands.RemoveCategory(agreement_id=agreement_id, version=typed_version(), category=code)
    with units().write(actor()) as uow:
        commands.remove_category(cmd, uow=uow)
    return redirect(url_for("sharing.categories", agreement_id=agreement_id), 303)
