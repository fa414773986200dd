"""What completes these words in bash and zsh: the tables of the commands as one function that both shells read."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot import catalog
from bot.bench.prompt_sets import prompt_sets
from bot.entrypoints.cli import EXTRAS, HELP, OPERATORS, VERSION, operators
from bot.entrypoints.cli.operators import Operator, OperatorResult
from bot.entrypoints.commands import COMMANDS
from bot.grammar import Vocabulary
from bot.grammar.completions import Completion, completions, option_values
from bot.grammar.vocabulary import vocabulary

ALWAYS = (*HELP, VERSION)
DRAWS, EXPORTS = ("run", "rerun"), "export"  # of `bench`: alone to take its options, and a file

# No name here may be one that zsh keeps for itself (words, path, options). Where nothing was found, both offer files.
NEXT = """_imagelane_next() {
    local current=$1 command='' act='' previous='' word='' flags=''
    shift
    for word in "$@"; do
        case $previous in
            @TAKES@) previous=''; continue ;;
        esac
        case $word in
            -*) ;;
            *) if [ -z "$command" ]; then command=$word; elif [ -z "$act" ]; then act=$word; fi ;;
        esac
        previous=$word
    done
    case $previous in
@VALUES@
        @TAKES@) return ;;
    esac
    case "$command $act" in
@PLACES@
    esac
    case $current in
        -*) found=$flags ;;
    esac
}
"""
SHELLS = {
    "bash": """# eval "$(imagelane completion bash)"
@NEXT@
_imagelane() {
    local found='' current=${COMP_WORDS[COMP_CWORD]}
    _imagelane_next "$current" "${COMP_WORDS[@]:1:COMP_CWORD-1}"
    COMPREPLY=($(compgen -W "$found" -- "$current"))
}
complete -o default -F _imagelane imagelane
""",
    "zsh": """#compdef imagelane
# eval "$(imagelane completion zsh)" after compinit, or this as the file _imagelane in a folder of $fpath
@NEXT@
_imagelane() {
    local found=''
    _imagelane_next "${words[CURRENT]}" "${(@)words[2,CURRENT-1]}"
    [[ -n $found ]] && compadd -- ${=found} || _files
}
if [[ ${funcstack[1]} == _imagelane ]]; then
    _imagelane "$@"
else
    compdef _imagelane imagelane
fi
""",
}


@dataclass(frozen=True)
class Place:
    """What may follow a command and what it does; `pattern` is that of a shell. Without words its options are shown."""

    pattern: str
    words: tuple[str, ...]
    flags: tuple[str, ...]
    files: bool = False

    def line(self) -> str:
        flags = " ".join((*self.flags, *ALWAYS))
        words = f"'{' '.join(self.words)}'" if self.words or self.files else "$flags"
        return f"        {self.pattern}) flags='{flags}' found={words} ;;"


def run(options: Namespace) -> OperatorResult:
    print(script(options.act), end="")
    return OperatorResult()


def script(shell: str) -> str:
    terms = vocabulary(catalog.load())
    values = _values(terms)
    lines = (f"        {option}) found='{' '.join(words)}'; return ;;" for option, words in values.items() if words)
    body = (
        NEXT.replace("@TAKES@", "|".join(values))
        .replace("@VALUES@", "\n".join(lines))
        .replace("@PLACES@", "\n".join(place.line() for place in _places(terms)))
    )
    return SHELLS[shell].replace("@NEXT@", body)


def _values(vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Each option that has a value, with the words known to fit."""
    ours = [extra.name for extra in EXTRAS if extra.value]
    theirs = [option.name for name in OPERATORS for option in operators.operator(name).options() if option.value]
    values = option_values(COMMANDS, vocabulary)
    more = {"--prompts": tuple(prompt_sets()), "--lanes": values["--lane"]}
    return dict.fromkeys((*ours, *theirs), ()) | values | more


def _places(vocabulary: Vocabulary) -> Iterator[Place]:
    """A shell takes the first that fits."""
    questions = completions(COMMANDS, vocabulary, values=False)
    names = (*(question.name for question in questions), *(name for name in OPERATORS if " " not in name))
    yield Place("' '", names, tuple(extra.name for extra in EXTRAS))
    yield Place("'help '*", names, ("--json",))
    for name in OPERATORS:
        if " " in name:  # before the question it begins with
            yield Place(f"'{name}'", (), tuple(option.name for option in operators.operator(name).options()))
    for question in questions:
        if question.name != "help":
            yield from _question(question)
    for name in OPERATORS:
        if " " not in name:
            yield from _operator(operators.operator(name))


def _question(question: Completion) -> Iterator[Place]:
    own = tuple(word for word in question.words if word.startswith("-"))
    words = tuple(word for word in question.words if word not in own)
    extras = tuple(extra.name for extra in EXTRAS if extra.goes_with(COMMANDS, question.name))
    if question.name != "bench":
        yield Place(f"'{question.name} '*", words, own + extras)
        return
    yield Place("'bench '", words, extras)
    for act in words:
        yield Place(f"'bench {act}'", (), (own if act in DRAWS else ()) + extras, act == EXPORTS)


def _operator(operator: Operator) -> Iterator[Place]:
    flags = tuple(option.name for option in operator.options())
    for act in operator.acts:
        yield Place(f"'{operator.name} {act.name}'", (), flags)
    files = any(word.name == "FILE" for word in operator.words())
    yield Place(f"'{operator.name} '*", tuple(act.name for act in operator.acts), flags, files)
