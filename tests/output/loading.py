"""How soon a page is seen on a slow phone, and whether it moves while it loads. ``make bench`` prints it."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
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
# Two frames after the page is whole: what it moves then has been reported.
_SETTLED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
  () => setTimeout(() => done([seen.largest, seen.moved]), 100))))"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One visit: milliseconds to the largest contentful paint, and the cumulative layout shift."""

    largest: float
    moved: float


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server that sends the HTML files of ``folder`` compressed, as web servers do."""

    class Compressed(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / unquote(self.path).lstrip("/")
            found = path.suffix == ".html" and path.is_file()
            body = gzip.compress(path.read_bytes()) if found else b""
            self.send_response(200 if found else 404)
            if found:
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Compressed) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def visit(browser: Browser, address: str) -> Loaded:
    """Load a page for the first time on the slow phone."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    try:
        page = context.new_page()
        page.add_init_script(f"({_OBSERVE})()")
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP},
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="load")
        largest, moved = page.evaluate(_SETTLED)
        return Loaded(largest, moved)
    finally:
        context.close()
