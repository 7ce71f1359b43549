"""Golden values of CLAHE and Gaussian blur, computed by OpenCV on pictures from the formula. See README.md."""

import json
from pathlib import Path

import cv2
import numpy as np

import formula

FILE = Path(__file__).parent / "augmentation" / "opencv.json"


def picture(name, width, height):
    """A slope with noise that grows downwards: floor(40 + 100 x / width + 100 u y / height)."""
    u = formula.uniform(name, width * height).reshape(height, width)
    x, y = np.arange(width) / width, (np.arange(height) / height)[:, None]
    return np.floor(40 + 100 * x + 100 * u * y).astype(np.uint8)


def colour(name, width, height):
    return np.stack([picture(f"{name}.{channel}", width, height) for channel in ("red", "green", "blue")], axis=2)


def case(op, name, width, height, result, **options):
    planes = result if result.ndim == 2 else result.transpose(2, 0, 1)
    return {"op": op, "name": name, "width": width, "height": height, **options, "values": planes.ravel().tolist()}


def clahe(name, width, height, clip, tiles):
    result = cv2.createCLAHE(clip, (tiles, tiles)).apply(picture(name, width, height))
    return case("clahe", name, width, height, result, clip=clip, tiles=tiles)


def clahe_lab(name, width, height):
    """In steps: a level more of lightness, where OpenCV's tables round otherwise, is several levels once equalised."""
    lab = cv2.cvtColor(colour(name, width, height), cv2.COLOR_RGB2LAB)
    lightness = lab[:, :, 0].copy()
    lab[:, :, 0] = cv2.createCLAHE(2.0, (8, 8)).apply(lightness)
    return case("clahe-lab", name, width, height, cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), lightness=lightness.ravel().tolist(),
                equalized=lab[:, :, 0].ravel().tolist())


def blur(name, width, height, kernel):
    result = cv2.GaussianBlur(colour(name, width, height), (kernel, kernel), 0)
    return case("blur", name, width, height, result, kernel=kernel)


def main():
    cv2.setNumThreads(1)
    cases = [clahe("divides", 64, 48, 2.0, 8), clahe("pads-both", 61, 45, 2.0, 8), clahe("pads-one", 64, 45, 2.0, 8),
             clahe("few-tiles", 40, 30, 4.0, 3), clahe_lab("skin", 48, 40), blur("blurred", 20, 16, 3), blur("blurred", 20, 16, 5),
             blur("blurred", 20, 16, 7)]
    FILE.parent.mkdir(exist_ok=True)
    text = ",\n  ".join(json.dumps(entry) for entry in cases)
    FILE.write_text(f'{{\n "opencv": "{cv2.__version__}", "cases": [\n  {text}\n]}}\n')
    print(f"{FILE.name} {len(cases)} cases, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
