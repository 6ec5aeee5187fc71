"""Every template and every title of the hub, whichever room wrote it, read as text."""

import ast
import re
from pathlib import Path

import pytest

import hub

HOUSE = Path(hub.__file__).parent
MAIL = HOUSE / "notify" / "templates" / "letter.html"  # no page: mail has no stylesheet to link
TEMPLATES = sorted(set(HOUSE.rglob("templates/**/*.html")) - {MAIL})
TELLING = re.compile(
    r"marac|abus|victim|survivor|perpetrator|offender|refuge|domestic|violen|stalk"
    r"|care.experienced|care.leaver|idva",
    re.IGNORECASE,
)
BANNED = {
    r"\|\s*safe\b": "prints what somebody typed as markup",
    r"autoescape\s+false": "prints what somebody typed as markup",
    r"\sstyle\s*=": "inline style, which the policy blocks",
    r"\son[a-z]+\s*=\s*[\"']": "inline script, which the policy blocks",
    r"<script(?![^>]*\ssrc=)": "inline script, which the policy blocks",
    r"(src|srcset)=[\"'](https?:)?//": "loads something from elsewhere",
    r"\bcare leavers?\b": "the words for a screen are care-experienced person",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: str(each.relative_to(HOUSE)))
def test_a_template_holds_nothing_that_is_banned(template):
    text = template.read_text(encoding="utf-8")

    found = {why for pattern, why in BANNED.items() if re.search(pattern, text, re.IGNORECASE)}

    assert found == set()


def task_calls():
    for path in sorted(HOUSE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(node)
            for each in ast.walk(tree)
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for node in ast.walk(each)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "task":
                yield path.relative_to(HOUSE), node, id(node) in inside


def test_a_title_is_a_constant_of_a_module_and_tells_a_bystander_nothing():
    calls = list(task_calls())
    faults = [
        f"{path}:{call.lineno}"
        for path, call, inside in calls
        if inside
        or len(call.args) != 1
        or not isinstance(call.args[0], ast.Constant)
        or TELLING.search(str(call.args[0].value))
    ]

    assert len(calls) > 5
    assert faults == []
