"""Where built pages are, and what tests do with them in a browser."""

from pathlib import Path

from playwright.sync_api import Page

from parentguide.model.output import Edition

# The text spacing of WCAG 1.4.12.
SPACING = """* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}
p {margin-bottom: 2em !important}"""
# The page's policy does not stop such a style sheet, just as it does not stop a reader's own.
_SET_STYLE = """text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet]; }"""
_SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# The ids among those given whose elements are missing, invisible or empty.
_UNSEEN = """ids => ids.filter(id => {
  const element = document.getElementById(id);
  if (!element || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return true;
  const box = element.getBoundingClientRect();
  return box.width === 0 || box.height === 0;
})"""


def folder_of(output: Path, edition: Edition) -> Path:
    """The folder of an edition's files."""
    return output / edition.guide.slug / edition.language.tag


def address(output: Path, edition: Edition) -> str:
    """The address of an edition's page."""
    return (folder_of(output, edition) / "index.html").as_uri()


def host_page(fragment: str, style: str = "") -> str:
    """A page of a school's website with the fragment pasted into it."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>News</title></head>'
        f'<body style="{style}"><main><h1>News</h1>{fragment}</main></body></html>'
    )


def add_style(page: Page, text: str) -> None:
    """Add a style sheet to the page that is open; an empty one takes it away."""
    page.evaluate(_SET_STYLE, text)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate(_SCROLLS))


def unseen(page: Page, ids: list[str]) -> list[str]:
    """The ids whose elements nobody sees; it also works where the page's scripts do not run."""
    found: list[str] = page.evaluate(_UNSEEN, ids)
    return found
