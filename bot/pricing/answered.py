"""An answer for a day, and how days are said in it to who asked."""

from datetime import date

from bot.periods import ahead_words, day_words


class Answered:
    """`day` is the one it is for, `asked_on` the one somebody asked on."""

    day: date
    asked_on: date | None

    @property
    def is_for_today(self) -> bool:
        return self.day == self.asked_on

    def said(self, day: date) -> str:
        """`30 Nov`, with the year only where it is another one."""
        return day_words(day, self.asked_on or self.day)

    def ahead(self, day: date) -> str:
        """`in 3 days` where that is from today, else `on 30 Nov`."""
        return ahead_words((day - self.day).days) if self.is_for_today else f"on {self.said(day)}"
