"""Where each message of the interface stands on the web page of a guide: the part of the page around it.

The page is rendered in each state that shows other messages, with a mark before and after each message. The
part of the page around a mark, in the elements that it is in, keeps the look that the style sheet gives it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from parentguide.model.output import Edition
from parentguide.model.review_state import ReviewState
from parentguide.render.web.page import Web

# Private use characters: the first says which message begins, the last that it ends.
_FIRST, _END = 0xE100, "\uf8ff"
_MARKED = re.compile(f"([\ue100-\uf8fe])|({_END})")
_TAG = re.compile(r"(<[^>]*>)")
# The page's script puts the first message in the place of the second.
_INSTEAD = {"listen.stop": "listen.start", "share.copied": "share.copy"}
# The parts of the page that are shown whole, by tag or class.
_WHOLE = frozenset({"nav", "bar", "status", "person", "skip", "listen", "copy", "privacy", "leave-again"})
# Otherwise the nearest of these; the last two introduce what comes after them, which is shown too.
_NEAREST = ("li", "summary", "p", "h3", "label")
_INTRODUCES = frozenset({"h3", "label"})
# The outline, and what differs from a page: nothing stays at the edge of the window or is there for a script.
_STYLE = """
body{--side:1rem;padding:.6rem 0;min-block-size:0}
body>header{visibility:visible!important}
.masthead{display:block;min-block-size:0}
:is(.bar,.skip){position:static!important}
:is(header,main,footer){padding-block:0!important;border:0!important}
mark,[data-here]{background:none;color:inherit}
mark,[data-here]{outline:.2rem solid #b3261e;outline-offset:.2rem;border-radius:.2rem}
@media (prefers-color-scheme:dark){mark,[data-here]{outline-color:#ff9d94}}
"""


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The markup around each message by its context, from the top of the page to its end, and what every
    picture begins with: the page's head and the opening tag of its body."""

    head: str
    parts: Mapping[str, str]

    def picture(self, context: str) -> str:
        """The page of one message, to be shown in a frame. Nobody can follow its links."""
        return f"{self.head}{self.parts[context]}</body></html>"


@dataclass(frozen=True, slots=True)
class _Place:
    """``order`` is where it is from the top of the page to its end: in hundredths of the page's length, then
    by the number of the page's state, then by letters. ``part`` is the markup around the message.
    ``is_hidden``: the message is only in an attribute, such as what a screen reader says."""

    order: tuple[int, int, int]
    part: str
    is_hidden: bool


def page_places(edition: Edition, templates: Path) -> PagePlaces:
    """Where each message of ``edition`` stands. Those that stand on no page have no part."""
    web, contexts = Web(templates), tuple(edition.interface)
    found: dict[str, _Place] = {}
    head = ""
    for state, variant in enumerate(_variants(_marked(edition, contexts))):
        page = web.render(variant).decode("utf-8")
        head = head or _head(page)
        for number, context in enumerate(contexts):
            before = found.get(context)
            if (before is None or before.is_hidden) and (place := _place(page, number, state)) is not None:
                found[context] = place
    # Messages of other states stand after that of the usual one.
    ordered = sorted(found.items(), key=lambda item: item[1].order)
    return PagePlaces(head, {context: place.part for context, place in ordered})


def _marked(edition: Edition, contexts: Sequence[str]) -> Edition:
    return replace(
        edition,
        interface={
            context: f"{chr(_FIRST + number)}{edition.interface[context]}{_END}"
            for number, context in enumerate(contexts)
        },
    )


def _variants(edition: Edition) -> Iterator[Edition]:
    """The states of a page, the most usual first."""
    yield edition
    language, words = edition.language, edition.interface
    yield replace(edition, language=replace(language, partly=True))
    for state in ReviewState:
        yield replace(edition, language=replace(language, review=state, reviewer="A.\u00a0B."))
    yield replace(edition, incomplete=True)
    swapped = {second: words[first] for first, second in _INSTEAD.items() if first in words}
    yield replace(edition, interface={**words, **swapped})


def _place(page: str, number: int, state: int) -> _Place | None:
    """Where in a page that was rendered in a state a message stands; None if it does not."""
    wanted = chr(_FIRST + number)
    if wanted not in page:
        return None
    tokens = _TAG.split(page)
    inside = [at for at, token in enumerate(tokens) if wanted in token]
    texts = [at for at in inside if at % 2 == 0]
    # A heading tells more than the link to it.
    headings = [at for at in texts if tokens[at - 1].startswith(("<h2", "<h3"))]
    chosen = (headings or texts or inside)[0]
    begin = sum(map(len, tokens[:chosen]))
    if texts:
        before, _, after = tokens[chosen].partition(wanted)
        words, end, rest = after.partition(_END)
        tokens[chosen] = f"{before}<mark>{words}"
        if end:
            tokens[chosen] += f"</mark>{rest}"
        else:
            # The message has an element, such as bold words or a date.
            closing = next(at for at in range(chosen + 1, len(tokens)) if _END in tokens[at])
            tokens[closing] = tokens[closing].replace(_END, "</mark>", 1)
    else:
        tokens[chosen] = f"{tokens[chosen].rstrip('>')} data-here>"
    tree = LexborHTMLParser(_MARKED.sub("", "".join(tokens)))
    found = tree.css_first("body mark, body [data-here]")
    return (
        None if found is None else _Place((100 * begin // len(page), state, begin), _part(found), not texts)
    )


def _part(found: LexborNode) -> str:
    """The part of the page around an element, in the elements that it is in."""
    path = [found]
    while (parent := path[-1].parent) is not None and parent.tag != "body":
        path.append(parent)
    chosen = next((node for node in path if _names(node) & _WHOLE), None)
    chosen = chosen or next((node for node in path if _names(node) & set(_NEAREST)), found)
    markup = chosen.html or ""
    if _names(chosen) & _INTRODUCES:
        following = chosen.next
        while following is not None and not following.is_element_node:
            following = following.next
        markup += (following.html or "") if following is not None else ""
    for inner, outer in zip(path[path.index(chosen) :], path[path.index(chosen) + 1 :], strict=False):
        summary = outer.css_first("summary") if outer.tag == "details" and inner.tag != "summary" else None
        markup = f"{_opening(outer)}{(summary.html or '') if summary else ''}{markup}</{outer.tag}>"
    return markup.replace("<details", "<details open").replace(' hidden=""', "")


def _names(node: LexborNode) -> set[str]:
    return {node.tag or "", *(node.attributes.get("class") or "").split()}


def _opening(node: LexborNode) -> str:
    attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in node.attributes.items())
    return f"<{node.tag}{attributes}>"


def _head(page: str) -> str:
    """The page up to its body, with our style, without its script, its policy and its links."""
    tree = LexborHTMLParser(_MARKED.sub("", page))
    root, body = tree.css_first("html"), tree.body
    assert root is not None
    assert body is not None
    styles = "".join(node.html or "" for node in tree.css("head style"))
    return (
        f'<!DOCTYPE html>\n{_opening(root)}<head><meta charset="utf-8"><meta name="color-scheme" content='
        f'"light dark"><meta name="viewport" content="width=device-width, initial-scale=1">{styles}'
        f"<style>{_STYLE}</style><title>…</title></head>{_opening(body).removesuffix('>')} inert>"
    )
