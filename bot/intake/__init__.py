"""Usage that pipelines report: read strictly at the border, priced once, stored once.

shape, strict_json    what a record looks like, and the JSON it comes in
reading               from what was sent to a priced record
taking                POST /v1/usage: a body in, what became of each record out
files, importing      CSV of any size, whole or not at all
exporting             the records as CSV that no spreadsheet runs
billing               the provider's bill, once a day: a column of its own
"""

from bot.billing.reader import BillReader
from bot.intake.exporting import safe, write
from bot.intake.importing import Import, Wanted
from bot.intake.reading import Desk
from bot.intake.taking import MOST_RECORDS, Pipelines

__all__ = ["MOST_RECORDS", "BillReader", "Desk", "Import", "Pipelines", "Wanted", "safe", "write"]
