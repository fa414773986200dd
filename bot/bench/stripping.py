"""A PNG without what its maker wrote into it: reviewers' browsers get the pixels and nothing that names a model."""

MAGIC = b"\x89PNG\r\n\x1a\n"
KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")  # tRNS is ancillary, but without it transparent is not


def stripped(png: bytes) -> bytes:
    """The same pixels: chunks are left out whole and none is changed, so their checksums still hold.

    Raises ValueError for anything but a whole PNG; the provider lets none of those in.
    """
    if not png.startswith(MAGIC):
        raise ValueError("not a PNG")
    chunks, place = [MAGIC], len(MAGIC)
    while place + 12 <= len(png):
        after = place + 12 + int.from_bytes(png[place : place + 4], "big")
        kind = png[place + 4 : place + 8]
        if after > len(png):
            break
        if kind in KEPT:
            chunks.append(png[place:after])
        if kind == b"IEND":
            return b"".join(chunks)
        place = after
    raise ValueError("a PNG that is cut off")
