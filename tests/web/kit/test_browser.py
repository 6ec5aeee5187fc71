"""What only a browser shows: axe, the policy at work, the way out, the blank screen, no script."""

import re
import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.serving import make_server

from hub.web import assets
from hub.web.headers import REPORTS_PATH
from kit.missing import cannot_have

WIDTHS = (1200, 390)
TEMPLATES = Path(assets.__file__).parent / "templates"
AWAY = "http://127.0.0.1:{port}/accessibility"


@pytest.fixture
def served(make_app, unused_port):
    away = AWAY.format(port=unused_port)
    app = make_app(public_base_url=f"http://127.0.0.1:{unused_port}", exit_to=away)
    app.testing = False
    server = make_server("127.0.0.1", unused_port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{unused_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tab(chromium):
    context = chromium.new_context()
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    context.close()


def ready(tab):
    tab.wait_for_selector("body.govuk-frontend-supported, body:not(.js-enabled)")
    tab.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path", ["/sink", "/sign-in?who=Ms+Invented", "/fail/conflict", "/fail/broken", "/privacy"]
)
def test_axe_finds_nothing_and_nothing_runs_off_the_side(served, tab, width, path):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(served + path)
    ready(tab)

    found = Axe().run(tab).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert not [each for each in tab.said if "Content Security" in each or "Trusted" in each]


def test_errors_are_pointed_at_and_answers_open(served, tab):
    tab.goto(f"{served}/sink")
    ready(tab)
    assert not tab.is_visible("#which")
    tab.check("input[name=known][value=yes]")
    assert tab.is_visible("#which")

    tab.click("text=Save and continue")
    ready(tab)

    assert tab.evaluate("document.activeElement.className") == "govuk-error-summary"
    tab.click("text=Enter family name >> nth=0")
    assert tab.evaluate("document.activeElement.id") == "name"


@pytest.mark.parametrize("how", ["button", "keys"])
def test_leaving_ends_the_session_and_back_shows_nothing(served, tab, how):
    tab.goto(f"{served}/sign-in?who=Ms+Invented")
    ready(tab)
    tab.fill("#about", "Something private")

    tab.on("dialog", lambda dialog: dialog.accept())
    if how == "button":
        tab.click("text=Leave this page")
    else:
        for _ in range(3):
            tab.keyboard.press("Shift")
    tab.wait_for_url("**/accessibility")

    for _ in range(5):
        tab.go_back()
        assert "Something private" not in tab.content()
        assert "Ms Invented" not in tab.content()
    tab.goto(f"{served}/room/00000000-0000-4000-8000-000000000000")
    assert "Ms Invented" not in tab.content()


def test_leaving_works_without_script(served, chromium):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{served}/sink")
    assert tab.is_visible("text=Leave this page")

    tab.click("text=Leave this page")
    tab.wait_for_url("**/accessibility")

    context.close()


def test_a_screen_nobody_looks_at_keeps_no_text(served, tab):
    tab.clock.install()
    tab.goto(f"{served}/sign-in?who=Ms+Invented")
    ready(tab)
    tab.fill("#about", "Half a sentence")

    tab.clock.run_for(11 * 60 * 1000)

    assert "Ms Invented" not in tab.evaluate("document.documentElement.outerHTML")
    assert tab.title() == "Partner hub"
    tab.click("text=Carry on")
    assert tab.input_value("#about") == "Half a sentence"
    assert tab.title() == "Every part - Partner hub"


def test_what_the_policy_stops_is_reported_and_the_report_is_taken(served, tab):
    tab.goto(f"{served}/sink")
    ready(tab)
    with tab.expect_response(f"{served}{REPORTS_PATH}") as answered:
        tab.evaluate("document.body.appendChild(new Image()).src = 'http://127.0.0.9/x.png'")
    assert answered.value.status == 204


def test_every_class_of_the_macros_is_one_of_the_design_system():
    css = assets.FOLDER / assets.DESIGN_SYSTEM
    if not css.is_file():
        cannot_have("the design system's stylesheet", "./run fetches it")
    known = set(re.findall(r"\.(govuk-[\w!\\-]+)", css.read_text(encoding="utf-8")))
    known = {each.replace("\\", "") for each in known}

    used: set[str] = set()
    for template in TEMPLATES.rglob("*.html"):
        # What a macro puts together from a value is left out: its beginning ends in "--" or "-".
        text = re.sub(r"\{[{%].*?[}%]\}", " ", template.read_text(encoding="utf-8"))
        for names in re.findall(r'class="([^"]*)"', text):
            used |= {each for each in names.split() if each.startswith("govuk-")}
    unknown = {each for each in used if each not in known and not each.endswith("-")}

    assert sorted(unknown - HOOKS) == []


HOOKS = {
    "govuk-checkboxes",
    "govuk-file-upload--error",
    "govuk-generic-header__container",
    "govuk-js-character-count",
    "govuk-js-service-navigation-toggle",
    "govuk-panel__body",
    "govuk-radios",
    "govuk-table__body",
    "govuk-table__head",
    "govuk-table__row",
    "govuk-template__footer",
    "govuk-template__header",
}
"""Names of the design system's own macros that its stylesheet (6.3.0) has no rule for."""
