"""What the files of deploy/ say, read as Docker, Compose and systemd read them; only the forms that stand there."""

import fnmatch
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::\?(?P<refusal>[^}]*)|:-(?P<default>[^}]*))?\}")
OURS = ("release", "web", "worker", "clock")
UNITS = {"": 1, "s": 1, "m": 60, "min": 60}


class Unset(ValueError):
    """Compose refuses: a variable that must be set is not."""


def env_file(text: str) -> dict[str, str]:
    """Names and values of the lines that are no comment."""
    lines = [line.partition("=") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {name: value for name, _, value in lines}


def example() -> dict[str, str]:
    return env_file((DEPLOY / "env.example").read_text())


def commented() -> dict[str, str]:
    """The settings of env.example that stand behind a #."""
    found = re.findall(r"^# ([A-Z_]+)=(.*)$", (DEPLOY / "env.example").read_text(), re.MULTILINE)
    return dict(found)


def interpolated(text: str, values: Mapping[str, str]) -> str:
    """An empty variable counts as unset where the form has a colon. Raises Unset."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found["name"], "")
        if found["refusal"] is not None and not value:
            raise Unset(f"{found['name']}: {found['refusal']}")
        return value or found["default"] or ""

    return VARIABLE.sub(put, text)


def compose_text() -> str:
    return (DEPLOY / "compose.yaml").read_text()


def compose(values: Mapping[str, str]) -> dict[str, Any]:
    """With its variables put in and its anchors followed."""
    whole: dict[str, Any] = yaml.safe_load(interpolated(compose_text(), values))
    return whole


def environment_of(service: Mapping[str, Any], dotenv: Mapping[str, str]) -> dict[str, str]:
    """What a process of ours gets: the image's own, over it deploy/.env, over that the service's."""
    own: dict[str, str] = service["environment"]
    return dockerfile().environment | dict(dotenv) | own


def seconds(span: str) -> int:
    """Of `60s`, `1m` or `30`."""
    found = re.fullmatch(r"(\d+)([a-z]*)", span)
    assert found is not None, span
    return int(found[1]) * UNITS[found[2]]


@dataclass(frozen=True)
class Dockerfile:
    """Its instructions in order; of the final stage its environment too."""

    instructions: tuple[tuple[str, str], ...]

    @property
    def final(self) -> tuple[tuple[str, str], ...]:
        last = max(place for place, (word, _) in enumerate(self.instructions) if word == "FROM")
        return self.instructions[last:]

    @property
    def environment(self) -> dict[str, str]:
        pairs = [pair for word, rest in self.final if word == "ENV" for pair in shlex.split(rest)]
        return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}

    def of(self, word: str) -> list[str]:
        """What follows that instruction in the final stage, each time."""
        return [rest for found, rest in self.final if found == word]

    def command(self, word: str) -> list[str]:
        """The words of an instruction that is written as a list."""
        (rest,) = self.of(word)
        listed: list[str] = json.loads(rest[rest.index("[") :])
        return listed


def dockerfile() -> Dockerfile:
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return Dockerfile(tuple((line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines))


def in_build(path: str) -> bool:
    """Whether .dockerignore lets this path of the tree into a build: the last line that fits it decides."""
    kept = True
    for line in env_lines((ROOT / ".dockerignore").read_text()):
        if any(_fits(part, line.lstrip("!")) for part in _with_parents(path)):
            kept = line.startswith("!")
    return kept


def env_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _with_parents(path: str) -> Iterator[str]:
    parts = path.split("/")
    yield from ("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def _fits(path: str, pattern: str) -> bool:
    """`**/name` is a name at any depth; other patterns have no slash here."""
    if pattern.startswith("**/"):
        return fnmatch.fnmatchcase(path.rsplit("/", 1)[-1], pattern.removeprefix("**/"))
    return "/" not in path and fnmatch.fnmatchcase(path, pattern)


@dataclass(frozen=True)
class Unit:
    """The settings of a systemd unit, each with all its values in order."""

    values: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        (value,) = self.values[name]
        return value

    @property
    def environment(self) -> dict[str, str]:
        return {name: value for name, _, value in (each.partition("=") for each in self.values["Environment"])}


def unit() -> Unit:
    values: dict[str, list[str]] = {}
    for line in env_lines((DEPLOY / "imagelane.service").read_text()):
        if not line.startswith("["):
            name, _, value = line.partition("=")
            values.setdefault(name, []).append(value)
    return Unit(values)
