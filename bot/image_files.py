"""The drawn files: one folder, names made by us, each on the disk for good before its call is settled.

    <folder>/<team>/<id>.png    the picture
    <folder>/<team>/<id>.json   its note: what is needed to settle it, should we crash before we do

The note is written first, so a picture that is there can always be taken over.
"""

import contextlib
import errno
import json
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
# Device names on some systems, whatever the case of their letters.
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
OURS = re.compile(r"\.?[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(png|json)(\.[0-9a-f]{16}\.tmp)?")
# As Slack names workspaces and organizations, and we that of a terminal. Anything else in the folder is not ours.
TEAM = re.compile(r"[TE][A-Z0-9]{1,63}|local")
MOST_NOTE_BYTES = 64 * 1024
PROOF = "proof"  # no id of ours is a word
PROVEN_SECONDS = 5.0
NEVER = float("-inf")
ROOM_BYTES = 16 * 1024 * 1024  # for what is under way


class BadName(ValueError):
    """Not a name we make: nothing was read or written."""


class ImageFiles:
    """Nothing outside `folder` is touched, and no symbolic link inside it is followed. `clock` is a monotonic one."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self._clock = clock
        # When a write into a team's folder, or the whole one, last worked. Whoever was tried here stands in it.
        self._last_write: dict[str | None, float] = {}

    def unable(self, team_id: str | None = None) -> str | None:
        """Why nothing can be stored: in that team's folder, or in the whole one and any team's in it. None: it can."""
        try:
            self.prove(team_id)
            teams = [] if team_id else self._teams()
        except (OSError, BadName) as error:
            return getattr(error, "strerror", None) or str(error) or type(error).__name__
        return next((f"its folder {team}: {why}" for team in teams if (why := self.unable(team))), None)

    def prove(self, team_id: str | None = None) -> None:
        """Write and take away a small file, unless that worked some seconds ago. Raises OSError, or BadName.

        Of a team's folder, or of the whole one.
        """
        if self._clock() - self._last_write.get(team_id, NEVER) < PROVEN_SECONDS:
            return
        if team_id is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            proof = self.folder / f"{PROOF}.json"
        else:
            proof = self._path(team_id, PROOF, "json")
            self._last_write.setdefault(team_id, NEVER)
            self._open_team(proof.parent)
        if shutil.disk_usage(proof.parent).free < ROOM_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        spare = _write_spare(proof, b"{}")
        spare.unlink()
        self._last_write[team_id] = self._clock()

    def there(self) -> bool:
        """Some processes need no folder and have none."""
        try:
            return self.folder.is_dir()
        except OSError:
            return False

    def save(self, team_id: str, picture_id: str, png: bytes, note: Mapping[str, Any]) -> Path:
        """Both files stand on the disk when this returns; OSError (a full disk, say) leaves neither half-written."""
        picture = self._path(team_id, picture_id, "png")
        try:
            self._open_team(picture.parent)
            _put(self._path(team_id, picture_id, "json"), json.dumps(note, ensure_ascii=True).encode())
            _put(picture, png)
        except OSError:
            self._last_write = dict.fromkeys(self._last_write, NEVER)
            raise
        return picture

    def find(self, team_id: str, picture_id: str) -> Path | None:
        """Where a whole picture is, or None: never drawn, pruned, or no name of ours."""
        try:
            path = self._path(team_id, picture_id, "png")
        except BadName:
            return None
        return path if _kind(path.parent) == stat.S_IFDIR and _kind(path) == stat.S_IFREG else None

    def read(self, team_id: str, picture_id: str) -> bytes | None:
        path = self.find(team_id, picture_id)
        return _get(path) if path else None

    def note(self, team_id: str, picture_id: str) -> dict[str, Any] | None:
        """What was noted with a picture that is whole on the disk; None without that picture."""
        path = self.find(team_id, picture_id)
        raw = _get(path.with_suffix(".json"), MOST_NOTE_BYTES) if path else None
        try:
            note = json.loads(raw) if raw else None
        except ValueError:
            return None
        return note if isinstance(note, dict) else None

    def prune(self, before: datetime, keep: Collection[tuple[str, str]] = ()) -> int:
        """Delete what was last written before that (aware) moment, left-overs of a crash too; the count of pictures.

        `needed` are team and id of those that stay.
        """
        pictures = 0
        for path in self._files():
            if (path.parent.name, path.stem) in keep:
                continue
            with contextlib.suppress(FileNotFoundError):
                if path.lstat().st_mtime < before.timestamp():
                    path.unlink()
                    pictures += path.suffix == ".png"
        return pictures

    def _path(self, team_id: str, picture_id: str, suffix: str) -> Path:
        for name in (team_id, picture_id):
            if not SAFE.fullmatch(name) or DEVICES.fullmatch(name):
                raise BadName("a picture's name is made of letters, digits, - and _")
        return self.folder / team_id / f"{picture_id}.{suffix}"

    def _open_team(self, team: Path) -> None:
        if team.is_symlink():
            raise BadName("a workspace's folder is a link")
        if not team.is_dir():
            team.mkdir(parents=True, exist_ok=True)
            _sync_folder(team.parent)

    def _teams(self) -> list[str]:
        """Those with a folder, or with something else in its place, and those that were tried here."""
        there = {path.name for path in self.folder.iterdir() if TEAM.fullmatch(path.name)}
        return sorted(there | {team for team in list(self._last_write) if team is not None})

    def _files(self) -> Iterator[Path]:
        """Files named as we name them, pictures before their notes."""
        teams = [team for team in self.folder.iterdir() if _kind(team) == stat.S_IFDIR] if self.there() else []
        for team in teams:
            yield from sorted((file for file in team.iterdir() if OURS.fullmatch(file.name)), reverse=True)


def _put(path: Path, content: bytes) -> None:
    """All of it or none of it, also when the power goes."""
    spare = _write_spare(path, content)
    try:
        os.replace(spare, path)
    except BaseException:
        spare.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _write_spare(path: Path, content: bytes) -> Path:
    """On the disk, under a spare name beside that one."""
    spare = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with open(spare, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        spare.unlink(missing_ok=True)
        raise
    return spare


def _get(path: Path, most: int = -1) -> bytes | None:
    """The file's bytes; None when it is gone or a link."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            return file.read(most)
    except OSError:
        return None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _kind(path: Path) -> int:
    """A constant of `stat`, of the name itself and never of what a link points to; 0 where there is nothing."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except OSError:
        return 0
