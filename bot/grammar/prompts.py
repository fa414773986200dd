"""What a prompt may hold: something visible, at most 32,000 characters, none that storage or Slack cannot take."""

import re
from unicodedata import category

from bot.errors import BadPrompt

MAX_CHARACTERS = 32_000  # the image API's own limit

_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs by class, blank to the eye


def checked(prompt: str, asking: str) -> str:
    """The prompt, unchanged. Raises BadPrompt; `asking` is said where there is nothing to see."""
    if len(prompt) > MAX_CHARACTERS:
        raise BadPrompt(f"That prompt has {len(prompt):,} characters; the limit is {MAX_CHARACTERS:,}.")
    unusable = _UNUSABLE.search(prompt)
    if unusable:
        raise BadPrompt(f"The prompt has a character I cannot use (position {unusable.start() + 1}).")
    if all(category(letter) in _UNSEEN or letter in _FILLERS for letter in prompt):
        raise BadPrompt(asking)
    return prompt
