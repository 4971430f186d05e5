"""Mistakes of Jinja templates, which a project may have of its own, as one clear message."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from parentguide.errors import ParentguideError, SourceError


@contextmanager
def template_errors(folder: Path, name: str) -> Iterator[None]:
    """Within it, a mistake of the template ``name`` in ``folder``, or of one that it includes, becomes a
    :class:`SourceError` with the file and line; errors of ours pass."""
    try:
        yield
    except ParentguideError:
        raise
    except TemplateNotFound as error:
        path = folder / str(error.name)
        raise SourceError("the template is missing", path=path, remedy=_REMEDY) from error
    except TemplateSyntaxError as error:
        path = Path(error.filename) if error.filename else folder / name
        raise _broken(error, path, error.lineno) from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Jinja puts the template's own lines into the traceback.
        frames = [f for f in extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(folder)]
        path, line = (Path(frames[-1].filename), frames[-1].lineno or 0) if frames else (folder / name, 0)
        raise _broken(error, path, line) from error


_REMEDY = "Fix the template, or take the file that comes with the program."


def _broken(error: Exception, path: Path, line: int) -> SourceError:
    text = str(error) or type(error).__name__
    return SourceError(f"the template is broken: {text}", path=path, line=line, remedy=_REMEDY)
