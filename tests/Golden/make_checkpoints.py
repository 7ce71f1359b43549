#!/usr/bin/python3
"""Makes the checkpoint files of tests/Golden/checkpoints with PyTorch and NumPy (made with PyTorch 1.13, NumPy 1.24).

Values are formulas, so that the tests can compute what they expect: element i (in row-major order) of a floating-point
tensor is (i - 3) * 0.25, of a signed integer tensor (i - 2) * 3, of an unsigned one (i * 37) % 256, of a bool i % 3 == 0.
The legacy files name their storages by addresses, so those differ from run to run.
"""
import argparse
import collections
import os
import pathlib
import sys
import types

import numpy as np
import torch

OUT = pathlib.Path(__file__).parent / "checkpoints"


def floats(*shape, dtype=torch.float32):
    count = int(np.prod(shape, dtype=np.int64))
    return ((torch.arange(count, dtype=torch.float64) - 3) * 0.25).to(dtype).reshape(shape)


def integers(*shape, dtype=torch.int64):
    return ((torch.arange(int(np.prod(shape))) - 2) * 3).to(dtype).reshape(shape)


def tensors():
    shared = floats(10)
    state = collections.OrderedDict()
    state["f32"] = floats(2, 3)
    state["f64"] = floats(2, 2, dtype=torch.float64)
    state["f16"] = floats(5, dtype=torch.float16)
    state["bf16"] = floats(5, dtype=torch.bfloat16)
    state["i64"] = integers(3)
    state["i32"] = integers(3, dtype=torch.int32)
    state["i16"] = integers(3, dtype=torch.int16)
    state["i8"] = integers(3, dtype=torch.int8)
    state["u8"] = (torch.arange(9) * 37 % 256).to(torch.uint8)
    state["bool"] = torch.arange(7) % 3 == 0
    state["transposed"] = floats(3, 4).t()
    state["shared.head"] = shared[:4]
    state["shared.tail"] = shared[6:]
    state["every.second"] = shared[1::2]
    state["expanded"] = floats(3).reshape(3, 1).expand(3, 2)
    state["scalar"] = torch.tensor(42.5)
    state["empty"] = torch.zeros(0, 3)
    state["parameter"] = torch.nn.Parameter(floats(4))
    return state


def training():
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2))
    with torch.no_grad():
        for tensor in model.state_dict().values():
            tensor.copy_(floats(*tensor.shape) if tensor.is_floating_point() else torch.tensor(7))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.25)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    return {
        "model": collections.OrderedDict(("module." + k, v) for k, v in model.state_dict().items()),
        "epoch": 3,
        "best": np.float64(0.875),
        "best32": np.float32(0.5),
        "steps": np.int64(1234),
        "history": np.arange(4.0),
        "loss": [0.5, 0.25, 0.125],
        "name": "Fältchen",
        "done": True,
        "note": None,
        "big": 2**80,
        "raw": b"\x00\x01\xff",
        "args": argparse.Namespace(lr=0.5, size=(256, 192), out=pathlib.PurePosixPath("runs/one")),
        "milestones": collections.Counter([3, 5]),
        "seen": {7},
        "dtype": torch.float16,
        "device": torch.device("cpu"),
        "shape": torch.Size([1, 3, 8]),
        "optimizer": optimizer.state_dict(),
    }


class Malicious:
    def __reduce__(self):
        return os.system, ("true",)


class UNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(2, 2)


# In a module without a file: torch.save writes a class's source and its file's path into legacy files.
UNet.__module__ = "models"
sys.modules["models"] = types.ModuleType("models")
sys.modules["models"].UNet = UNet


def main():
    OUT.mkdir(exist_ok=True)
    torch.manual_seed(0)
    for suffix, zipped in (("zip", True), ("legacy", False)):
        def save(name, value, **options):
            torch.save(value, OUT / f"{name}_{suffix}.pth", _use_new_zipfile_serialization=zipped, **options)

        save("tensors", tensors())
        save("training", training())
        save("module", UNet())
        save("malicious", {"weight": floats(2), "extra": Malicious()})
    torch.save(training(), OUT / "training_protocol4.pth", pickle_protocol=4)
    torch.save(training(), OUT / "training_protocol5.pth", pickle_protocol=5)
    torch.save({"weight": floats(2)}, OUT / "protocol1_legacy.pth", pickle_protocol=1, _use_new_zipfile_serialization=False)
    torch.save(floats(2, 3), OUT / "single_tensor.pth")
    torch.save({"z": torch.tensor([1 + 2j])}, OUT / "complex.pth")

    np.save(OUT / "c_order.npy", floats(2, 3).numpy())
    np.save(OUT / "fortran.npy", np.asfortranarray(floats(2, 3, 4).numpy()))
    np.save(OUT / "scalar.npy", np.float64(42.5))
    np.save(OUT / "uint16.npy", (np.arange(5) * 16000).astype("<u2"))
    np.save(OUT / "uint32.npy", (np.arange(5) * 1000000000).astype("<u4"))
    np.save(OUT / "bool.npy", np.arange(7) % 3 == 0)
    np.save(OUT / "half.npy", floats(5, dtype=torch.float16).numpy())
    np.save(OUT / "object.npy", np.array([None, "text"], dtype=object))
    np.save(OUT / "big_endian.npy", floats(3).numpy().astype(">f4"))
    np.save(OUT / "fields.npy", np.zeros(2, dtype=[("x", "<f4"), ("y", "<i4")]))
    with open(OUT / "version2.npy", "wb") as file:
        np.lib.format.write_array(file, floats(2, 3).numpy(), version=(2, 0))
    with open(OUT / "version3.npy", "wb") as file:
        np.lib.format.write_array(file, floats(2, 3).numpy(), version=(3, 0))


if __name__ == "__main__":
    main()
