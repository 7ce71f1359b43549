"""Golden outputs of every architecture, computed by PyTorch with the formula's weights. README.md says how to run it.

    /usr/bin/python3 make_models.py                 all counts, all cases
    /usr/bin/python3 make_models.py --only unet     the cases whose id starts so (cases.json is left alone)
    /usr/bin/python3 make_models.py --precision     also compares each output with the same one in float64
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

import formula
from architectures import bisenet, fine, resnet, sandu, swin, unet, wrinet
from weights import Weights

FOLDER = Path(__file__).parent / "models"
TOLERANCE = 1e-4
T_TRUE = {"depths": [2, 2, 6, 2]}

# model id -> function(weights, x, classes, **options)
MODELS = {
    "unet": unet.unet,
    "unet-transpose": unet.unet_transpose,
    "wds-unet": unet.wds_unet,
    "swin-unetr": swin.swin_unetr,
    "swin-unetr-t": lambda w, x, c, width=96, **o: swin.swin_unetr(w, x, c, width, **o),
    "swin-unetr-t-true": lambda w, x, c, width=96, **o: swin.swin_unetr(w, x, c, width, **T_TRUE, **o),
    "resnet50-unet": lambda w, x, c: resnet.resnet_unet(w, x, c, resnet.RESNET50),
    "resnet34-unet": lambda w, x, c: resnet.resnet_unet(w, x, c, resnet.RESNET34),
    "unetpp-resnext50": lambda w, x, c: resnet.unetpp(w, x, c, resnet.RESNEXT50),
    "unetpp-resnet50": lambda w, x, c: resnet.unetpp(w, x, c, resnet.RESNET50),
    "striped-wrinet": wrinet.striped_wrinet,
    "sandu-attunet": lambda w, x, c, gate="encoder", bilinear=False: sandu.sandu(w, x, c, True, gate, bilinear),
    "sandu-unet": lambda w, x, c, bilinear=False: sandu.sandu(w, x, c, False, bilinear=bilinear),
    "bisenet": bisenet.bisenet,
    "resnet18-fine": fine.resnet18_fine,
}

# Counts that the publications print, and their leaf layers: model, options, in, out, all parameters, parameters of leaf layers (None: the same)
COUNTS = [
    ("unet", {}, 3, 1, 17_262_977, None),
    ("unet", {}, 3, 2, 17_263_042, None),
    ("unet", {}, 4, 2, 17_263_618, None),
    ("unet", {}, 4, 1, 17_263_553, None),
    ("unet", {}, 3, 3, 17_263_107, None),
    ("unet-transpose", {}, 3, 2, 31_037_698, None),
    ("wds-unet", {}, 4, 2, 17_268_936, None),
    ("wds-unet", {}, 3, 2, 17_268_360, None),
    ("resnet50-unet", {}, 3, 1, 32_521_105, None),
    ("resnet50-unet", {}, 3, 2, 32_521_250, None),
    ("swin-unetr", {}, 3, 1, 25_239_931, 25_153_441),
    ("swin-unetr", {}, 3, 2, 25_239_980, 25_153_490),
    ("swin-unetr", {}, 4, 2, 25_241_228, 25_154_738),
    ("swin-unetr-t", {"window": 7}, 3, 2, 100_572_428, 100_557_218),
    ("swin-unetr-t", {}, 3, 2, 100_643_708, 100_557_218),
    ("swin-unetr-t-true", {"window": 7}, 3, 2, 107_678_396, 107_655_074),
    ("striped-wrinet", {}, 3, 1, 6_222_505, None),
    ("striped-wrinet", {}, 3, 2, 6_222_530, None),
    ("striped-wrinet", {}, 4, 2, 6_222_746, None),
    ("unetpp-resnext50", {}, 3, 1, 48_457_617, None),
    ("unetpp-resnext50", {}, 3, 2, 48_457_762, None),
    ("unetpp-resnet50", {}, 3, 1, 48_985_745, None),
    ("sandu-attunet", {}, 3, 1, 74_374_317, None),
    ("sandu-attunet", {"gate": "decoder"}, 3, 1, 74_374_317, None),
    ("sandu-unet", {}, 3, 1, 72_293_185, None),
    ("sandu-attunet", {"bilinear": True}, 3, 1, 75_769_069, None),
    ("bisenet", {}, 3, 19, 13_300_416, None),
    ("resnet34-unet", {}, 3, 1, 24_436_369, None),
    ("resnet18-fine", {}, 4, 1, 3_611_601, None),
    ("resnet18-fine", {}, 3, 19, 3_611_763, None),
]


def case(id, model, inputs, classes, options=None, **more):
    return {"id": id, "model": model, "options": options or {}, "in": inputs[1], "out": classes, "input": list(inputs),
            "mode": "eval", **more}


W16, SMALL = {"width": 16}, {"width": 12, "window": 4}
FIRST_NORM = ["inc.double_conv.1.running_mean", "inc.double_conv.1.running_var", "inc.double_conv.1.num_batches_tracked"]
CASES = [
    case("unet-3-1", "unet", (1, 3, 64, 64), 1),
    case("unet-4-2", "unet", (1, 4, 64, 64), 2),
    case("unet-3-1-odd", "unet", (1, 3, 50, 70), 1),
    case("unet-w16-3-1", "unet", (1, 3, 64, 64), 1, W16),
    case("unet-w16-4-2-odd", "unet", (1, 4, 37, 45), 2, W16),
    case("unet-w16-train", "unet", (2, 3, 64, 64), 1, W16, mode="train", buffers=FIRST_NORM,
         gradients=["inc.double_conv.0.weight", "outc.conv.bias"]),
    case("unet-w16-grown-3-1-to-4-2", "unet", (1, 4, 64, 64), 2, W16,
         grown={"from": [3, 1], "inputs": ["inc.double_conv.0.weight"], "head": "outc.conv", "rule": "reinitialise"}),
    case("unet-w16-split-3-1-to-4-2", "unet", (1, 4, 64, 64), 2, W16,
         grown={"from": [3, 1], "inputs": ["inc.double_conv.0.weight"], "head": "outc.conv", "rule": "split"}),
    case("wds-unet-4-2", "wds-unet", (1, 4, 64, 64), 2),
    case("wds-unet-3-2-odd", "wds-unet", (1, 3, 50, 38), 2),
    case("resnet50-unet-3-1", "resnet50-unet", (1, 3, 64, 64), 1),
    case("resnet50-unet-3-2", "resnet50-unet", (1, 3, 64, 96), 2, take={"channels": [1], "step": 1}),
    case("resnet34-unet-3-1", "resnet34-unet", (1, 3, 64, 64), 1),
    case("resnet34-unet-train", "resnet34-unet", (2, 3, 96, 96), 1, mode="train", take={"channels": [0], "step": 2},
         buffers=["encoder.bn1.running_mean", "encoder.bn1.running_var", "encoder.layer4.0.downsample.1.running_mean",
                  "encoder.layer4.0.downsample.1.running_var"]),
    case("unet-transpose-3-2", "unet-transpose", (1, 3, 64, 64), 2),
    case("unet-transpose-3-2-odd", "unet-transpose", (1, 3, 50, 70), 2),
    case("swin-unetr-64-3-1", "swin-unetr", (1, 3, 64, 64), 1),
    case("swin-unetr-64-3-2", "swin-unetr", (1, 3, 64, 64), 2),
    case("swin-unetr-64-4-2", "swin-unetr", (1, 4, 64, 64), 2),
    case("swin-unetr-128-3-1", "swin-unetr", (1, 3, 128, 128), 1, take={"channels": [0], "step": 2}),
    case("swin-unetr-128-4-2", "swin-unetr", (1, 4, 128, 128), 2, take={"channels": [0, 1], "step": 2}),
    case("swin-unetr-w12-win4-3-2", "swin-unetr", (1, 3, 64, 64), 2, SMALL),
    case("swin-unetr-w12-win4-4-2", "swin-unetr", (1, 4, 64, 64), 2, SMALL),
    case("swin-unetr-w12-win4-3-1-wide", "swin-unetr", (1, 3, 128, 192), 1, SMALL, take={"channels": [0], "step": 2}),
    case("swin-unetr-w12-win4-batch", "swin-unetr", (2, 3, 64, 64), 1, SMALL),
    case("swin-unetr-w12-win4-grown-3-1-to-4-2", "swin-unetr", (1, 4, 64, 64), 2, SMALL,
         grown={"from": [3, 1], "head": "out.conv.conv", "rule": "reinitialise",
                "inputs": ["swinViT.patch_embed.proj.weight", "encoder1.layer.conv1.conv.weight",
                           "encoder1.layer.conv3.conv.weight"]}),
    case("swin-unetr-t-w24-3-2", "swin-unetr-t", (1, 3, 64, 64), 2, {"width": 24, "window": 7}),
    case("swin-unetr-t-true-w24-3-2", "swin-unetr-t-true", (1, 3, 64, 64), 2, {"width": 24, "window": 7}),
    case("striped-wrinet-3-1", "striped-wrinet", (1, 3, 64, 64), 1),
    case("striped-wrinet-4-2", "striped-wrinet", (1, 4, 48, 80), 2),
    case("unetpp-resnext50-3-1", "unetpp-resnext50", (1, 3, 64, 64), 1),
    case("unetpp-resnet50-3-1", "unetpp-resnet50", (1, 3, 64, 64), 1),
    case("sandu-attunet-3-1", "sandu-attunet", (1, 3, 64, 64), 1),
    case("sandu-attunet-decoder-3-1", "sandu-attunet", (1, 3, 64, 64), 1, {"gate": "decoder"}),
    case("sandu-unet-3-1", "sandu-unet", (1, 3, 64, 64), 1),
    case("sandu-attunet-bilinear-3-1", "sandu-attunet", (1, 3, 64, 64), 1, {"bilinear": True}),
    case("bisenet-3-19", "bisenet", (1, 3, 64, 64), 19, take={"channels": [1, 10], "step": 1}),
    case("resnet18-fine-4-1", "resnet18-fine", (1, 4, 64, 64), 1),
    case("resnet18-fine-3-19", "resnet18-fine", (1, 3, 64, 96), 19, take={"channels": [0, 10], "step": 2}),
    case("resnet18-fine-w16-train", "resnet18-fine", (2, 4, 64, 64), 1, W16, mode="train", take={"channels": [0], "step": 2},
         buffers=["encoder.bn1.running_mean", "fine.double_conv.4.running_var", "encoder.layer3.0.downsample.1.running_mean"],
         gradients=["encoder.conv1.weight", "fine.double_conv.0.weight", "out.bias"]),
]


def run(model, options, x, classes, **how):
    """The weights that were used and the outputs, head by head."""
    w = Weights(**how)
    return w, MODELS[model](w, x.to(w.dtype), classes, **options)


def check_counts():
    keys = {}
    for model, options, inputs, classes, everything, leaf in COUNTS:
        with torch.no_grad():
            w, _ = run(model, options, torch.zeros(1, inputs, 64, 64), classes, zeros=True)
        found, expected = w.count(), (everything, leaf or everything)
        print(f"{model:20} {str(options):22} {inputs}->{classes:<3} {found[0]:>12,} {found[1]:>12,}", flush=True)
        assert found == expected, f"the publications' count is {expected}"
        keys.setdefault(model, w.tensors)
    for model, tensors in keys.items():
        lines = [f"{name} {'x'.join(map(str, t.shape)) or 'scalar'}\n" for name, t in tensors.items()]
        (FOLDER / f"{model}.keys.txt").write_text("".join(lines))


def grow(model, options, inputs, classes, grown):
    """Moon, stage 1 to stage 2: a new input channel is the mean of the old ones; the head anew, or [-w, w]."""
    before, after = grown["from"]
    small = (1, before, inputs[2], inputs[3])
    with torch.no_grad():
        given = run(model, options, torch.zeros(small), after)[0].tensors
    for key in grown["inputs"]:
        given[key] = torch.cat([given[key], given[key].mean(1, keepdim=True)], 1)
    for key in (f"{grown['head']}.weight", f"{grown['head']}.bias"):
        stage1 = given.pop(key)
        if grown["rule"] == "split":
            given[key] = torch.cat([-stage1, stage1], 0)
    return given


def compute(c, dtype=torch.float32):
    """What a case stores: (what, tensor) pairs."""
    x = torch.from_numpy(formula.values("input", c["input"]))
    train, wanted = c["mode"] == "train", c.get("gradients", [])
    given = grow(c["model"], c["options"], c["input"], c["out"], c["grown"]) if "grown" in c else {}
    if wanted:  # a first pass names the parameters, the second has them as leaves of the graph
        with torch.no_grad():
            given = run(c["model"], c["options"], x, c["out"], dtype=dtype)[0].parameters()
        given = {k: v.requires_grad_(k in wanted) for k, v in given.items()}
    with torch.set_grad_enabled(bool(wanted)):
        w, outputs = run(c["model"], c["options"], x, c["out"], train=train, dtype=dtype, given=given)
    results = []
    for head, y in outputs.items():
        assert y.shape[2:] == x.shape[2:] and y.shape[1] == c["out"]
        take = c.get("take", {"channels": range(c["out"]), "step": 1})
        results.append(({"head": head}, y.detach()[:, list(take["channels"]), ::take["step"], ::take["step"]]))
    results += [({"buffer": name}, w.tensors[name]) for name in c.get("buffers", [])]
    if wanted:
        outputs["out"].square().mean().backward()
        results += [({"gradient": name}, w.tensors[name].grad) for name in wanted]
    return results


def store(c, precision):
    start, entries = time.time(), []
    results = compute(c)
    doubles = compute(c, torch.float64) if precision else results
    for i, ((what, value), (_, exact)) in enumerate(zip(results, doubles)):
        suffix = "".join("" if v == "out" else f".{k}.{v}" for k, v in what.items())
        array = np.ascontiguousarray(value.numpy().astype(np.float32))
        assert np.isfinite(array).all()
        np.save(FOLDER / f"{c['id']}{suffix}.npy", array)
        size = float(np.abs(array).max())
        line = f"{c['id'] + suffix:50} {str(array.shape):18} max {size:10.4g} std {array.std():10.4g}"
        if precision:
            line += f"  off by {float((value - exact).abs().max()) / size:.1e}"
        print(line, flush=True)
        entries.append({**what, "file": f"{c['id']}{suffix}.npy", "shape": list(array.shape), "max_abs": size})
    print(f"    {time.time() - start:.1f} s")
    return {**c, "stored": entries, "tolerance": TOLERANCE}


def formula_samples():
    samples = [("input", [3, 64, 64], 0), ("input", [3, 64, 64], 12287), ("inc.double_conv.0.weight", [64, 3, 3, 3], 1),
               ("inc.double_conv.1.weight", [64], 5), ("inc.double_conv.1.bias", [64], 63),
               ("inc.double_conv.1.running_mean", [64], 2), ("inc.double_conv.1.running_var", [64], 7),
               ("up1.up.weight", [1024, 512, 2, 2], 2097151)]
    return [{"name": name, "shape": shape, "index": i, "fnv1a": formula.fnv1a(name),
             "u": float(formula.uniform(name, i + 1)[i]), "value": float(formula.values(name, shape).flat[i])}
            for name, shape, i in samples]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--precision", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    if not arguments.only:
        check_counts()
    cases = [store(c, arguments.precision) for c in CASES if c["id"].startswith(arguments.only)]
    if not arguments.only:
        counts = [{"model": m, "options": o, "in": i, "out": c, "all": a, "leaf": l or a} for m, o, i, c, a, l in COUNTS]
        lines = {"formula": formula_samples(), "counts": counts, "cases": cases}
        text = ",\n".join(f' "{k}": [\n  ' + ",\n  ".join(map(json.dumps, v)) + "\n ]" for k, v in lines.items())
        (FOLDER / "cases.json").write_text(f'{{\n "torch": "{torch.__version__}",\n{text}\n}}\n')


if __name__ == "__main__":
    main()
