"""A network in eager PyTorch, as the peer of a benchmark: one timed forward pass for every line on standard input.

    python3 pytorch_network.py [--network resnet18-fine] --size 1024 --threads 2 [--channels-last] [--bf16] [--output OUT.npy] [--export MODEL.onnx]

Weights and input are those of tests/Golden/formula.py, so the other side can compute the same picture. Each answer is one
line: the milliseconds of the pass.
"""

import argparse
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "Golden"))

import numpy as np
import torch

import formula
from resnet_fine import ResNetFine
from unet import Unet


parser = argparse.ArgumentParser()
parser.add_argument("--network", default="unet", choices=["unet", "resnet18-fine"])
parser.add_argument("--size", type=int, default=1024)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--channels-last", action="store_true")
parser.add_argument("--bf16", action="store_true", help="bf16 autocast")
parser.add_argument("--output")
parser.add_argument("--export")
options = parser.parse_args()

torch.set_num_threads(options.threads)
model, channels = (Unet().eval(), 3) if options.network == "unet" else (ResNetFine().eval(), 4)
model.load_state_dict({name: torch.from_numpy(np.asarray(formula.values(name, tuple(t.shape)))) for name, t in model.state_dict().items() if t.is_floating_point()}, strict=False)
image = torch.from_numpy(formula.values("input", (1, channels, options.size, options.size)))

if options.export:
    torch.onnx.export(torch.nn.Sequential(model, torch.nn.Sigmoid()), image, options.export, input_names=["image"], output_names=["probabilities"], opset_version=13)
    sys.exit(0)

if options.channels_last:
    model, image = model.to(memory_format=torch.channels_last), image.contiguous(memory_format=torch.channels_last)

with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
    probabilities = torch.sigmoid(model(image))
    if options.output:
        np.save(options.output, probabilities.float().contiguous().numpy())
    print(f"ready PyTorch {torch.__version__}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        torch.sigmoid(model(image))
        print(f"{1000 * (time.perf_counter() - start):.1f}", flush=True)
