"""The plain U-Nets: `unet`, `unet-transpose`, `wds-unet`."""

import torch
import torch.nn.functional as F

from weights import conv, conv_transpose, double_conv, resize


def encode(w, x, widths, bias):
    maps = [double_conv(w, "inc.double_conv", x, widths[0], bias=bias)]
    for i, width in enumerate(widths[1:], 1):
        x = F.max_pool2d(maps[-1], 2)
        maps.append(double_conv(w, f"down{i}.maxpool_conv.1.double_conv", x, width, bias=bias))
    return maps


def bilinear_x2(x):
    return resize(x, (2 * x.shape[2], 2 * x.shape[3]), align_corners=True)


def join(skip, up):
    """[skip, up], the second zero-padded to the size of the first: floor(d/2) left and top, the rest right and bottom."""
    dy, dx = skip.shape[2] - up.shape[2], skip.shape[3] - up.shape[3]
    return torch.cat([skip, F.pad(up, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])], 1)


def bilinear_maps(w, x, width, bias):
    """The outputs of up1, up2, up3, up4."""
    x1, x2, x3, x4, x = encode(w, x, [width, 2 * width, 4 * width, 8 * width, 8 * width], bias)
    maps = []
    for i, (skip, out) in enumerate([(x4, 4 * width), (x3, 2 * width), (x2, width), (x1, width)], 1):
        both = join(skip, bilinear_x2(x))
        x = double_conv(w, f"up{i}.conv.double_conv", both, out, mid=both.shape[1] // 2, bias=bias)
        maps.append(x)
    return maps


def unet(w, x, classes, width=64):
    return {"out": conv(w, "outc.conv", bilinear_maps(w, x, width, False)[-1], classes, 1, bias=True)}


def wds_unet(w, x, classes, width=64):
    size, heads = x.shape[2:], {}
    for i, features in enumerate(reversed(bilinear_maps(w, x, width, True)), 1):
        if i > 1:
            features = resize(features, size, align_corners=False)
        heads[f"outc_{i}"] = conv(w, f"outc_{i}.conv", features, classes, 1, bias=True)
    return heads


def unet_transpose(w, x, classes, width=64):
    x1, x2, x3, x4, x = encode(w, x, [width * 2**i for i in range(5)], False)
    for i, skip in enumerate([x4, x3, x2, x1], 1):
        half = x.shape[1] // 2
        x = conv_transpose(w, f"up{i}.up", x, half, 2, bias=True)
        x = double_conv(w, f"up{i}.conv.double_conv", join(skip, x), half)
    return {"out": conv(w, "outc.conv", x, classes, 1, bias=True)}
