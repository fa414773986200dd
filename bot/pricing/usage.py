"""Tokens a response reports, and what they cost at dated rates."""

from dataclasses import astuple, dataclass

PARTIAL_IMAGE_TOKENS = 100  # image output tokens each partial image adds (docs guide, "partial images")


@dataclass(frozen=True)
class Usage:
    """Token counts of one image call as the API reports them (`usage` of the Images API).

    `image_out` holds partial images too; cached tokens are part of `text_in` and `image_in`, not beside them.
    """

    text_in: int = 0
    image_in: int = 0
    image_out: int = 0
    text_out: int = 0
    text_in_cached: int = 0
    image_in_cached: int = 0

    def plus(self, other: "Usage") -> "Usage":
        return Usage(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))
