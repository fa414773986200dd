"""Prompts as files bring them, or a paste: one a line, or in promptfoo's CSV, JSON lines and YAML.

    TXT     one prompt a line; where a line is ---, one prompt between two of them; lines that begin with # are left out
    CSV     a column `prompt`, with {{name}} for the other columns of its row; or any columns, for a template
    JSONL   {"vars": {"prompt": "..."}} a line; or any names, for a template
    YAML    `prompts` with {{name}}, filled from `tests` and `defaultTest`

What fetches, runs or computes is refused, never guessed at.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bot.bench import prompt_config
from bot.bench.plan import prompts_in
from bot.bench.prompt_templates import PASSED_ON, PromptTest, check_count, filled
from bot.bench.prompt_yaml import document
from bot.errors import BadFile, BadPrompt
from bot.grammar.words import echo
from bot.samples.command import checked as checked_prompt

MOST_BYTES = 500_000  # two seconds of reading at the worst
PASTED = "What you pasted"
BETWEEN = "---"
PROMPT = "prompt"  # the column, and the name that promptfoo passes on where nothing else is said
_FORMS = {".txt": "txt", ".md": "txt", ".csv": "csv", ".jsonl": "jsonl", ".yaml": "yaml", ".yml": "yaml"}
_REFUSED = {".json", ".xlsx", ".xls", ".ods", ".j2", ".js", ".mjs", ".cjs", ".ts", ".py", ".sh", ".rb", ".pl"}
_CONFIG = re.compile(r"^(?:prompts|tests|defaultTest)\s*:|^-\s+vars\s*:", re.MULTILINE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class PromptFile:
    """`left_out` names what else stood there and counts for nothing in a blind test, such as assert."""

    prompts: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def read_prompts(content: bytes | str, name: str = "", template: str = "") -> PromptFile:
    """Of a file, its form by the end of its name, or of a paste without one, by how it begins. `template` is the prompt
    where the file has values alone. Raises BadFile."""
    name, ending = name or PASTED, PurePath(name).suffix.lower()
    if ending in _REFUSED:
        raise BadFile(f"{name} is none of the files I read prompts from: .txt, .csv, .jsonl and .yaml.")
    text = _text(name, content)
    read = _READERS[_FORMS.get(ending) or _form(text)](name, text, template)
    return PromptFile(_checked(name, read.prompts), read.left_out)


def _text(name: str, content: bytes | str) -> str:
    if len(content) > MOST_BYTES:
        raise BadFile(f"{name} is larger than {MOST_BYTES // 1000} KB.")
    try:
        text = content if isinstance(content, str) else content.decode("utf-16" if content[:2] in _UTF16 else "utf-8")
    except UnicodeDecodeError:
        raise BadFile(f"{name} is no text in UTF-8. Save it as UTF-8.") from None
    if "\0" in text:
        raise BadFile(f"{name} is no text in UTF-8. Save it as UTF-8.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _form(text: str) -> str:
    """Prompts one a line unless it begins as one of the others does."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if first.startswith("{") and first.endswith("}") and '"' in first:
        return "jsonl"
    if PROMPT in [cell.strip().lower() for cell in first.split(",")]:
        return "csv"
    return "yaml" if _CONFIG.search(text) else "txt"


def _txt(name: str, text: str, template: str) -> PromptFile:
    if template:
        raise BadFile(f"{name} has prompts in it, and no values for a template.")
    return PromptFile(filled(name, _blocks(text), ()))


def _blocks(text: str) -> tuple[str, ...]:
    if not any(line.strip() == BETWEEN for line in text.split("\n")):
        return prompts_in(text)
    blocks = [""]
    for line in text.split("\n"):
        if line.strip() == BETWEEN:
            blocks.append("")
        elif not line.lstrip().startswith("#"):
            blocks[-1] += f"{line}\n"
    return tuple(block.strip() for block in blocks if block.strip())


def _csv(name: str, text: str, template: str) -> PromptFile:
    rows = _rows(name, text)
    header = [cell.strip() for cell in next(rows, (0, []))[1]]
    _check_header(name, header, template)
    written = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    check_count(name, len(written))
    tests = [_of_row(name, line, header, cells) for line, cells in written]
    prompts = filled(name, (template,), tests) if template and tests else [_own(name, header, test) for test in tests]
    return PromptFile(tuple(prompts), tuple(echo(cell) for cell in header if cell.startswith("__")))


def _check_header(name: str, header: Sequence[str], template: str) -> None:
    if len(header) == 1 and re.search(r"[;\t]", header[0]):
        raise BadFile(f"{name} is not separated by commas. Save it with commas between the columns.")
    twice = next((cell for cell in header if cell and header.count(cell) > 1), None)
    if twice:
        raise BadFile(f"{name} has the column `{echo(twice)}` twice.")
    changes = next((cell for cell in header if cell in ("__prefix", "__suffix")), None)
    if changes:
        raise BadFile(f"{name} has the column `{changes}`, which changes the prompts and which I don't read.")
    if not template and PROMPT not in map(str.lower, header):
        raise BadFile(
            f"{name} has no column `{PROMPT}`. Name the one with the prompts so, or at a terminal add a template "
            'for its columns, like --template "A photo of a {{subject}}".'
        )


def _of_row(name: str, line: int, header: Sequence[str], cells: Sequence[str]) -> PromptTest:
    if len(cells) != len(header):
        raise BadFile(f"{name}: line {line} has {len(cells)} cells, but the header has {len(header)}.")
    return PromptTest(f"line {line}", {key: (cell,) for key, cell in zip(header, cells, strict=True)})


def _own(name: str, header: Sequence[str], test: PromptTest) -> str:
    """The prompt of a row, which may name its other columns."""
    column = next(cell for cell in header if cell.lower() == PROMPT)
    (text,) = test.values[column]
    if not text.strip():
        raise BadFile(f"{name}: {test.place} has no prompt.")
    (prompt,) = filled(name, (text.strip(),), (test,))
    return prompt


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as failure:
        raise BadFile(f"{name} is no CSV at line {reader.line_num}, or a quote is not closed: {failure}.") from None


def _jsonl(name: str, text: str, template: str) -> PromptFile:
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    check_count(name, len(lines))
    read = [_of_line(name, n, line) for n, line in lines]
    prompts = filled(name, (template or PASSED_ON,), [test for test, _ in read]) if read else ()
    return PromptFile(prompts, tuple(dict.fromkeys(key for _, left_out in read for key in left_out)))


def _of_line(name: str, number: int, line: str) -> tuple[PromptTest, Sequence[str]]:
    place, test = f"line {number}", _object(name, number, line)
    if not isinstance(test, dict) or "vars" not in test:
        raise BadFile(f'{name}: {place} is not like {{"vars": {{"prompt": "a red kite"}}}}.')
    _, (read,), left_out = prompt_config.parts(f"{name}, {place}", [test])
    return PromptTest(place, read.values), left_out


def _object(name: str, number: int, line: str) -> object:
    """Numbers as they are written."""
    try:
        return json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise BadFile(f"{name}: line {number} is no JSON.") from None


def _yaml(name: str, text: str, template: str) -> PromptFile:
    templates, tests, left_out = prompt_config.parts(name, document(name, text), template)
    return PromptFile(filled(name, templates, tests), left_out)


_READERS = {"txt": _txt, "csv": _csv, "jsonl": _jsonl, "yaml": _yaml}


def _checked(name: str, prompts: Sequence[str]) -> tuple[str, ...]:
    check_count(name, len(prompts))
    if not prompts:
        raise BadFile(f"{name} has no prompt in it.")
    places: dict[str, int] = {}
    for number, prompt in enumerate(prompts, start=1):
        try:
            checked_prompt(prompt)
        except BadPrompt as failure:
            raise BadFile(f"{name}, prompt {number}: {failure}") from None
        if places.setdefault(prompt, number) != number:
            raise BadFile(
                f"{name}: prompts {places[prompt]} and {number} are the same ({echo(prompt)}). A prompt counts once."
            )
    return tuple(prompts)
