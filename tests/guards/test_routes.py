"""What no route, no file and no screen may do; each rule is a reading of the tree as it stands."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from hub.access.permissions import TABLE, Permission
from hub.api.install import DOCUMENT
from hub.web.guard import check_policies, policy_of
from hub.web.words import PACKS
from hub.wiring import site

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "hub"
CAP = 400
"""Lines of a file, at most: one that grows beyond it holds two things."""

CLOCK = {"now", "utcnow", "today"}
OPEN = {
    "access.accept",
    "access.accepted",
    "access.sign_in",
    "access.start",
    "agencies.service",
    "agencies.services",
    "health",
    "mailbox.message",  # both only where the mail is make-believe
    "mailbox.messages",
    "static",
    "web.accessibility",
    "web.leave",
    "web.policy_report",  # sent by the browser itself; nothing of it is read
    "web.privacy",
    DOCUMENT,
}
"""Every endpoint that anybody may open, written down a second time: a new one must be argued for
here too."""

pytestmark = pytest.mark.databases("sqlite")


def trees(folder, *but):
    for path in sorted(folder.rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if name not in but:
            yield name, ast.parse(path.read_text("utf-8"))


class TestRoutes:
    def test_every_route_has_a_policy_that_somebody_has(self, app):
        declared = check_policies(app, public=site.PUBLIC_ENDPOINTS)
        for endpoint, each in declared.items():
            if not each.is_public:
                assert TABLE[Permission(each.name)], endpoint

    def test_the_open_routes_are_these_and_no_others(self, app):
        open_now = {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if policy_of(app, rule.endpoint).is_public
        }
        assert open_now == OPEN

    def test_nothing_that_is_typed_stands_in_an_address(self, app):
        kinds = {"UUIDConverter", "AnyConverter", "IntegerConverter"}
        loose = {
            rule.rule
            for rule in app.url_map.iter_rules()
            for converter in rule._converters.values()
            if type(converter).__name__ not in kinds
        }
        assert loose == LOOSE

    def test_no_address_is_shadowed_by_another(self, app):
        rules = [
            (rule.rule, method)
            for rule in app.url_map.iter_rules()
            for method in rule.methods - {"HEAD", "OPTIONS"}
        ]
        assert len(rules) == len(set(rules))

    def test_whoever_is_not_signed_in_is_sent_to_sign_in_or_finds_nothing(self, app, client):
        some = "00000000-0000-4000-8000-000000000001"
        for rule in app.url_map.iter_rules():
            if rule.endpoint in OPEN:
                continue
            address = re.sub(r"<any\('?([\w-]+).*?\):\w+>", r"\1", rule.rule)
            address = re.sub(r"<int:\w+>", "1", re.sub(r"<(uuid:)?\w+>", some, address))
            for method in rule.methods - {"OPTIONS"}:
                answer = client.open(address, method=method)
                if address.startswith("/api/"):
                    assert answer.status_code == 401, rule
                elif method in {"GET", "HEAD"}:
                    assert answer.status_code == 303, rule
                    assert answer.headers["Location"] == "/sign-in", rule
                else:
                    assert answer.status_code in {400, 401, 403, 404}, rule


LOOSE = {
    "/account/invitation/<token>",
    "/mailbox/<name>",
    "/meetings/cases/<uuid:item_id>/reason/<problem>",
    "/static/<version>/<path:name>",
}
"""Addresses with a part of any shape: a secret used once, a word of a fixed list, files of ours, a
message of the make-believe mailbox by the name of its file."""


def test_only_the_clock_reads_the_clock():
    found = []
    for name, tree in trees(HUB, "hub/kernel/clock.py"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in CLOCK:
                owner = ast.unparse(node.value)
                if owner.rpartition(".")[2] in {"datetime", "date", "dt"}:
                    found.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.time", "func.now"}:
                found.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
    assert found == []


def test_only_the_unit_of_work_commits():
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees(HUB)
        if not name.startswith("hub/db/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback", "begin_nested"}
    ]
    assert found == []


def test_only_the_door_opens_a_connection_for_mail():
    doors = {"hub/notify/door.py", "hub/notify/relay.py", "hub/notify/outcomes.py"}
    found = {
        name
        for name, tree in trees(HUB)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in [*(each.name for each in node.names), getattr(node, "module", None)]
        if module in {"smtplib", "flask_mail"}
    }
    assert found <= doors


@pytest.mark.parametrize("folder", ["hub", "tests"])
def test_no_file_is_longer_than_it_may_be(folder):
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in sorted((ROOT / folder).rglob("*.py"))
    }
    assert {name: length for name, length in lengths.items() if length > CAP} == {}


def test_nothing_is_a_drawer():
    names = {"utils", "helpers", "common", "misc", "base_classes", "stuff"}
    assert [path for path in HUB.rglob("*.py") if path.stem in names] == []


WRONG_WORDS = re.compile(
    r"care[ -]leavers?\b|\bclosed?\b|\babusers?\b|\bclients?\b|\bperp\b", re.IGNORECASE
)
FINE = re.compile(r"close to|closest|closely|closed (now|today)", re.IGNORECASE)
"""Nearness, and a service outside its hours."""


LEGAL_TERM = ("hub/web/words.py", "care leaver")
"""Kept for exports; no template asks for it, which the next line holds."""


def test_no_screen_asks_for_the_legal_term():
    assert [path for path in HUB.rglob("*.html") if "legal_term" in path.read_text("utf-8")] == []


def texts_of_templates():
    """Yield what the templates say themselves, without markup and what they are filled with."""
    environment = Environment(extensions=[])  # noqa: S701 - it renders nothing
    for path in sorted(HUB.rglob("*.html")):
        parsed = environment.parse(path.read_text("utf-8"))
        for node in parsed.find_all((nodes.TemplateData, nodes.Const)):
            said = node.data if isinstance(node, nodes.TemplateData) else node.value
            if isinstance(said, str):
                yield str(path.relative_to(ROOT)), node.lineno, re.sub(r"<[^>]*>", " ", said)


def texts_of_pages():
    """Yield every sentence in the code of pages and wordings: a text with a blank in it."""
    for name, tree in trees(HUB):
        if "pages" not in name and "wording" not in name and "words" not in name:
            continue
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        bare = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
        }  # what stands below a constant and explains it
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in docstrings | bare and " " in node.value.strip():
                yield name, node.lineno, node.value


def test_no_screen_uses_a_word_that_hurts():
    found = [
        f"{name}:{line}: {said.strip()}"
        for name, line, said in (*texts_of_templates(), *texts_of_pages())
        if (name, said) != LEGAL_TERM
        if WRONG_WORDS.search(FINE.sub(" ", said))
    ]
    assert found == []


def test_no_authority_s_words_hurt_either():
    for pack in PACKS.values():
        for said in vars(pack).values():
            is_for_screens = said != pack.legal_term  # which is kept for exports
            assert not (is_for_screens and WRONG_WORDS.search(str(said))), (pack.key, said)
