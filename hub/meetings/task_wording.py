"""What a task asks for, in plain words by its kind, and what is said when somebody is rung."""

from dataclasses import dataclass

from hub.meetings.gaps import NOBODY_ANSWERED, SHARING_HELD
from hub.meetings.overlaps import DOUBLE_BOOKED
from hub.meetings.requirement import ProblemKind
from hub.meetings.tasks import NOT_MINE
from hub.meetings.waiting_questions import QUESTION_WAITS

NOT_LEAVING = "message_not_leaving"
EMERGENCY_CALL = "emergency_call"


@dataclass(frozen=True, kw_only=True)
class Guide:
    """How to do one kind of task. ``rings`` when it is done by telephone."""

    title: str
    steps: tuple[str, ...]
    rings: bool = False


GUIDES: dict[str, Guide] = {
    NOBODY_ANSWERED: Guide(
        title="Ring the service: nobody has answered",
        steps=(
            "Everybody who could be asked by e-mail has been asked, and nobody is coming yet.",
            "Ring the people below, from the top, until somebody says who will come.",
            "Ask them to sign in and answer while you are on the line: their invitation waits.",
            "If nobody can come, record a reason at the case, so that the chair knows.",
        ),
        rings=True,
    ),
    DOUBLE_BOOKED: Guide(
        title="Settle it: somebody is asked to two meetings at once",
        steps=(
            "The person below holds invitations to two meetings that overlap.",
            "Ring them and ask to which one they come. Give the case another time if you can.",
            "Or they answer one invitation with a colleague's name. It settles itself then.",
            "If it has to stay so, record a reason at the case, so that the chair knows.",
        ),
        rings=True,
    ),
    QUESTION_WAITS: Guide(
        title="Ring the service: nobody has said who is meant",
        steps=(
            (
                "A question to the service's duty desk has had no answer in time, or nobody there"
                " can answer it in the hub."
            ),
            "Ring the people below, from the top. Give the question's number and no name.",
            "Ask them to sign in and answer while you are on the line, under Who is meant.",
            "If nobody there has an account, ask the hub administrator to invite somebody now.",
            "Until the question has its answer, this comes back to you every working day.",
        ),
        rings=True,
    ),
    NOT_LEAVING: Guide(
        title="Ring somebody: the invitation cannot be delivered",
        steps=(
            "The mail system has not taken the invitation for half an hour. It is tried again.",
            "Ring the person below and ask them to sign in: the invitation waits for them there.",
            "Check the e-mail address with them. If it is wrong, change their directory entry.",
        ),
        rings=True,
    ),
    EMERGENCY_CALL: Guide(
        title="Ring for an emergency MARAC",
        steps=(
            "An emergency MARAC is called within hours, and not everybody has been rung.",
            "Its list says whom to ring and on which number. What they say is written down there.",
        ),
    ),
    NOT_MINE: Guide(
        title="Check whose young person this is",
        steps=(
            "A worker answered that the person is no longer theirs.",
            "Find out who works with the person now, and change the named worker on the register.",
            "The invitation then goes to the right worker by itself.",
        ),
        rings=True,
    ),
    SHARING_HELD: Guide(
        title="Settle whether the service may be told",
        steps=(
            "An invitation is held back. What holds it is said above.",
            (
                "If it is the agreement: bring it into force, renew it, have it signed, or let it"
                " share that the service knows the person."
            ),
            (
                "If it is what the person said, or that nobody could ask: weigh both risks, where"
                " this page lets you."
            ),
            (
                "The invitation goes out by itself once it may. If it may not, the co-ordinator"
                " records a reason at the case."
            ),
        ),
    ),
    ProblemKind.AGREEMENT_NOT_IN_FORCE: Guide(
        title="Bring an agreement into force",
        steps=(
            "A service should be invited, and no agreement in force covers it.",
            "Look at its agreements: bring one into force, renew it, or have it signed.",
            "The invitation goes out by itself once it may.",
        ),
    ),
    ProblemKind.RECORDED_AS_DIED: Guide(
        title="Check a case: the register says that somebody has died",
        steps=(
            "Ring the duty desk and ask whether the register is right.",
            "If it is, record a reason at the case. If not, the desk changes the register.",
        ),
        rings=True,
    ),
    ProblemKind.DATE_OF_BIRTH_UNKNOWN: Guide(
        title="Find out a date of birth",
        steps=(
            "Somebody on your register is in a case, and the register has no date of birth.",
            "Find it out and put it on the register: who must be invited depends on the age.",
        ),
    ),
    ProblemKind.DUTY_ENDED_AT_25: Guide(
        title="Decide whether anybody is invited for somebody over 25",
        steps=(
            "The person is 25 or older and has no named worker any more.",
            "Ring the duty desk and ask whether anybody still knows the person.",
            "Invite them from the case, or record a reason there.",
        ),
        rings=True,
    ),
    ProblemKind.NO_SOCIAL_WORKER: Guide(
        title="Name a social worker",
        steps=(
            "The person is under 18, and the register names no social worker.",
            "Find out who it is and put them on the register. They are then invited as well.",
        ),
    ),
    ProblemKind.NO_NAMED_WORKER: Guide(
        title="Name a worker",
        steps=(
            "Somebody of your service is in a case and has no named worker.",
            "Name one on the register. Until then the deputy, you or the duty desk is asked.",
        ),
    ),
    ProblemKind.NO_RESPONSIBLE_SERVICE: Guide(
        title="Find out which service is responsible",
        steps=(
            "It is known that the person is care-experienced, but not which service is theirs.",
            "Ring the duty desk that confirmed who the person is and ask.",
            "They put it on the register. If nobody is responsible, record a reason at the case.",
        ),
        rings=True,
    ),
    ProblemKind.NOBODY_REACHABLE: Guide(
        title="Ring the service: nobody can be reached by e-mail",
        steps=(
            "Nobody of the service has an entry in the directory that can be relied on.",
            "Ring the service and ask who will come. Check the entry with them, or add one.",
            "If nobody can come, record a reason at the case.",
        ),
        rings=True,
    ),
    ProblemKind.WORKER_LEFT: Guide(
        title="Replace a worker who has left",
        steps=(
            "The named worker no longer works for the service on the day of the meeting.",
            "Name the next worker on the register. They are then invited by themselves.",
        ),
    ),
    ProblemKind.BARRED: Guide(
        title="Decide who comes instead",
        steps=(
            "Somebody who should come is barred, or has a conflict of interest.",
            "At the case, choose who is asked instead, or record a reason.",
        ),
    ),
    ProblemKind.BOTH_SIDES: Guide(
        title="Decide: one worker on both sides",
        steps=(
            "The same worker works with both sides of a case, and so was not asked.",
            "At the case, choose who is asked for whom, or record a reason.",
        ),
    ),
    ProblemKind.STALE_CONTACT: Guide(
        title="Check a directory entry",
        steps=(
            "Nobody has confirmed the entry below for too long, so it was passed over.",
            "Check the e-mail address and the telephone number with the person.",
            "Then open the entry in the directory and confirm it. The invitation follows.",
        ),
        rings=True,
    ),
}
"""Every kind of task that there is."""

SCRIPT = (
    "Ask for the person by name, and for nobody else.",
    (
        "Once you are sure that it is them: “Something in the partner hub is waiting for you and"
        " there is not much time. Could you sign in now, while I am on the line?”"
    ),
)
"""What to say. It holds nothing of any case, whoever overhears it."""

RULES = (
    "Ring work numbers only, from the directory.",
    "Do not leave a message, on a machine or with anybody.",
    "Do not say what kind of meeting it is or whom it is about.",
)
