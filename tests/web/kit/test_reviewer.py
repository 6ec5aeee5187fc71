"""The page client is itself held to account: it finds every planted fault, and names it."""

import pytest
from werkzeug.test import TestResponse

from kit.pages import BadPageError, review

GOOD = "sink.show"


def spoiled(pages, before, after):
    """Return the good page's answer with one thing in it spoiled."""
    answer = pages.client.get("/sink")
    body = answer.get_data(as_text=True)
    assert before in body
    answer.set_data(body.replace(before, after, 1))
    return answer


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("</h1>", "</h1><h1>Two</h1>", "2 h1"),
        (">Every part</h1>", "></h1>", "or an empty one"),
        ('lang="en-GB"', "", "without lang"),
        ("<title>Every part", "<title>Ada Byron", "not a declared task"),
        (" - Partner hub</title>", "</title>", "not a declared task"),
        ("<title>Every", "<title>Error: Every", "do not agree"),
        ('id="about"', 'id="name"', "stands twice"),
        ('aria-describedby="name-hint"', 'aria-describedby="nowhere"', "which is not there"),
        ('for="name"', 'for="nowhere"', "has no label"),
        ('for="name"', 'for="nowhere"', "leads nowhere"),
        ("<legend", "<div></div><legend", "without a legend as its first child"),
        ('name="csrf_token"', 'name="other"', "has no token"),
        ('action="/sink"', "", "without method or action"),
        ('<form method="post" action="/sink"', '<form method="get" action="/sink"', "GET form"),
        ('href="/a"', 'href="javascript:x()"', "leads to 'javascript:x()'"),
        ('href="/a"', 'href="//evil.example.org"', "leads to '//evil"),
        ('href="#main-content"', 'href="#nowhere"', "not on the page"),
        ('<main class="', '<main style="x" class="', "has style"),
        ("<main ", '<main onclick="x" ', "has onclick"),
        ("</main>", "<script>x</script></main>", "inline <script>"),
        ("</main>", '<img src="https://elsewhere.example.org/x" alt=""></main>', "loads"),
        ("</main>", "<div></main>", "closes"),
        ("</main>", "<p><div>x</div></p></main>", "<div> in <p>"),
        ("</main>", "<ul><div>x</div></ul></main>", "directly in <ul>"),
        ("</main>", "<h4>x</h4></main>", "heading h4 follows h2"),
        ("</main>", "<button></button></main>", "button without text"),
    ],
)
def test_a_planted_fault_is_found_and_named(pages, before, after, fault):
    bad = spoiled(pages, before, after)

    with pytest.raises(BadPageError) as found:
        review(bad)

    assert fault in str(found.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src *"),
        ("Referrer-Policy", "origin"),
        ("Cache-Control", "public"),
    ],
)
def test_a_weak_header_is_a_fault(pages, name, value):
    answer: TestResponse = pages.client.get("/sink")
    answer.headers[name] = value

    with pytest.raises(BadPageError, match=name):
        review(answer)


def test_an_error_summary_must_lead_to_an_input(pages):
    page = pages.post("sink.save", {"known": "no"})
    body = page.response.get_data(as_text=True)
    page.response.set_data(body.replace('href="#name"', 'href="#name-error"'))

    with pytest.raises(BadPageError, match="which is no input"):
        review(page.response)


def test_a_form_cannot_be_filled_with_fields_it_has_not(pages):
    with pytest.raises(AssertionError, match="the form has no"):
        pages.fill(pages.get(GOOD), {"nothing": "x"}, action="/sink")
