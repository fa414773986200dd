"""What sets the price of one image: model, quality, size."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Size:
    """Pixels, width first."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"

    def in_json(self) -> str:
        """One word there, too."""
        return str(self)


@dataclass(frozen=True, order=True)
class ImageSpec:
    model: str
    quality: str
    size: Size

    def __str__(self) -> str:
        return f"{self.model} {self.quality} {self.size}"
