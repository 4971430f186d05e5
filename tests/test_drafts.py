"""Machine drafts: whatever an engine answers, no wrong text lands in a catalog, and nothing is lost."""

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
from collections.abc import Iterator
from datetime import date
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import deep_translator.constants as engine_codes
import pytest
import requests
from babel.messages.pofile import read_po
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from sacrebleu import corpus_bleu, corpus_chrf
from tenacity import RetryCallState, Retrying

from parentguide import Project
from parentguide.cli.main import main
from parentguide.errors import ProjectError
from parentguide.machine import language_codes
from parentguide.machine.answer_cache import AnswerCache
from parentguide.machine.engine import Engine, TranslationJob, TranslationOutcome
from parentguide.machine.http import WIRE, Wire
from parentguide.machine.jobs import missing, write_drafts
from parentguide.machine.placeholders import protect, restore
from parentguide.machine.providers import PROVIDERS, Access, provider
from parentguide.machine.pseudo_locale import pseudo
from parentguide.model import markup
from parentguide.project.project import default_root
from parentguide.review.ledger import Kind
from parentguide.review.status import ledger
from parentguide.translation import po
from tests.conftest import need
from tests.test_review import put, sheet, states
from tests.test_review import right as right_answer

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
    """The five protocols on loopback, with a fault."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.fault = ""
        self.asked: Counter[str] = Counter()
        self.last = "QX1XQ"
        self.delay = 0.0
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """A client that was killed is part of the tests."""


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
        self._fault(engine, text, pseudo(text))
        self.server.last = pseudo(text)

    def _fault(self, engine: str, text: str, good: str) -> None:  # noqa: PLR0911 - one for each fault
        fault, first = self.server.fault, self.server.asked[text] == 1
        if fault == "429 once" and first:
            return self._send(429, _error(429_001), {"Retry-After": "0"})
        if fault == "500 once" and first:
            return self._send(500, _error(500_000))
        if fault in ("429", "500", "403", "401"):
            return self._send(int(fault), _error(int(fault) * 1000))
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


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The service, in place of the hosts that deep-translator knows; nothing else is reached."""
    server = Service()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    call = Wire._call

    def here(wire: Wire, method: str, url: str, options: dict[str, Any]) -> requests.Response:
        parts = urlsplit(url)
        if parts.hostname in HOSTS:
            rest = parts.path + (f"?{parts.query}" if parts.query else "")
            assert parts.scheme == "https", "in the clear"
            url = f"{server.url}/{HOSTS[parts.hostname]}{rest}"
        assert urlsplit(url).hostname == "127.0.0.1", url
        return call(wire, method, url, options)

    monkeypatch.setattr(Wire, "_call", here)
    monkeypatch.setattr(WIRE, "timeout", (60.0, 60.0))  # a slow machine is no fault
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


def engine(name: str, service: Service, folder: Path) -> Engine:
    access = Access(KEY, f"{service.url}/{name}")
    return Engine(provider(name), access, AnswerCache(folder / "answers"), rate=10_000, first_wait=0.001)


def jobs() -> list[TranslationJob]:
    template = Project().source_messages("cse")
    chosen = ("title", "lead", "call", "call-999", "call-nspcc", "fact-consent", "sign-secretive")
    return [TranslationJob("cse", c, template[c].english) for c in chosen if c in template]


def drafted(name: str, service: Service, folder: Path) -> list[TranslationOutcome]:
    work, chosen = engine(name, service, folder), provider(name)
    language = Project().language("pl")
    own = language_codes.code(chosen.table, "es") or "es"
    return list(work.drafts(jobs(), language, chosen.code("en"), own, {}))


def right(job: TranslationJob) -> str:
    """What the service makes of a message when nothing goes wrong."""
    masked = protect(job.text, f"{job.domain}/{job.context}")
    return restore(pseudo(masked.text), masked)[0]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", ["", "429 once", "500 once"])
def test_every_engine_drafts_what_it_is_asked(
    name: str, fault: str, service: Service, tmp_path: Path
) -> None:
    service.fault = fault
    outcomes = drafted(name, service, tmp_path)
    assert [(o.text, o.reason) for o in outcomes] == [(right(job), "") for job in jobs()]
    before = service.asked.total()
    assert drafted(name, service, tmp_path) == outcomes
    assert service.asked.total() == before, "what is kept is not asked for again"


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
def test_no_fault_ends_in_a_wrong_text(
    name: str, fault: str, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.fault = fault
    if fault == "time-out":
        monkeypatch.setattr(WIRE, "timeout", (60.0, 0.12))
    outcomes = drafted(name, service, tmp_path)
    assert [outcome.job for outcome in outcomes] == jobs()
    for outcome in outcomes:
        assert outcome.text == ""
        assert outcome.reason
        assert KEY not in outcome.reason
        assert "Traceback" not in outcome.reason
    kept = list((tmp_path / "answers").rglob("*.json"))
    assert kept == [], "nothing refused is kept"


@pytest.mark.parametrize("name", ["libre", "microsoft"])
def test_a_key_that_is_not_accepted_is_not_tried_for_every_message(
    service: Service, tmp_path: Path, name: str
) -> None:
    service.fault = "403"
    outcomes = drafted(name, service, tmp_path)
    assert {o.reason for o in outcomes} == {"the service does not accept the key"}
    assert service.asked.total() == 1


@pytest.mark.parametrize("name", ENGINES)
def test_eight_at_a_time_never_get_each_other_s_answers(name: str, service: Service, tmp_path: Path) -> None:
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


def test_a_service_that_asks_for_time_gets_it() -> None:
    work = Engine(provider("google"), Access(), AnswerCache(), first_wait=1)
    state = RetryCallState(Retrying(), None, (), {})
    assert work._wait(state) == 1
    WIRE._thread.retry_after = 17.0
    assert work._wait(state) == 17
    WIRE._thread.retry_after = 86_400.0
    assert work._wait(state) == 60
    WIRE._thread.retry_after = 0.0


TEXT = st.lists(
    st.sampled_from(
        ["Call {nspcc}", "**now**", "18", "16-17", "the **{ceop} page**", "word", "1,000", "(CSE)", "."]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@settings(max_examples=3_000, deadline=None)
@given(text=TEXT, other=TEXT)
def test_what_is_masked_comes_back(text: str, other: str) -> None:
    masked = protect(text, "a")
    assert not re.search(r"\{|\*\*|(?<![QX\d])\d+(?![\dX])", masked.text)
    back, reason = restore(masked.text.replace("word", "mot"), masked)
    assert reason == ""
    assert back == text.replace("word", "mot")
    assert markup.broken_markup(text, back) == ""
    # Cut anywhere, or another message's: refused.
    for cut in range(len(masked.text) - 1):
        assert restore(masked.text[:cut], masked)[1]
    assert restore(protect(other, "b").text, masked)[1]


def test_every_code_is_one_that_the_engine_knows() -> None:
    for table, known in (
        (language_codes.GOOGLE, engine_codes.GOOGLE_LANGUAGES_TO_CODES),
        (language_codes.MYMEMORY, engine_codes.MY_MEMORY_LANGUAGES_TO_CODES),
        (language_codes.LIBRE, engine_codes.LIBRE_LANGUAGES_TO_CODES),
    ):
        given_ = [code for tag in (*language_codes.FORTY, "en") if (code := language_codes.code(table, tag))]
        assert set(given_) <= set(known.values())
        assert len(set(given_)) == len(given_), "two languages with one code"
    assert set(Project().languages) <= {*language_codes.FORTY, "en"}
    assert len(language_codes.FORTY) == 40


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A project with an empty Spanish."""
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


def test_drafts_are_fuzzy_signed_by_the_engine_and_never_shown(scratch: Path, tmp_path: Path) -> None:
    said = run(scratch, "draft", "es", "--provider", "pseudo", "--only", "title", "--only", "call-nspcc")
    assert said == "Spanish: 2 of 2 written as fuzzy drafts\n"
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


def test_a_person_who_accepts_a_draft_on_the_review_sheet_lets_it_be_shown(scratch: Path) -> None:
    run(scratch, "draft", "es", "--provider", "pseudo", "--only", "title", "--only", "lead")

    def fill(_: Worksheet, review: Worksheet) -> None:
        put(review, "title", "review.verdict", right_answer(review))

    said = run(scratch, "review", "import", str(sheet(scratch, "es", fill)), "--yes")
    assert "1 signed" in said
    catalog = Project(scratch).catalog(Project(scratch).language("es"), "cse")
    assert (catalog["title"].fuzzy, catalog["lead"].fuzzy) == (False, True)
    assert {c for c, s in states(scratch, "es").items() if s == "checked"} == {"title"}


def test_a_translation_is_never_touched(scratch: Path) -> None:
    project = Project(scratch)
    spanish = project.language("es")
    path = project.catalog_path(spanish, "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"title": "Mi texto"}, path))
    work = missing(Project(scratch), spanish, ())
    assert "title" not in {job.context for job in work}
    # Somebody translates while the machine is at it.
    path.write_bytes(po.with_translations(path.read_bytes(), {"lead": "También mío"}, path))
    outcomes = [TranslationOutcome(job, f"{job.text} ñ") for job in work]
    write_drafts(Project(scratch), spanish, outcomes, "x", date(2026, 11, 24))
    catalog = Project(scratch).catalog(spanish, "cse")
    assert (catalog["title"].text, catalog["title"].fuzzy) == ("Mi texto", False)
    assert (catalog["lead"].text, catalog["lead"].fuzzy) == ("También mío", False)
    assert catalog["call"].fuzzy


def test_back_translations_are_added_with_their_origin(scratch: Path) -> None:
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
        (("cy", "--provider", "google"), "there is no language"),
        (("pl", "--provider", "apertium", "--url", "http://x"), "has no machine translation for “pl”"),
        (("pl", "--provider", "libre"), "needs a server's address"),
        (("pl", "--provider", "libre", "--url", "file:///etc/passwd"), "is no address"),
        (("pl", "--provider", "microsoft"), "needs a key"),
        (("en", "--provider", "pseudo"), "English is what is translated"),
        (("pl", "--provider", "pseudo", "--only", "nothing"), "there is no message “nothing”"),
    ],
)
def test_what_cannot_be_done_is_said(scratch: Path, arguments: tuple[str, ...], said: str) -> None:
    done = CliRunner(env=dict.fromkeys(("LIBRETRANSLATE_URL", "MICROSOFT_TRANSLATOR_KEY"))).invoke(
        main, ["draft", *arguments, "--project", str(scratch)]
    )
    assert done.exit_code not in (0, 1)
    assert said in done.output
    assert "What to do:" in done.output


def test_the_list_of_engines_says_what_leaves_the_machine() -> None:
    done = CliRunner().invoke(main, ["draft", "--list-providers"])
    assert done.exit_code == 0
    assert done.output.count("what leaves this machine:") == len(PROVIDERS)
    with pytest.raises(ProjectError, match="no machine translation"):
        provider("google").code("pa-Arab")


def _draft(scratch: Path, url: str) -> None:
    # A shell that starts the tests in the background lets them ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    CliRunner().invoke(
        main, ["draft", "es", "--provider", "apertium", "--url", url, "--project", str(scratch)]
    )


def test_killed_at_any_moment_the_catalog_is_valid_and_nothing_finished_is_asked_for_twice(
    scratch: Path, service: Service
) -> None:
    service.delay = 0.02
    random.seed(20261124)
    context = multiprocessing.get_context("fork")
    kills = 0
    url = f"{service.url}/apertium"
    for _ in range(50):
        process = context.Process(target=_draft, args=(scratch, url))
        process.start()
        process.join(random.uniform(0.05, 0.4))  # noqa: S311 - a moment, no secret
        if process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.join()
        project = Project(scratch)
        for domain in ("cse", "interface"):
            catalog = project.catalog(project.language("es"), domain)
            assert all(m.fuzzy for m in catalog.values() if m.text)
            ledger(project, project.language("es"), domain)
    _draft(scratch, url)
    project = Project(scratch)
    spanish = project.language("es")
    left = missing(project, spanish, ())
    wanted = {job.text for domain in ("cse", "interface") for job in _all(project, domain)}
    assert len(left) < len(wanted) / 4, [job.context for job in left]
    # What was under way when a kill came is the only thing that may be asked for again; what was
    # refused has nothing to keep.
    refused = {protect(job.text, f"{job.domain}/{job.context}").text for job in left}
    again = sum(count - 1 for text, count in service.asked.items() if text not in refused)
    assert kills >= 5
    assert again <= kills


def test_ctrl_c_keeps_what_has_come(scratch: Path, service: Service) -> None:
    service.delay = 0.05
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_draft, args=(scratch, f"{service.url}/apertium/c"))
    process.start()
    for _ in range(500):
        if service.asked.total() > 5:
            break
        time.sleep(0.01)
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    process.join(10)
    assert not process.is_alive()
    project = Project(scratch)
    texts = [m for d in ("cse", "interface") for m in project.catalog(project.language("es"), d).values()]
    drafts = [m for m in texts if m.text]
    assert 2 < len(drafts) < len(texts)
    assert all(m.fuzzy for m in drafts)


def _all(project: Project, domain: str) -> list[TranslationJob]:
    return [TranslationJob(domain, c, m.english) for c, m in project.source_messages(domain).items()]


def test_apertium_drafts_the_whole_guide(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A real engine, on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [need("apertium-apy"), "-p", str(port), "-j", "1", "/usr/share/apertium/modes"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            try:
                if requests.get(f"{url}/listPairs", timeout=2).ok:
                    break
            except requests.RequestException:
                time.sleep(0.2)
        done = CliRunner().invoke(
            main, ["draft", "es", "--provider", "apertium", "--url", url, "--project", str(scratch)]
        )
    finally:
        server.terminate()
        server.wait(10)
    assert "Traceback" not in done.output
    project = Project(scratch)
    spanish = project.language("es")
    catalog = project.catalog(spanish, "cse")
    template = project.source_messages("cse")
    made = [c for c, m in catalog.items() if m.text]
    assert len(made) > len(template) / 2, done.output
    for context in made:
        assert catalog[context].fuzzy
        assert markup.broken_markup(template[context].english, catalog[context].text) == ""
    ours = read_po(BytesIO((default_root() / "locales/es/LC_MESSAGES/cse.po").read_bytes()))
    reference = {m.context: str(m.string) for m in ours if m.id and m.string}
    both = [c for c in made if c in reference]
    drafts = [markup.plain(catalog[c].text) for c in both]
    wanted = [[markup.plain(reference[c]) for c in both]]
    with capsys.disabled():
        print(
            f"\nApertium: {len(made)} of {len(template)} messages drafted; against our Spanish"
            f" chrF {corpus_chrf(drafts, wanted).score:.1f}, BLEU {corpus_bleu(drafts, wanted).score:.1f}"
        )
