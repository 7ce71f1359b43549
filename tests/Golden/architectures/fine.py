"""A cut ResNet-18, bilinear steps back up, and a branch at full size: `resnet18-fine`."""

import torch
import torch.nn.functional as F

from architectures import resnet
from weights import conv, double_conv


def resnet18_fine(w, x, classes, width=64):
    """Colour less its mean goes through stem and three layers; every channel goes through the branch at full size."""
    full = double_conv(w, "fine.double_conv", x, width // 4)                     # 1/1
    colour = x[:, :3] - w("mean", 1, 3, 1, 1)
    half = resnet.stem(w, "encoder.conv1", "encoder.bn1", colour, width)         # 1/2
    block, depths = resnet.RESNET18[0], (2, 2, 2)
    quarter, eighth, deepest = resnet.layers(w, ["encoder.layer1", "encoder.layer2", "encoder.layer3"], half, block, depths, width)
    y = deepest                                                                  # 1/16
    for i, (skip, out) in enumerate([(eighth, 2 * width), (quarter, width), (half, 3 * width // 4)]):
        y = double_conv(w, f"decoder.{i}.double_conv", torch.cat([bilinear_x2(y), skip], 1), out)
    y = double_conv(w, "last.double_conv", torch.cat([bilinear_x2(y), full], 1), width // 4)
    return {"out": conv(w, "out", y, classes, 1, bias=True)}


def bilinear_x2(x):
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
