"""The check page's messages are checked only when the page is made."""

from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, build_guides, plan
from parentguide.project.project import Project
from parentguide.review import judgement
from parentguide.review.check_report import CheckReport
from tests.unit.review.conftest import translate

REQUEST = BuildRequest(languages=("pl",), formats=("check",))


def forbid_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_: object) -> None:
        raise AssertionError("a check ran")

    monkeypatch.setattr(judgement, "MESSAGE_CHECKS", (check,))


def test_a_plan_runs_no_check_and_the_page_runs_them_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (edition,) = plan(Project(root), REQUEST).editions
    assert len(edition.messages) == 128
    with monkeypatch.context() as patched:
        forbid_checks(patched)
        (again,) = plan(Project(root), REQUEST).editions
        assert again.messages == edition.messages
        with pytest.raises(AssertionError, match="a check ran"):
            again.messages[0]
    assert isinstance(edition.messages, CheckReport)
    assert edition.messages[0].context == "title"
    assert [message.context for message in edition.messages[:2]] == ["title", edition.messages[1].context]


def test_an_unchanged_page_is_kept_without_a_check(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert build_guides(Project(root), REQUEST, out).made == 1
    forbid_checks(monkeypatch)
    assert build_guides(Project(root), REQUEST, out).nothing_new
    translate(root, {"title": "Inny tytuł"})
    with pytest.raises(AssertionError, match="a check ran"):
        build_guides(Project(root), REQUEST, out)


def test_an_accepted_finding_is_shown_with_its_reason(root: Path) -> None:
    translate(root, {"call": "Do kogo możesz zadzwonić pod 7"})
    accepted = root / "locales/pl/accepted.toml"
    entry = '[[accepted]]\ncode = "PG522"\ncontext = "call"\nreason = "Seven is a name."\n'
    accepted.write_text(entry, "utf-8")
    (edition,) = plan(Project(root), REQUEST).editions
    (message,) = [message for message in edition.messages if message.context == "call"]
    (finding,) = [finding for finding in message.findings if finding.startswith("PG522")]
    assert finding.endswith(". Looked at: Seven is a name.")
