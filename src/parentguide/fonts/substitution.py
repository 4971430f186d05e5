"""The GSUB table of a derived font: from the characters of a word to the composites of that word.

The lookups run in this order (OpenType 1.9.1, GSUB):

1. Each letter learns whether a letter follows, and 2. whether one precedes: so a rule for a word can only
   match the whole word, never a part of a longer one.
3. The first letter of a run learns its variant (:class:`~parentguide.fonts.lexicon.Run`), which is the value
   that the text gives to the feature: ``ccmp=2`` takes the second alternate.
4. The letters of each run become its composites.
5. A space becomes the one that the words beside it need.
6. A letter that is still here belongs to a word that the font does not know. It becomes ``.notdef``, so
   that the whole word is set in the next font of the text, never in unjoined letters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.otlLib import builder as otl
from fontTools.ttLib import newTable
from fontTools.ttLib.tables import otTables

NOTDEF = ".notdef"
# The forms of a letter by its place in the word. A letter that is a word by itself has its plain glyph.
FIRST, MIDDLE, LAST = ".first", ".middle", ".last"
# Offsets in a subtable have 16 bits; this many bytes of rules stay clear of the limit.
_SUBTABLE_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A run as glyph names: its letters as the character map gives them, and its composites."""

    letters: tuple[str, ...]
    composites: tuple[str, ...]
    variant: int = 1


def forms(letters: Iterable[str], rules: Iterable[Rule]) -> list[str]:
    """The names of all glyphs that stand for letters before their word is known."""
    placed = {letter + place for letter in letters for place in ("", FIRST, MIDDLE, LAST)}
    return sorted(placed.union(*map(_placed, rules)))


def _placed(rule: Rule) -> list[str]:
    """The letters of a run as they are after lookup 3."""
    first, *others = rule.letters
    first = _variant(first + FIRST if others else first, rule.variant)
    return [first, *(letter + MIDDLE for letter in others[:-1]), *(letter + LAST for letter in others[-1:])]


def _variant(name: str, variant: int) -> str:
    return name if variant == 1 else f"{name}.{variant}"


def _alternates(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """The variants of each first letter, for lookup 3."""
    most: dict[str, int] = {}
    for rule in rules:
        name = rule.letters[0] + (FIRST if len(rule.letters) > 1 else "")
        most[name] = max(most.get(name, 1), rule.variant)
    return {name: [_variant(name, v) for v in range(1, n + 1)] for name, n in most.items() if n > 1}


@dataclass(frozen=True, slots=True)
class Spaces:
    """The glyph of the space and, by the composites before and after it, that of the space they need."""

    plain: str
    between: Mapping[tuple[str, str], str]


def substitution_table(
    rules: Sequence[Rule], letters: Sequence[str], spaces: Spaces, glyph_ids: Mapping[str, int]
) -> Any:
    """The table ``GSUB``. ``letters`` are the glyphs of letters in the character map."""
    first = {letter: letter + FIRST for letter in letters}
    inside = {letter: letter + LAST for letter in letters}
    inside |= {letter + FIRST: letter + MIDDLE for letter in letters}
    alternates = _alternates(rules)
    every = {*forms(letters, rules), *(name for names in alternates.values() for name in names)}
    unknown = dict.fromkeys(sorted(every & glyph_ids.keys()), NOTDEF)
    followed = [letter + form for letter in letters for form in (FIRST, MIDDLE)]
    buckets, contexts = _contexts_of(rules)
    # The lookups that the feature lists come first, then those that they call.
    wide = sorted(set(spaces.between.values()))
    calls = 4 + bool(alternates) + bool(wide)
    lookups = [
        [_chain(letters, calls, glyph_ids, after=letters)],
        [_chain([*inside], calls + 1, glyph_ids, before=followed)],
        *([[otl.buildAlternateSubstSubtable(alternates)]] if alternates else []),
        _contexts(contexts, calls + 2, glyph_ids),
        *([_space_rules(spaces, wide, calls + 2 + len(buckets), glyph_ids)] if wide else []),
        [otl.buildSingleSubstSubtable(unknown)],
        *([otl.buildSingleSubstSubtable(mapping)] for mapping in (first, inside, *buckets)),
        *([otl.buildSingleSubstSubtable({spaces.plain: space})] for space in wide),
    ]
    return _table("GSUB", [otl.buildLookup(subtables) for subtables in lookups], range(calls))


def _contexts_of(rules: Iterable[Rule]) -> tuple[list[dict[str, str]], list[tuple[list[str], list[int]]]]:
    """Single substitutions, and for each run its letters in place and which substitution each needs.

    A substitution cannot map one letter to two composites, so there are as many as the letter with the
    most composites has.
    """
    buckets: list[dict[str, str]] = []
    number: dict[tuple[str, str], int] = {}
    contexts = []
    taken: dict[str, int] = {}
    for rule in rules:
        placed = _placed(rule)
        for pair in zip(placed, rule.composites, strict=True):
            if pair not in number:
                number[pair] = taken.get(pair[0], 0)
                taken[pair[0]] = number[pair] + 1
                if number[pair] == len(buckets):
                    buckets.append({})
                buckets[number[pair]][pair[0]] = pair[1]
        contexts.append((placed, [number[pair] for pair in zip(placed, rule.composites, strict=True)]))
    return buckets, contexts


def _chain(
    letters: Sequence[str],
    call: int,
    glyph_ids: Mapping[str, int],
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> Any:
    """Call a lookup for each of ``letters`` that stands between the glyphs ``before`` and ``after``."""
    subtable = otTables.ChainContextSubst()
    subtable.Format = 3
    subtable.BacktrackCoverage = [otl.buildCoverage(before, glyph_ids)] if before else []
    subtable.InputCoverage = [otl.buildCoverage(letters, glyph_ids)]
    subtable.LookAheadCoverage = [otl.buildCoverage(after, glyph_ids)] if after else []
    subtable.BacktrackGlyphCount = len(subtable.BacktrackCoverage)
    subtable.InputGlyphCount = 1
    subtable.LookAheadGlyphCount = len(subtable.LookAheadCoverage)
    subtable.SubstLookupRecord = [_call(0, call)]
    subtable.SubstCount = 1
    return subtable


def _contexts(
    rules: list[tuple[list[str], list[int]]], calls: int, glyph_ids: Mapping[str, int]
) -> list[Any]:
    """Subtables with a rule for each word, in the order of the words' first glyphs."""
    by_first: dict[str, list[Any]] = {}
    sizes: dict[str, int] = {}
    for placed, numbers in rules:
        rule = otTables.SubRule()
        rule.Input = placed[1:]
        rule.GlyphCount = len(placed)
        rule.SubstLookupRecord = [_call(at, calls + number) for at, number in enumerate(numbers)]
        rule.SubstCount = len(numbers)
        by_first.setdefault(placed[0], []).append(rule)
        sizes[placed[0]] = sizes.get(placed[0], 0) + 6 + 6 * len(placed)
    chunks: list[list[str]] = []
    room = 0
    for first in sorted(by_first, key=lambda name: glyph_ids[name]):
        if not chunks or sizes[first] > room:
            chunks.append([])
            room = _SUBTABLE_BYTES
        chunks[-1].append(first)
        room -= sizes[first]
    return [_context(chunk, by_first, glyph_ids) for chunk in chunks]


def _context(firsts: list[str], by_first: Mapping[str, list[Any]], glyph_ids: Mapping[str, int]) -> Any:
    subtable = otTables.ContextSubst()
    subtable.Format = 1
    subtable.Coverage = otl.buildCoverage(firsts, glyph_ids)
    subtable.SubRuleSet = []
    for first in firsts:
        rules = otTables.SubRuleSet()
        rules.SubRule = by_first[first]
        rules.SubRuleCount = len(rules.SubRule)
        subtable.SubRuleSet.append(rules)
    subtable.SubRuleSetCount = len(firsts)
    return subtable


def _space_rules(spaces: Spaces, wide: list[str], calls: int, glyph_ids: Mapping[str, int]) -> list[Any]:
    """Subtables with a rule for each pair of neighbours of a space."""
    rules = []
    for (before, after), space in spaces.between.items():
        rule = otTables.ChainSubRule()
        rule.Backtrack, rule.Input, rule.LookAhead = [before], [], [after]
        rule.BacktrackGlyphCount = rule.InputGlyphCount = rule.LookAheadGlyphCount = 1
        rule.SubstLookupRecord = [_call(0, calls + wide.index(space))]
        rule.SubstCount = 1
        rules.append(rule)
    size = _SUBTABLE_BYTES // 20
    return [
        _chain_context(spaces.plain, rules[at : at + size], glyph_ids) for at in range(0, len(rules), size)
    ]


def _chain_context(first: str, rules: list[Any], glyph_ids: Mapping[str, int]) -> Any:
    subtable = otTables.ChainContextSubst()
    subtable.Format = 1
    subtable.Coverage = otl.buildCoverage([first], glyph_ids)
    ruleset = otTables.ChainSubRuleSet()
    ruleset.ChainSubRule = rules
    ruleset.ChainSubRuleCount = len(rules)
    subtable.ChainSubRuleSet = [ruleset]
    subtable.ChainSubRuleSetCount = 1
    return subtable


def _call(at: int, lookup: int) -> Any:
    record = otTables.SubstLookupRecord()
    record.SequenceIndex = at
    record.LookupListIndex = lookup
    return record


def positioning_table() -> Any:
    """A table ``GPOS`` without rules: a font without the table has its marks moved by the shaper."""
    return _table("GPOS", [], None)


def _table(tag: str, lookups: list[Any], of_feature: range | None) -> Any:
    """A layout table; its feature ``ccmp``, which no program turns off, has the first lookups."""
    table = newTable(tag)
    table.table = getattr(otTables, tag)()
    table.table.Version = 0x00010000
    table.table.LookupList = otTables.LookupList()
    table.table.LookupList.Lookup = lookups
    table.table.LookupList.LookupCount = len(lookups)
    table.table.FeatureList = otTables.FeatureList()
    table.table.FeatureList.FeatureRecord = [_feature(of_feature)] if of_feature else []
    table.table.FeatureList.FeatureCount = len(table.table.FeatureList.FeatureRecord)
    table.table.ScriptList = otTables.ScriptList()
    table.table.ScriptList.ScriptRecord = [_script(script, bool(of_feature)) for script in ("DFLT", "arab")]
    table.table.ScriptList.ScriptCount = 2
    return table


def _feature(lookups: range) -> Any:
    record = otTables.FeatureRecord()
    record.FeatureTag = "ccmp"
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [*lookups]
    record.Feature.LookupCount = len(lookups)
    return record


def _script(tag: str, has_feature: bool) -> Any:
    record = otTables.ScriptRecord()
    record.ScriptTag = tag
    record.Script = otTables.Script()
    record.Script.LangSysRecord = []
    record.Script.LangSysCount = 0
    record.Script.DefaultLangSys = otTables.DefaultLangSys()
    record.Script.DefaultLangSys.LookupOrder = None
    record.Script.DefaultLangSys.ReqFeatureIndex = 0xFFFF
    record.Script.DefaultLangSys.FeatureIndex = [0] if has_feature else []
    record.Script.DefaultLangSys.FeatureCount = len(record.Script.DefaultLangSys.FeatureIndex)
    return record
