"""What a person did in a page: presses and typed words, counted by the browser itself."""

from dataclasses import dataclass

from playwright.sync_api import Page

# A choice in a select is one press, so is Enter; of a text field its last words count, those of the composer once sent.
COUNT = """() => {
  const acts = window.acts = {presses: 0, sent: 0, fields: new Map()};
  const words = text => text.split(/\\s+/).filter(Boolean).length;
  const hear = (kind, act) => document.addEventListener(kind, act, true);
  hear('pointerdown', () => acts.presses++);
  hear('change', event => { if (event.target.matches('select')) acts.presses++; });
  hear('input', event => { if (event.target.matches('textarea, input:not([type=radio], [type=checkbox])'))
    acts.fields.set(event.target, words(event.target.value)); });
  hear('keydown', event => { if (event.key !== 'Enter') return;
    acts.presses++; acts.sent += acts.fields.get(event.target) || 0; acts.fields.delete(event.target); });
}"""
ALL = "() => [acts.presses, [...acts.fields.values()].reduce((sum, one) => sum + one, acts.sent)]"


@dataclass(frozen=True)
class Acts:
    presses: int
    words: int


def count(page: Page) -> None:
    """From now on, until the page is left."""
    page.evaluate(COUNT)


def counted(page: Page) -> Acts:
    presses, words = page.evaluate(ALL)
    return Acts(presses, words)
