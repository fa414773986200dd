"""The faults there are, and a sample of them.

A fault's place in the draw depends on its own words and function alone: a change elsewhere in a file moves no other.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from operator import attrgetter
from pathlib import Path

from libcst import FunctionDef, Module, ensure_type
from mutmut.mutation.file_mutation import Mutation, create_mutations

from tests.mutants.subjects import Subject


@dataclass(frozen=True)
class Mutant:
    """One fault of a subject. `line` is where it lies, `before` and `after` are the lines it changes."""

    key: str
    subject: str
    path: str
    function: str
    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Fault:
    """A mutant with the text of its file before and after. Making that takes long: only for those that are drawn."""

    mutant: Mutant
    sound: str
    text: str


@dataclass(frozen=True)
class _Candidate:
    key: str
    path: str
    function: str
    text: str
    changed: Callable[[], str]


def draw(tree: Path, subject: Subject, seed: int, count: int) -> list[Fault]:
    paths = [path for pattern in subject.code for path in sorted(tree.glob(pattern))]
    ranked = sorted((each for path in paths for each in _candidates(tree, path, seed)), key=attrgetter("key"))
    faults = (_fault(subject, each) for each in ranked)
    return list(islice((fault for fault in faults if fault is not None), count))


def _candidates(tree: Path, path: Path, seed: int) -> Iterator[_Candidate]:
    text, name = path.read_text(), str(path.relative_to(tree))
    module, mutations, *_ = create_mutations(name, text)
    alike: Counter[str] = Counter()

    def changed(mutation: Mutation) -> Callable[[], str]:
        return lambda: ensure_type(module.deep_replace(mutation.original_node, mutation.mutated_node), Module).code

    for mutation in mutations:
        outer = mutation.contained_by_top_level_function
        function = outer.name.value if isinstance(outer, FunctionDef) else ""
        words = map(module.code_for_node, (mutation.original_node, mutation.mutated_node))
        place = "\n".join([str(seed), name, function, *words])
        alike[place] += 1
        key = hashlib.sha256(f"{place}\n{alike[place]}".encode()).hexdigest()[:16]
        yield _Candidate(key, name, function, text, changed(mutation))


def _fault(subject: Subject, candidate: _Candidate) -> Fault | None:
    """None where the change leaves the text as it was."""
    text = candidate.changed()
    old, new = candidate.text.splitlines(), text.splitlines()
    changes = [each for each in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if each[0] != "equal"]
    if not changes:
        return None
    (_, low, _, new_low, _), (_, _, high, _, new_high) = changes[0], changes[-1]
    before, after = ("\n".join(map(str.strip, part)) for part in (old[low:high], new[new_low:new_high]))
    mutant = Mutant(candidate.key, subject.name, candidate.path, candidate.function, low + 1, before, after)
    return Fault(mutant, candidate.text, text)
