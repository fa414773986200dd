"""Prompts from a file or a paste: four forms are read; what would fetch, run or compute is refused in a sentence."""

import pytest

from bot.bench.prompt_files import read_prompts
from bot.errors import BadFile

CONFIG = """# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json
description: a sample
providers: ['openai:image:gpt-image-2']
prompts:
  - 'A photo of a {{subject}} in {{ light }}'
  - label: multi-line
    raw: |-
      Draw
      a {{subject}}
  - A plain boat
defaultTest:
  vars: {light: fog}
  assert: [{type: llm-rubric, value: looks real}]
tests:
  - vars: {subject: [kite, balloon], light: 12:30}
  - description: says on
    vars: {subject: on}
    metadata: {kept: 1.50}
"""


def refusal(content: bytes | str, name: str = "set.yaml") -> str:
    with pytest.raises(BadFile) as refused:
        read_prompts(content, name)
    return str(refused.value)


def test_yaml_is_each_test_with_each_prompt_and_says_what_was_left_out() -> None:
    read = read_prompts(CONFIG.encode(), "set.yaml")
    assert read.prompts == (
        "A plain boat",
        "A photo of a kite in 12:30",
        "A photo of a balloon in 12:30",
        "Draw\na kite",
        "Draw\na balloon",
        "A photo of a on in fog",
        "Draw\na on",
    )
    assert read.left_out == ("providers", "assert", "metadata")
    assert read_prompts(CONFIG) == read  # pasted
