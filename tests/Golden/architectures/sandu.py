"""Sandu's attention U-Net on ResNet-50. Evaluation only: the dropout of the decoder is left out."""

import torch
import torch.nn.functional as F

from architectures.resnet import RESNET50, layers, stem
from architectures.unet import bilinear_x2
from weights import batch_norm, conv, conv_transpose, double_conv, resize


def gate(w, key, g, x, inner):
    def project(name, y, out):
        return batch_norm(w, f"{key}.{name}.1", conv(w, f"{key}.{name}.0", y, out, 1, bias=True))

    if g.shape[2:] != x.shape[2:]:
        g = resize(g, x.shape[2:], align_corners=True)
    a = project("W_g", g, inner) + project("W_x", x, inner)
    return x * torch.sigmoid(project("psi", F.relu(a), 1))


def sandu(w, x, classes, attention=True, gate_from="encoder", bilinear=False):
    x0 = stem(w, "input_layer.0", "input_layer.1", x)
    x1, x2, x3, x4 = layers(w, [f"encoder{i}" for i in (1, 2, 3, 4)], x0, *RESNET50)
    x = x4
    plan = [(x3, x4, 1024, 512), (x2, x3, 512, 256), (x1, x2, 256, 128), (x0, x1, 128, 32), (None, None, 64, 0)]
    for i, (skip, deeper, out, inner) in enumerate(plan, 1):
        if attention and skip is not None:
            skip = gate(w, f"att{i}", deeper if gate_from == "encoder" else x, skip, inner)
        up = bilinear_x2(x) if bilinear else conv_transpose(w, f"up{i}.up", x, x.shape[1] // 2, 2, bias=True)
        both = up if skip is None else torch.cat([skip, up], 1)
        x = double_conv(w, f"up{i}.conv.double_conv", both, out)
    return {"out": conv(w, "outc.conv", x, classes, 1, bias=True)}
