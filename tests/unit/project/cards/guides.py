"""Guides for the tests of cards: those of the repository, and random ones."""

from pathlib import Path
from random import Random

from parentguide.project.project import default_root

ROOT = default_root()
REAL = {
    path.parent.name: path.read_text("utf-8")
    for path in (
        ROOT / "locales" / "en" / "cse" / "guide.md",
        Path(__file__).parents[4] / "examples/online-safety/locales/en/online-safety/guide.md",
    )
}
# One block of each kind, and everything that may be written around one.
EVERYTHING = """---
title: All
# A comment.
newsletter: statements.tsv
---


{#title covers="1" % the first % }
# All of it

{#lead note="A note"   covers="2 1"}
Two lines
 of  **bold** words.

{#second .policy source="us, \\" them"}
{note="With %, = and 'marks'."}

Ask {nspcc}.


{when="council"}
-   {#one}
    {note="n"}
    First
-   {#two when="headteacher"}
    Second
* {#three}
  Third

::: contacts
{#frame-heading}
### Inside ##
1) {#step-one}
   Do this.
2) {#step-two}
   {note="x"}
   Then this.
:::

{#leaf .leaf covers="4"}
## Reading on

{#definition covers="7 8"}
::: official

{#official-words source="definition.toml"}
Official words, {date}

:::

{unless="council"}
::: note

{#say .say source="us"}
Please help me.

:::

::: elsewhere
{#message .message source="us"}
From {school}: {link}
:::
"""
_WORDS = ("Talk", "to", "us", "your", "child", "**now**", "{nspcc}", "is", "not", "alone.", "Listen.", "16")


def words(random: Random) -> str:
    """Some words that a block may have."""
    return "You " + " ".join(random.choices(_WORDS, k=random.randint(1, 12)))


def random_guide(random: Random) -> str:
    """The text of a guide, written as carelessly as the format allows."""
    newline = random.choice(("\n", "\n", "\r\n"))
    lines = ["---", "title: x", "newsletter: n.tsv", "---", "", "{#title}", "# Title", ""]
    for number in range(random.randint(0, 12)):
        lines += _block(random, f"b{number}")
        if random.random() < 0.2:
            frame = random.choice(("contacts", "note", "school", "interpreter"))
            lines += [*random.choice(([], ['{when="council"}'])), f"::: {frame}", ""]
            for inner in range(random.randint(1, 3)):
                lines += _block(random, f"b{number}-{inner}")
            lines += [":::", *random.choice(([""], ["", ""]))]
    text = newline.join(lines)
    return random.choice(("", "\ufeff")) + text + random.choice((newline, "", newline * 3))


def _block(random: Random, name: str) -> list[str]:
    covers = random.choice(("", ' covers="1 3"', ' source="us"', ' source="us" when="council"'))
    more = random.choice(([], ['{note="A note"}']))
    end = [""] * random.choice((1, 1, 1, 2))
    kind = random.randrange(5)
    if kind == 0:
        return [f"{{#{name}{covers}}}", *more, f"{random.choice(('##', '###'))} {words(random)}", *end]
    if kind == 1:
        wrapped = words(random).replace(" ", random.choice((" ", " \n", "  ")), 1).split("\n")
        return [f"{{#{name}{covers}}}", *more, *wrapped, *end]
    if kind == 2:
        return [f"{{#{name} .say{covers}}}", *more, words(random), *end]
    mark = random.choice("-*+")
    lines = random.choice(([], ['{unless="headteacher"}'])) if kind == 3 else []
    for item in range(random.randint(1, 4)):
        number = f"{item + 1}." if kind == 4 else mark
        inside = " " * (len(number) + 1)
        lines += [
            f"{number} {{#{name}-i{item}{covers}}}",
            *(inside + line for line in (*more, words(random))),
        ]
        lines += [""] * random.choice((0, 1))
    return [*lines, *end]
