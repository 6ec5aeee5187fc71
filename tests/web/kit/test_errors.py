"""Errors: one page each, nothing told that should not be, nothing typed lost."""

import logging

import pytest


@pytest.fixture
def live(app):
    app.testing = False
    return app


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        ("notfound", 404, "Page not found"),
        ("notallowed", 404, "Page not found"),
        ("refused", 422, "This cannot be done"),
        ("conflict", 409, "Somebody else has changed this"),
        ("busy", 503, "Sorry, the service is busy"),
        ("unavailable", 503, "Sorry, the service is busy"),
        ("many", 429, "Too many tries"),
        ("broken", 500, "Sorry, there is a problem"),
    ],
)
def test_each_error_has_its_page(live, pages, kind, status, heading):
    page = pages.get(f"/fail/{kind}", status=status)

    assert page.h1 == heading
    assert "Secret Name" not in page.response.get_data(as_text=True)


def test_hidden_and_absent_are_the_same_answer(pages):
    absent = pages.get("/no/such/page", status=404)
    hidden = pages.get("/fail/notallowed", status=404)

    assert absent.text == hidden.text


def test_a_refusal_says_why(pages):
    page = pages.get("/fail/refused", status=422)

    assert "The meeting is in the past. Choose a later day." in page.text


def test_a_wrong_method_says_which_are_right(pages):
    response = pages.client.delete("/sink", headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize(("kind", "seconds"), [("busy", "5"), ("unavailable", "5"), ("many", "30")])
def test_when_to_try_again_is_said_and_what_was_typed_comes_back(pages, kind, seconds):
    page = pages.post(
        f"/fail/{kind}",
        {"note": 'a "quoted" <note>', "csrf_token": pages.token(), "new_password": "hunter2"},
        status=429 if kind == "many" else 503,
    )

    assert page.response.headers["Retry-After"] == seconds
    form = page.filled()
    assert form["note"] == ['a "quoted" <note>']
    assert "new_password" not in form
    assert page.form().attributes["action"] == f"/fail/{kind}"


def test_both_versions_of_a_conflict_are_shown(pages):
    page = pages.post("/fail/conflict", {"place": "Library", "note": "same"}, status=409)

    rows = [[cell.text.strip() for cell in row.all("th", "td")] for row in page.root.all("tr")][1:]
    assert rows == [  # the labels are for a phone, where each row is a block
        ["Place", "Yours:Library", "Saved now:Town Hall", "Different"],
        ["Note", "Yours:same", "Saved now:same", "Same"],
    ]


def test_a_stale_token_costs_nothing_that_was_typed(pages):
    page = pages.post("sink.save", {"name": "Ada", "csrf_token": "stale"}, status=400)

    assert page.h1 == "Press the button again"
    again = pages.client.post(
        "/sink",
        data={**page.filled(), "known": "no"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert again.status_code == 303


def test_what_another_site_sends_is_not_offered_again(app):
    response = app.test_client().post("/sink", data={"name": "planted"})

    assert response.status_code == 400
    assert b"planted" not in response.data


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example.org"},
        {"Origin": "http://localhost:81"},
    ],
)
def test_a_form_sent_from_elsewhere_is_refused_even_with_a_token(pages, headers):
    data = {"csrf_token": pages.token(), "name": "Ada", "known": "no"}

    assert pages.client.post("/sink", data=data, headers=headers).status_code == 400


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://localhost"}])
def test_an_old_browser_on_our_own_page_is_served(pages, headers):
    data = {"csrf_token": pages.token(), "name": "Ada", "known": "no"}

    assert pages.client.post("/sink", data=data, headers=headers).status_code == 303


def test_the_log_of_a_fault_has_a_reference_and_no_value(live, pages, caplog):
    with caplog.at_level(logging.DEBUG):
        page = pages.get("/fail/broken", status=500)

    reference = page.root.all("strong")[-1].text
    assert len(reference) == 8
    (record,) = [each for each in caplog.records if each.name == "hub.web"]
    assert reference in record.getMessage()
    assert "ValueError" in record.getMessage()
    assert "Secret Name" not in caplog.text


def test_too_much_is_refused_with_advice(pages):
    data = {"about": "x" * (13 * 1024 * 1024), "csrf_token": "x"}

    response = pages.client.post("/sink", data=data)

    assert response.status_code == 413
    assert b"What you sent is too large" in response.data


def test_an_unknown_host_is_refused_with_a_page(app):
    response = app.test_client().get("/sink", headers={"Host": "evil.example.org"})

    assert response.status_code == 400
    assert b"This request could not be read" in response.data
    assert b"evil" not in response.data


def test_a_layout_whose_questions_fail_still_gives_a_page(make_app, monkeypatch):
    app = make_app()
    app.testing = False
    client = app.test_client()
    client.get("/sign-in?who=broken")

    def broken():
        raise ValueError("Secret Name")

    monkeypatch.setitem(app.before_request_funcs, None, [broken])

    response = client.get("/sink")

    assert response.status_code == 500
    assert b"Sorry, there is a problem" in response.data
