"""Findings that are new since an earlier revision, and approvals that no longer count."""

from collections.abc import Iterator

from parentguide.checks import Finding, Severity, run_checks
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.status import DRAFT, MessageReview, language_review


def new_findings(project: Project, before: Project) -> Iterator[Finding]:
    """The findings that there were not ``before``, and PG580: an approval that no longer counts."""
    known = {_key(finding, before) for finding in run_checks(before)}
    for finding in run_checks(project):
        if _key(finding, project) not in known:
            yield finding
    yield from _outgrown(project, before)


def _key(finding: Finding, project: Project) -> tuple[str, str, str]:
    # Without the line: what stands above a finding may have grown.
    return finding.code, finding.path.resolve().relative_to(project.root).as_posix(), finding.message


def _outgrown(project: Project, before: Project) -> Iterator[Finding]:
    for tag, language in project.languages.items():
        if language.is_source or tag not in before.languages:
            continue
        old = {
            (message.domain, message.context): message.state
            for message in language_review(before, before.languages[tag], domains(before)).messages
        }
        for message in language_review(project, language, domains(project)).messages:
            state = old.get((message.domain, message.context), DRAFT)
            if message.state == DRAFT != state:
                yield _finding(message, state, project, tag)


def _finding(message: MessageReview, state: str, project: Project, tag: str) -> Finding:
    language = project.languages[tag]
    return Finding(
        "PG580",
        Severity.WARNING,
        project.catalog_path(language, message.domain),
        project.catalog(language, message.domain)[message.context].line,
        f"“{message.context}” is no longer {state}: the words are not those that were approved",
        "Have it reviewed again; if only the English wording changed, “parentguide review wording”.",
    )
