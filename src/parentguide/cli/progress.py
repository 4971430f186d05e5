"""Progress bars on the terminal. They show nothing where the output is a file or a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


class Step(Protocol):
    """Counts ``part`` of a step, from 0 to 1, as done."""

    def __call__(self, part: float = 1) -> None: ...


@contextmanager
def file_progress(description: str) -> Iterator[Callable[[str], None]]:
    """A bar for a number of files that is not known yet: call the function with the name of each."""
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} files"),
        TimeElapsedColumn(),
    )
    with _bar(*columns) as bar:
        task = bar.add_task(description, total=None)
        yield lambda name: bar.update(task, advance=1, description=name)


@contextmanager
def counted_progress(description: str, total: int) -> Iterator[Step]:
    """A bar with the time that is left: call the function after each of ``total`` steps, or parts of them."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with _bar(*columns) as bar:
        task = bar.add_task(description, total=total)

        def step(part: float = 1) -> None:
            bar.update(task, advance=part)

        yield step


def _bar(*columns: "ProgressColumn") -> "Progress":
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
