"""YAML text -> values, for text that may be broken or hostile. Pure."""

from pathlib import Path
from typing import Any

import yaml

from parentguide.errors import SourceError
from parentguide.infra.toml import printable
from parentguide.infra.within_limits import within_limits

# The front matter of a guide has under 3,000 characters. PyYAML reads 100 kB in a second.
_MOST_TEXT = 100_000  # characters
_SHORT = 5_000  # characters
_MOST_LEVELS = 20
_REMEDY = "Write “key: value”; put a value with a colon in it in quotation marks."


class _Loader(yaml.SafeLoader):
    """Reads plain values only. An alias would let some kilobytes stand for gigabytes (YAML 1.2, 3.2.2.2)."""

    level = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _refused("aliases (*name) are not allowed", event)
        self.level += 1
        if self.level > _MOST_LEVELS:
            raise _refused("nested too deep", event)
        node = super().compose_node(parent, index)
        self.level -= 1
        return node


def _refused(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def parse_yaml(text: str, path: Path | None, what: str, first_line: int = 1) -> Any:
    """The value of ``text``, whose first line is the ``first_line`` of the file ``path``.

    ``what`` names the text in messages. Raises :class:`SourceError` with the line of a mistake. A long text
    is read in another process.
    """
    if len(text) > _MOST_TEXT:
        problem = f"{what} has more than {_MOST_TEXT:,} characters"
        raise SourceError(problem, path=path, line=first_line, remedy="Shorten it.")
    return within_limits(_value, text, path, what, first_line, short=_SHORT, path=path)


def _value(text: str, path: Path | None, what: str, first_line: int) -> Any:
    try:
        value = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem, line = printable(getattr(error, "problem", error)), mark.line if mark else 0
    except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError, RecursionError) as error:
        # What Python raises for dates and numbers that cannot be, and for values with odd tags.
        problem, line = printable(error), 0
    else:
        return value
    raise SourceError(
        f"{what} is not YAML: {problem}", path=path, line=first_line + line, remedy=_REMEDY
    ) from None
