"""`resnet18-fine` in PyTorch, for the peers of benchmarks."""

import torch
import torch.nn.functional as F
from torch import nn

from unet import DoubleConv


class Block(nn.Module):
    def __init__(self, a, b, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(a, b, 3, stride, 1, bias=False), nn.BatchNorm2d(b)
        self.conv2, self.bn2 = nn.Conv2d(b, b, 3, padding=1, bias=False), nn.BatchNorm2d(b)
        self.downsample = nn.Sequential(nn.Conv2d(a, b, 1, stride, bias=False), nn.BatchNorm2d(b)) if stride > 1 else None

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)), inplace=True)))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)), inplace=True)


class Encoder(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, w, 7, 2, 3, bias=False), nn.BatchNorm2d(w)
        for i, (a, b) in enumerate([(w, w), (w, 2 * w), (2 * w, 4 * w)], 1):
            setattr(self, f"layer{i}", nn.Sequential(Block(a, b, 1 if i == 1 else 2), Block(b, b, 1)))

    def forward(self, x):
        half = F.relu(self.bn1(self.conv1(x)), inplace=True)
        quarter = self.layer1(F.max_pool2d(half, 3, 2, 1))
        eighth = self.layer2(quarter)
        return half, quarter, eighth, self.layer3(eighth)


class ResNetFine(nn.Module):
    def __init__(self, inputs=4, outputs=1, w=64):
        super().__init__()
        self.register_buffer("mean", torch.zeros(1, 3, 1, 1))
        self.encoder = Encoder(w)
        self.fine = DoubleConv(inputs, w // 4)
        self.decoder = nn.ModuleList([DoubleConv(6 * w, 2 * w), DoubleConv(3 * w, w), DoubleConv(2 * w, 3 * w // 4)])
        self.last = DoubleConv(w, w // 4)
        self.out = nn.Conv2d(w // 4, outputs, 1)

    def forward(self, x):
        *skips, y = self.encoder(x[:, :3] - self.mean)
        for step, skip in zip(self.decoder, reversed(skips)):
            y = step(torch.cat([larger(y), skip], 1))
        return self.out(self.last(torch.cat([larger(y), self.fine(x)], 1)))


def larger(x):
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
