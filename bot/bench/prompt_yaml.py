"""A YAML file that strangers wrote, from its events alone: every value the text it is written as, nothing built."""

from collections.abc import Iterator
from typing import Any

import yaml

from bot.errors import BadFile

MOST_VALUES = 10_000  # a value takes 20 microseconds, so a megabyte of them would take half a minute
MOST_DEPTH = 30
_NOTHING = ("", "~", "null", "Null", "NULL")
_TAGS = {None, "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq", "null", "int", "float", "bool"))}


def document(name: str, text: str) -> object:
    """Of texts, lists, mappings and None: `on`, `12:30` and `1.50` stay as written, where YAML 1.1 would make true, 750
    and 1.5 of them. Raises BadFile; `name` is the file in its sentence."""
    try:
        events = _read(name, text)
        first = next(events, None)
        value = None if first is None else _value(name, first, events)
        more = next(events, None)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise BadFile(f"{name} is no YAML: {where}{failure.problem}.") from None
    except yaml.YAMLError:
        raise BadFile(f"{name} is no YAML: it holds a character that YAML does not allow.") from None
    if more is not None:
        raise BadFile(f"{name} is more than one document: {_line(more)} begins another.")
    return value


def _read(name: str, text: str) -> Iterator[Any]:
    """What opens, closes and stands in it. Raises BadFile at what would repeat, construct or go on for ever."""
    depth = count = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise BadFile(
                f"{name}: {_line(event)} repeats a part by an alias (*{event.anchor[:30]}). Write it out there."
            )
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            depth, count = depth + isinstance(event, yaml.CollectionStartEvent), count + 1
            _check(name, event, depth, count)
        else:
            continue
        yield event


def _check(name: str, event: Any, depth: int, count: int) -> None:
    if event.tag not in _TAGS:
        raise BadFile(f"{name}: {_line(event)} has the tag {event.tag[:40]}. I build nothing from a tag.")
    if depth > MOST_DEPTH:
        raise BadFile(f"{name}: {_line(event)} is nested more than {MOST_DEPTH} deep.")
    if count > MOST_VALUES:
        raise BadFile(f"{name} has more than {MOST_VALUES:,} values in it.")


def _value(name: str, event: Any, events: Iterator[Any]) -> object:
    if isinstance(event, yaml.ScalarEvent):
        return None if event.style is None and event.tag is None and event.value in _NOTHING else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(name, one, events) for one in _until_end(events)]
    mapping: dict[str, object] = {}
    for key in _until_end(events):
        if not isinstance(key, yaml.ScalarEvent):
            raise BadFile(f"{name}: {_line(key)} has a list or a mapping for a name.")
        if key.value in mapping:
            raise BadFile(f"{name}: {_line(key)} has `{key.value[:30]}` a second time.")
        mapping[key.value] = _value(name, next(events), events)
    return mapping


def _until_end(events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield event


def _line(event: Any) -> str:
    return f"line {event.start_mark.line + 1}"
