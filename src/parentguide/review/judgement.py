"""Whether a message may be shown or signed, and if not, why: one answer for the whole program."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from parentguide.checks.finding import Severity
from parentguide.checks.translation import MESSAGE_CHECKS
from parentguide.checks.translation.catalog import CatalogCheck, LanguageCatalog
from parentguide.checks.translation.glyphs import check_glyphs
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.checks.translation.terms import check_forbidden, check_mark
from parentguide.checks.translation.trigrams import profile, triples_of
from parentguide.model.language import Language
from parentguide.model.markup import broken_markup
from parentguide.model.review_state import ReviewState
from parentguide.project.accepted_file import Accepted
from parentguide.project.language_files import accepted_findings, read_glossary
from parentguide.project.project import Project
from parentguide.translation.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no translation."""

    def __str__(self) -> str:
        return "missing"


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """The translation is marked fuzzy, or was made for another English text."""

    def __str__(self) -> str:
        return "fuzzy"


@dataclass(frozen=True, slots=True)
class BrokenMarkup:
    """The translation lost or added a placeholder or bold; ``problem`` says which."""

    problem: str

    def __str__(self) -> str:
        return self.problem


@dataclass(frozen=True, slots=True)
class BelowState:
    """The translation is complete, but its review state is lower than the one that was asked for."""

    state: ReviewState

    def __str__(self) -> str:
        return str(self.state)


GapReason: TypeAlias = Missing | Fuzzy | BrokenMarkup | BelowState


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """What a language's own files add to the checks of its messages.

    ``accepted`` has the findings that somebody accepted with a reason. Without a ``glossary``, the
    checks that compare a message with the glossary and the fonts are left out.
    """

    accepted: tuple[Accepted, ...] = ()
    glossary: Glossary | None = None

    def reason(self, code: str, context: str) -> str:
        """Why this finding was accepted; empty if it was not."""
        return next((a.reason for a in self.accepted if (a.code, a.context) == (code, context)), "")


NO_RULES = LanguageRules()
# The other catalog checks compare a message with the rest of its language, and only warn.
_ERRORS_OF_CATALOG: tuple[CatalogCheck, ...] = (check_glyphs, check_forbidden, check_mark)


def language_rules(project: Project, language: Language) -> LanguageRules:
    """The rules in the language's folder. Raises :class:`SourceError` for a broken file."""
    return LanguageRules(accepted_findings(project, language), read_glossary(project, language))


@dataclass(frozen=True, slots=True)
class MessageStatus:
    """The judgement on one message; the checks run only when their findings are asked for.

    ``withheld`` says why the message may not be shown, and is None if it may.
    """

    message: TranslatedMessage
    withheld: Missing | Fuzzy | BrokenMarkup | None
    rules: LanguageRules

    @property
    def displayable(self) -> bool:
        """Whether families may see the message."""
        return self.withheld is None

    def findings(self) -> Iterator[tuple[Problem, str]]:
        """What the checks find, each with the reason if somebody accepted it."""
        for problem in self._problems():
            yield problem, self.rules.reason(problem.code, self.message.context)

    def blocking(self) -> Iterator[str]:
        """Why nobody may sign the message: whatever ``parentguide check`` reports as an error."""
        match self.withheld:
            case Missing():
                yield "there is no translation"
                return
            case Fuzzy():
                yield "the translation is marked fuzzy"
        if broken := broken_markup(self.message.english, self.message.text):
            # The other checks compare texts whose placeholders are the same.
            yield broken
            return
        for problem, accepted in self.findings():
            if problem.severity is Severity.ERROR and not accepted:
                yield f"{problem.code}: {problem.message}"

    def _problems(self) -> Iterator[Problem]:
        for check in MESSAGE_CHECKS:
            yield from check(self.message)
        if self.rules.glossary is not None:
            alone = _catalog_of_one(self.message, self.rules.glossary)
            for catalog_check in _ERRORS_OF_CATALOG:
                for _, problem in catalog_check(alone):
                    yield problem


def judge(
    message: TranslatedMessage, *, fuzzy: bool = False, rules: LanguageRules = NO_RULES
) -> MessageStatus:
    """The judgement on a message. ``fuzzy``: nobody has accepted the text for this English yet
    (:func:`parentguide.translation.po.catalog_status`)."""
    withheld: Missing | Fuzzy | BrokenMarkup | None = None
    if not message.text.strip():
        withheld = Missing()
    elif fuzzy:
        withheld = Fuzzy()
    elif problem := broken_markup(message.english, message.text):
        withheld = BrokenMarkup(problem)
    return MessageStatus(message, withheld, rules)


def _catalog_of_one(message: TranslatedMessage, glossary: Glossary) -> LanguageCatalog:
    language = message.language
    triples = (triples_of(message.text),)
    own = profile(language.tag, language.script, triples)
    return LanguageCatalog(language, (message,), triples, glossary, own, (own,))
