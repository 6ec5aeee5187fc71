"""HTML as a tree small enough to ask questions of: elements, their text, and what is ill nested."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr path circle rect".split()  # noqa: SIM905 - read as a sentence
)
BLOCKS = frozenset(
    {"div", "p", "ul", "ol", "dl", "table", "form", "section", "fieldset", "h1", "h2"}
)


@dataclass(eq=False)
class Element:
    """One element with its attributes, children and text."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Yield this element and everything below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        """Return the elements below with one of the tags and all of the attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self.walk()
            if (not tags or each.tag in tags)
            and all(each.attributes.get(name) == value for name, value in wanted.items())
        ]

    def having(self, class_name: str) -> list["Element"]:
        """Return the elements below that have the class."""
        return [
            each for each in self.walk() if class_name in each.attributes.get("class", "").split()
        ]

    @property
    def text(self) -> str:
        """The text inside, white space made single."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join("".join(parts if self.tag != "br" else [" "]).split()) + (
            " " if self.tag in BLOCKS | {"li", "td", "th", "dt", "dd", "option"} else ""
        )

    def above(self) -> Iterator["Element"]:
        """Yield the elements around this one, nearest first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent


class Tree(HTMLParser):
    """Builds the tree and notes what is not well nested."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root", {})
        self.at = self.root
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.faults.append(f"<{self.at.tag}> is never closed")

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.at.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.at.tag}>")
            while self.at.parent is not None and self.at.tag != tag:
                self.at = self.at.parent
        if self.at.parent is not None:
            self.at = self.at.parent

    @override
    def handle_data(self, data: str) -> None:
        self.at.children.append(data)
