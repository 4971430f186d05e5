"""The website around a newsletter: where its page begins and ends, and the links that belong to the site."""

import re
from collections import Counter
from urllib.parse import urlsplit

from parentguide.newsletter.html_tree import Node

# Names that site builders give to the part of the page below the menu and above the foot.
_MAIN_NAMES = frozenset((
    "content", "main", "maincontent", "main-content", "main_content", "page-content", "pagecontent",
    "site-content", "content-area", "contentarea", "entry-content", "post-content", "article-content",
    "article-body", "primary",
))  # fmt: skip
_SKIPS = re.compile(r"(?:skip|jump)\b.{0,20}\b(?:content|main)", re.IGNORECASE)
_LEAST_MAIN = 0.5  # of the words that are not in links
_MOST_IN_A_BAR = 200  # characters
_PARTED_BY = 3  # characters between two links, such as “ | ”
_BARS = frozenset(("div", "p", "section", "span", "center"))
_NETWORKS = frozenset((
    "facebook", "twitter", "x", "email", "e-mail", "whatsapp", "linkedin", "pinterest", "print", "instagram",
    "telegram", "reddit", "tumblr", "copy link", "messenger", "bluesky", "threads", "mastodon", "share",
    "tweet",
))  # fmt: skip
_LABEL = 30  # characters, such as “Share this page:”
_SHARE = re.compile(r"(?:share|follow|tweet)\b", re.IGNORECASE)
_NOT_OF_THE_SITE = ("mailto:", "tel:", "sms:")


def main_part(body: Node) -> tuple[Node, list[Node]]:
    """The part of the page that holds the newsletter, and the nodes around it.

    It is the ``main`` element, or the only ``article`` if it has most of the words, or the part to which
    a “skip to content” link leads or that is named “content”, if it has most of the words outside links.
    Otherwise it is the body.
    """
    parents = {id(child): node for node in body.walk() for child in node.children}
    mains = [node for node in body.walk() if node.tag == "main" or node.get("role") == "main"]
    articles = [node for node in body.walk() if node.tag == "article" and node.words]
    found = next((node for node in mains if node.words), body)
    if found is body and len(articles) == 1 and articles[0].words > body.words / 2:
        found = articles[0]
    if found is body:
        found = _named_main(body, parents)
    around: list[Node] = []
    node = found
    while node is not body:
        parent = parents[id(node)]
        around += [child for child in parent.children if child is not node]
        node = parent
    return found, around


def _named_main(body: Node, parents: dict[int, Node]) -> Node:
    """The smallest part named like a main part that has the title and most of the words; or the body."""
    target = next((_target(node) for node in body.walk() if node.tag == "a" and _skips(node)), "")
    above = next((node for node in body.walk() if node.tag == "h1" and node.words), None)
    around_title = set[int]()
    while above is not None:
        around_title.add(id(above))
        above = parents.get(id(above))
    found = body
    for node in body.walk():
        names = {node.get("id").lower(), *node.get("class").lower().split()}
        if not (names & _MAIN_NAMES or (target and node.get("id") == target)):
            continue
        most = node.words - node.linked > _LEAST_MAIN * (body.words - body.linked)
        if most and node.words < found.words and (not around_title or id(node) in around_title):
            found = node
    return found


def _skips(link: Node) -> bool:
    return link.get("href").startswith("#") and bool(_SKIPS.match(link.all_text()))


def _target(link: Node) -> str:
    return link.get("href")[1:]


class SiteLinks:
    """Decides which links are no part of the text: bars of links to the site itself, and links to share."""

    def __init__(self, body: Node) -> None:
        hosts = Counter(_host(node) for node in body.walk() if node.tag == "a" and node.get("href"))
        # A page that a browser saves names its own site in each link.
        self._own = hosts.most_common(1)[0][0] if hosts else ""

    def reason(self, node: Node) -> str:
        """Why ``node`` is left out; empty if it is no bar of links."""
        if node.links < 2 or node.words > _MOST_IN_A_BAR or node.words - node.linked > _LABEL:
            return ""
        links = [inside for inside in node.walk() if inside.tag == "a"]
        label = _text_outside_links(node)
        if all(link.all_text().casefold() in _NETWORKS for link in links) and (
            not label or _SHARE.match(label)
        ):
            return "links to share"
        is_bar = node.tag in _BARS and len(label) <= _PARTED_BY * node.links
        return (
            "links of the site"
            if is_bar and not any(map(str.isalnum, label)) and self._all_own(links)
            else ""
        )

    def _all_own(self, links: list[Node]) -> bool:
        return all(self._is_own(link) for link in links)

    def _is_own(self, link: Node) -> bool:
        address = link.get("href").strip().lower()
        return not address.startswith(_NOT_OF_THE_SITE) and _host(link) in ("", self._own)


def _host(link: Node) -> str:
    try:
        return urlsplit(link.get("href").strip()).hostname or ""
    except ValueError:
        return ""


def _text_outside_links(node: Node) -> str:
    """The words inside ``node`` that are in no link."""
    waiting, texts = [node], list[str]()
    while waiting:
        inside = waiting.pop()
        if inside.tag == "a":
            continue
        texts.append(inside.text if inside.tag == "-text" else "")
        waiting.extend(reversed(inside.children))
    return " ".join(" ".join(texts).split())
