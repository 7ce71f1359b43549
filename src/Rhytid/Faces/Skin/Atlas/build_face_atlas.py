#!/usr/bin/env python3
"""Averages face parsing labels (classes 0..18, palette or grey PNG) of aligned faces into an atlas."""
import argparse
import pathlib

import numpy as np
from PIL import Image

TILE = 64

# Classes that go into each tile, in the order of FaceClass.cs. Glasses go into none.
TILES = {
    "celebamask": [
        [1, 2],              # face skin, nose
        [8, 9, 17],          # ears, neck
        [13, 14],            # hair, hat
        [0, 15, 16, 18],     # background, earring, necklace, clothes
        [6, 7],              # brows
        [4, 5],              # eyes
        [10, 11, 12],        # mouth, lips
    ],
    "bisenet": [[1, 10], [7, 8, 14], [17, 18], [0, 9, 15, 16], [2, 3], [4, 5], [11, 12, 13]],
}


ORGANS = slice(4, 7)  # brows, eyes, lips: before the skin


def blurred(share, sigma):
    """The mean over faces that lie some places beside where they were drawn."""
    if sigma == 0:
        return share
    reach = int(np.ceil(3 * sigma))
    weights = np.exp(-np.arange(-reach, reach + 1) ** 2 / (2 * sigma**2))
    weights /= weights.sum()
    for axis in (0, 1):
        padded = np.pad(share, [(reach, reach) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        share = sum(w * np.take(padded, np.arange(TILE) + i, axis=axis) for i, w in enumerate(weights))
    return share


def spread(shares, organs, outline):
    """Shares as faces have them that vary more: organs a little, since alignment holds them, the outline by more."""
    before = np.stack([blurred(share, organs) for share in shares[ORGANS]])
    behind = shares[: ORGANS.start].copy()
    behind[0] += shares[ORGANS].sum(axis=0)
    behind = np.stack([blurred(share, outline) for share in behind])
    return np.concatenate([behind * (1 - before.sum(axis=0)), before])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=pathlib.Path, help="folder of square label PNGs, side a multiple of 64")
    parser.add_argument("atlas", type=pathlib.Path)
    parser.add_argument("--order", choices=TILES, default="celebamask", help="class order of the labels")
    parser.add_argument("--blur", type=float, nargs=2, default=(0, 0), metavar=("ORGANS", "OUTLINE"), help="standard deviations of blurs, in places of the atlas")
    parser.add_argument("--without", type=pathlib.Path, help="text file of file stems to leave out")
    options = parser.parse_args()

    left_out = set(options.without.read_text().split()) if options.without else set()
    files = [f for f in sorted(options.labels.glob("*.png")) if f.stem not in left_out]
    tiles = TILES[options.order]
    shares = np.zeros((len(tiles), TILE, TILE))
    for file in files:
        labels = np.array(Image.open(file))
        block = labels.shape[0] // TILE
        for tile, classes in enumerate(tiles):
            member = np.isin(labels, classes).astype(float)
            shares[tile] += member.reshape(TILE, block, TILE, block).mean(axis=(1, 3))
    shares /= len(files)
    shares = (shares + shares[:, :, ::-1]) / 2
    if any(options.blur):
        shares = spread(shares, *options.blur)
    Image.fromarray(np.round(shares.reshape(-1, TILE) * 255).astype(np.uint8)).save(options.atlas, optimize=True)
    print(f"{options.atlas}: mean of {len(files)} label maps")


if __name__ == "__main__":
    main()
