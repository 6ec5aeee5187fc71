"""For whom nothing of an asker's is there: a stranger, the holder's people, a colleague."""

import io

import pytest

from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotFoundError
from hub.sharing.commands.request_drafts import StartAsking, start_asking
from hub.sharing.rules.request_answers import AskPage
from parts.asked import new_agency
from parts.asker import answer, begin, choose, sent, typed
from parts.journey import PDF, XSS

SOME = "00000000-0000-4000-8000-000000000001"
PAGES = [page.value for page in AskPage if page is not AskPage.HOLDER]

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def others(asking):
    """Return somebody of each sort who must not see it."""
    elsewhere = new_agency(asking, "Another Charity", "charity")
    return [
        asking.stranger,  # a colleague of the officer's
        asking.account(asking.force, Role.GOVERNANCE_LEAD, Role.ADMINISTRATOR),
        asking.account(elsewhere, Role.REFERRER, Role.COORDINATOR),
        *asking.people.values(),  # of the holder
    ]


def paths(draft, held, file_id):
    asked = f"/requests/{held}"
    mine = f"/requests/drafts/{draft}"
    gets = [
        mine,
        *(f"{mine}/{end}" for end in ("resume", "check", "print", "delete", "files", "holder")),
        f"{mine}/ring-now",
        *(f"{mine}/{page}" for page in PAGES),
        asked,
        *(f"{asked}/{end}" for end in ("receipt", "print", "reply", "withdraw", "sign")),
        *(f"{asked}/change/{page}" for page in (*PAGES, "files")),
        f"{asked}/files/{file_id}",
    ]
    posts = [
        *(f"{mine}/{end}" for end in ("send", "delete", "holder", "files", "why")),
        f"{mine}/files/{SOME}/remove",
        *(f"{asked}/{end}" for end in ("answer", "reply", "withdraw", "sign")),
        f"{asked}/change/why",
        f"{asked}/change/files",
        f"{asked}/files/{file_id}/remove",
    ]
    return gets, posts


def test_to_nobody_else_is_anything_of_it_there(browser, window, asking, others):
    draft = begin(browser)
    choose(browser, draft, asking)
    held = sent(browser, asking, handling=None)
    file = {"file": (io.BytesIO(PDF), "a.pdf")}
    shown = browser.send("asking.change_files", file, request_id=held)
    (href,) = [href for text, href in shown.links.items() if text == "a.pdf"]
    gets, posts = paths(draft, held, href.rsplit("/", 1)[-1])
    never = f"/requests/{SOME}"
    said = {"text": "x", "is_signed": "yes", "necessity": "x", "then": "on"}
    for each in others:
        other = window(each)
        nothing = other.client.get(never)
        for path in gets:
            got = other.client.get(path)
            assert got.status_code == 404, (each.roles, path)
            assert _plain(got) == _plain(nothing), (each.roles, path)
        for path in posts:
            sent_as = {"csrf_token": other.token(), **said}
            headers = {"Sec-Fetch-Site": "same-origin"}
            got = other.client.post(path, data=sent_as, headers=headers)
            assert got.status_code == 404, (each.roles, path)
        assert str(held) not in other.client.get("/requests").text
        assert str(draft) not in other.client.get("/requests").text
    assert browser.get("asking.check", ask_id=draft).h1 == "Check your answers"
    assert browser.get("asking.asked", request_id=held).status == 200


def _plain(response):
    """Return a page without what differs by session: token and name."""
    text = response.get_data(as_text=True)
    return text[text.index("<main") : text.index("</main")]


def test_the_asker_does_not_counter_sign(browser, asking):
    held = sent(browser, asking, handling=None)
    browser.get("asking.sign", request_id=held, status=404)


def test_who_has_no_agency_asks_nothing(asking):
    nobody = Actor(account_id=asking.officer.account_id, roles=frozenset({Role.REFERRER}))
    with pytest.raises(NotFoundError), asking.world.write(nobody) as uow:
        start_asking(StartAsking(), uow=uow)


def test_what_is_typed_into_any_text_field_is_never_more_than_text(browser, asking):
    payloads = iter([f"{XSS[at % len(XSS)]} {at}" for at in range(80)])
    ask_id = typed(browser, asking)
    written = {}
    for name in PAGES:
        page = browser.get("asking.question", ask_id=ask_id, name=name)
        if name in {"police_form", "victim_request"}:
            continue
        fields = {
            each.attributes["name"]
            for each in page.root.all("textarea")
            if not each.attributes["name"].startswith("wanted_")
        }
        data = {field: next(payloads) for field in sorted(fields)}
        written |= {(name, field): text for field, text in data.items()}
        kept = {key: values for key, values in page.filled().items() if key != "csrf_token"}
        answer(browser, ask_id, name, {**kept, **data})
    assert len(written) >= 10
    shown = [
        browser.get("asking.check", ask_id=ask_id),
        browser.get("asking.print_draft", ask_id=ask_id),
    ]
    browser.send("asking.send", ask_id=ask_id)
    shown.append(browser.get("asking.asked", request_id=ask_id))
    for each in shown:
        assert not [tag for tag in each.root.all("script") if "src" not in tag.attributes]
        assert not each.root.all("img", "iframe", "math", "style")
        names = {name for tag in each.root.walk() for name in tag.attributes}
        assert not {name for name in names if name.startswith("on")}
        assert not [where for where, text in written.items() if text not in each.text]
