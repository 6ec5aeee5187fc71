"""Roles are called as the authority calls them, on every form that lists them."""

import pytest

from hub.access.schemas import InviteForm, RolesForm
from hub.agencies.schemas import ContactForm
from hub.web.forms import blank
from hub.web.words import LINCOLNSHIRE, SPOKEN, WEST_SUSSEX


@pytest.mark.parametrize(
    ("shape", "field"), [(InviteForm, "roles"), (RolesForm, "roles"), (ContactForm, "role")]
)
@pytest.mark.parametrize(
    ("pack", "said"), [(LINCOLNSHIRE, "Leaving care worker"), (WEST_SUSSEX, "Personal adviser")]
)
def test_a_worker_is_called_by_the_authoritys_own_word(shape, field, pack, said):
    token = SPOKEN.set(pack)
    labels = {option.value: option.label for option in blank(shape)[field].options}
    SPOKEN.reset(token)

    assert labels["leaving_care_worker"] == said
    assert labels["social_worker"] == "Social worker"
