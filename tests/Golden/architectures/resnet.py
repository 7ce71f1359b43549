"""ResNet encoders and the decoders on top of them: `resnet50-unet`, `resnet34-unet`, `unetpp-*`."""

import torch
import torch.nn.functional as F

from weights import batch_norm, conv, nearest_x2


def basic_block(w, key, x, width, stride):
    y = F.relu(batch_norm(w, f"{key}.bn1", conv(w, f"{key}.conv1", x, width, 3, stride)))
    y = batch_norm(w, f"{key}.bn2", conv(w, f"{key}.conv2", y, width, 3))
    return F.relu(y + shortcut(w, key, x, width, stride))


def bottleneck(w, key, x, width, stride, groups=1, inner=1):
    """1x1, 3x3 (carries the stride and the groups), 1x1 to four times the width."""
    y = F.relu(batch_norm(w, f"{key}.bn1", conv(w, f"{key}.conv1", x, inner * width, 1)))
    y = F.relu(batch_norm(w, f"{key}.bn2", conv(w, f"{key}.conv2", y, inner * width, 3, stride, groups=groups)))
    y = batch_norm(w, f"{key}.bn3", conv(w, f"{key}.conv3", y, 4 * width, 1))
    return F.relu(y + shortcut(w, key, x, 4 * width, stride))


def resnext_bottleneck(w, key, x, width, stride):
    return bottleneck(w, key, x, width, stride, groups=32, inner=2)  # 32x4d: inner widths 128, 256, 512, 1024


def shortcut(w, key, x, out, stride):
    if stride == 1 and x.shape[1] == out:
        return x
    return batch_norm(w, f"{key}.downsample.1", conv(w, f"{key}.downsample.0", x, out, 1, stride))


def stem(w, conv_key, norm_key, x, width=64):
    return F.relu(batch_norm(w, norm_key, conv(w, conv_key, x, width, 7, 2)))


def layers(w, keys, x, block, depths, width=64):
    """The maps after each layer, from the stem's output."""
    x, maps = F.max_pool2d(x, 3, 2, 1), []
    for i, (key, depth) in enumerate(zip(keys, depths)):
        for j in range(depth):
            x = block(w, f"{key}.{j}", x, width * 2**i, 2 if i > 0 and j == 0 else 1)
        maps.append(x)
    return maps


def encoder(w, prefix, x, block, depths):
    f1 = stem(w, f"{prefix}.conv1", f"{prefix}.bn1", x)
    return [f1, *layers(w, [f"{prefix}.layer{i}" for i in (1, 2, 3, 4)], f1, block, depths)]


RESNET18, RESNET34 = (basic_block, (2, 2, 2, 2)), (basic_block, (3, 4, 6, 3))
RESNET50, RESNEXT50 = (bottleneck, (3, 4, 6, 3)), (resnext_bottleneck, (3, 4, 6, 3))


def decoder_block(w, key, x, skips, out):
    """Nearest x2, [up, skips...], twice (3x3 convolution, batch norm, ReLU)."""
    x = torch.cat([nearest_x2(x), *skips], 1)
    for name in ("conv1", "conv2"):
        x = F.relu(batch_norm(w, f"{key}.{name}.1", conv(w, f"{key}.{name}.0", x, out, 3)))
    return x


def head(w, x, classes):
    return {"out": conv(w, "segmentation_head.0", x, classes, 3, bias=True)}


def resnet_unet(w, x, classes, backbone):
    f1, f2, f3, f4, x = encoder(w, "encoder", x, *backbone)
    for i, (skips, out) in enumerate([([f4], 256), ([f3], 128), ([f2], 64), ([f1], 32), ([], 16)]):
        x = decoder_block(w, f"decoder.blocks.{i}", x, skips, out)
    return head(w, x, classes)


def unetpp(w, x, classes, backbone):
    e4, e3, e2, e1, e0 = encoder(w, "encoder", x, *backbone)

    def node(depth, layer, below, skips, out):
        return decoder_block(w, f"decoder.blocks.x_{depth}_{layer}", below, skips, out)

    x00 = node(0, 0, e0, [e1], 256)
    x11 = node(1, 1, e1, [e2], 512)
    x22 = node(2, 2, e2, [e3], 256)
    x33 = node(3, 3, e3, [e4], 64)
    x01 = node(0, 1, x00, [x11, e2], 128)
    x12 = node(1, 2, x11, [x22, e3], 256)
    x23 = node(2, 3, x22, [x33, e4], 64)
    x02 = node(0, 2, x01, [x12, x22, e3], 64)
    x13 = node(1, 3, x12, [x23, x33, e4], 64)
    x03 = node(0, 3, x02, [x13, x23, x33, e4], 32)
    return head(w, node(0, 4, x03, [], 16), classes)
