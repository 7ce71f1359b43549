"""ONNX models for the reader of their weights, and what a residual network computes from them. README.md says what is what.

    /usr/bin/python3 make_onnx.py                   onnx/: the models and the features of the small residual network
    /usr/bin/python3 make_onnx.py PACKAGE_FOLDER    also imagenet.json, from the unpacked NuGet package
                                                    Microsoft.ML.DnnImageFeaturizer.ResNet18

Needs Debian's python3-onnx and python3-torch; python3-pil for the package.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

import formula

FOLDER = Path(__file__).parent / "onnx"
MEAN = [123.15163, 115.902885, 103.06262]  # the package's mean image: red, green, blue
WIDTH = 4


def floats(*shape):
    """As in make_checkpoints.py: element i is (i - 3) / 4."""
    return ((np.arange(int(np.prod(shape))) - 3) * 0.25).astype(np.float32).reshape(shape)


def raw(name, array):
    return numpy_helper.from_array(np.ascontiguousarray(array), name)


def listed(name, array):
    """The values as float_data, not as bytes."""
    return helper.make_tensor(name, TensorProto.FLOAT, array.shape, array.ravel().tolist())


def model(nodes, initializers, inputs, outputs):
    value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", "C", "H", "W"])
    graph = helper.make_graph(nodes, "graph", [value(name) for name in inputs], [value(name) for name in outputs], initializers)
    return helper.make_model(graph, producer_name="make_onnx.py", opset_imports=[helper.make_opsetid("", 8)], ir_version=4)


def norm(name, source):
    return helper.make_node("BatchNormalization", [source, *(f"{name}.{part}" for part in "wbmv")], [name], epsilon=1e-5)


def small():
    """A convolution with a bias beside a shortcut; then half precision, values of a node, and a normalisation that follows no convolution."""
    constant = helper.make_node("Constant", [], ["K"], value=raw("", floats(2, 1, 1, 1)))
    nodes = [
        helper.make_node("Conv", ["x", "A", "a"], ["conv_a"], pads=[1, 1, 1, 1]), norm("bn_a", "conv_a"),
        helper.make_node("Conv", ["x", "S"], ["conv_s"]), norm("bn_s", "conv_s"),
        helper.make_node("Add", ["bn_a", "bn_s"], ["sum"]), helper.make_node("Relu", ["sum"], ["relu"]), norm("bn_r", "relu"),
        helper.make_node("Conv", ["bn_r", "H"], ["conv_h"]), constant,
        helper.make_node("Conv", ["conv_h", "K"], ["conv_k"]), helper.make_node("Conv", ["conv_k", "L"], ["y"]),
    ]
    initializers = [raw("A", floats(2, 1, 3, 3)), listed("a", floats(2)), listed("S", floats(2, 1, 1, 1)), raw("H", floats(1, 2, 1, 1).astype(np.float16)),
                    raw("L", floats(1, 2, 1, 1)), raw("unused", np.arange(3))]
    initializers += [raw(f"bn_a.{part}", floats(2)) for part in "wbmv"] + [listed(f"bn_s.{part}", floats(2)) for part in "wbmv"]
    initializers += [raw(f"bn_r.{part}", floats(2)) for part in "wbmv"]
    return model(nodes, initializers, ["x"], ["y"])


def external():
    """Its weight lies in a file beside it."""
    weight = raw("A", floats(2, 1, 3, 3))
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    entry = weight.external_data.add()
    entry.key, entry.value = "location", "weights.bin"
    return model([helper.make_node("Conv", ["x", "A"], ["y"])], [weight], ["x"], ["y"])


def residual():
    """The package's graph at width 4: uneven padding, shortcuts before their blocks, weights by the formula; of layer 4 the shortcut alone."""
    nodes, initializers = [], []

    def conv(key, source, shape, stride, pads, weight=None):
        initializers.append(raw(f"P{len(initializers)}", formula.values(f"encoder.{key}.weight", shape) if weight is None else weight))
        nodes.append(helper.make_node("Conv", [source, initializers[-1].name], [f"C{len(nodes)}"], strides=[stride, stride], pads=pads, kernel_shape=shape[2:]))
        return nodes[-1].output[0]

    def batch_norm(key, source, channels):
        names = []
        for part in ("weight", "bias", "running_mean", "running_var"):
            initializers.append(raw(f"P{len(initializers)}", formula.values(f"encoder.{key}.{part}", (channels,))))
            names.append(initializers[-1].name)
        nodes.append(helper.make_node("BatchNormalization", [source, *names], [f"B{len(nodes)}"], epsilon=1e-5))
        return nodes[-1].output[0]

    def plain(kind, sources, **attributes):
        nodes.append(helper.make_node(kind, sources, [f"{kind[0]}{len(nodes)}"], **attributes))
        return nodes[-1].output[0]

    def block(key, source, channels, out, stride):
        shortcut = source
        if stride == 2:
            shortcut = batch_norm(f"{key}.downsample.1", conv(f"{key}.downsample.0", source, (out, channels, 1, 1), 2, [0, 0, 0, 0]), out)
        x = conv(f"{key}.conv1", source, (out, channels, 3, 3), stride, [1, 1, 0, 0] if stride == 2 else [1, 1, 1, 1])
        x = plain("Relu", [batch_norm(f"{key}.bn1", x, out)])
        x = batch_norm(f"{key}.bn2", conv(f"{key}.conv2", x, (out, out, 3, 3), 1, [1, 1, 1, 1]), out)
        return plain("Relu", [plain("Add", [x, shortcut])])

    stem = formula.values("encoder.conv1.weight", (WIDTH, 3, 7, 7))[:, ::-1] / np.float32(127.5)  # of BGR levels
    x = conv("conv1", "x", (WIDTH, 3, 7, 7), 2, [3, 3, 2, 2], np.ascontiguousarray(stem))
    x = plain("Relu", [batch_norm("bn1", x, WIDTH)])
    x = plain("MaxPool", [x], strides=[2, 2], pads=[1, 1, 0, 0], kernel_shape=[3, 3])
    channels = WIDTH
    for layer in (1, 2, 3):
        out = WIDTH << (layer - 1)
        for number in (0, 1):
            x = block(f"layer{layer}.{number}", x, channels, out, 2 if layer > 1 and number == 0 else 1)
            channels = out
    x = conv("layer4.0.downsample.0", x, (2 * channels, channels, 1, 1), 2, [0, 0, 0, 0])
    return model(nodes, initializers, ["x"], [x])


def features(graph, images):
    """Runs a graph; the last map of each size behind a ReLU: stem, layer 1, layer 2, ..."""
    weights = {entry.name: torch.from_numpy(numpy_helper.to_array(entry).copy()) for entry in graph.initializer}
    values, maps = {graph.input[0].name: images}, {}
    for node in graph.node:
        attributes = {a.name: list(a.ints) for a in node.attribute}
        y = values[node.input[0]]
        top, left, bottom, right = attributes.get("pads") or [0, 0, 0, 0]
        if node.op_type == "Conv":
            y = F.conv2d(F.pad(y, (left, right, top, bottom)), weights[node.input[1]], stride=attributes.get("strides", 1))
        elif node.op_type == "BatchNormalization":
            weight, bias, mean, variance = (weights[name] for name in node.input[1:])
            y = F.batch_norm(y, mean, variance, weight, bias, False, eps=1e-5)
        elif node.op_type == "MaxPool":
            y = F.max_pool2d(F.pad(y, (left, right, top, bottom), value=-float("inf")), 3, 2)
        elif node.op_type == "Add":
            y = y + values[node.input[1]]
        elif node.op_type == "Relu":
            y = F.relu(y)
            maps[y.shape[-1]] = y
        elif node.op_type == "AveragePool":
            break
        values[node.output[0]] = y
    return list(maps.values())


def levels(images):
    """RGB as v / 127.5 - 1 to what the package's network takes: BGR levels less their mean."""
    return (images[:, [2, 1, 0]] * 0.5 + 0.5) * 255 - torch.tensor(MEAN[::-1]).view(1, 3, 1, 1)


def write(name, made):
    onnx.checker.check_model(made)
    (FOLDER / name).write_bytes(made.SerializeToString())
    print(f"{name} {(FOLDER / name).stat().st_size:,} bytes")


def imagenet(package):
    from PIL import Image

    network = onnx.load(next(Path(package).rglob("ResNet18.onnx"))).graph
    mean = numpy_helper.to_array(onnx.load(next(Path(package).rglob("ResNetPreprocess.onnx"))).graph.initializer[0]).mean((0, 2, 3))
    assert np.allclose(mean[::-1], MEAN), mean
    portrait = Path(__file__).parents[2] / "samples" / "portrait.png"
    picture = np.asarray(Image.open(portrait).convert("RGB").resize((512, 512), Image.BOX))
    images = torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
    entries = []
    for y in features(network, levels(images))[:4]:
        _, channels, height, width = y.shape
        places = [[(37 * i + 11) % channels, (53 * i + 7) % height, (29 * i + 13) % width] for i in range(24)]
        entries.append({"shape": list(y.shape), "mean": float(y.double().mean()), "max": float(y.max()), "places": places,
                        "values": [float(y[0, c, v, u]) for c, v, u in places]})
        print(entries[-1]["shape"], entries[-1]["mean"], entries[-1]["max"])
    lines = {"input": "samples/portrait.png reduced to 512 x 512 by Pillow's BOX; red, green, blue as v / 127.5 - 1",
             "package": "Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1", "maps": entries}
    (FOLDER / "imagenet.json").write_text(json.dumps(lines, indent=1) + "\n")


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    write("small.onnx", small())
    (FOLDER / "external.onnx").write_bytes(external().SerializeToString())
    made = residual()
    write("residual.onnx", made)
    with torch.no_grad():
        maps = features(made.graph, levels(torch.from_numpy(formula.values("input", (1, 3, 64, 64)))))
        for number, y in enumerate(maps):
            np.save(FOLDER / f"residual.map{number}.npy", y.numpy())
            print(tuple(y.shape), float(y.abs().max()))
        if len(sys.argv) > 1:
            imagenet(sys.argv[1])


if __name__ == "__main__":
    main()
