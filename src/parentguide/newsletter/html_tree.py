"""The tree of a saved web page, parsed as browsers parse it, with limits.

Selectolax (Lexbor) follows the parsing rules of the HTML standard (13.2), so a page without end tags is
read as a browser shows it. Pure: bytes in, tree out.

Decision: docs/decisions/0027-selectolax-for-saved-pages.md.
"""

import codecs
import email
import email.errors
import email.policy
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parentguide.errors import SourceError
from parentguide.newsletter.limits import PASTE

TEXT, COMMENT = "-text", "-comment"
_MOST_BYTES = 20_000_000  # a page saved with its pictures inside has under 10,000,000
_MOST_NODES = 60_000
# Newsletters made of tables in tables are under 100 deep. The reader calls itself for each level, so the
# limit also keeps it far below Python's limit of recursion.
_MOST_DEPTH = 180
_MOST_ATTRIBUTES = 200  # of one tag; the parser compares each with all before it
# The attributes of a tag, in which “>” may stand within quotation marks. It never goes back (atomic).
_ATTRIBUTES = re.compile(r"<[a-z](?>[^>\"'<]+|\"[^\"]*\"|'[^']*')*+", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_WORDS_IN_A_TAG = 20_000  # where quotation marks do not pair; a drawing's path may have thousands
_LONG_TAG = re.compile(rf"<[a-z][^<>]{{{2 * _MOST_WORDS_IN_A_TAG},}}", re.IGNORECASE)
_MOST_TABLES = 2_000
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# Elements without an end tag, or whose end tag may be left out (HTML standard, 13.1.2.4).
_NO_END_TAG = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup",
    "rt", "rp", "html", "head", "body", "path", "use", "font",
))  # fmt: skip
# Elements whose content is no text of the page.
_NOT_SHOWN = frozenset((
    "script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "video", "audio", "map",
    "head", "title", "datalist",
))  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHIN = 4096  # bytes; browsers look for the charset in the first 1024
_ARCHIVE = re.compile(rb"\A(?:[^\n]+\n){0,20}?content-type:\s*multipart/related", re.IGNORECASE)
_MOST_MAIL_PARTS = 2000


class Node:
    """An element, a text or a comment. ``words`` counts the characters of text inside that are shown.

    ``linked`` counts those of them that are in links, of which there are ``links``.
    """

    __slots__ = ("attributes", "children", "linked", "links", "tag", "text", "words")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None, text: str = "") -> None:
        self.tag, self.attributes, self.text = tag, attributes or {}, text
        self.children: list[Node] = []
        self.words = self.linked = self.links = 0

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def walk(self) -> Iterator["Node"]:
        """The node and all nodes inside, in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def all_text(self) -> str:
        """All shown words inside, on one line."""
        return " ".join(" ".join(node.text for node in self.walk() if node.tag == TEXT).split())


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its body, its title, and its style sheets."""

    body: Node
    title: str
    styles: str


def parse_page(data: bytes) -> Page:
    """The page in the bytes of an HTML file, or of a page saved as one file by a browser (MHTML).

    Raises :class:`SourceError` for a page that is far larger or deeper than a newsletter.
    """
    if len(data) > _MOST_BYTES:
        raise _too_much()
    text = page_text(data)
    _refuse_slow(text)
    parser = LexborHTMLParser(text)
    title = parser.css_first("title")
    styles = "\n".join(style.text() or "" for style in parser.css("style"))
    if parser.body is None:
        raise SourceError("this web page has no words", remedy=PASTE)
    return Page(_tree(parser.body), " ".join((title.text() if title else "").split()), styles)


def is_web_archive(data: bytes) -> bool:
    """Whether a browser saved a page and its pictures as one file (MHTML, RFC 2557)."""
    return bool(_ARCHIVE.match(data[:_WITHIN]))


def page_text(data: bytes) -> str:
    """The characters of a page: its byte-order mark, its charset, UTF-8 or Windows-1252 (13.2.3.2)."""
    if is_web_archive(data):
        data, declared = _of_mail(data)
    else:
        found = _CHARSET.search(data[:_WITHIN])
        declared = found[1].decode("ascii") if found else ""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff")
    for name in ("utf-8", _python_name(declared)):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _python_name(label: str) -> str:
    """The codec for a charset. Browsers read Latin-1 and ASCII as Windows-1252 (Encoding standard, 4.2)."""
    try:
        name = codecs.lookup(label).name if label else "cp1252"
        # Some codecs, such as “hex”, are not of text.
        "".encode(name)
    except LookupError:
        return "cp1252"
    return "cp1252" if name in ("iso8859-1", "ascii") or name.startswith("utf-16") else name


def _of_mail(data: bytes) -> tuple[bytes, str]:
    """The HTML part of a page saved as one file (RFC 2557), and its charset."""
    if data.lower().count(b"content-type:") > _MOST_MAIL_PARTS or data.lower().count(b"boundary=") > 10:
        raise _too_much()
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return (content if isinstance(content, bytes) else b""), part.get_content_charset() or ""
    raise SourceError("there is no web page in this file", remedy=PASTE)


def _refuse_slow(text: str) -> None:
    """Raise :class:`SourceError` for a page whose tags nest too deep, or have too many attributes.

    The parser would take a time that grows with the square of either, and of tables in wrong places.
    """
    if any(_has_many_attributes(match[0]) for match in _ATTRIBUTES.finditer(text)):
        raise _too_much()
    if any(len(match[0].split()) > _MOST_WORDS_IN_A_TAG for match in _LONG_TAG.finditer(text)):
        raise _too_much()
    tags = _TAG.findall(text)
    if len(tags) > _MOST_NODES * 2 or _deepest(tags) > _MOST_DEPTH * 2:
        raise _too_much()


def _has_many_attributes(tag: str) -> bool:
    return len(tag) > 2 * _MOST_ATTRIBUTES and len(_QUOTED.sub("=", tag).split()) > _MOST_ATTRIBUTES


def _deepest(tags: Iterable[tuple[str, str]]) -> int:
    """How deep the tags nest; each is a slash or nothing, and a name. Too many tables count as deep."""
    begun: Counter[str] = Counter()
    depth = deepest = tables = 0
    for end, name in tags:
        tag = name.lower()
        if tag in _NO_END_TAG:
            continue
        if not end:
            begun[tag] += 1
            depth += 1
            tables += tag == "table"
        elif begun[tag]:
            begun[tag] -= 1
            depth -= 1
        deepest = max(deepest, depth)
    return deepest if tables <= _MOST_TABLES else tables


def _tree(root: LexborNode) -> Node:
    """The nodes below ``root``, without the content of scripts and the like."""
    top = Node("body", _attributes(root))
    # Each level: the node, and the next of its children that is still to be read.
    levels: list[tuple[Node, LexborNode | None]] = [(top, root.first_child)]
    count = 0
    while levels:
        parent, child = levels.pop()
        if child is None:
            if levels:
                _count_in(levels[-1][0], parent)
            continue
        count += 1
        if count > _MOST_NODES or len(levels) > _MOST_DEPTH:
            raise _too_much()
        node = _node(child)
        parent.children.append(node)
        parent.words += len(node.text.strip()) if node.tag == TEXT else 0
        levels.append((parent, child.next))
        if node.tag not in _NOT_SHOWN and node.tag not in (TEXT, COMMENT):
            levels.append((node, child.first_child))
    return top


def _count_in(above: Node, node: Node) -> None:
    """Add the words of ``node`` to those of the node above it."""
    is_link = node.tag == "a"
    above.words += node.words
    above.linked += node.words if is_link else node.linked
    above.links += 1 if is_link else node.links


def _node(node: LexborNode) -> Node:
    tag = node.tag or ""
    if tag == TEXT:
        return Node(TEXT, text=node.text_content or "")
    if tag == COMMENT:
        return Node(COMMENT, text=node.comment_content or "")
    return Node(tag, _attributes(node))


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _too_much() -> SourceError:
    return SourceError(
        "this web page has parts inside parts, or more parts, far beyond a newsletter", remedy=PASTE
    )
