"""What a real encoder leaves of a photo (Pillow's libjpeg), and low resolution by PyTorch. See README.md.

    /usr/bin/python3 make_photos.py     augmentation/jpeg-*.png, augmentation/torch.json: a second
"""

import io
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import formula

FOLDER = Path(__file__).parent / "augmentation"
PORTRAIT = Path(__file__).parents[2] / "samples" / "portrait.png"
CROP = (340, 400, 444, 472)  # left, top, right, bottom: 104 x 72, whole blocks of 8 but not of 16
SHRUNK = [(20, 26, 7, 9), (20, 26, 20, 26), (20, 26, 13, 25), (9, 5, 1, 1)]


def jpeg():
    picture = Image.open(PORTRAIT).convert("RGB").crop(CROP)
    for quality in (10, 30, 60, 95):
        memory = io.BytesIO()
        picture.save(memory, "JPEG", quality=quality, subsampling="4:2:0")
        decoded = Image.open(memory).convert("RGB")
        decoded.save(FOLDER / f"jpeg-{quality}.png")
        difference = np.abs(np.asarray(decoded, int) - np.asarray(picture, int)).mean()
        print(f"quality {quality}: {difference:.3f} levels from the original")


def low_resolution():
    cases = []
    for height, width, small_height, small_width in SHRUNK:
        name = f"low-{height}-{width}.input"
        photo = torch.from_numpy(formula.values(name, (1, 3, height, width))) * 127 + 128
        small = F.adaptive_avg_pool2d(photo, (small_height, small_width))
        result = F.interpolate(small, size=(height, width), mode="bilinear", align_corners=False)
        cases.append({"op": "low-resolution", "name": name, "shape": [1, 3, height, width], "small": [small_height, small_width],
                      "values": [round(float(v), 4) for v in result.ravel()]})
    return cases


def main():
    torch.set_num_threads(1)
    jpeg()
    text = ",\n  ".join(map(json.dumps, low_resolution()))
    (FOLDER / "torch.json").write_text(f'{{\n "torch": "{torch.__version__}", "cases": [\n  {text}\n]}}\n')


if __name__ == "__main__":
    main()
