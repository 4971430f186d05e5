"""How soon a page is seen on a slow phone, and whether it moves while it loads. ``make bench`` prints it."""

import gzip
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from urllib.parse import unquote

from playwright.sync_api import Browser, ViewportSize

PHONE: ViewportSize = {"width": 375, "height": 667}
# A cheap phone in a place with weak reception: bytes a second, milliseconds, times slower than this machine.
DOWN, UP = 1_600_000 // 8, 750_000 // 8
LATENCY = 150
SLOWER = 4
# Chromium reports the largest paint and each shift of what was painted; both may come before anyone asks.
_OBSERVE = """() => {
  window.seen = {largest: 0, moved: 0, what: ''};
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    seen.largest = entry.startTime; seen.what = entry.element ? entry.element.tagName : '';
  })).observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(entry => { seen.moved += entry.value; }))
    .observe({type: 'layout-shift', buffered: true});
}"""
# A page in pieces: the browser paints each before the next one comes. The first ones have the first screen.
PIECE, PIECES, PAUSE = 200, 40, 0.025
# Two frames after the page is whole: what it moves then has been reported.
_SETTLED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
  () => setTimeout(() => done([seen.largest, seen.moved,
    document.getAnimations().filter(animation => animation.animationName === 'arrive').length]), 100))))"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One visit: milliseconds to the largest contentful paint, the cumulative layout shift, and the number of
    parts that still wait to be shown although the page is whole (style.css)."""

    largest: float
    moved: float
    waiting: int


@contextmanager
def served(folder: Path, slowly: bool = False) -> Iterator[str]:
    """The address of a server that sends the HTML files of ``folder`` compressed, as web servers do.

    ``slowly``: in pieces of :data:`PIECE` bytes instead, with pauses, wherever they cut the words.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / unquote(self.path).lstrip("/")
            if path.suffix != ".html" or not path.is_file():
                self._send(404, b"")
            elif slowly:
                self._send_in_pieces(path.read_bytes())
            else:
                html = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"}
                self._send(200, gzip.compress(path.read_bytes()), html)

        def _send(self, status: int, body: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _send_in_pieces(self, html: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            start = max(0, html.find(b"<body"))
            cuts = [start + PIECE * number for number in range(PIECES)]
            for begin, end in pairwise([0, *(cut for cut in cuts if 0 < cut < len(html)), len(html)]):
                self.wfile.write(b"%x\r\n%s\r\n" % (end - begin, html[begin:end]))
                self.wfile.flush()
                time.sleep(PAUSE)
            self.wfile.write(b"0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def visit(browser: Browser, address: str, slow: bool = True) -> Loaded:
    """Load a page for the first time on a phone; ``slow`` as :data:`DOWN` and the others say."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    try:
        page = context.new_page()
        page.add_init_script(f"({_OBSERVE})()")
        session = context.new_cdp_session(page)
        if slow:
            session.send("Network.enable")
            session.send(
                "Network.emulateNetworkConditions",
                {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP},
            )
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="load")
        return Loaded(*page.evaluate(_SETTLED))
    finally:
        context.close()
