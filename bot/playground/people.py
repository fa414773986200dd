"""The sample team: its people and channels, all labelled sample, none of them real."""

from dataclasses import dataclass, field

TEAM = "T0SAMPLE1"
OTHER_TEAM = "T0SAMPLE2"
APP = "A0SAMPLE1"
BOT_USER = "U0SAMPLEBOT"
BOT = "B0SAMPLEBOT"

ANA, BEN, CHI = "U0SAMPLEANA", "U0SAMPLEBEN", "U0SAMPLECHI"
GUEST, GONE, OUTSIDER = "U0SAMPLEGST", "U0SAMPLEOFF", "U0SAMPLEOUT"

GENERAL, STUDIO, UNINVITED = "C0SAMPLEGEN", "C0SAMPLESTU", "C0SAMPLEUNI"
PRIVATE, ARCHIVED, SHARED = "C0SAMPLEPRV", "C0SAMPLEARC", "C0SAMPLESHR"
DM_OF_TWO = "D0SAMPLEANB"  # Ana and Ben: the bot is not in it
DM_OF_ANA = "D0SAMPLEANA"  # Ana and the bot


@dataclass(frozen=True)
class SamplePerson:
    id: str
    name: str
    real_name: str
    is_admin: bool = False
    is_restricted: bool = False
    deleted: bool = False
    is_bot: bool = False
    team_id: str = TEAM
    tz: str = "Europe/Berlin"

    @property
    def profile(self) -> dict[str, object]:
        """As users.info answers."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": 3600,
            "is_admin": self.is_admin,
            "is_owner": self.is_admin,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_stranger": self.team_id != TEAM,
            "profile": {"real_name": self.real_name, "display_name": self.name},
        }


@dataclass(frozen=True)
class Channel:
    """`kind` is public, private or dm. The bot is in it when `BOT_USER` is among `members`."""

    id: str
    name: str
    kind: str = "public"
    members: frozenset[str] = field(default_factory=frozenset)
    is_archived: bool = False
    is_ext_shared: bool = False

    @property
    def name_in_payloads(self) -> str:
        return {"public": self.name, "private": "privategroup", "dm": "directmessage"}[self.kind]

    @property
    def profile(self) -> dict[str, object]:
        """As conversations.info answers."""
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.kind == "public",
            "is_private": self.kind != "public",
            "is_im": self.kind == "dm",
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_shared": self.is_ext_shared,
            "is_member": BOT_USER in self.members,
        }


def sample_people() -> list[SamplePerson]:
    return [
        SamplePerson(ANA, "sample-ana", "Ana (sample)", is_admin=True),
        SamplePerson(BEN, "sample-ben", "Ben (sample)", tz="America/New_York"),
        SamplePerson(CHI, "sample-chi", "Chi (sample)", tz="Asia/Kolkata"),
        SamplePerson(GUEST, "sample-guest", "Guest (sample)", is_restricted=True),
        SamplePerson(GONE, "sample-gone", "Gone (sample)", deleted=True),
        SamplePerson(OUTSIDER, "sample-outsider", "Outsider (sample)", team_id=OTHER_TEAM),
        SamplePerson(BOT_USER, "imagelane", "imagelane", is_bot=True),
    ]


def sample_channels() -> list[Channel]:
    team = frozenset({ANA, BEN, CHI, GUEST})
    with_bot = team | {BOT_USER}
    return [
        Channel(GENERAL, "sample-general", members=with_bot),
        Channel(STUDIO, "sample-studio", members=with_bot),
        Channel(UNINVITED, "sample-uninvited", members=team),
        Channel(PRIVATE, "sample-private", "private", team),
        Channel(ARCHIVED, "sample-archived", members=with_bot, is_archived=True),
        Channel(SHARED, "sample-shared", members=with_bot | {OUTSIDER}, is_ext_shared=True),
        Channel(DM_OF_TWO, "", "dm", frozenset({ANA, BEN})),
        Channel(DM_OF_ANA, "", "dm", frozenset({ANA, BOT_USER})),
    ]
