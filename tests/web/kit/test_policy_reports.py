"""A page that breaks its own policy is counted, and what the browser says of it is not kept."""

import logging

from hub.web.headers import HEADERS, REPORTS_PATH

SECRET = "Zebedee-Quillfeather-in-an-address"
REPORT = f'{{"csp-report": {{"document-uri": "http://localhost/{SECRET}"}}}}'


def sent(client, body=REPORT, **headers):
    return client.post(
        REPORTS_PATH, data=body, content_type="application/csp-report", headers=headers
    )


def test_every_page_says_where_its_broken_policy_is_reported():
    assert HEADERS["Content-Security-Policy"].endswith(f"; report-uri {REPORTS_PATH}")


def test_reports_are_counted_and_their_bodies_are_nowhere(app, caplog):
    client = app.test_client()
    with caplog.at_level(logging.DEBUG):
        answers = [sent(client) for _ in range(9)]

    assert {answer.status_code for answer in answers} == {204}
    assert not any(answer.data for answer in answers)
    said = [record.getMessage() for record in caplog.records if record.name == "hub.web"]
    assert [line.rpartition(": ")[2] for line in said] == [f"{n} so far" for n in (1, 2, 4, 8)]
    assert SECRET not in caplog.text


def test_a_report_from_another_site_is_none_of_ours(app, caplog):
    assert sent(app.test_client(), **{"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert "so far" not in caplog.text


def test_a_report_is_not_looked_at_whatever_it_is(app):
    for body in ("", "{", "x" * 100_000):
        assert sent(app.test_client(), body).status_code == 204
    assert app.test_client().get(REPORTS_PATH).status_code == 405
