"""README and its pages: what they show is understood, what they name is there, and every page is found from README."""

import json
import re
import shlex
from pathlib import Path

from bot import catalog
from bot.entrypoints.cli import BOOKS, PROCESSES
from bot.entrypoints.commands import COMMANDS
from bot.grammar.vocabulary import vocabulary
from bot.settings import Settings
from tests.kit import cells

ROOT = Path(__file__).parents[2]
README, PAGE, SETTINGS = ROOT / "README.md", ROOT / "docs/commands.md", ROOT / "docs/settings.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "deploy/runbook.md"]
VOCABULARY = vocabulary(catalog.load())


def blocks(page: Path) -> list[str]:
    """The lines of its code blocks."""
    return "".join(re.findall(r"^```\w*\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)).splitlines()


def prose(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def shown(page: Path, name: str) -> list[str]:
    """What stands after the name, in a line of a block or between backticks; `...` stands for any words."""
    pieces = [*blocks(page), *re.findall(r"`([^`\n]+)`", prose(page))]
    words = [piece.removeprefix(name).strip() for piece in pieces if piece.startswith(f"{name} ")]
    return [text for text in words if "..." not in text]


def alternatives(line: str) -> list[str]:
    """`list`, `show ID` of `bench list | show ID`, each whole; without what may be left out, and what is said of it."""
    first, *others = re.sub(r"\[.*?\]|--json|  +#.*", "", line).split(" | ")
    return [first, *(f"{first.split()[0]} {other}" for other in others)]


def links(page: Path) -> list[tuple[Path, str]]:
    """File and heading of each link that leads to no other host."""
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page)) + re.findall(r'src(?:set)?="([^"]+)"', prose(page))
    parted = [target.partition("#") for target in targets if "://" not in target]
    return [((page.parent / file).resolve() if file else page, heading) for file, _, heading in parted]


def headings(page: Path) -> set[str]:
    """As GitHub writes them in an address."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_readme_is_read_in_five_minutes() -> None:
    assert len(README.read_text().split()) <= 1_200


def test_the_readme_explains_every_scope_of_the_manifest() -> None:
    manifest = json.loads((ROOT / "deploy/slack-manifest.json").read_text())
    text = README.read_text()
    assert [scope for scope in manifest["oauth_config"]["scopes"]["bot"] if f"`{scope}`" not in text] == []


def test_every_setting_is_named_on_its_page() -> None:
    text = SETTINGS.read_text()
    assert [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in text] == []


def test_every_command_is_shown_on_its_page() -> None:
    assert {typed.split()[0] for typed in shown(PAGE, "/imagelane")} == {usage.name for usage in COMMANDS.usages}
    lines = shown(PAGE, "imagelane")
    assert [name for name in BOOKS if not any(f"{line} ".startswith(f"{name} ") for line in lines)] == []


def test_every_command_shown_is_understood() -> None:
    def check(_: Path, typed: str) -> None:
        COMMANDS.parse(typed, VOCABULARY)

    cells.hold(((page, typed) for page in PAGES for typed in shown(page, "/imagelane")), check)


def test_every_command_shown_for_a_terminal_is_understood() -> None:
    def check(_: Path, typed: str) -> None:
        words = shlex.split(re.sub(r"\bID\b", "7f3k2q9xd4", typed))
        if not {words[0], " ".join(words[:2])} & (PROCESSES | BOOKS).keys():
            COMMANDS.parse_words(words, VOCABULARY)

    typed = ((page, typed) for page in PAGES for line in shown(page, "imagelane") for typed in alternatives(line))
    cells.hold(typed, check)


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    def check(_: Path, file: Path, heading: str) -> None:
        assert file.exists()
        assert not heading or heading in headings(file)

    cells.hold(((page, *link) for page in PAGES for link in links(page)), check)


def test_every_file_that_is_named_is_there() -> None:
    def there(name: str) -> None:
        assert (ROOT / name).exists()

    text = "".join(map(prose, PAGES))
    files = re.findall(r"`((?:bot|data|deploy|docs|tests)/[\w./-]+\.[a-z]+)`", text)
    modules = [name.replace(".", "/") + ".py" for name in re.findall(r"python -m (tests\.[\w.]+)", text)]
    cells.hold([*files, *modules], there)


def test_every_page_and_picture_is_found_from_the_readme() -> None:
    found, new = {README}, {README}
    while new:
        new = {file for page in new if page.suffix == ".md" for file, _ in links(page)} - found
        found |= new
    pictures = [file for file in (ROOT / "docs").iterdir() if file.suffix in (".png", ".svg")]
    assert [file.name for file in (*PAGES, *pictures) if file not in found] == []
