"""How long a contact sheet takes: `python -m tests.speed.sheet [RUNS]`. Medians, beside bare Pillow decoding.

20 prompts on 3 lanes, 60 demo pictures of 1024x1024 (by the free provider), each run in a process of its own that reads
them from the disk one at a time: `decode` only decompresses them, `sheet` draws the sheet of them. Peak memory is that
of the process. Target: a sheet in under 3 s and 400 MB.
"""

import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PROMPTS, LANES = 20, 3
MODELS = ("gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2")


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paint(Path(folder))
        megabytes = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        found = {what: [one_run(what, folder) for _ in range(runs)] for what in ("decode", "sheet")}
    print(f"{PROMPTS * LANES} pictures, {megabytes:.0f} MB of PNG; medians of {runs}")
    for what, taken in found.items():
        seconds, cpu, peak = (median(each[n] for each in taken) for n in range(3))
        print(f"{what:<8} {seconds:.2f} s   {cpu:.2f} s of a processor   peak {peak:.0f} MB")
    ratio = median(each[1] for each in found["sheet"]) / median(each[1] for each in found["decode"])
    print(f"ratio    {ratio:.2f}   the sheet is a file of {found['sheet'][0][3] / 1e6:.1f} MB")


def paint(folder: Path) -> None:
    from bot.pricing.spec import ImageSpec, Size
    from bot.providers.demo import DemoProvider

    for n in range(PROMPTS):
        for lane, model in enumerate(MODELS):
            png = DemoProvider().paint(ImageSpec(model, "medium", Size(1024, 1024)), f"kite {n}", "").png
            (folder / f"{n:02}-{lane}.png").write_bytes(png)


def one_run(what: str, folder: str) -> tuple[float, float, float, int]:
    """Seconds, those of a processor, peak in MB, bytes of the sheet."""
    words = [sys.executable, "-m", "tests.speed.sheet", what, folder]
    seconds, cpu, peak, size = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(cpu), float(peak), int(size)


def child(what: str, folder: str) -> None:
    paths = sorted(Path(folder).iterdir())
    began, worked = time.monotonic(), time.process_time()
    size = decode(paths) if what == "decode" else sheet(paths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.monotonic() - began, time.process_time() - worked, peak, size)


def decode(paths: list[Path]) -> int:
    from PIL import Image

    for path in paths:
        Image.open(io.BytesIO(path.read_bytes())).load()
    return 0


def sheet(paths: list[Path]) -> int:
    from bot.bench import contact_sheet

    side = contact_sheet.side(len(paths))
    tiles = [
        contact_sheet.Tile(contact_sheet.thumb(path.read_bytes(), side), ("kept by 2 of 3", "$0.0131"), True)
        for path in paths
    ]
    rows = [
        contact_sheet.SheetRow(f"{n + 1}. kite {n}", tuple(tiles[n * LANES : (n + 1) * LANES])) for n in range(PROMPTS)
    ]
    heads = tuple((model, "medium, 1024x1024") for model in MODELS)
    return len(contact_sheet.draw(contact_sheet.ContactSheet("Bench", tuple(rows), "kites", heads)).png)


if __name__ == "__main__":
    if sys.argv[1:2] in (["decode"], ["sheet"]):
        child(*sys.argv[1:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
