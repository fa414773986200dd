"""From a click to a picture in the channel.

studio     takes a drawing from state to state: placeholder, one paid call, the books
delivery   shows it: in a Slack message, or in a folder beside a terminal
leases     keeps a long call from being taken for a dead one
folder     whether this process can store pictures at all
unwritten  what was done outside and could not be written down yet
"""

from bot.studio.delivery import PASSING, Addressee, FolderDelivery, SlackDelivery, surely, tell
from bot.studio.folder import Folder
from bot.studio.studio import LEASE, Delivery, Studio
from bot.studio.unwritten import Unwritten

__all__ = [
    "LEASE",
    "PASSING",
    "Addressee",
    "Delivery",
    "Folder",
    "FolderDelivery",
    "SlackDelivery",
    "Studio",
    "Unwritten",
    "surely",
    "tell",
]
