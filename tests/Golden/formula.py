"""Weights and inputs that any language can make from a name: README.md has the rule, C# has the same one."""

import math

import numpy as np


def fnv1a(name):
    """FNV-1a, 32 bit, of the UTF-8 bytes of a name."""
    h = 2166136261
    for byte in name.encode("utf-8"):
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h


def uniform(name, count):
    """`count` doubles in [0, 1) that depend on the name and the position only."""
    x = np.arange(count, dtype=np.uint32)  # unsigned 32-bit arithmetic wraps, which is the "mod 2^32" of the rule
    x *= np.uint32(2654435761)
    x += np.uint32(fnv1a(name))
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x045D9F3B)
    x ^= x >> np.uint32(16)
    return x / 4294967296.0


def values(name, shape):
    """The float32 array of a tensor, by the last part of its name and its number of dimensions."""
    last = name.rsplit(".", 1)[-1]
    if last == "num_batches_tracked":
        return np.zeros(shape, dtype=np.int64)
    u = uniform(name, math.prod(shape))
    if last in ("input", "gradient"):
        v = 2 * u - 1
    elif last == "running_var":
        v = 0.5 + u
    elif last in ("running_mean", "bias"):
        v = (2 * u - 1) * 0.1
    elif len(shape) >= 2:
        v = (2 * u - 1) * math.sqrt(6.0 / math.prod(shape[1:]))
    elif last == "weight":
        v = 0.5 + u
    else:
        raise ValueError(f"The formula has no rule for {name} {shape}.")
    return v.astype(np.float32).reshape(shape)
