"""The flags of every command in a terminal: help, version, its own options and no others; and what shells complete."""

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

import bot
from bot.entrypoints.cli import EXTRAS, OPERATORS, main
from bot.entrypoints.commands import COMMANDS
from tests.entrypoints.test_terminal import a_place_of_its_own
from tests.kit import cells
from tests.kit.processes import ROOT

__all__ = ["a_place_of_its_own"]  # its fixture holds here, too

QUESTIONS = tuple(usage.name for usage in COMMANDS.usages)
ACTS = ("token create", "token list", "token revoke", "bills sync", "completion bash")
Say = Callable[..., str]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def said(line: str, status: int = 0) -> str:
        assert main(shlex.split(line)) == status
        out, err = capsys.readouterr()
        assert (out if status and "--json" not in line else err) == ""
        return out + err

    return said


@pytest.fixture(scope="module")
def bash_script() -> str:
    return script("bash")


def script(shell: str) -> str:
    words = [sys.executable, "-m", "bot", "completion", shell]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_B20_every_operator_command_tells_what_it_takes_and_of_no_other(say: Say) -> None:
    def told(name: str) -> None:
        shown = say(f"{name} --help")
        assert shown == say(f"{name} -h")
        assert shown.startswith(f"usage: imagelane {name} ")
        assert ("--dry-run" in shown, "--socket-mode" in shown) == (name == "import", name == "playground")

    cells.hold([*OPERATORS, *ACTS], told)
    for name, does in OPERATORS.items():
        assert does[1:] in " ".join(say(f"help {name}").split())
    assert say("-h token") == say("help token") == say("token -h")


def test_B20_every_question_tells_what_the_grammar_says_of_it(say: Say) -> None:
    def told(name: str) -> None:
        assert say(f"{name} --help") == say(f"{name} -h")
        if name != "help":
            assert say(f"{name} -h") == say(f"help {name}")
            assert say(f"{name} -h").startswith(name)

    cells.hold(QUESTIONS, told)
    assert say("bench run --help") == say("help bench")
    assert "In a terminal also: --json, --details, --out DIR, --workspace ID." in say("try -h")
    assert json.loads(say("estimate -h --json"))["topic"] == "estimate"


def test_B20_one_overview_however_it_is_asked_for(say: Say) -> None:
    overview = say("help")
    assert say("-h") == say("--help") == say("") == overview
    assert all(name in overview for name in OPERATORS)
    assert all(f" imagelane {name}" in overview for name in QUESTIONS if name != "help")
    whole = say("help --details")
    assert all(f"\n  imagelane {name}" in whole for name in OPERATORS)
    assert all(f"\n{name}" in f"\n{whole}" for name in QUESTIONS)


def test_a_bare_imagelane_is_one_screen(say: Say) -> None:
    lines = say("").splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


def test_B20_the_version_is_told_wherever_it_is_asked_for(say: Say) -> None:
    version = f"imagelane {bot.__version__}\n"
    cells.agree([(f"{name} --version", version) for name in ("", "serve", "token create", "estimate")], say)
    assert json.loads(say("--version --json")) == {"version": bot.__version__}
    assert "no further words" in say("--version now", 2)


def test_B20_what_a_command_has_no_use_for_is_refused_in_one_line_with_where_to_look(say: Say) -> None:
    table = [
        ("serve --png x", "`imagelane serve` takes no --png."),
        ("--png x serve", "`imagelane serve` takes no --png."),
        ("serve now", "`imagelane serve` takes no further words; I read `now`."),
        ("web --workspace T1", "`imagelane web` takes no --workspace."),
        ("doctor --out=x", "`imagelane doctor` takes no --out."),
        ("doctor --socket-mode", "`imagelane doctor` takes no --socket-mode."),
        ("playground --socket", "`imagelane playground` takes no --socket: did you mean --socket-mode?"),
        ("import a.csv --dry", "`imagelane import` takes no --dry: did you mean --dry-run?"),
        ("import a.csv --dry-run=yes", "--dry-run takes no value."),
        ("serve --help=all", "-h/--help takes no value."),
        ("import a.csv --map", "--map needs a value after it."),
        ("import a.csv b.csv", "`imagelane import` takes no further words; I read `b.csv`."),
        ("import", "`imagelane import` takes one file, or --sample for the sample data of its own."),
        ("import a.csv --sample", "`imagelane import` takes one file, or --sample for the sample data of its own."),
        ("export --dry-run", "`imagelane export` takes no --dry-run."),
        ("token", "Say `imagelane token create NAME`, `imagelane token list` or `imagelane token revoke ID`."),
        ("token revoke", "Say `imagelane token create NAME`, `imagelane token list` or `imagelane token revoke ID`."),
        ("bills sink", "Say `imagelane bills sync`."),
        ("bills sync now", "Say `imagelane bills sync`."),
        ("completion fish", "Say `imagelane completion bash` or `imagelane completion zsh`."),
    ]

    def refused(line: str, sentence: str) -> None:
        name = next(word for word in line.split() if word in OPERATORS)
        assert say(line, 2) == f"{sentence} `imagelane {name} --help` says what it takes.\n"
        assert json.loads(say(f"--json {line}", 2))["error"]["code"] == "not_understood"

    cells.hold(table, refused)


def test_B20_a_question_takes_only_the_options_it_has_a_use_for(say: Say) -> None:
    given = {extra.name: f"{extra.name} x" for extra in EXTRAS if extra.value}
    refused = [(name, option) for name in QUESTIONS for option in given if name not in takers(option)]
    assert ("estimate", "--png") in refused
    assert len(refused) == 19

    def is_refused(name: str, option: str) -> None:
        assert say(f"{name} {given[option]}", 2).startswith(f"`imagelane {name}` takes no {option}: it goes with `")

    cells.hold(refused, is_refused)
    assert say("estimate 5 --png x", 2).endswith("it goes with `spend` and `digest`.\n")


def takers(option: str) -> tuple[str, ...]:
    return {
        "--out": ("try",),
        "--png": ("spend", "digest"),
        "--workspace": ("estimate", "recommend", "try", "show", "spend", "budget", "digest", "bench"),
    }[option]


def test_B20_the_words_of_a_question_stay_the_grammar_s(say: Say) -> None:
    asked = json.loads(say('recommend quality --for "our -h shots" --json'))
    assert asked["situation"] == "quality"
    assert "-5" in say("estimate -5", 2)
    assert "`--keep` needs" in say("estimate 5 --keep", 2)
    assert "Did you mean `imagelane estimate 5 --keep 0.5`?" in say("estimate 5 --kee 50%", 2)
    assert json.loads(say("try a kite -h later --json"))["prompt"] == "a kite -h later"


def test_B20_options_stand_before_a_command_as_well(say: Say) -> None:
    assert json.loads(say("--json estimate 5"))["count"] == 5
    for line in ("--json token list", "token --json list", "token list --json"):
        assert json.loads(say(line)) == {"tokens": []}
    assert "'T1'" in say("--workspace T1 token list", 2)
    assert "'T1'" in say("token --workspace T1 list", 2)


def test_B20_a_plain_estimate_loads_nothing_of_other_commands() -> None:
    code = (
        "import sys; from bot.entrypoints.cli import main; main(['estimate', '5000', 'high', 'square']); "
        "print([name for name in sys.modules if name in ('argparse', 'gettext')"
        " or (name.startswith('bot.entrypoints.cli.') and 'printouts' not in name)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


COMPLETED = [
    ("imagelane es", ["estimate"]),
    ("imagelane token ", ["create", "list", "revoke"]),
    ("imagelane --json token re", ["revoke"]),
    ("imagelane token --workspace list ", ["create", "list", "revoke"]),
    (
        "imagelane bench ",
        ["list", "show", "verdict", "stop", "close", "cancel", "run", "rerun", "resume", "export"],
    ),
    ("imagelane bench run --l", ["--lanes"]),
    ("imagelane bench run --reject", ["--reject-seconds", "--reject-usd-per-hour"]),
    ("imagelane bench list --l", []),
    ("imagelane bench run --prompts s", ["social-posts"]),
    ("imagelane bench run --lanes pre", ["premium"]),
    ("imagelane import --s", ["--save-map", "--source", "--skip-bad", "--skip-overlap", "--sample"]),
    ("imagelane import ", []),  # files
    ("imagelane serve --p", []),
    ("imagelane playground --s", ["--socket-mode"]),
    ("imagelane estimate 5000 xh", ["xhigh"]),
    ("imagelane estimate 5000 gpt-image-2.5-f", ["gpt-image-2.5-flare", "gpt-image-2.5-flare-2026-09-08"]),
    ("imagelane estimate --p", []),
    ("imagelane digest --p", ["--png"]),
    ("imagelane spend by pe", ["person"]),
    ("imagelane help im", ["import"]),
    ("imagelane completion ", ["bash", "zsh"]),
    ("imagelane --v", ["--version"]),
]
ASK_BASH = """
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_imagelane
printf '%s\\n' "${COMPREPLY[@]}"
"""
ASK_ZSH = """
compdef() { }
_files() { }
compadd() { print -l -- ${(M)@[2,-1]:#${words[CURRENT]}*} }
source /dev/stdin
words=("$@")
CURRENT=$#
_imagelane
"""


def _typed(line: str) -> list[str]:
    return [*line.split(), *([""] if line.endswith(" ") else [])]


def test_B20_bash_completes_commands_acts_options_and_their_values(bash_script: str) -> None:
    def completed(line: str) -> list[str]:
        words = ["bash", "--norc", "-c", bash_script + ASK_BASH, "imagelane", *_typed(line)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return done.stdout.split()

    cells.agree(COMPLETED, completed)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_B20_zsh_completes_the_same() -> None:
    given = script("zsh")

    def completed(line: str) -> list[str]:
        words = ["zsh", "-f", "-c", ASK_ZSH, "imagelane", *_typed(line)]
        return subprocess.run(words, input=given, capture_output=True, text=True, check=True).stdout.split()

    cells.agree(COMPLETED, completed)


def test_B20_both_scripts_are_made_of_the_same_table(bash_script: str) -> None:
    function = bash_script[bash_script.index("_imagelane_next()") : bash_script.index("_imagelane() {")]
    zsh = script("zsh")
    assert function in zsh
    assert zsh.startswith("#compdef imagelane\n")
    named = {name for name in (*QUESTIONS, *OPERATORS) if f"'{name} " in function}
    assert named == {*QUESTIONS, *OPERATORS}
