"""A dictionary of tensors that fills itself: an architecture asks for a tensor by key and shape, and gets the formula's.

What was asked for is the shape table of the architecture, so the parameter count and the key list come from the same
lines that compute. The operators below are torch.nn.functional calls with their tensors looked up by key.
"""

import math

import torch
import torch.nn.functional as F

import formula

BUFFERS = ("running_mean", "running_var", "num_batches_tracked", "relative_position_index", "mean")


class Weights:
    def __init__(self, train=False, dtype=torch.float32, zeros=False, given=None):
        self.train = train  # batch norm with the statistics of the batch
        self.dtype = dtype
        self.zeros = zeros  # only shapes matter
        self.given = given or {}  # tensors that replace the formula's
        self.tensors = {}

    def __call__(self, name, *shape):
        if name not in self.tensors:
            tensor = self.given.get(name)
            if tensor is None:
                tensor = torch.zeros(shape) if self.zeros else torch.from_numpy(formula.values(name, shape))
            self.tensors[name] = tensor.to(self.dtype) if tensor.is_floating_point() else tensor
        assert tuple(self.tensors[name].shape) == shape, name
        return self.tensors[name]

    def buffer(self, name, make):
        """A tensor that is computed, not drawn."""
        if name not in self.tensors:
            self.tensors[name] = make()
        return self.tensors[name]

    def parameters(self):
        return {k: v for k, v in self.tensors.items() if k.rsplit(".", 1)[-1] not in BUFFERS}

    def count(self):
        """(all parameters, those of leaf layers): bias tables hang on the attention module, which is no leaf."""
        sizes = {k: v.numel() for k, v in self.parameters().items()}
        tables = sum(n for k, n in sizes.items() if k.endswith("relative_position_bias_table"))
        return sum(sizes.values()), sum(sizes.values()) - tables


def conv(w, key, x, out, k, stride=1, padding=None, groups=1, bias=False):
    """2-D convolution; k is a side or (height, width), zero padding keeps the size unless given."""
    kh, kw = (k, k) if isinstance(k, int) else k
    padding = (kh // 2, kw // 2) if padding is None else padding
    weight = w(f"{key}.weight", out, x.shape[1] // groups, kh, kw)
    return F.conv2d(x, weight, w(f"{key}.bias", out) if bias else None, stride, padding, 1, groups)


def conv_transpose(w, key, x, out, k, bias):
    """Transposed convolution whose stride is its kernel; the stored shape is in, out, k, k."""
    weight = w(f"{key}.weight", x.shape[1], out, k, k)
    return F.conv_transpose2d(x, weight, w(f"{key}.bias", out) if bias else None, stride=k)


def linear(w, key, x, out, bias=True):
    return F.linear(x, w(f"{key}.weight", out, x.shape[-1]), w(f"{key}.bias", out) if bias else None)


def batch_norm(w, key, x):
    c = x.shape[1]
    weight, bias = w(f"{key}.weight", c), w(f"{key}.bias", c)
    mean, var, batches = w(f"{key}.running_mean", c), w(f"{key}.running_var", c), w(f"{key}.num_batches_tracked")
    if w.train:
        batches += 1
    return F.batch_norm(x, mean, var, weight, bias, w.train, momentum=0.1, eps=1e-5)


def layer_norm(w, key, x):
    c = x.shape[-1]
    return F.layer_norm(x, (c,), w(f"{key}.weight", c), w(f"{key}.bias", c), eps=1e-5)


def instance_norm(x):
    """Without parameters. torch.instance_norm, since the functional one refuses the 1x1 maps of a 64x64 input."""
    return torch.instance_norm(x, None, None, None, None, True, 0.0, 1e-5, False)


def resize(x, size, align_corners):
    return F.interpolate(x, size=tuple(size), mode="bilinear", align_corners=align_corners)


def nearest_x2(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


def double_conv(w, key, x, out, mid=None, bias=False):
    """(3x3 convolution, batch norm, ReLU) twice; entries 0, 1 and 3, 4 of a sequence."""
    x = F.relu(batch_norm(w, f"{key}.1", conv(w, f"{key}.0", x, mid or out, 3, bias=bias)))
    return F.relu(batch_norm(w, f"{key}.4", conv(w, f"{key}.3", x, out, 3, bias=bias)))
