"""Findings that are new since an earlier revision, and approvals that no longer count since then."""

from collections.abc import Iterator

from parentguide.checks import Finding, Severity, run_checks
from parentguide.model.review_state import ReviewState
from parentguide.project.guide_choice import narrowed
from parentguide.project.pot import checked_domains, domains
from parentguide.project.project import Project
from parentguide.review.status import MessageReview, language_review


def new_findings(project: Project, before: Project) -> Iterator[Finding]:
    """The findings that ``before`` does not have, and PG580 for each approval that no longer counts.

    ``project`` may be one of some guides and languages; ``before`` is all of the earlier project.
    """
    known = {_key(finding, before) for finding in run_checks(_narrowed_as(project, before))}
    for finding in run_checks(project):
        if _key(finding, project) not in known:
            yield finding
    yield from _lost_approvals(project, before)


def _narrowed_as(project: Project, before: Project) -> Project:
    """The earlier project with the same guides and languages, as far as it had them."""
    return narrowed(
        before,
        [slug for slug in project.named_guides if slug in before.slugs],
        [tag for tag in project.named_languages if tag in before.languages],
    )


def _key(finding: Finding, project: Project) -> tuple[str, str, str]:
    # Without the line number, which changes with every line that is added above the finding.
    return finding.code, finding.path.resolve().relative_to(project.root).as_posix(), finding.message


def _lost_approvals(project: Project, before: Project) -> Iterator[Finding]:
    for tag, language in project.chosen_languages.items():
        if language.is_source or tag not in before.languages:
            continue
        old = {
            (message.domain, message.context): message.state
            for message in language_review(before, before.languages[tag], domains(before)).messages
        }
        for message in language_review(project, language, checked_domains(project)).messages:
            state = old.get((message.domain, message.context), ReviewState.DRAFT)
            if message.state is ReviewState.DRAFT and state > ReviewState.DRAFT:
                yield _finding(message, state, project, tag)


def _finding(message: MessageReview, state: ReviewState, project: Project, tag: str) -> Finding:
    language = project.languages[tag]
    entry = project.catalog(language, message.domain).get(message.context)
    return Finding(
        "PG580",
        Severity.WARNING,
        project.catalog_path(language, message.domain),
        entry.line if entry else 0,
        f"“{message.context}” is no longer {state}: the text is not the one that was approved",
        "Have it reviewed again. If only the English wording changed: “parentguide review keep-approvals”.",
    )
