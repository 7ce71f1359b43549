"""BiSeNet for face parsing."""

import torch
import torch.nn.functional as F

from architectures.resnet import RESNET18, encoder
from weights import batch_norm, conv, nearest_x2, resize


def cbr(w, key, x, out, k):
    return F.relu(batch_norm(w, f"{key}.bn", conv(w, f"{key}.conv", x, out, k)))


def mean(x):
    return x.mean((2, 3), keepdim=True)


def refine(w, key, x):
    x = cbr(w, f"{key}.conv", x, 128, 3)
    return x * torch.sigmoid(batch_norm(w, f"{key}.bn_atten", conv(w, f"{key}.conv_atten", mean(x), 128, 1)))


def fuse(w, f8, c8):
    x = cbr(w, "ffm.convblk", torch.cat([f8, c8], 1), 256, 1)
    a = torch.sigmoid(conv(w, "ffm.conv2", F.relu(conv(w, "ffm.conv1", mean(x), 64, 1)), 256, 1))
    return x * a + x


def bisenet(w, x, classes):
    _, _, f8, f16, f32 = encoder(w, "cp.resnet", x, *RESNET18)
    average = F.interpolate(cbr(w, "cp.conv_avg", mean(f32), 128, 1), size=f32.shape[2:], mode="nearest")
    c16 = cbr(w, "cp.conv_head32", nearest_x2(refine(w, "cp.arm32", f32) + average), 128, 3)
    c8 = cbr(w, "cp.conv_head16", nearest_x2(refine(w, "cp.arm16", f16) + c16), 128, 3)

    def head(key, features, inner):
        y = conv(w, f"{key}.conv_out", cbr(w, f"{key}.conv", features, inner, 3), classes, 1)
        return resize(y, x.shape[2:], align_corners=True)

    return {"conv_out": head("conv_out", fuse(w, f8, c8), 256),
            "conv_out16": head("conv_out16", c8, 64),
            "conv_out32": head("conv_out32", c16, 64)}
