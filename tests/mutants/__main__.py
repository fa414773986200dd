"""The command: draw, try, tell."""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from time import monotonic

from tests import mutants
from tests.mutants.draw import Mutant, draw
from tests.mutants.subjects import SUBJECTS
from tests.mutants.trial import ENDINGS, REPOSITORY, SURVIVED, Result, copy, must_pass, preload, trials


def table(results: Sequence[Result]) -> list[str]:
    heads = ("subject", "mutants", *ENDINGS)
    rows = []
    for name in [*(subject.name for subject in SUBJECTS), "all"]:
        of_it = [each.ending for each in results if name in (each.mutant.subject, "all")]
        rows.append((name, len(of_it), *(of_it.count(each) for each in ENDINGS)))
    return ["".join(f"{cell:<12}" for cell in row).rstrip() for row in (heads, *rows)]


def told(mutant: Mutant) -> str:
    lines = [
        *(f"  - {line}" for line in mutant.before.splitlines()),
        *(f"  + {line}" for line in mutant.after.splitlines()),
    ]
    return "\n".join([f"{mutant.path}:{mutant.line} {mutant.function} [{mutant.key}]", *lines])


def kept(path: Path) -> dict[str, str]:
    """How each mutant ended, by its key."""
    rows = (json.loads(line) for line in path.read_text().splitlines())
    return {row["mutant"]["key"]: row["ending"] for row in rows}


def changes(results: Sequence[Result], before: dict[str, str]) -> list[str]:
    here = {each.mutant.key: each for each in results}
    lost = [each for key, each in here.items() if each.ending == SURVIVED and before.get(key, SURVIVED) != SURVIVED]
    won = [each for key, each in here.items() if each.ending != SURVIVED and before.get(key) == SURVIVED]
    unknown = len(here.keys() - before.keys())
    return [
        f"Against the earlier result: {len(won)} more killed, {len(lost)} no longer killed, {unknown} not in it.",
        *(f"No longer killed: {told(each.mutant)}" for each in lost),
    ]


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutants", description=(mutants.__doc__ or "").splitlines()[0]
    )
    names = [subject.name for subject in SUBJECTS]
    parser.add_argument("only", nargs="*", metavar="SUBJECT", choices=[*names, []], help=f"of {', '.join(names)}")
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--count", type=int, default=150, help="of all subjects together")
    parser.add_argument("--of", default="HEAD", metavar="REV", help="the commit whose code and tests they are")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--to", type=Path, default=REPOSITORY / "var" / "mutants.jsonl", help="the result, a line each")
    parser.add_argument("--before", type=Path, metavar="FILE", help="an earlier result to compare with")
    parser.add_argument("--survivors", action="store_true", help="only those that survived in the earlier result")
    return parser.parse_args()


def examined(options: argparse.Namespace, before: dict[str, str]) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="imagelane-mutants-") as folder:
        first = copy(options.of, Path(folder) / "tree-0")
        share = options.count // len(SUBJECTS)
        subjects = [subject for subject in SUBJECTS if subject.name in options.only or not options.only]
        faults = [fault for subject in subjects for fault in draw(first, subject, options.seed, share)]
        if options.survivors:
            faults = [fault for fault in faults if before.get(fault.mutant.key) == SURVIVED]
        print(f"{len(faults)} mutants, drawn with seed {options.seed} from {options.of}", flush=True)
        preload(first)
        for subject in subjects:
            must_pass(first, subject)
        others = [shutil.copytree(first, Path(folder) / f"tree-{number}") for number in range(1, options.jobs)]
        return list(kept_on(options.to, trials(faults, [first, *others])))


def kept_on(path: Path, results: Iterable[Result]) -> Iterator[Result]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        for number, each in enumerate(results, 1):
            place = f"{each.mutant.path}:{each.mutant.line}"
            print(f"{number:>4} {each.ending:<10}{each.seconds:>5.0f} s  {place}", flush=True)
            file.write(json.dumps(asdict(each)) + "\n")
            file.flush()
            yield each


def main() -> None:
    options, began = asked(), monotonic()
    os.environ["CI"] = "true"  # there hypothesis draws the same examples each time
    before = kept(options.before) if options.before else {}
    results = examined(options, before)
    survivors = [each.mutant for each in results if each.ending == SURVIVED]
    print("", *table(results), "", *map(told, survivors), "", sep="\n")
    if before:
        print(*changes(results, before), sep="\n")
    print(f"{monotonic() - began:.0f} s; each mutant is a line of {options.to}")


if __name__ == "__main__":
    main()
