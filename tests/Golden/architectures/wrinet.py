"""Striped WriNet (Yang et al., 2024)."""

import torch
import torch.nn.functional as F

from architectures.unet import bilinear_x2, encode, join
from weights import batch_norm, conv, double_conv, linear, resize


def multi_scale(w, key, x):
    """One attention map from three pairs of strips, times x."""
    c, branches = x.shape[1], []
    for i, k in enumerate((3, 7, 11)):
        y = conv(w, f"{key}.branches.{i}.conv_h", x, c, (1, k))
        y = conv(w, f"{key}.branches.{i}.conv_v", y, c, (k, 1))
        branches.append(F.relu(batch_norm(w, f"{key}.branches.{i}.bn", y)))
    return x * torch.sigmoid(conv(w, f"{key}.fuse", torch.cat(branches, 1), 1, 1))


def strip_attention(w, key, tokens):
    """tokens: N, length, channels; one head."""
    c = tokens.shape[2]
    q, k, v = (linear(w, f"{key}.{name}", tokens, c) for name in ("query", "key", "value"))
    return torch.softmax(q @ k.transpose(1, 2) / c**0.5, -1) @ v


def global_attention(w, maps, out):
    size = maps[0].shape[2:]
    z = conv(w, "gsa.reduce", torch.cat([resize(m, size, align_corners=True) for m in maps], 1), out, 1)
    across = strip_attention(w, "gsa.horizontal", z.mean(2).transpose(1, 2)).transpose(1, 2)[:, :, None, :]
    down = strip_attention(w, "gsa.vertical", z.amax(3).transpose(1, 2)).transpose(1, 2)[:, :, :, None]
    o = across + down + z
    return [resize(o, m.shape[2:], align_corners=False) for m in maps]


def striped_wrinet(w, x, classes, width=24):
    *maps, x = encode(w, x, [width * 2**i for i in range(5)], False)
    maps = [multi_scale(w, f"msa{i}", m) for i, m in enumerate(maps, 1)]
    skips = global_attention(w, maps, 2 * width)
    for i, skip in enumerate(reversed(skips), 1):
        x = double_conv(w, f"up{i}.conv.double_conv", join(skip, bilinear_x2(x)), width * 2 ** (4 - i))
    return {"out": conv(w, "outc.conv", x, classes, 1, bias=True)}
