"""One epoch of training the paper's U-Net in eager PyTorch for every line on standard input: the peer of a benchmark.

    python3 pytorch_training.py --photos PHOTOS.npy --masks MASKS.npy --batch 4 --threads 2 [--channels-last] [--bf16]

PHOTOS is (N, 3, H, W), MASKS (N, 1, H, W), both uint8. As the other side: soft Dice over two classes, AdamW, gradient norm, a
checkpoint of network and optimizer at the end. Each answer is one line: the milliseconds of the epoch. The first line tells the loss of
the first batch.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "Golden"))

import numpy as np
import torch

import formula
from unet import Unet

parser = argparse.ArgumentParser()
parser.add_argument("--photos", required=True)
parser.add_argument("--masks", required=True)
parser.add_argument("--batch", type=int, default=4)
parser.add_argument("--width", type=int, default=64)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--channels-last", action="store_true")
parser.add_argument("--bf16", action="store_true", help="bf16 autocast")
options = parser.parse_args()

torch.set_num_threads(options.threads)
model = Unet(outputs=2, width=options.width).train()
model.load_state_dict({name: torch.from_numpy(np.asarray(formula.values(name, tuple(t.shape)))) for name, t in model.state_dict().items()})
layout = torch.channels_last if options.channels_last else torch.contiguous_format
model = model.to(memory_format=layout)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.05)
photos, masks = np.load(options.photos, mmap_mode="r"), np.load(options.masks, mmap_mode="r")


def batch_of(rows):
    photo = torch.from_numpy(photos[rows].astype(np.float32))
    return (photo / 127.5 - 1).contiguous(memory_format=layout), torch.from_numpy(masks[rows].astype(np.float32))


def loss_of(photo, mask):
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
        logits = model(photo)
    p = torch.softmax(logits.float(), 1)
    g = torch.cat([1 - mask, mask], 1)
    sums = (0, 2, 3)
    return 1 - ((2 * (p * g).sum(sums) + 1e-6) / (p.sum(sums) + g.sum(sums) + 1e-6)).mean()


def epoch():
    order = np.random.permutation(len(photos))
    for start in range(0, len(order), options.batch):
        loss = loss_of(*batch_of(np.sort(order[start:start + options.batch])))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), float("inf"))
        optimizer.step()
        optimizer.zero_grad()
        loss.item()
    with tempfile.TemporaryDirectory() as folder:
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, os.path.join(folder, "last.pt"))
        torch.save(model.state_dict(), os.path.join(folder, "best.pt"))


# Batch norm's statistics move, but they are not looked at in training.
with torch.no_grad():
    first = loss_of(*batch_of(np.arange(options.batch))).item()
print(f"ready PyTorch {torch.__version__}, loss of the first batch {first:.6f}", flush=True)
for _ in sys.stdin:
    begin = time.perf_counter()
    epoch()
    print(f"{1000 * (time.perf_counter() - begin):.1f}", flush=True)
