"""What of a web page is not the newsletter: menus, the page's head and foot, cookie notices, forms.

Everything that is left out is listed with its reason, so that a wrong guess can be seen.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from parentguide.newsletter.html_look import is_hidden
from parentguide.newsletter.html_site import SiteLinks
from parentguide.newsletter.html_tree import Node

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OUTSIDE = "outside the main part of the page"
_NAVIGATION, _HEADER = "site navigation", "page header"
_TAGS = {
    "nav": _NAVIGATION, "menu": _NAVIGATION, "header": _HEADER, "footer": "page foot",
    "aside": "sidebar", "form": "form",
    "dialog": "notice", "button": "form", "select": "form", "textarea": "form", "input": "form",
    "label": "form", "del": "deleted text",
}  # fmt: skip
# ARIA roles (WAI-ARIA 1.2, 5.3.4).
_ROLES = {
    "navigation": _NAVIGATION, "menu": _NAVIGATION, "menubar": _NAVIGATION, "banner": _HEADER,
    "contentinfo": "page foot", "complementary": "sidebar", "search": "form", "form": "form",
    "dialog": "notice", "alertdialog": "notice", "toolbar": "form",
}  # fmt: skip
# Names that site builders give to furniture. “consent” and “share” alone are words of newsletters too.
_NAMES = (
    (re.compile(r"cookie|onetrust|cc-window|gdpr|consent-(?:banner|popup|manager)", re.I), "cookie notice"),
    (re.compile(r"breadcrumb|(?:^|\s)crumbs", re.I), "breadcrumb"),
    (
        re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|(?:sub)?menu|pagination|pager)(?:$|[\s_-])", re.I),
        _NAVIGATION,
    ),
    (re.compile(r"(?:^|[\s_-])skip(?:link|-link|-to|-nav)", re.I), _NAVIGATION),
    (re.compile(r"(?:^|[\s_-])sidebar(?:$|[\s_-])", re.I), "sidebar"),
    (re.compile(r"(?:social|sharing|share)-?(?:links|buttons|icons|media)", re.I), "links to share"),
    (
        re.compile(
            r"(?:^|[\s_-])(?:downloads?|attachments?|related-(?:pages|links|posts|news))(?:$|\s)", re.I
        ),
        "links to files and pages",
    ),
    (re.compile(r"(?:sr-only|visually-?hidden|screen-reader)", re.I), "hidden text"),
    (re.compile(r"(?:^|\s)(?:(?:site|global|main)-?)?header(?:$|\s)|masthead", re.I), _HEADER),
    (re.compile(r"(?:^|\s)(?:(?:site|global|main|page)-?)?footer(?:$|\s)", re.I), "page foot"),
    (re.compile(r"^(?:MsoHeader)$"), "running head"),
    (re.compile(r"^(?:MsoFooter)$"), "page foot"),
    (re.compile(r"Mso(?:Footnote|Endnote|Comment)Reference|sd(?:foot|end)note"), "footnote"),
    (re.compile(r"^MsoToc|^toc$", re.I), "table of contents"),
)  # fmt: skip
_NOTE_ID = re.compile(r"_?(?:ftn|edn|sdfootnote|sdendnote)\d+", re.I)
_MSO_NOTES = re.compile(r"mso-element\s*:\s*(footnote|endnote|comment|header|footer)", re.I)
_LAID_OUT_BY_TITLE = {"header": "running head", "footer": "page foot"}  # LibreOffice
_NAMED_TAGS = frozenset(("div", "section", "ul", "ol", "p", "a", "span", "table", "header", "li", "details"))


class Furniture:
    """Decides for the elements of one page. ``title`` is the page's title."""

    def __init__(self, body: Node, title: str) -> None:
        self._half = body.words / 2
        self._title = title.casefold()
        self._links = SiteLinks(body)
        self._keeps_its_head = {id(node) for node in _inside(body, ("main", "article"))}
        heads = [node for node in body.walk() if node.tag == "h1" and node.words]
        self._titles = {id(node) for node in heads}

    def reason_outside(self, node: Node) -> str:
        """Why ``node``, which is outside the main part of the page, is left out."""
        return self.reason(node) or _OUTSIDE

    def reason(self, node: Node) -> str:
        """Why ``node`` is left out; empty if it is part of the newsletter."""
        if is_hidden(node):
            return "hidden text"
        if node.get("aria-hidden") == "true" and node.words < self._half:
            return "hidden text"
        reason = self._of_kind(node) or self._links.reason(node)
        # Some sites put the whole page into a form, or name it after its menu.
        if reason and (node.words > self._half or self._has_the_only_title(node)):
            return ""
        return reason

    def _of_kind(self, node: Node) -> str:
        found = _TAGS.get(node.tag) or _ROLES.get(node.get("role").lower()) or _of_word_processor(node)
        if not found and node.tag in _NAMED_TAGS:
            found = _by_name(node.get("class"), node.get("id"))
        return "" if found == _HEADER and id(node) in self._keeps_its_head else found

    def _has_the_only_title(self, node: Node) -> bool:
        """Whether all top headings are in ``node``, and one of them is what the page is called."""
        inside = [child for child in node.walk() if id(child) in self._titles]
        return len(inside) == len(self._titles) > 0 and any(map(self.is_title, inside))

    def is_title(self, node: Node) -> bool:
        """Whether the page is called as ``node`` says, rather than after the school."""
        return node.tag == "h1" and node.words > 0 and self._title.startswith(node.all_text().casefold())


def _of_word_processor(node: Node) -> str:
    """Notes, running heads and page feet, as Word and LibreOffice write them into a page."""
    notes = _MSO_NOTES.search(node.get("style"))
    if notes:
        return "running head" if notes[1].lower() in ("header", "footer") else "footnote"
    if _NOTE_ID.fullmatch(node.get("id")):
        return "footnote"
    return _LAID_OUT_BY_TITLE.get(node.get("title"), "") if node.tag == "div" else ""


@lru_cache(maxsize=1000)
def _by_name(*names: str) -> str:
    return next((reason for pattern, reason in _NAMES if any(map(pattern.search, names))), "")


def _inside(body: Node, tags: tuple[str, ...]) -> Iterator[Node]:
    waiting = [(body, False)]
    while waiting:
        node, inside = waiting.pop()
        inside = inside or node.tag in tags
        if inside:
            yield node
        waiting.extend((child, inside) for child in node.children)
