"""The command line: the group of all commands, and the one place where errors end.

Everything heavy is imported inside a command, so that ``--help`` answers at once.
"""

import sys

import click

from parentguide.cli.build import build
from parentguide.cli.catalogs import extract, new_language, update
from parentguide.cli.checks import check, quality, status
from parentguide.cli.components import components
from parentguide.cli.doctor import doctor
from parentguide.cli.draft import draft
from parentguide.cli.fonts import fonts
from parentguide.cli.guide import guide
from parentguide.cli.guides import new, read
from parentguide.cli.history import history
from parentguide.cli.print_run import print_
from parentguide.cli.review import review
from parentguide.cli.school import school
from parentguide.cli.schools import schools
from parentguide.cli.studio import studio
from parentguide.cli.terminal import echo, visible
from parentguide.errors import ParentguideError
from parentguide.infra.actor import Actor, acting

COMMANDS = (
    build,
    check,
    components,
    doctor,
    draft,
    extract,
    fonts,
    guide,
    history,
    new,
    new_language,
    print_,
    quality,
    read,
    review,
    school,
    schools,
    status,
    studio,
    update,
)


_INPUT_OUTPUT_ERROR = 74  # BSD sysexits
_TYPED = "parentguide.typed"


def _command_names(group: click.Group, words: list[str]) -> str:
    """The names of the command that was typed, without its arguments: those may be names of people."""
    names, command = ["parentguide"], group
    for word in words:
        found = command.commands.get(word)
        if found is None:
            break
        names.append(word)
        if not isinstance(found, click.Group):
            break
        command = found
    return " ".join(names)


class _Commands(click.Group):
    """Prints the program's errors without a traceback and exits with their code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_TYPED] = _command_names(self, args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            with acting(Actor(how=str(ctx.meta.get(_TYPED, "")))):
                return super().invoke(ctx)
        except ParentguideError as error:
            echo(f"parentguide: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except click.ClickException as error:
            error.message = visible(error.message)  # type: ignore[misc]
            raise
        except (MemoryError, RecursionError) as error:
            echo(f"parentguide: a file is too large or nested too deep ({type(error).__name__})", err=True)
            ctx.exit(_INPUT_OUTPUT_ERROR)
        except OSError as error:
            # Such as a full disk, where a library writes temporary files.
            place = f"{error.filename}: " if error.filename else ""
            echo(f"parentguide: {place}{error.strerror or error}", err=True)
            ctx.exit(_INPUT_OUTPUT_ERROR)


@click.group(
    cls=_Commands,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="parentguide")
def main() -> None:
    """Make guides for parents, in many languages, as web pages and printed sheets.

    Start with:  parentguide build --out output
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every script: show “?” rather than stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
