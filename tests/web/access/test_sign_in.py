"""Signing in and out by the pages."""

import re

from hub.kernel.actor import Role
from kit.hub import PASSWORD


def token_of(html):
    return re.search(r'name="csrf_token" value="([^"]+)"', html).group(1)


def post(client, path, page=None, **fields):
    got = client.get(page or path)
    return client.post(path, data={"csrf_token": token_of(got.text), **fields})


def test_right_password_opens_a_session_and_sign_out_ends_it(client, as_role):
    as_role(Role.ADMINISTRATOR, email="admin@hub.example.org")

    answer = post(client, "/sign-in", email="Admin@hub.example.org", password=PASSWORD)

    assert answer.status_code == 303
    assert client.get("/accounts").status_code == 200
    post(client, "/sign-out", page="/accounts")
    assert client.get("/accounts").status_code == 303
