"""Golden values of losses and of a pretext's input, computed by PyTorch on tensors from the formula. See README.md."""

import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import formula

FILE = Path(__file__).parent / "training" / "torch.json"


def tensor(name, *shape):
    return torch.from_numpy(formula.values(name, shape))


def lines(n, height, width):
    """Pixel (x, y) of picture i is a wrinkle where y is within i + 1 of 5 + x // 4."""
    i, y, x = np.meshgrid(np.arange(n), np.arange(height), np.arange(width), indexing="ij")
    return torch.from_numpy((np.abs(y - 5 - x // 4) <= i + 1).astype(np.float32))[:, None]


def erode(t):
    return torch.min(-F.max_pool2d(-t, (3, 1), 1, (1, 0)), -F.max_pool2d(-t, (1, 3), 1, (0, 1)))


def opened(t):
    return F.max_pool2d(erode(t), 3, 1, 1)


def skeleton(t, iterations):
    """Algorithm 1 of Shit et al. 2021."""
    lines = F.relu(t - opened(t))
    for _ in range(iterations):
        t = erode(t)
        more = F.relu(t - opened(t))
        lines = lines + F.relu(more - lines * more)
    return lines


def cldice(id, strength, first_column):
    """Columns before `first_column` are not scored."""
    n, height, width, eps = 2, 16, 24, 1e-6
    q = lines(n, height, width)
    p = torch.sigmoid((2 * q - 1) * strength + 2 * tensor(f"cldice-{id}.input", n, 1, height, width))
    p[..., :first_column] = 0
    q[..., :first_column] = 0
    found, true = skeleton(p, 5), skeleton(q, 5)
    precision = ((found * q).sum() + eps) / (found.sum() + eps)
    sensitivity = ((true * p).sum() + eps) / (true.sum() + eps)
    loss = 1 - 2 * precision * sensitivity / (precision + sensitivity)
    return {"op": "cldice", "id": id, "shape": [n, 1, height, width], "strength": strength, "first_column": first_column,
            "loss": loss.item(), "lines": true.sum().item()}


def ohem(id, strength, first_column):
    """Online hard example mining as face parsing uses it; two heads; pixel (x, y) of picture i has class (i + 3 x + 5 y) mod 5."""
    n, c, height, width = 2, 5, 16, 16
    i, y, x = np.meshgrid(np.arange(n), np.arange(height), np.arange(width - first_column) + first_column, indexing="ij")
    classes = torch.from_numpy((i + 3 * x + 5 * y) % c)
    total = 0
    for head in range(2):
        logits = 3 * tensor(f"ohem-{id}-{head}.input", n, c, height, width)[..., first_column:]
        logits = logits + strength * F.one_hot(classes, c).permute(0, 3, 1, 2)
        loss = F.cross_entropy(logits, classes, reduction="none").view(-1).sort(descending=True).values
        least, limit = loss.numel() // 16, -math.log(0.7)
        total += loss[loss > limit].mean() if loss[least] > limit else loss[:least].mean()
    return {"op": "ohem", "id": id, "shape": [n, c, height, width], "strength": strength, "first_column": first_column, "loss": total.item()}


def superres():
    """A quarter of the side by area and back by bicubic interpolation, of 127.5 (1 + formula) scaled to -1 .. 1 again."""
    x = tensor("superres.input", 1, 3, 12, 16)
    small = F.interpolate(x, scale_factor=0.25, mode="area")
    large = F.interpolate(small, size=(12, 16), mode="bicubic", align_corners=False)
    return {"op": "superres", "id": "area-bicubic", "shape": list(x.shape), "values": [float(str(v)) for v in large.numpy().ravel()]}


def main():
    torch.set_num_threads(1)
    cases = [cldice("sure", 3, 0), cldice("unsure", 0.5, 0), cldice("scored", 1, 6),
             ohem("many-hard", 1, 0), ohem("few-hard", 9, 0), ohem("scored", 1, 4), ohem("few-scored", 9, 14), superres()]
    FILE.parent.mkdir(exist_ok=True)
    text = ",\n  ".join(json.dumps(entry) for entry in cases)
    FILE.write_text(f'{{\n "torch": "{torch.__version__}", "cases": [\n  {text}\n]}}\n')
    print(f"{FILE.name} {len(cases)} cases, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
