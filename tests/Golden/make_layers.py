"""Golden values of single operators and optimisers, computed by PyTorch on tensors from the formula. See README.md."""

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import formula

FOLDER = Path(__file__).parent / "layers"
TOLERANCE = 1e-5


def tensor(name, *shape):
    return torch.from_numpy(formula.values(name, shape))


def numbers(t):
    """The shortest decimals that give the same float32 back."""
    return [float(str(v)) for v in t.detach().numpy().astype(np.float32).ravel()]


class Case:
    """Collects what one reference used and gave."""

    def __init__(self, op, id, **options):
        self.entry = {"id": f"{op}-{id}", "op": op, "options": options, "inputs": {}, "expected": {}}

    def input(self, role, *shape):
        """A formula tensor named <id>.<role>."""
        name = f"{self.entry['id']}.{role}"
        self.entry["inputs"][role] = {"name": name, "shape": list(shape)}
        return tensor(name, *shape)

    def expect(self, **tensors):
        for role, t in tensors.items():
            self.entry["expected"][role] = {"shape": list(t.shape), "values": numbers(t)}
        return self.entry


def convolutions():
    def conv(id, x, out, k, groups=1, stride=1, padding=0, dilation=1, bias=True):
        c = Case("conv2d", id, groups=groups, stride=stride, padding=padding, dilation=dilation)
        x, w = c.input("input", *x), c.input("weight", out, x[1] // groups, *k)
        b = c.input("bias", out) if bias else None
        return c.expect(output=F.conv2d(x, w, b, stride, padding, dilation, groups))

    def transposed(id, x, out, k, groups=1, stride=1, padding=0, output_padding=0, bias=True):
        c = Case("conv_transpose2d", id, groups=groups, stride=stride, padding=padding, output_padding=output_padding)
        x, w = c.input("input", *x), c.input("weight", x[1], out // groups, *k)
        b = c.input("bias", out) if bias else None
        return c.expect(output=F.conv_transpose2d(x, w, b, stride, padding, output_padding, groups))

    c = Case("linear", "tokens")
    x, w, b = c.input("input", 2, 3, 5), c.input("weight", 4, 5), c.input("bias", 4)
    tokens = c.expect(output=F.linear(x, w, b))
    c = Case("linear", "no-bias")
    x, w = c.input("input", 3, 5), c.input("weight", 2, 5)
    return [conv("plain", (2, 3, 5, 6), 4, (3, 3)), conv("no-bias", (1, 3, 5, 6), 2, (1, 1), bias=False),
            conv("same", (1, 2, 5, 4), 3, (3, 3), padding=1), conv("stride", (1, 3, 9, 8), 2, (7, 7), stride=2, padding=3),
            conv("strip", (1, 2, 4, 7), 2, (1, 7), padding=[0, 3]), conv("groups", (1, 4, 5, 5), 6, (3, 3), groups=2, padding=1),
            conv("depthwise", (1, 3, 4, 4), 3, (3, 3), groups=3, stride=2, padding=1),
            conv("dilation", (1, 2, 7, 8), 2, (3, 3), padding=2, dilation=2),
            transposed("k2s2", (2, 4, 3, 2), 2, (2, 2), stride=2), transposed("k4s4", (1, 3, 2, 3), 2, (4, 4), stride=4, bias=False),
            transposed("overlap", (1, 2, 4, 3), 3, (3, 3), stride=2, padding=1, output_padding=1),
            transposed("groups", (1, 4, 3, 3), 4, (2, 2), groups=2, stride=2), tokens, c.expect(output=F.linear(x, w))]


def norms():
    entries = []
    for mode in ("eval", "train"):
        c = Case("batch_norm", mode, mode=mode, momentum=0.1, eps=1e-5)
        x, w, b = c.input("input", 3, 4, 3, 5), c.input("weight", 4), c.input("bias", 4)
        mean, var = c.input("running_mean", 4), c.input("running_var", 4)
        y = F.batch_norm(x, mean, var, w, b, mode == "train", 0.1, 1e-5)
        entries.append(c.expect(output=y, running_mean=mean, running_var=var))
    c = Case("instance_norm", "plain", eps=1e-5)
    entries.append(c.expect(output=F.instance_norm(c.input("input", 2, 3, 4, 5), eps=1e-5)))
    c = Case("instance_norm", "affine", eps=1e-5)
    x, w, b = c.input("input", 2, 3, 4, 5), c.input("weight", 3), c.input("bias", 3)
    entries.append(c.expect(output=F.instance_norm(x, None, None, w, b, eps=1e-5)))
    c = Case("layer_norm", "affine", normalized_shape=[6], eps=1e-5)
    x, w, b = c.input("input", 2, 3, 6), c.input("weight", 6), c.input("bias", 6)
    entries.append(c.expect(output=F.layer_norm(x, (6,), w, b, 1e-5)))
    c = Case("layer_norm", "plain", normalized_shape=[6], eps=1e-5)
    entries.append(c.expect(output=F.layer_norm(c.input("input", 2, 3, 6), (6,), eps=1e-5)))
    c = Case("layer_norm", "two-axes", normalized_shape=[3, 4], eps=1e-5)
    entries.append(c.expect(output=F.layer_norm(c.input("input", 2, 3, 4), (3, 4), eps=1e-5)))
    return entries


def activations():
    entries = []
    for op, options, f in [
            ("relu", {}, F.relu), ("gelu", {"approximate": "none"}, F.gelu), ("sigmoid", {}, torch.sigmoid),
            ("leaky_relu", {"negative_slope": 0.01}, lambda x: F.leaky_relu(x, 0.01)),
            ("tanh", {}, torch.tanh), ("softplus", {}, F.softplus),
            ("softmax", {"dim": 1}, lambda x: torch.softmax(x, 1)), ("softmax", {"dim": -1}, lambda x: torch.softmax(x, -1)),
            ("log_softmax", {"dim": 1}, lambda x: torch.log_softmax(x, 1))]:
        c = Case(op, f"scale-6-{options.get('dim', '')}".rstrip("-"), scale=6, **options)
        entries.append(c.expect(output=f(c.input("input", 2, 3, 2, 4) * 6)))  # times 6 so that both tails are reached
    c = Case("prelu", "per-channel", scale=1)
    x, w = c.input("input", 2, 3, 2, 4), c.input("weight", 3)
    return [*entries, c.expect(output=F.prelu(x, w))]


def pooling():
    entries = []
    for op, id, shape, options, f in [
            ("max_pool2d", "k2", (1, 2, 5, 6), {"kernel": 2, "stride": 2, "padding": 0}, lambda x: F.max_pool2d(x, 2)),
            ("max_pool2d", "k3s2p1", (1, 2, 7, 6), {"kernel": 3, "stride": 2, "padding": 1}, lambda x: F.max_pool2d(x, 3, 2, 1)),
            ("avg_pool2d", "k2", (1, 2, 5, 6), {"kernel": 2, "stride": 2, "padding": 0}, lambda x: F.avg_pool2d(x, 2)),
            ("avg_pool2d", "k3s1p1", (1, 2, 4, 5), {"kernel": 3, "stride": 1, "padding": 1, "count_include_pad": True},
             lambda x: F.avg_pool2d(x, 3, 1, 1)),
            ("adaptive_avg_pool2d", "1", (2, 3, 4, 5), {"size": [1, 1]}, lambda x: F.adaptive_avg_pool2d(x, 1)),
            ("adaptive_avg_pool2d", "3x2", (1, 2, 7, 5), {"size": [3, 2]}, lambda x: F.adaptive_avg_pool2d(x, (3, 2))),
            ("adaptive_max_pool2d", "3x2", (1, 2, 7, 5), {"size": [3, 2]}, lambda x: F.adaptive_max_pool2d(x, (3, 2))),
            ("pad", "reflect", (1, 2, 4, 5), {"mode": "reflect", "left_right_top_bottom": [2, 3, 1, 2]},
             lambda x: F.pad(x, [2, 3, 1, 2], mode="reflect")),
            ("pad", "replicate", (1, 1, 3, 4), {"mode": "replicate", "left_right_top_bottom": [2, 0, 1, 3]},
             lambda x: F.pad(x, [2, 0, 1, 3], mode="replicate")),
            ("pad", "zero", (1, 1, 3, 4), {"mode": "constant", "left_right_top_bottom": [0, 2, 1, 0]},
             lambda x: F.pad(x, [0, 2, 1, 0]))]:
        c = Case(op, id, **options)
        entries.append(c.expect(output=f(c.input("input", *shape))))
    return entries


def interpolation():
    entries = []
    for mode, corners in [("nearest", None), ("bilinear", False), ("bilinear", True), ("bicubic", False), ("bicubic", True),
                          ("area", None)]:
        for h, w in [(8, 10), (7, 3), (2, 13), (1, 1)]:
            name = mode + ("" if corners is None else "-corners" if corners else "-centres")
            c = Case("interpolate", f"{name}-{h}x{w}", mode=mode, size=[h, w], align_corners=corners)
            x = c.input("input", 1, 2, 4, 5)
            entries.append(c.expect(output=F.interpolate(x, size=(h, w), mode=mode, align_corners=corners)))
        if mode in ("nearest", "bilinear"):
            c = Case("interpolate", f"{name}-x2", mode=mode, scale_factor=2, align_corners=corners)
            x = c.input("input", 1, 2, 3, 5)
            entries.append(c.expect(output=F.interpolate(x, scale_factor=2, mode=mode, align_corners=corners)))
    return entries


def optimizers():
    """Five steps on a 3x4 parameter; the gradient of step t (from 1) is the formula's tensor <id>.step<t>.gradient."""
    entries = []
    for kind, id, options in [
            ("SGD", "plain", dict(lr=0.1)), ("SGD", "momentum", dict(lr=0.1, momentum=0.9)),
            ("SGD", "weight-decay", dict(lr=0.1, weight_decay=0.05)),
            ("SGD", "momentum-weight-decay", dict(lr=0.05, momentum=0.9, weight_decay=5e-4)),
            ("SGD", "nesterov", dict(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)),
            ("SGD", "dampening", dict(lr=0.1, momentum=0.8, dampening=0.3)),
            ("Adam", "default", dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8)),
            ("Adam", "weight-decay", dict(lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)),
            ("AdamW", "default", dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)),
            ("AdamW", "moon", dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05)),
            ("AdamW", "other", dict(lr=0.02, betas=(0.7, 0.95), eps=1e-4, weight_decay=0.3))]:
        c = Case(kind, id, **options)
        parameter = c.input("weight", 3, 4).requires_grad_()
        optimizer = getattr(torch.optim, kind)([parameter], **options)
        for step in range(1, 6):
            parameter.grad = c.input(f"step{step}.gradient", 3, 4)
            optimizer.step()
            c.expect(**{f"step{step}": parameter})
        entries.append(c.entry)
    return entries


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    for make in (convolutions, norms, activations, pooling, interpolation, optimizers):
        entries = make()
        assert len({e["id"] for e in entries}) == len(entries)
        text = ",\n  ".join(map(json.dumps, entries))
        path = FOLDER / f"{make.__name__}.json"
        path.write_text(f'{{\n "torch": "{torch.__version__}", "tolerance": {TOLERANCE}, "cases": [\n  {text}\n]}}\n')
        print(f"{path.name:20} {len(entries):3} cases, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
