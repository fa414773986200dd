"""What came through a door since a moment: so that the cells of a table share one door, each with its own news."""

from typing import Any

from tests.kit.slack_door import AskedJob, House


class Since:
    """Made before an act, asked after it; what is said late is waited for."""

    def __init__(self, door: House) -> None:
        self._door = door
        self._said = len(door.far_end.ephemerals())
        self._jobs = len(door.jobs)
        self._audits = {row.id for row in door.audits()}

    def told(self, person: str) -> list[str]:
        """What was said to that person alone."""
        self._door.wait_for_words()
        return [said.text for said in self._door.far_end.ephemerals()[self._said :] if said.only_for == person]

    def audits(self) -> list[Any]:
        return [row for row in self._door.audits() if row.id not in self._audits]

    def jobs(self) -> list[AskedJob]:
        return self._door.jobs[self._jobs :]
