"""The people of a leaving care service answer a request, at their browsers; each step a function.

``after`` is called on each page with a name for it, so that pictures can be taken on the way.
"""

from collections.abc import Callable

from kit.walk import Visitor

RISK = "Invented: he could learn of it from a friend at the office."
OTHER_RISK = "Invented: nobody would know where to look for the child."


def nothing(_: str) -> None:
    """Do nothing about a page."""


def open_one(holder: Visitor, reference: str, after: Callable[[str], None] = nothing) -> None:
    """Open a request from the list."""
    holder.menu("Requests to us")
    after("inbox")
    holder.press(reference)
    after("request")


def take_on(holder: Visitor, reference: str, after: Callable[[str], None] = nothing) -> None:
    """Take a request on."""
    open_one(holder, reference, after)
    holder.press("Take it on")
    assert "You have taken it on." in holder.text


def approve(
    approver: Visitor,
    reference: str,
    *,
    answer: str = "yes",
    after: Callable[[str], None] = nothing,
) -> None:
    """Answer an approval with both risks; what lacks at first is said and nothing is lost."""
    approver.menu("Approvals")
    after("approvals")
    approver.press(reference)
    after("approval")
    approver.fill(risk_of_sharing=RISK)
    approver.press("Keep my answer")
    assert "Write what could happen if it is not shared" in approver.text
    after("approval_lacks")
    assert approver.page.input_value("main [name='risk_of_sharing']") == RISK
    approver.fill(risk_of_not_sharing=OTHER_RISK, reason="Invented: a child is at risk")
    approver.pick("answer", answer)
    approver.pick("knows_nobody", "yes")
    approver.press("Keep my answer")
    assert "Your answer is kept" in approver.text


def share(
    holder: Visitor, reference: str, words: str, *, after: Callable[[str], None] = nothing
) -> None:
    """Let the one line of a request out, with its record."""
    open_one(holder, reference)
    holder.press("Share it", exact=True)
    after("share")
    write_down(holder, words)
    holder.pick("method", "hub")
    holder.press("Share it")
    assert "It is shared." in holder.text, holder.text
    after("shared")


def write_down(holder: Visitor, words: str) -> None:
    """Fill in all of the record but how it left."""
    holder.fill(
        words=words,
        necessity="Invented: they plan for Friday",
        less_intrusive="Invented: there was none",
    )
    for name, text in (("risk_of_sharing", RISK), ("risk_of_not_sharing", OTHER_RISK)):
        if not holder.page.input_value(f"main [name='{name}']"):
            holder.fill(**{name: text})
    if holder.page.locator("main [name='besides']").count():
        holder.fill(besides="Invented: the child of the house")
    holder.page.select_option("main [name='article_6']", "art6_e")
    holder.page.select_option("main [name='gateway']", "cda_s115")
    holder.pick("onward", "none")
    holder.pick("was_told", "yes")
    if holder.page.locator("main [name='knows_nobody']").count():
        holder.pick("knows_nobody", "yes")


def withhold(holder: Visitor, reference: str, after: Callable[[str], None] = nothing) -> None:
    """Answer no, with the reason for the record."""
    open_one(holder, reference)
    holder.press("Do not share it")
    after("withhold")
    holder.fill(why="Invented: she said no, and nobody is at risk")
    holder.press("Do not share it")
    assert "It is not shared." in holder.text


def tell_by_phone(desk: Visitor, reference: str, after: Callable[[str], None] = nothing) -> None:
    """Ring because of a danger, and note that it was told."""
    open_one(desk, reference)
    assert "Ring now" in desk.text
    desk.press("Share now by phone")
    after("tell")
    desk.pick("told", "yes")
    desk.press("Note that they were told")
    assert "It is still to be written down." in desk.text
    after("told")
