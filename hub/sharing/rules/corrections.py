"""Correcting what was told: whether the new words may go, and when a silent recipient is chased."""

from datetime import datetime, time

from hub.kernel.days import london_day, london_instant
from hub.kernel.working_days import working_days_after
from hub.sharing.rules.coded import Category

WITHOUT_WORDS = frozenset(
    {
        Category.ADDRESS,
        Category.SAFE_ADDRESS,
        Category.SAFE_CONTACT,
        Category.FULL_FILE,
        Category.IMMIGRATION,
        Category.SEXUAL_LIFE,
        Category.COUNSELLING,
    }
)
"""What is too dangerous to send again unasked: where somebody is now, and what each item of needs
two people. Whoever received it hears that it is wrong, and asks anew."""
TOLD_BY_INVITING = {
    Category.EXISTENCE: "That the person is known to the service, by an invitation to a meeting",
    Category.WORKER_CONTACT: "Who works with the person, by an invitation to a meeting",
}
"""What an invitation tells whoever is invited, in words."""
CHASED_EVERY = 2
"""Working days after which a recipient who has not answered is reminded."""
AT = time(9)
ABOVE_FROM = 3
"""The how-manieth reminder goes to the desks of the recipient's agency as well."""


def says_words(
    category: Category, *, is_taken_back: bool, has_terms: bool, is_suspended: bool
) -> bool:
    """Return whether a recipient reads what is right, or only that what they were told is wrong.

    What is right is information like any other: it goes only where the agreement still lets it go,
    the person has not taken consent back, and the agency takes part.
    """
    if category in WITHOUT_WORDS:
        return False
    return has_terms and not is_taken_back and not is_suspended


def chase_at(since: datetime) -> datetime:
    """Return when somebody is reminded who was told or reminded then: at 9am in London."""
    day = working_days_after(london_day(since), CHASED_EVERY)
    return london_instant(day, AT)
