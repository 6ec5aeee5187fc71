"""A message to a worker: who writes, who reads, and the shortest way from the one to the other."""

from hub.kernel.actor import Role
from hub.sharing.commands.messages import AnswerMessage, LeaveMessage, answer_message, leave_message
from hub.sharing.rules.request_answers import AskAnswers
from kit.asking import POLICY
from parts.asked import approvals, confirm

WORDS = "I see her on Thursdays. Ring me."


def message(asking, **pages):
    """Return the answers of a message about somebody invented; ``pages`` are set over them."""
    world = asking.world
    whole = {
        "holder": {"agency": str(world.agency), "service": str(world.service), "message": "yes"},
        "subject": {
            "given_name": "Zebedee",
            "family_name": "Quillfeather",
            "date_of_birth": "2006-03-09",
            "subject_role": "witness",
        },
        "what": {
            "categories": ["worker_contact"],
            "wanted_worker_contact": "Would you come along on Friday?",
        },
        "why": {"purpose": "safety_planning", "necessity": "She trusts nobody else"},
        "basis": {"override_basis": ["s115"]},
        "declaration": {"relation": "none"},
    }
    for page, values in pages.items():
        whole[page] = whole[page] | values
    return AskAnswers(pages=whole)


def worker_of(asking):
    """Return the account of the person's named worker."""
    return asking.account(
        asking.world.agency, Role.LEAVING_CARE_WORKER, contact_id=asking.world.worker
    )


def written(asking, **pages):
    """Send a message about somebody whom the desk knows, and return its id."""
    request_id = asking.send(message(asking, **pages))
    confirm(asking, request_id, asking.world.person())
    return request_id


def let_go(asking, request_id):
    """Let the duty desk agree that the worker answers."""
    (asked,) = approvals(asking, asking.line(request_id).id)
    asking.approve(asked, asking.people[Role.DUTY_DESK])


def answered(asking, request_id, actor, **changes):
    """Write back as somebody."""
    values = {"words": WORDS, "was_told": True, "knows_nobody": True} | changes
    with asking.world.write(actor) as uow:
        cmd = AnswerMessage(request_id=request_id, **values)
        return answer_message(cmd, uow=uow, policy=POLICY)


def left(asking, request_id, actor, why="She does not want it"):
    """Let nothing go back as somebody."""
    with asking.world.write(actor) as uow:
        cmd = LeaveMessage(request_id=request_id, why=why)
        return leave_message(cmd, uow=uow, policy=POLICY)
