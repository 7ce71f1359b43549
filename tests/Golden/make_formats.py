"""Small files of the kinds that no encoder here writes: a drawn picture, never a photo. See README.md.

    /usr/bin/python3 make_formats.py     formats/*: a second; needs libheif-examples, libjxl-tools and Pillow
"""

import struct
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parent / "formats"
WIDTH, HEIGHT = 96, 64


def picture():
    """Red grows to the right, green downwards, blue jumps in the middle: every corner is another colour."""
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            image.putpixel((x, y), (40 + 2 * x, 40 + 3 * y, 90 if x < WIDTH // 2 else 160))
    return image


def boxes(data, start, end):
    while start < end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield start, start + size, kind
        start += size


def turned(heic):
    """The file with a quarter turn to the left ("irot") among its properties; its pixels stay as they are."""
    data = bytearray(heic)
    meta = next(box for box in boxes(data, 0, len(data)) if box[2] == b"meta")
    parts = {kind: (start, end) for start, end, kind in boxes(data, meta[0] + 12, meta[1])}
    iprp = parts[b"iprp"]
    ipco, ipma = list(boxes(data, iprp[0] + 8, iprp[1]))
    count = len(list(boxes(data, ipco[0] + 8, ipco[1])))
    # ipma, version 0: (flags, entries, item, associations, one byte each)
    data[ipma[0] + 18] += 1
    data.insert(ipma[1], 0x80 | (count + 1))
    data[ipco[1]:ipco[1]] = struct.pack(">I4sB", 9, b"irot", 1)
    for start, more in ((ipma[0] + 9, 1), (ipco[0], 9), (iprp[0], 10), (meta[0], 10)):
        struct.pack_into(">I", data, start, struct.unpack_from(">I", data, start)[0] + more)
    # iloc: coded pixels have moved by ten bytes.
    iloc = parts[b"iloc"][0]
    sizes, items = struct.unpack_from(">HH", data, iloc + 12)
    assert sizes >> 8 == 0x44 and items == 1, "another layout of iloc than this encoder writes"
    at = iloc + 16 + (6 if data[iloc + 8] else 4) + ((sizes >> 4) & 15) + 2
    struct.pack_into(">I", data, at, struct.unpack_from(">I", data, at)[0] + 10)
    return bytes(data)


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


FOLDER.mkdir(exist_ok=True)
with tempfile.TemporaryDirectory() as place:
    png = f"{place}/picture.png"
    picture().save(png)
    run("heif-enc", "-q", "95", "-p", "chroma=444", png, "-o", str(FOLDER / "picture.heic"))
    run("heif-enc", "-A", "-q", "95", "-p", "chroma=444", png, "-o", str(FOLDER / "picture.avif"))
    run("cjxl", "-d", "0", "--container=0", png, str(FOLDER / "picture.jxl"))
    # A container of JPEG XL, and an orientation in its codestream: both come with a JPEG that is kept whole.
    exif = Image.Exif()
    exif[0x0112] = 6
    picture().save(f"{place}/turned.jpg", quality=95, subsampling=0, exif=exif)
    run("cjxl", f"{place}/turned.jpg", str(FOLDER / "turned.jxl"))
(FOLDER / "turned.heic").write_bytes(turned((FOLDER / "picture.heic").read_bytes()))
picture().convert("CMYK").save(FOLDER / "inks.jpg", quality=95, subsampling=0)
