"""Real editors of school websites in a browser: TinyMCE, CKEditor 5 and Quill, each with its usual plugins.

They come from npm and run from the disk. The licence key “GPL” is for tools like these; nothing of them is
part of parentguide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.output.axe import tool


@dataclass(frozen=True)
class Editor:
    """An editor: its files in ``node_modules``, its editable area, and a script that sets ``window.read``,
    ``window.put`` (its source view) and then ``window.ready``."""

    name: str
    files: tuple[str, ...]
    area: str
    start: str


EDITORS = (
    Editor(
        "TinyMCE",
        ("tinymce/tinymce.min.js",),
        "<textarea id='edit'></textarea>",
        """tinymce.init({selector: '#edit', license_key: 'gpl', promotion: false,
          plugins: 'lists link autolink table code', setup: editor => editor.on('init', () => {
            window.read = () => editor.getContent();
            window.put = html => editor.setContent(html);
            window.ready = true; })});""",
    ),
    Editor(
        "CKEditor 5",
        ("ckeditor5/dist/browser/ckeditor5.css", "ckeditor5/dist/browser/ckeditor5.umd.js"),
        "<div id='edit'></div>",
        """const c = CKEDITOR;
        c.ClassicEditor.create({attachTo: document.querySelector('#edit'), licenseKey: 'GPL', plugins: [
          c.Essentials, c.Paragraph, c.Heading, c.Bold, c.Italic, c.Link, c.AutoLink, c.List, c.BlockQuote,
          c.Table, c.Autoformat, c.PasteFromOffice]}).then(editor => {
            window.read = () => editor.getData();
            window.put = html => editor.setData(html);
            window.ready = true; });""",
    ),
    Editor(
        "Quill",
        ("quill/dist/quill.snow.css", "quill/dist/quill.js"),
        "<div id='edit'></div>",
        """const quill = new Quill('#edit', {theme: 'snow'});
        window.read = () => quill.root.innerHTML;
        window.put = html => quill.clipboard.dangerouslyPasteHTML(html);
        window.ready = true;""",
    ),
)


def open_editor(browser: Browser, editor: Editor, folder: Path) -> Page:
    """A page with the editor, without any other page or server. Skips where npm's packages are missing."""
    head = "".join(map(_loaded, map(tool, editor.files)))
    path = folder / f"{editor.name}.html"
    path.write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{editor.name}</title>{head}</head><body>{editor.area}<script>{editor.start}</script></body></html>",
        "utf-8",
    )
    page = browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri())
    page.wait_for_function("window.ready", timeout=60_000)
    return page


def _loaded(path: Path) -> str:
    address = path.as_uri()
    if path.suffix == ".css":
        return f'<link rel="stylesheet" href="{address}">'
    return f'<script src="{address}"></script>'


def copy_all(page: Page, path: Path) -> None:
    """Open a file and copy everything, as a person does with Ctrl+A and Ctrl+C."""
    page.goto(path.as_uri())
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")


def paste(page: Page) -> str:
    """What the editor keeps of what was copied, after Ctrl+V."""
    page.evaluate("put('')")
    before = page.evaluate("read()")
    frame = page.locator("iframe")
    # TinyMCE edits in a frame.
    inside = frame.content_frame if frame.count() else page
    inside.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+v")
    page.wait_for_function("before => read() !== before", arg=before, timeout=60_000)
    return str(page.evaluate("read()"))


def put(page: Page, html: str) -> str:
    """What the editor keeps of ``html`` in its source view."""
    page.evaluate("html => put(html)", html)
    return str(page.evaluate("read()"))


# What a reader gets of HTML, however it is marked up: the words of each block that has any, the kinds of
# headings and list items, and the links. Quill writes every list as ``ol``, with the kind at each item.
_SEEN = r"""html => {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  const blocks = 'h1, h2, h3, h4, h5, h6, p, li, blockquote';
  const words = element => element.textContent.replace(/\s+/g, ' ').trim();
  const kind = element => {
    if (element.matches('li')) {
      const own = element.dataset.list, ordered = own ? own === 'ordered' : element.parentNode.matches('ol');
      return ordered ? 'step' : 'item';
    }
    return element.matches('p, blockquote') ? 'text' : element.tagName;
  };
  return {
    blocks: [...body.querySelectorAll(blocks)].filter(e => !e.querySelector(blocks) && words(e))
      .map(e => [kind(e), words(e)]),
    bold: [...body.querySelectorAll('li strong')].map(words),
    links: [...body.querySelectorAll('a')].map(a => [a.getAttribute('href'), words(a)]),
  };
}"""


@dataclass(frozen=True)
class Seen:
    """``blocks`` and ``links`` are pairs of a kind or an address and words."""

    blocks: list[list[str]]
    bold: list[str]
    links: list[list[str]]


def seen(page: Page, html: str) -> Seen:
    """What a reader gets of ``html``."""
    return Seen(**page.evaluate(_SEEN, html))


# Each phone link's characters in the order in which they are drawn, from left to right.
_DRAWN = """() => [...document.querySelectorAll('a[href^="tel:"]')].map(link => {
  const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), places = [];
  while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, i); range.setEnd(walker.currentNode, i + 1);
    places.push([range.getBoundingClientRect().left, walker.currentNode.data[i]]);
  }
  const shown = places.filter(p => !/[\\u2066\\u2069]/.test(p[1]));
  return shown.sort((a, b) => a[0] - b[0]).map(p => p[1]).join('');
})"""
# The least that an editor or a website leaves: no bdi, no direction, no style.
_STRIPPED = """() => {
  document.querySelectorAll('bdi').forEach(e => e.replaceWith(...e.childNodes));
  const names = ['dir', 'class', 'style', 'lang'];
  document.querySelectorAll('main *').forEach(e => names.forEach(name => e.removeAttribute(name)));
  document.querySelectorAll('main, main *').forEach(e => e.normalize());
}"""


def drawn_numbers(page: Page, html: str, direction: str) -> list[str]:
    """The phone numbers of ``html`` as they are drawn in text of this direction, without any markup of
    direction."""
    # A number on two lines could not be read from left to right.
    head = '<!DOCTYPE html><meta charset="utf-8"><style>a{white-space:nowrap}</style>'
    page.set_content(f'{head}<main dir="{direction}">{html}</main>')
    page.evaluate(_STRIPPED)
    return [" ".join(text.split()) for text in page.evaluate(_DRAWN)]


def without(text: str, characters: Iterable[str]) -> str:
    """``text`` without these characters."""
    return text.translate({ord(char): None for char in characters})
