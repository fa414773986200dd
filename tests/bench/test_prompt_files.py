"""Prompts from a file or a paste: four forms are read; what would fetch, run or compute is refused in a sentence."""

import re
import time
from pathlib import Path

import pytest

from bot.bench.plan import MOST_PROMPTS
from bot.bench.prompt_files import MOST_BYTES, read_prompts
from bot.bench.prompt_yaml import MOST_DEPTH, MOST_VALUES
from bot.errors import BadFile
from bot.grammar.prompts import MAX_CHARACTERS

TEMPLATE = "A photo of a {{subject}}"
CONFIG = """# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json
description: a sample
providers: ['openai:image:gpt-image-2']
prompts:
  - 'A photo of a {{subject}} in {{ light }}'
  - label: multi-line
    raw: |-
      Draw
      a {{subject}}
    config: {quality: high}
  - A plain boat
defaultTest:
  vars: {light: fog, unused: 'file://never.txt'}
  assert: [{type: llm-rubric, value: looks real}]
tests:
  - vars: {subject: [kite, balloon], light: 12:30}
  - description: says on
    vars: {subject: on}
    metadata: {kept: 1.50}
"""
FILLED = (
    "A plain boat",
    "A photo of a kite in 12:30",
    "A photo of a balloon in 12:30",
    "Draw\na kite",
    "Draw\na balloon",
    "A photo of a on in fog",
    "Draw\na on",
)


def refusal(content: bytes | str, name: str = "set.yaml", template: str = "") -> str:
    with pytest.raises(BadFile) as refused:
        read_prompts(content, name, template)
    return str(refused.value)


@pytest.mark.parametrize("name", ["set.yaml", "set.YML", ""])
def test_yaml_is_each_test_with_each_prompt_as_written_and_says_what_was_left_out(name: str) -> None:
    read = read_prompts(CONFIG.encode(), name)
    assert read.prompts == FILLED
    assert read.left_out == ("providers", "config", "assert", "metadata")


@pytest.mark.parametrize(
    ("name", "text", "prompts"),
    [
        ("set.txt", "# ours\na red kite\n\n  boats # two\n", ("a red kite", "boats # two")),
        ("set", "a red kite\nboats", ("a red kite", "boats")),
        ("set.txt", "a red kite\nover a harbour\n---\n\n---\n# ours\nboats\n", ("a red kite\nover a harbour", "boats")),
        ("set.csv", 'prompt,label\n"a red, wide kite",kite\n\nboats,\n', ("a red, wide kite", "boats")),
        ("set.csv", "Prompt , colour\nA {{colour}} kite,red\n", ("A red kite",)),
        ("set.csv", 'prompt\n"a red kite\nover a harbour"\n', ("a red kite\nover a harbour",)),
        ("set.csv", "prompt,photo\nboats,https://example.com/a.png\n", ("boats",)),
        ("set.jsonl", '{"vars":{"prompt":"a red kite"}}\n\n{"vars":{"prompt":"boats"}}\n', ("a red kite", "boats")),
        ("set.jsonl", '{"vars":{"prompt":["a red kite","boats"]}}', ("a red kite", "boats")),
        ("set.jsonl", '{"vars":{"prompt":"a\u2028kite"}}', ("a\u2028kite",)),
        ("tests.yaml", "- vars: {prompt: a red kite}\n- vars: {prompt: boats}", ("a red kite", "boats")),
        ("set.yaml", "prompts: ['{{n}} kites']\ndefaultTest: {vars: {n: [1, 2]}}", ("1 kites", "2 kites")),
        ("set.yaml", "prompts: [a red kite]\ntests: [{assert: []}, {assert: []}]", ("a red kite",)),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_form_is_read_in_every_dress(
    name: str, text: str, prompts: tuple[str, ...], ends: str, encoding: str
) -> None:
    assert read_prompts(text.replace("\n", ends).encode(encoding), name).prompts == prompts


@pytest.mark.parametrize(
    ("text", "prompts"),
    [
        ("a red kite, over a harbour\nboats, two\n", ("a red kite, over a harbour", "boats, two")),
        ("\n{a kite}\nboats", ("{a kite}", "boats")),
        ("prompt,label\na red kite,\n", ("a red kite",)),
        ('{"vars": {"prompt": "a red kite"}}', ("a red kite",)),
        ("Make it say tests: passed\n", ("Make it say tests: passed",)),
    ],
)
def test_a_paste_has_the_form_it_begins_as(text: str, prompts: tuple[str, ...]) -> None:
    assert read_prompts(text).prompts == prompts


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("set.csv", "subject,__expected,__metadata:kind\nkite,blue,a\nboat,,b\n"),
        ("set.jsonl", '{"vars":{"subject":"kite"}}\n{"vars":{"subject":"boat"}}'),
        ("set.yaml", "tests: [{vars: {subject: [kite, boat]}}]"),
    ],
)
def test_values_alone_are_filled_into_a_template(name: str, text: str) -> None:
    assert read_prompts(text, name, TEMPLATE).prompts == ("A photo of a kite", "A photo of a boat")
    refusal(text, name)


def test_what_a_csv_has_for_promptfoo_alone_is_named() -> None:
    read = read_prompts("prompt,__expected,__description\nboats,blue,two", "set.csv")
    assert read.left_out == ("__expected", "__description")


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("{{ name | upper }}", "has `{{ name | upper }}`: I fill in plain {{name}}"),
        ("{{a.b}}", "{{a.b}}"),
        ("{{ 1 + 1 }}", "{{ 1 + 1 }}"),
        ("{{}}", "{{}}"),
        ("{% if a %}x{% endif %}", "{% if a %}x{% endif %}"),
        ("{# a note #}kite", "{# a note #}kite"),
        ("{{name}} {{name|upper}}", "has `{{name|upper}}`"),
        ("file://prompts.txt", "points to `file://prompts.txt`"),
        ("  file://*.txt", "points to `file://*.txt`"),
        ("exec:./make.sh", "run no program"),
        ("python:make.py", "run no program"),
        ("make.py:prompt", "run no program"),
        ("prompts/*.txt", "open no other file"),
        ("langfuse://kite:3", "langfuse://"),
        ("portkey://pp-kite", "portkey://"),
        ("helicone://kite:1.0", "helicone://"),
        ("https://example.com/prompts", "https://"),
        ("A {{missing}} kite", "has {{missing}} and nothing to put there"),
    ],
)
def test_what_is_no_plain_prompt_is_refused_by_what_it_is(prompt: str, words: str) -> None:
    for name, text in (
        ("set.txt", f"boats\n{prompt}"),
        ("", f"boats\n{prompt}"),
        ("set.yaml", f"prompts:\n- |-\n  {prompt.strip()}"),
        ("set.csv", f'prompt\n"{prompt}"\n'),
    ):
        answer = refusal(text, name)
        assert words.partition(" and nothing")[0] in answer
        assert answer.startswith(name or "What you pasted")


@pytest.mark.parametrize(
    "prompt", ["Python: a snake", "exec: a board", "a kite at http://", "kite.txt on a sign", "{}"]
)
def test_words_that_only_look_like_it_are_a_prompt(prompt: str) -> None:
    assert read_prompts(prompt, "set.txt").prompts == (prompt,)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("file://subjects.txt", "points to `file://subjects.txt`"),
        ("https://example.com/a", "points to"),
        ("'{{other}}'", "`subject` in test 1 is a template again"),
        ("'{% now %}'", "is a template again"),
        ("{deep: er}", "`subject` of test 1 is no text"),
        ("[[a]]", "is no text"),
        ("", "has {{subject}} and nothing in test 1 to put there"),
        ("'  '", "nothing in test 1"),
        ("[]", "nothing in test 1"),
        ("[kite, ~]", "nothing in test 1"),
    ],
)
def test_a_value_is_a_text_or_some_and_nothing_else(value: str, words: str) -> None:
    text = f"prompts: ['{TEMPLATE}']\ntests:\n- vars:\n    subject: {value}"
    assert words in refusal(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prompts: file://prompts.txt", "points to"),
        ("prompts: prompts", "`prompts` is no list"),
        ("prompts: {a.txt: kites}", "`prompts` is no list"),
        ("prompts: [{id: 'file://a.txt', label: a}]", "points to"),
        ("prompts: [{label: a}]", "prompt 1 is no text"),
        ("prompts: [[a]]", "prompt 1 is no text"),
        ("tests: file://tests.csv", "points to"),
        ("tests: [file://tests.csv]", "points to"),
        ("tests: [a test]", "a test is not written as names with values"),
        ("prompts: [a]\ntests: [{vars: file://v.yaml}]", "points to"),
        ("prompts: [a]\ndefaultTest: file://usual.yaml", "points to"),
        ("prompts: [a]\nscenarios: []", "makes prompts by `scenarios`"),
        ("redteam: {plugins: []}", "makes prompts by `redteam`"),
        ("prompts: [a]\ntests: [{options: {prefix: b}}]", "test 1 has `prefix`"),
        ("prompts: [a]\ndefaultTest: {options: {suffix: b}, vars: {a: b}}", "has `suffix`"),
        ("prompts: [a]\ntests: [{options: {transformVars: b}}]", "`transformVars`"),
        ("prompts: [a]\ntests: [{options: {disableVarExpansion: true}}]", "`disableVarExpansion`"),
        ("prompts: [a]\ntests: [{prompts: [b]}]", "test 1 has `prompts`"),
        ("- role: user\n  content: a kite", "has {{prompt}} and nothing in test 1"),
        ("providers: [a]", "neither `prompts` nor `tests`"),
        ("a kite", "neither"),
        ("", "neither"),
        ("prompts: []", "has no prompt in it"),
    ],
)
def test_a_configuration_that_needs_more_than_it_says_is_refused(text: str, words: str) -> None:
    assert words in refusal(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &a [kite]\nprompts: *a", "line 2 repeats a part by an alias (*a)"),
        ("a: &a {b: c}\nprompts: [{<<: *a}]", "by an alias"),
        ("prompts: !!python/object/apply:os.system ['true']", "line 1 has the tag"),
        ("prompts: [!!binary aGk=]", "has the tag"),
        ("prompts: [!mine kite]", "has the tag !mine"),
        ("prompts: [kite]\nprompts: [boat]", "line 2 has `prompts` a second time"),
        ("? [a]\n: b", "line 1 has a list or a mapping for a name"),
        ("prompts: [kite]\n---\nprompts: [boat]", "is more than one document: line 3"),
        ("prompts: [kite", "is no YAML: line 1, column 15"),
        ("prompts: ['\x01']", "a character that YAML does not allow"),
        ("prompts: " + "[" * MOST_DEPTH, f"nested more than {MOST_DEPTH} deep"),
        ("prompts: [" + "a," * MOST_VALUES + "]", f"more than {MOST_VALUES:,} values"),
    ],
)
def test_yaml_that_repeats_builds_or_goes_on_for_ever_is_refused(text: str, words: str) -> None:
    assert words in refusal(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prompt;label\nkite;a", "is not separated by commas"),
        ("prompt\tlabel\nkite\ta", "is not separated by commas"),
        ("subject\nkite", "has no column `prompt`"),
        ("", "has no column `prompt`"),
        ("prompt,prompt\na,b", "has the column `prompt` twice"),
        ("prompt,__prefix\na,b", "has the column `__prefix`"),
        ("prompt,__suffix\na,b", "has the column `__suffix`"),
        ("prompt,label\na,b,c", "line 2 has 3 cells, but the header has 2"),
        ("prompt,label\n,b", "line 2 has no prompt"),
        ("prompt,colour\n{{colour}} kite,", "nothing in line 2"),
        ('prompt\n"a kite', "is no CSV at line 2, or a quote is not closed"),
        ("prompt\n" + "x" * 200_000, "is no CSV at line 2"),
        ("prompt\n", "has no prompt in it"),
    ],
)
def test_a_csv_is_refused_by_its_line(text: str, words: str) -> None:
    assert words in refusal(text, "set.csv")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"vars":{"prompt":"a"}}\n{"vars":', "line 2 is no JSON"),
        ('{"prompt":"a"}', "line 1 is not like"),
        ('["a"]', "line 1 is not like"),
        ("[" * 100_000, "line 1 is no JSON"),
        ('{"vars":{"prompt":{"a":"b"}}}', "line 1: `prompt` of test 1 is no text"),
        ('{"vars":{"subject":"a"}}', "has {{prompt}} and nothing in line 1"),
        ('{"vars":{"prompt":"\\ud800"}}', "prompt 1: The prompt has a character I cannot use"),
        ("", "has no prompt in it"),
    ],
)
def test_json_lines_are_refused_by_their_line(text: str, words: str) -> None:
    assert words in refusal(text, "set.jsonl")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("kïte".encode("latin-1"), "is no text in UTF-8"),
        (b"\xff\xfea", "is no text in UTF-8"),
        ("kite".encode("utf-32"), "is no text in UTF-8"),
        (b"PK\x03\x04\x00\x00", "is no text in UTF-8"),
        (b"kite\x00", "is no text in UTF-8"),
        (b"a" * (MOST_BYTES + 1), "is larger than 500 KB"),
        (b"kite\x07", "prompt 1: The prompt has a character I cannot use"),
        (b"boats\n" + b"k" * (MAX_CHARACTERS + 1), "prompt 2: That prompt has 32,001 characters"),
        (b"boats\nkite\n kite", "prompts 2 and 3 are the same (kite)"),
        ("\u200b".encode(), "prompt 1: Say what to draw"),
        (b"", "has no prompt in it"),
        (b"# nothing\n", "has no prompt in it"),
    ],
)
def test_text_that_cannot_be_a_prompt_is_refused_with_its_place(content: bytes, words: str) -> None:
    assert words in refusal(content, "set.txt")


@pytest.mark.parametrize("name", ["set.json", "set.xlsx", "make.PY", "make.js", "set.j2"])
def test_a_file_of_another_kind_is_refused_by_name(name: str) -> None:
    assert refusal("a kite", name) == f"{name} is none of the files I read prompts from: .txt, .csv, .jsonl and .yaml."


@pytest.mark.parametrize(("name", "text"), [("set.txt", "kite"), ("set.yaml", "prompts: [kite]")])
def test_a_template_is_for_values_alone(name: str, text: str) -> None:
    assert "template" in refusal(text, name, TEMPLATE)


def test_the_page_shows_files_that_are_read() -> None:
    page = (Path(__file__).parents[2] / "docs/prompt_sets.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    read = {form: read_prompts(text, f"set.{form.replace('text', 'txt')}") for form, text in blocks.items()}
    assert {form: len(one.prompts) for form, one in read.items()} == {"text": 2, "csv": 2, "jsonl": 2, "yaml": 6}
    assert "A photo of a boat in sun" in read["yaml"].prompts
    assert all(read_prompts(text) == read[form] for form, text in blocks.items())


def many(form: str, count: int) -> str:
    texts = [f"kite {n}" for n in range(count)]
    forms = {
        "txt": "\n".join(texts),
        "csv": "\n".join(["prompt", *texts]),
        "jsonl": "\n".join(f'{{"vars":{{"prompt":"{text}"}}}}' for text in texts),
        "yaml": "prompts: ['{{a}}']\ntests: [{vars: {a: [" + ",".join(texts) + "]}}]",
    }
    return forms[form]


@pytest.mark.parametrize("form", ["txt", "csv", "jsonl", "yaml"])
def test_forty_prompts_are_read_and_one_more_is_refused(form: str) -> None:
    assert len(read_prompts(many(form, MOST_PROMPTS), f"set.{form}").prompts) == MOST_PROMPTS
    assert refusal(many(form, 41), f"set.{form}") == f"set.{form} makes 41 prompts; a blind test takes 5 to 40."


def test_lists_of_values_are_counted_before_they_are_multiplied() -> None:
    names = [f"v{n}" for n in range(9)]
    template = " ".join(f"{{{{{name}}}}}" for name in names)
    values = ", ".join(f"{name}: [{','.join('abcdefghij')}]" for name in names)
    begun = time.monotonic()
    assert "makes 1,000,000,000 prompts" in refusal(f"prompts: ['{template}']\ntests: [{{vars: {{{values}}}}}]")
    assert time.monotonic() - begun < 5
