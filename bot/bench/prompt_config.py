"""What a promptfoo configuration says of prompts: its templates and the values of its tests; the rest is left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.bench.prompt_templates import PASSED_ON, PromptTest, Values, check_here
from bot.errors import BadFile
from bot.grammar.words import echo

_MAKES_PROMPTS = ("scenarios", "redteam")
_CHANGES_PROMPTS = ("prefix", "suffix", "transformVars", "disableVarExpansion")


Parts = tuple[tuple[str, ...], tuple[PromptTest, ...], tuple[str, ...]]


def parts(name: str, document: object, template: str = "") -> Parts:
    """Templates, tests, and the names of what was left out. `template` is for tests alone. Raises BadFile."""
    config = _config(name, document)
    usual = _mapping(name, "defaultTest", config.get("defaultTest") or {})
    prompts = config.get("prompts")
    tests = [_mapping(name, "a test", test) for test in _listed(name, "tests", config.get("tests"))]
    rows = tuple(_test(name, f"test {n}", usual, test) for n, test in enumerate(tests, start=1))
    if not rows and usual.get("vars"):
        rows = (_test(name, "defaultTest", usual, {}),)
    templates = _templates(name, prompts, template)
    return templates, rows, tuple(dict.fromkeys(_left_out(config, (usual, *tests))))


def _config(name: str, document: object) -> Mapping[str, object]:
    """A list alone is one of tests, as promptfoo keeps them in a file of their own."""
    config = {"tests": document} if isinstance(document, list) else document
    if not isinstance(config, Mapping) or not config.keys() & {"prompts", "tests", *_MAKES_PROMPTS}:
        raise BadFile(f"{name} has neither `prompts` nor `tests`, as promptfoo names them.")
    made = next((key for key in _MAKES_PROMPTS if key in config), None)
    if made:
        raise BadFile(f"{name} makes prompts by `{made}`, which I don't read: list them under `prompts` or `tests`.")
    return config


def _left_out(config: Mapping[str, object], tests: Iterable[Mapping[str, object]]) -> Iterator[str]:
    prompts = config.get("prompts")
    yield from _others(config, "prompts", "tests", "defaultTest", "description", "$schema")
    for prompt in prompts if isinstance(prompts, list) else ():
        yield from _others(prompt, "raw", "id", "label") if isinstance(prompt, Mapping) else ()
    for test in tests:
        yield from _others(test, "vars", "description")


def _others(part: Mapping[str, object], *read: str) -> Iterator[str]:
    return (echo(key) for key in part if key not in read)


def values(name: str, place: str, cells: object) -> Values:
    """Of `vars`: a text, or a list of texts of which each is taken in turn. Raises BadFile."""
    return {key: tuple(_texts(name, place, key, value)) for key, value in _mapping(name, place, cells).items()}


def _test(name: str, place: str, usual: Mapping[str, object], test: Mapping[str, object]) -> PromptTest:
    for part in (usual, test):
        options = part.get("options")
        changes = next((key for key in _CHANGES_PROMPTS if isinstance(options, Mapping) and key in options), None)
        if changes or "prompts" in part:
            raise BadFile(
                f"{name}: {place} has `{changes or 'prompts'}`, which changes the prompts and which I don't read."
            )
    cells = [_mapping(name, f"`vars` of {place}", part.get("vars") or {}) for part in (usual, test)]
    return PromptTest(place, values(name, place, {**cells[0], **cells[1]}))


def _templates(name: str, prompts: object, template: str) -> tuple[str, ...]:
    if prompts is None:
        return (template or PASSED_ON,)
    if template:
        raise BadFile(f"{name} has `prompts` of its own, so it takes no template.")
    return tuple(_template(name, n, prompt) for n, prompt in enumerate(_listed(name, "prompts", prompts), start=1))


def _template(name: str, number: int, prompt: object) -> str:
    text = prompt.get("raw", prompt.get("id")) if isinstance(prompt, Mapping) else prompt
    if not isinstance(text, str):
        raise BadFile(f"{name}: prompt {number} is no text. I read a text, or one under `raw`.")
    return text.strip()


def _texts(name: str, place: str, key: str, value: object) -> Iterable[str]:
    for one in value if isinstance(value, list) else [value]:
        text = f"{one}".lower() if isinstance(one, bool) else "" if one is None else one
        if not isinstance(text, str):
            raise BadFile(f"{name}: `{echo(key)}` of {place} is no text, and no list of texts.")
        yield text


def _listed(name: str, key: str, value: object) -> Sequence[object]:
    if isinstance(value, str):
        check_here(name, value)
    if value is not None and not isinstance(value, list):
        raise BadFile(f"{name}: `{key}` is no list. I read the {key} that stand in the file itself.")
    return value or []


def _mapping(name: str, what: str, value: object) -> Mapping[str, object]:
    if isinstance(value, str):
        check_here(name, value)
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise BadFile(f"{name}: {what} is not written as names with values.")
    return value
