#!/usr/bin/env python3
"""Averages face parsing labels (CelebAMask-HQ classes 0..18, palette or grey PNG) into face-atlas.png."""
import argparse
import pathlib

import numpy as np
from PIL import Image

TILE = 64

# Classes of CelebAMask-HQ that go into each tile, in the order of FaceClass.cs. Glasses (3) go into none.
TILES = [
    [1, 2],              # face skin, nose
    [8, 9, 17],          # ears, neck
    [13, 14],            # hair, hat
    [0, 15, 16, 18],     # background, earring, necklace, clothes
    [6, 7],              # brows
    [4, 5],              # eyes
    [10, 11, 12],        # mouth, lips
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=pathlib.Path, help="folder of square label PNGs, side a multiple of 64")
    parser.add_argument("atlas", type=pathlib.Path)
    parser.add_argument("--without", type=pathlib.Path, help="text file of file stems to leave out")
    options = parser.parse_args()

    left_out = set(options.without.read_text().split()) if options.without else set()
    files = [f for f in sorted(options.labels.glob("*.png")) if f.stem not in left_out]
    shares = np.zeros((len(TILES), TILE, TILE))
    for file in files:
        labels = np.array(Image.open(file))
        block = labels.shape[0] // TILE
        for tile, classes in enumerate(TILES):
            member = np.isin(labels, classes).astype(float)
            shares[tile] += member.reshape(TILE, block, TILE, block).mean(axis=(1, 3))
    shares /= len(files)
    shares = (shares + shares[:, :, ::-1]) / 2
    Image.fromarray(np.round(shares.reshape(-1, TILE) * 255).astype(np.uint8)).save(options.atlas, optimize=True)
    print(f"{options.atlas}: mean of {len(files)} label maps")


if __name__ == "__main__":
    main()
