"""What the provider billed beside what we metered: two columns, held against each other day by day, never one sum."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

COST, USAGE = "cost", "usage"
IMAGE_MODEL = re.compile(r"(?:chatgpt-image|gpt-image|dall-e)-[a-z0-9][a-z0-9.-]*[a-z0-9]|dall-e-[0-9]", re.IGNORECASE)


@dataclass(frozen=True)
class Bucket:
    """One line of what the provider says of one UTC day: a cost with its amount, or a usage with its count.

    `item` is the line item of a cost, the model of a usage. `project` and `item` are "" where it names none.
    """

    kind: str
    project: str
    item: str
    start: datetime
    end: datetime
    amount_nanousd: int | None = None
    quantity: Decimal | None = None
    unit: str | None = None

    @property
    def key(self) -> tuple[str, str, str, datetime]:
        return self.kind, self.project, self.item, self.start

    @property
    def model(self) -> str | None:
        """The image model it is about; None for everything else an organization buys.

        The provider spells its line items in more than one way, but always with the model's id in them.
        """
        found = IMAGE_MODEL.search(self.item)
        return found[0].lower() if found else None
