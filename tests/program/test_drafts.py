"""Machine drafts: no answer of an engine puts a wrong text into a catalog, and no finished draft is lost."""

import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import deep_translator.constants as engine_codes
import pytest
import requests
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from requests.adapters import HTTPAdapter

from parentguide import Project
from parentguide.cli.main import main
from parentguide.errors import ProjectError
from parentguide.machine.answer_cache import AnswerCache
from parentguide.machine.engine import Engine, TranslationJob, TranslationOutcome
from parentguide.machine.errors import ErrorKind, RejectedAnswerError
from parentguide.machine.http import HttpClient
from parentguide.machine.jobs import draft_jobs, write_drafts
from parentguide.machine.placeholders import protect, restore
from parentguide.machine.providers import PROVIDERS, provider
from parentguide.machine.pseudo_locale import pseudolocalise
from parentguide.machine.request import Access
from parentguide.model import markup
from parentguide.project.project import default_root
from parentguide.review.ledger import Kind
from parentguide.review.status import ledger
from parentguide.translation import po
from tests.conftest import need
from tests.profile import cases
from tests.program.test_review import put, sheet, states
from tests.program.test_review import right as right_answer

KEY = "s3cret-key-0815"
HOSTS = {
    "translate.google.com": "google",
    "api.mymemory.translated.net": "mymemory",
    "api.cognitive.microsofttranslator.com": "microsoft",
}
ENGINES = ("google", "mymemory", "libre", "microsoft", "apertium")


def _error(code: int) -> str:
    """An error as Microsoft writes it, with the key in it."""
    return json.dumps({"error": {"code": code, "message": f"bad key {KEY}"}})


class Service(ThreadingHTTPServer):
    """The protocols of five engines on loopback, with the fault that a test sets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.fault = ""
        self.asked: Counter[str] = Counter()
        self.last = "QX1XQ"
        self.delay = 0.0
        self.retry_after = "0"
        self.over = threading.Event()
        # A slow machine is not a fault.
        self.time_limits = (60.0, 60.0)
        self.requests: list[tuple[str, str | None, tuple[float, float]]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """Some tests kill the client."""


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        engine, parts = self.path.split("/")[1], urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        text = json.loads(body)[0]["text"] if engine == "microsoft" else query["q"]
        self.server.asked[text] += 1
        if self.server.delay:
            time.sleep(random.uniform(0, self.server.delay))  # noqa: S311 - no secret
        self._fault(engine, text, pseudolocalise(text))
        self.server.last = pseudolocalise(text)

    def _fault(self, engine: str, text: str, good: str) -> None:  # noqa: PLR0911 - one for each fault
        fault, first = self.server.fault, self.server.asked[text] == 1
        if fault == "429 once" and first:
            return self._send(429, _error(429_001), {"Retry-After": "0"})
        if fault == "500 once" and first:
            return self._send(500, _error(500_000))
        if fault in ("429", "500", "403", "401"):
            headers = {"Retry-After": self.server.retry_after} if fault == "429" else {}
            return self._send(int(fault), _error(int(fault) * 1000), headers)
        if fault == "time-out":
            self.server.over.wait()
            return None
        if fault == "cut off":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b'{"tran')
            return None
        if fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
            return None
        if fault == "html":
            return self._send(
                200, "<!DOCTYPE html><html><title>Sign in</title><body>Please sign in</body></html>"
            )
        if fault == "redirect":
            return self._send(302, "", {"Location": "http://127.0.0.1:9/"})
        if fault == "endless":
            return self._send(200, " " * 1_500_000)
        answers = {
            "": good,
            "429 once": good,
            "500 once": good,
            "half": good[: len(good) // 2],
            "quota": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.",
            "swapped": self.server.last,
            "marks": re.sub(r"QX(\d)", r"Q\1", good),
            "twice": f"{good} {good}",
            "unchanged": text,
            "empty": "",
            "blank": "   ",
            "null": None,
            "number": 7,
            "script": re.sub(r"[a-zA-ZÀ-ž]+(?![\dX])", "слово", good),
            "long": good.replace(" ", " ý" * 400 + " ", 1),
            "page": f"<html><body>{good}</body></html>",
            "key": f"{KEY} {good}",
        }
        return self._send(200, self._body(engine, answers[fault]))

    def _body(self, engine: str, answer: object) -> str:
        match engine:
            case "google":
                shown = "" if answer is None else escape(str(answer))
                return f'<html><div class="result-container">{shown}</div></html>'
            case "mymemory" | "apertium":
                return json.dumps({"responseData": {"translatedText": answer}, "matches": []})
            case "libre":
                return json.dumps({"translatedText": answer})
            case _:
                return json.dumps([{"translations": [{"text": answer, "to": "es"}]}])

    def _send(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
        data = body.encode("utf-8")
        self.send_response(status)
        kind = "text/html" if body.startswith("<") else "application/json"
        own = {"Content-Type": f"{kind}; charset=UTF-8", "Content-Length": str(len(data))}
        for name, value in {**own, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


class ToService(HTTPAdapter):
    """Sends each request to the service, in place of the hosts that deep-translator knows."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.service = service

    def send(self, request: requests.PreparedRequest, *others: Any, **options: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        self.service.requests.append((parts.scheme, parts.hostname, options["timeout"]))
        if parts.hostname in HOSTS:
            rest = parts.path + (f"?{parts.query}" if parts.query else "")
            request.url = f"{self.service.url}/{HOSTS[parts.hostname]}{rest}"
        return super().send(request, *others, **options)


@pytest.fixture
def service() -> Iterator[Service]:
    """The service on loopback. Each request had a time limit, was encrypted, and followed no redirect."""
    server = Service()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()
    hosts = {(scheme, host) for scheme, host, _ in server.requests}
    assert hosts <= {("https", host) for host in HOSTS} | {("http", "127.0.0.1")}
    assert {limits for *_, limits in server.requests} <= {server.time_limits}


def client(service: Service) -> HttpClient:
    def open_session() -> requests.Session:
        session = requests.Session()
        for scheme in ("http://", "https://"):
            session.mount(scheme, ToService(service))
        return session

    return HttpClient(service.time_limits, open_session)


def engine(
    name: str,
    service: Service,
    folder: Path,
    first_wait: float = 0.001,
    sleep: Callable[[float], None] = time.sleep,
) -> Engine:
    return Engine(
        provider(name),
        Access(KEY, f"{service.url}/{name}"),
        AnswerCache(folder / "answers"),
        rate=10_000,
        first_wait=first_wait,
        http=client(service),
        sleep=sleep,
    )


def jobs() -> list[TranslationJob]:
    template = Project().source_messages("cse")
    chosen = ("title", "lead", "call", "call-999", "call-nspcc", "fact-consent", "sign-secretive")
    return [TranslationJob("cse", c, template[c].english) for c in chosen if c in template]


def drafted(name: str, service: Service, folder: Path) -> list[TranslationOutcome]:
    work, chosen = engine(name, service, folder), provider(name)
    language = Project().language("pl")
    return list(work.drafts(jobs(), language, chosen.code("en"), chosen.code("es"), {}))


def right(job: TranslationJob) -> str:
    """The answer of the service for a message when it has no fault."""
    protected = protect(job.text, f"{job.domain}/{job.context}")
    return restore(pseudolocalise(protected.text), protected)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", ["", "429 once", "500 once"])
def test_each_engine_drafts_all_messages(name: str, fault: str, service: Service, tmp_path: Path) -> None:
    service.fault = fault
    outcomes = drafted(name, service, tmp_path)
    assert [(o.text, o.reason) for o in outcomes] == [(right(job), "") for job in jobs()]
    before = service.asked.total()
    assert drafted(name, service, tmp_path) == outcomes
    assert service.asked.total() == before, "a kept answer is requested again"


FAULTS = [
    "429",
    "500",
    "403",
    "401",
    "time-out",
    "cut_off",
    "reset",
    "html",
    "redirect",
    "endless",
    "half",
    "quota",
    "swapped",
    "marks",
    "twice",
    "unchanged",
    "empty",
    "blank",
    "null",
    "number",
    "script",
    "long",
    "page",
    "key",
]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", [fault.replace("_", " ") for fault in FAULTS])
def test_no_fault_of_a_service_gives_a_wrong_text(
    name: str, fault: str, service: Service, tmp_path: Path
) -> None:
    service.fault = fault
    if fault == "time-out":
        service.time_limits = (60.0, 0.02)
    outcomes = drafted(name, service, tmp_path)
    assert [outcome.job for outcome in outcomes] == jobs()
    for outcome in outcomes:
        assert outcome.text == ""
        assert outcome.reason
        assert KEY not in outcome.reason
        assert "Traceback" not in outcome.reason
    kept = list((tmp_path / "answers").rglob("*.json"))
    assert kept == [], "a refused answer is kept"


@pytest.mark.parametrize("name", ["libre", "microsoft"])
def test_a_rejected_key_is_tried_once(service: Service, tmp_path: Path, name: str) -> None:
    service.fault = "403"
    outcomes = drafted(name, service, tmp_path)
    assert {o.error for o in outcomes} == {ErrorKind.KEY_REJECTED}
    assert {o.reason for o in outcomes} == {"the service does not accept the key"}
    assert service.asked.total() == 1


@pytest.mark.parametrize("name", ENGINES)
def test_eight_threads_get_their_own_answers(name: str, service: Service, tmp_path: Path) -> None:
    service.delay = 0.02
    results: list[list[TranslationOutcome]] = []

    def work(number: int) -> None:
        results.append(drafted(name, service, tmp_path / str(number)))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = [right(job) for job in jobs()]
    assert [[o.text for o in outcomes] for outcomes in results] == [wanted] * 8


@pytest.mark.parametrize(
    ("retry_after", "expected"),
    [("0", [1, 2, 4]), ("3", [3, 3, 4]), ("17", [17, 17, 17]), ("86400", [60, 60, 60]), ("soon", [1, 2, 4])],
)
def test_engine_waits_as_long_as_the_service_requests(
    retry_after: str, expected: list[float], service: Service, tmp_path: Path
) -> None:
    """The wait doubles, is at least the Retry-After of the service, and at most a minute."""
    service.fault, service.retry_after = "429", retry_after
    waits: list[float] = []
    work = engine("apertium", service, tmp_path, first_wait=1, sleep=waits.append)
    list(work.drafts(jobs()[:1], Project().language("es"), "eng", "spa", {}))
    # The engine also sleeps to keep its rate, which is 10,000 a second here.
    assert [wait for wait in waits if wait > 0.5] == expected


TEXT = st.lists(
    st.sampled_from(
        ["Call {nspcc}", "**now**", "18", "16-17", "the **{ceop} page**", "word", "1,000", "(CSE)", "."]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@settings(max_examples=cases(3_000), deadline=None)
@given(text=TEXT, other=TEXT)
def test_protected_text_is_restored(text: str, other: str) -> None:
    protected = protect(text, "a")
    assert not re.search(r"\{|\*\*|(?<![QX\d])\d+(?![\dX])", protected.text)
    back = restore(protected.text.replace("word", "mot"), protected)
    assert back == text.replace("word", "mot")
    assert markup.broken_markup(text, back) == ""
    # A text that is cut, or belongs to another message, is rejected.
    wrong = [protected.text[:cut] for cut in range(len(protected.text) - 1)]
    for answer in (*wrong, protect(other, "b").text):
        with pytest.raises(RejectedAnswerError):
            restore(answer, protected)


def test_deep_translator_accepts_the_code_of_each_language() -> None:
    for name, known in (
        ("google", engine_codes.GOOGLE_LANGUAGES_TO_CODES),
        ("mymemory", engine_codes.MY_MEMORY_LANGUAGES_TO_CODES),
        ("libre", engine_codes.LIBRE_LANGUAGES_TO_CODES),
    ):
        found = [code for tag in Project().languages if (code := provider(name).find_code(tag))]
        assert set(found) <= set(known.values())
        assert len(set(found)) == len(found), "two languages have the same code"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A project whose Spanish catalogs are empty."""
    root = tmp_path / "mine"
    shutil.copytree(default_root() / "locales", root / "locales")
    shutil.rmtree(root / "locales" / "es", ignore_errors=True)
    tables = root / "locales" / "languages.toml"
    text = re.sub(r"\n\[es\]\n(?:(?!\n\[).)*", "\n", tables.read_text("utf-8"), flags=re.DOTALL)
    tables.write_text(text, "utf-8")
    run(root, "new-language", "es")
    return root


def run(root: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, [*arguments, "--project", str(root)])
    assert "Traceback" not in done.output
    assert done.exit_code == code, done.output
    return done.output


def test_drafts_are_fuzzy_name_their_engine_and_are_not_shown(scratch: Path, tmp_path: Path) -> None:
    said = run(scratch, "draft", "es", "--provider", "pseudo", "--only", "title", "--only", "call-nspcc")
    assert said.startswith("Spanish: 2 of 2 written as fuzzy drafts\nNext: ")
    project = Project(scratch)
    spanish = project.language("es")
    entry = project.catalog(spanish, "cse")["call-nspcc"]
    assert entry.fuzzy
    assert "{nspcc}" in entry.text
    records = ledger(project, spanish, "cse")
    assert {(r.context, r.kind, r.role) for r in records} == {
        ("title", Kind.MACHINE, provider("pseudo").version),
        ("call-nspcc", Kind.MACHINE, provider("pseudo").version),
    }
    refused = run(scratch, "build", "-l", "es", "--out", str(tmp_path / "o"), code=3)
    assert "title" in refused
    run(scratch, "build", "-l", "es", "-e", "web", "--allow-incomplete", "--out", str(tmp_path / "o"))
    page = (tmp_path / "o/cse/es/index.html").read_text("utf-8")
    assert project.catalog(spanish, "cse")["title"].text not in page


def test_a_draft_accepted_on_a_review_sheet_is_shown(scratch: Path) -> None:
    run(scratch, "draft", "es", "--provider", "pseudo", "--only", "title", "--only", "lead")

    def fill(_: Worksheet, review: Worksheet) -> None:
        put(review, "title", "review.verdict", right_answer(review))

    said = run(scratch, "review", "import", str(sheet(scratch, "es", fill)), "--yes")
    assert "1 signed" in said
    catalog = Project(scratch).catalog(Project(scratch).language("es"), "cse")
    assert (catalog["title"].fuzzy, catalog["lead"].fuzzy) == (False, True)
    assert {c for c, s in states(scratch, "es").items() if s == "checked"} == {"title"}


def test_a_language_more_in_languages_toml_is_drafted(scratch: Path, service: Service) -> None:
    """German is not one of the shipped languages: its code follows from the rule."""
    assert "de" not in Project(scratch).languages
    run(scratch, "new-language", "de")
    assert run(
        scratch, "draft", "de", "--provider", "libre", "--url", f"{service.url}/libre", "--only", "title"
    )
    entry = Project(scratch).catalog(Project(scratch).language("de"), "cse")["title"]
    assert entry.fuzzy
    assert entry.text == pseudolocalise(entry.english)
    codes = {name: provider(name).find_code("de") for name in ENGINES}
    assert codes == {"google": "de", "mymemory": "de-DE", "libre": "de", "microsoft": "de", "apertium": None}


def test_drafts_do_not_replace_translations(scratch: Path) -> None:
    project = Project(scratch)
    spanish = project.language("es")
    path = project.catalog_path(spanish, "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"title": "Mi texto"}, path))
    work = draft_jobs(Project(scratch), spanish, ())
    assert "title" not in {job.context for job in work}
    # Somebody translates a message while the engine works.
    path.write_bytes(po.with_translations(path.read_bytes(), {"lead": "También mío"}, path))
    outcomes = [TranslationOutcome(job, f"{job.text} ñ") for job in work]
    write_drafts(Project(scratch), spanish, outcomes, "x", date(2026, 11, 24))
    catalog = Project(scratch).catalog(spanish, "cse")
    assert (catalog["title"].text, catalog["title"].fuzzy) == ("Mi texto", False)
    assert (catalog["lead"].text, catalog["lead"].fuzzy) == ("También mío", False)
    assert catalog["call"].fuzzy


def test_back_translations_name_their_engine(scratch: Path) -> None:
    project = Project(scratch)
    polish = project.language("pl")
    path = project.catalog_path(polish, "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"title": "Nowe słowa o dziecku"}, path))
    before = project.back_translation(polish)
    assert "1 of 1 written" in run(
        scratch, "draft", "pl", "--back", "--only", "title", "--provider", "pseudo"
    )
    after = Project(scratch).back_translation(polish)
    assert after.messages["title"].origin == provider("pseudo").version
    assert {c: b for c, b in after.messages.items() if c != "title"} == {
        c: b for c, b in before.messages.items() if c != "title"
    }
    assert "nothing is missing" in run(
        scratch, "draft", "pl", "--back", "--only", "title", "--provider", "pseudo"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tlh", "--provider", "google"), "there is no language"),
        (("pl", "--provider", "apertium", "--url", "http://x"), "has no machine translation for “pl”"),
        (("pl", "--provider", "libre"), "needs a server's address"),
        (("pl", "--provider", "libre", "--url", "file:///etc/passwd"), "is not the address"),
        (("pl", "--provider", "microsoft"), "needs a key"),
        (("en", "--provider", "pseudo"), "English is what is translated"),
        (("pl", "--provider", "pseudo", "--only", "nothing"), "there is no message “nothing”"),
    ],
)
def test_impossible_requests_are_refused(scratch: Path, arguments: tuple[str, ...], said: str) -> None:
    done = CliRunner(env=dict.fromkeys(("LIBRETRANSLATE_URL", "MICROSOFT_TRANSLATOR_KEY"))).invoke(
        main, ["draft", *arguments, "--project", str(scratch)]
    )
    assert done.exit_code not in (0, 1)
    assert said in done.output
    assert "What to do:" in done.output


def test_the_list_of_engines_states_what_each_sends_away() -> None:
    done = CliRunner().invoke(main, ["draft", "--list-providers"])
    assert done.exit_code == 0
    assert done.output.count("what leaves this machine:") == len(PROVIDERS)
    with pytest.raises(ProjectError, match="no machine translation"):
        provider("google").code("pa-Arab")


def _draft(scratch: Path, url: str) -> None:
    # A shell that starts the tests in the background makes them ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    CliRunner().invoke(
        main, ["draft", "es", "--provider", "apertium", "--url", url, "--project", str(scratch)]
    )


def wait_for(condition: Callable[[], bool], process: multiprocessing.process.BaseProcess) -> None:
    """Return when the condition holds. The process must be alive until then."""
    while not condition():
        assert process.is_alive()
        time.sleep(0.005)


def spanish_is_valid(root: Path) -> None:
    """Catalogs and ledgers can be read, and each text is a draft."""
    project = Project(root)
    for domain in ("cse", "interface"):
        catalog = project.catalog(project.language("es"), domain)
        assert all(message.fuzzy for message in catalog.values() if message.text)
        ledger(project, project.language("es"), domain)


def all_is_drafted(root: Path, service: Service, kills: int) -> None:
    """The last run drafts what is left; only requests that a kill interrupted are repeated."""
    _draft(root, f"{service.url}/apertium")
    spanish_is_valid(root)
    project = Project(root)
    left = draft_jobs(project, project.language("es"), ())
    wanted = {job.text for domain in ("cse", "interface") for job in _all(project, domain)}
    assert len(left) < len(wanted) / 4, [job.context for job in left]
    # A refused answer is not kept, so it may be requested again in each run.
    refused = {protect(job.text, f"{job.domain}/{job.context}").text for job in left}
    again = sum(count - 1 for text, count in service.asked.items() if text not in refused)
    assert again <= kills


def test_a_killed_draft_leaves_valid_catalogs_and_keeps_its_answers(scratch: Path, service: Service) -> None:
    """A process is killed after its 1st, 6th and 20th request."""
    service.delay = 0.02
    context = multiprocessing.get_context("fork")
    counts = (1, 6, 20)
    for count in counts:
        process = context.Process(target=_draft, args=(scratch, f"{service.url}/apertium"))
        before = service.asked.total()
        process.start()
        wait_for(lambda target=before + count: service.asked.total() >= target, process)  # type: ignore[misc]
        process.kill()
        process.join()
        spanish_is_valid(scratch)
    all_is_drafted(scratch, service, len(counts))


@pytest.mark.slow
def test_a_draft_killed_at_random_moments_leaves_valid_catalogs(scratch: Path, service: Service) -> None:
    service.delay = 0.02
    random.seed(20261124)
    context = multiprocessing.get_context("fork")
    kills, turns = 0, cases(50)
    for _ in range(turns):
        process = context.Process(target=_draft, args=(scratch, f"{service.url}/apertium"))
        process.start()
        process.join(random.uniform(0.05, 0.4))  # noqa: S311 - a moment, not a secret
        if process.is_alive():
            process.kill()
            kills += 1
        process.join()
        spanish_is_valid(scratch)
    assert kills >= turns / 10
    all_is_drafted(scratch, service, kills)


def test_ctrl_c_keeps_finished_drafts(scratch: Path, service: Service) -> None:
    service.delay = 0.05
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_draft, args=(scratch, f"{service.url}/apertium/c"))
    process.start()
    wait_for(lambda: service.asked.total() > 5, process)
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    process.join(60)
    assert not process.is_alive()
    project = Project(scratch)
    texts = [m for d in ("cse", "interface") for m in project.catalog(project.language("es"), d).values()]
    drafts = [m for m in texts if m.text]
    assert 2 < len(drafts) < len(texts)
    assert all(m.fuzzy for m in drafts)


def _all(project: Project, domain: str) -> list[TranslationJob]:
    return [TranslationJob(domain, c, m.english) for c, m in project.source_messages(domain).items()]


@pytest.fixture
def apertium() -> Iterator[str]:
    """The address of a real Apertium on loopback."""
    program = need("apertium-apy")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [program, "-p", str(port), "-j", "1", "/usr/share/apertium/modes"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(url):
            assert server.poll() is None, "apertium-apy has ended"
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(60)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/listPairs", timeout=60).ok
    except requests.RequestException:
        return False


@pytest.mark.slow
def test_apertium_drafts_each_message_of_the_guide_or_gives_a_reason(scratch: Path, apertium: str) -> None:
    """Each message has a fuzzy draft in other words than the English with the same fields, or a reason."""
    done = CliRunner().invoke(
        main, ["draft", "es", "--provider", "apertium", "--url", apertium, "--project", str(scratch)]
    )
    assert "Traceback" not in done.output
    project = Project(scratch)
    spanish = project.language("es")
    template, catalog = project.source_messages("cse"), project.catalog(spanish, "cse")
    for context, message in template.items():
        draft = catalog[context]
        if not draft.text:
            assert context in done.output, "a message without a draft has no reason"
            continue
        assert draft.fuzzy
        assert draft.text != message.english
        assert markup.broken_markup(message.english, draft.text) == ""
    origin = provider("apertium").version
    records = ledger(project, spanish, "cse")
    assert {(r.kind, r.role) for r in records} == {(Kind.MACHINE, origin)}
    drafted = {c for c in template if catalog[c].text}
    assert len(drafted) > len(template) / 2, done.output
    assert {r.context for r in records} == drafted
    # Apertium translates from English to Spanish, so common words must appear.
    assert "niño" in "".join(catalog[c].text for c in template).lower()
