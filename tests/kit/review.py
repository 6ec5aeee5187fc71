"""What every HTML answer is reviewed for: structure, labels, ids, forms, links, headers."""

from itertools import pairwise

from werkzeug.test import TestResponse

from hub.web.headers import HEADERS
from hub.web.install import PRODUCT
from hub.web.render import TASKS
from kit.html_tree import BLOCKS, Element

UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
LIST_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "thead", "tbody", "tfoot", "colgroup"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup"},
}
PHRASING_ONLY = frozenset({"p", "span", "a", "button", "label", "strong", "h1", "h2", "h3"})
MAY_HOLD_BLOCKS = frozenset({"a"})
OK_HEADS = ("http:", "https:", "mailto:", "tel:", "/", "#", "?")


def faults_of(response: TestResponse, root: Element) -> list[str]:
    """Return every fault of the answer, each as a line; an empty list is a good page."""
    faults = _headers(response)
    for look in (_document, _ids, _labels, _forms, _links, _nothing_inline, _nesting):
        faults += look(root)
    return faults


def _headers(response: TestResponse) -> list[str]:
    faults = [
        f"header {name} is {response.headers.get(name)!r}"
        for name, value in HEADERS.items()
        if response.headers.get(name) != value
    ]
    if response.headers.get("Cache-Control") != "no-store":
        faults.append(f"Cache-Control is {response.headers.get('Cache-Control')!r}")
    return faults


def _document(root: Element) -> list[str]:
    faults = []
    pages = root.all("html")
    if len(pages) != 1 or pages[0].attributes.get("lang") != "en-GB":
        faults.append("html without lang en-GB")
    headings, titles, mains = root.all("h1"), root.all("title"), root.all("main")
    if len(headings) != 1 or not headings[0].text.strip():
        faults.append(f"{len(headings)} h1, or an empty one")
    if len(mains) != 1 or mains[0].attributes.get("id") != "main-content":
        faults.append("no single main with the id that the skip link leads to")
    title = titles[0].text if titles else ""
    phrase = title.removeprefix("Error: ").removesuffix(f" - {PRODUCT}")
    if len(titles) != 1 or not title.endswith(f" - {PRODUCT}") or phrase not in TASKS:
        faults.append(f"title {title!r} is not a declared task and the product's name")
    if bool(root.having("govuk-error-summary")) != title.startswith("Error: "):
        faults.append("title and error summary do not agree that something is wrong")
    levels = [int(each.tag[1]) for each in root.all("h1", "h2", "h3", "h4") if _in_main(each)]
    faults += [
        f"heading h{after} follows h{before}"
        for before, after in pairwise(levels)
        if after > before + 1
    ]
    return faults


def _in_main(element: Element) -> bool:
    return any(each.tag == "main" for each in element.above())


def _ids(root: Element) -> list[str]:
    ids = [each.attributes["id"] for each in root.walk() if "id" in each.attributes]
    faults = [f"id {each!r} stands twice" for each in sorted({i for i in ids if ids.count(i) > 1})]
    faults += [f"id {each!r} is empty or has a space" for each in ids if not each or " " in each]
    known = set(ids)
    for element in root.walk():
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            faults += [
                f"{name} leads to {each!r}, which is not there"
                for each in element.attributes.get(name, "").split()
                if each not in known
            ]
        controls = element.attributes.get("data-aria-controls")
        if controls is not None and controls not in known:
            faults.append(f"data-aria-controls leads to {controls!r}, which is not there")
    return faults


def _labels(root: Element) -> list[str]:
    inputs = [
        each
        for each in root.all("input", "select", "textarea")
        if each.attributes.get("type", "text") not in UNLABELLED
    ]
    ids = {each.attributes.get("id") for each in inputs}
    labelled = {each.attributes.get("for"): each.text.strip() for each in root.all("label")}
    faults = [
        f"input {each.attributes.get('name')!r} has no label"
        for each in inputs
        if not labelled.get(each.attributes.get("id")) and "aria-label" not in each.attributes
    ]
    faults += [f"label for {each!r} leads nowhere" for each in labelled if each not in ids]
    faults += [
        f"radio {each.attributes.get('name')!r} stands in no fieldset"
        for each in root.all("input", type="radio")
        if not any(above.tag == "fieldset" for above in each.above())
    ]
    for each in root.all("fieldset"):
        first = next((child for child in each.children if isinstance(child, Element)), None)
        if first is None or first.tag != "legend" or not first.text.strip():
            faults.append("a fieldset without a legend as its first child")
    return faults


def _forms(root: Element) -> list[str]:
    faults = []
    for form in root.all("form"):
        method = form.attributes.get("method", "").lower()
        if method not in {"get", "post"} or "action" not in form.attributes:
            faults.append("a form without method or action")
        exempt = "data-exit" in form.attributes
        tokens = form.all("input", name="csrf_token")
        if method == "post" and not exempt and not (tokens and tokens[0].attributes.get("value")):
            faults.append(f"form to {form.attributes.get('action')!r} has no token")
        if method == "get" and tokens:
            faults.append("a GET form would put its token in the address")
        if not form.all("button"):
            faults.append(f"form to {form.attributes.get('action')!r} has no button")
    return faults


def _links(root: Element) -> list[str]:
    faults = []
    ids = {each.attributes["id"] for each in root.walk() if "id" in each.attributes}
    for link in root.all("a"):
        href = link.attributes.get("href", "")
        if not href.startswith(OK_HEADS) or href.startswith("//"):
            faults.append(f"link {link.text!r} leads to {href!r}")
        if href.startswith("#") and href[1:] not in ids:
            faults.append(f"link {link.text!r} leads to {href!r}, which is not on the page")
        if not link.text.strip():
            faults.append(f"link to {href!r} has no text")
    faults += ["a button without text" for each in root.all("button") if not each.text.strip()]
    for summary in root.having("govuk-error-summary"):
        inputs = {
            each.attributes.get("id") for each in root.all("input", "select", "textarea", "main")
        }
        faults += [
            f"error summary leads to {link.attributes.get('href')!r}, which is no input"
            for link in summary.all("a")
            if link.attributes.get("href", "#")[1:] not in inputs
        ]
    return faults


def _nothing_inline(root: Element) -> list[str]:
    faults = []
    for element in root.walk():
        faults += [
            f"<{element.tag}> has {name}"
            for name in element.attributes
            if name == "style" or name.startswith("on")
        ]
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes):
            faults.append(f"inline <{element.tag}>")
        for name in ("src", "srcset", "poster"):
            if element.attributes.get(name, "/").startswith(("//", "http")):
                faults.append(f"<{element.tag}> loads {element.attributes[name]!r}")
        if element.tag == "link" and not element.attributes.get("href", "").startswith("/"):
            faults.append("a link element leads outside")
    return faults


def _nesting(root: Element) -> list[str]:
    faults = []
    for element in root.walk():
        allowed = LIST_CHILDREN.get(element.tag)
        children = [child.tag for child in element.children if isinstance(child, Element)]
        if allowed is not None:
            faults += [
                f"<{tag}> directly in <{element.tag}>" for tag in children if tag not in allowed
            ]
        if element.tag in BLOCKS:
            above = next(element.above(), None)
            if above and above.tag in PHRASING_ONLY - MAY_HOLD_BLOCKS:
                faults.append(f"<{element.tag}> in <{above.tag}>")
        if element.tag == "form" and any(each.tag == "form" for each in element.above()):
            faults.append("a form in a form")
        if element.tag in {"a", "button"} and any(
            each.tag in {"a", "button"} for each in element.above()
        ):
            faults.append(f"<{element.tag}> in a link or button")
    return faults
