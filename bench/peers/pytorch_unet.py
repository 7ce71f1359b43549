"""The paper's U-Net in eager PyTorch, as the peer of a benchmark: one timed forward pass for every line on standard input.

    python3 pytorch_unet.py --size 1024 --threads 2 [--channels-last] [--bf16] [--output OUT.npy] [--export MODEL.onnx]

Weights and input are those of tests/Golden/formula.py, so the other side can compute the same picture. Each answer is one
line: the milliseconds of the pass.
"""

import argparse
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "Golden"))

import numpy as np
import torch
from torch import nn

import formula


class DoubleConv(nn.Module):
    def __init__(self, a, b, mid=None):
        super().__init__()
        mid = mid or b
        self.double_conv = nn.Sequential(
            nn.Conv2d(a, mid, 3, padding=1, bias=False), nn.BatchNorm2d(mid), nn.ReLU(inplace=True),
            nn.Conv2d(mid, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU(inplace=True))

    def forward(self, x):
        return self.double_conv(x)


class Down(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.maxpool_conv = nn.Sequential(nn.MaxPool2d(2), DoubleConv(a, b))

    def forward(self, x):
        return self.maxpool_conv(x)


class Up(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.conv = DoubleConv(a, b, a // 2)

    def forward(self, x, skip):
        return self.conv(torch.cat([skip, self.up(x)], 1))


class Out(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv = nn.Conv2d(a, b, 1)

    def forward(self, x):
        return self.conv(x)


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        self.inc = DoubleConv(3, 64)
        self.down1, self.down2, self.down3, self.down4 = Down(64, 128), Down(128, 256), Down(256, 512), Down(512, 512)
        self.up1, self.up2, self.up3, self.up4 = Up(1024, 256), Up(512, 128), Up(256, 64), Up(128, 64)
        self.outc = Out(64, 1)

    def forward(self, x):
        x1 = self.inc(x)
        x2 = self.down1(x1)
        x3 = self.down2(x2)
        x4 = self.down3(x3)
        x = self.up1(self.down4(x4), x4)
        return torch.sigmoid(self.outc(self.up4(self.up3(self.up2(x, x3), x2), x1)))


parser = argparse.ArgumentParser()
parser.add_argument("--size", type=int, default=1024)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--channels-last", action="store_true")
parser.add_argument("--bf16", action="store_true", help="bf16 autocast")
parser.add_argument("--output")
parser.add_argument("--export")
options = parser.parse_args()

torch.set_num_threads(options.threads)
model = Unet().eval()
model.load_state_dict({name: torch.from_numpy(np.asarray(formula.values(name, tuple(t.shape)))) for name, t in model.state_dict().items()})
image = torch.from_numpy(formula.values("input", (1, 3, options.size, options.size)))

if options.export:
    torch.onnx.export(model, image, options.export, input_names=["image"], output_names=["probabilities"], opset_version=13)
    sys.exit(0)

if options.channels_last:
    model, image = model.to(memory_format=torch.channels_last), image.contiguous(memory_format=torch.channels_last)

with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
    probabilities = model(image)
    if options.output:
        np.save(options.output, probabilities.float().contiguous().numpy())
    print(f"ready PyTorch {torch.__version__}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        model(image)
        print(f"{1000 * (time.perf_counter() - start):.1f}", flush=True)
