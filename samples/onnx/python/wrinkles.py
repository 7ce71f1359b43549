"""Arguments: the graph, an aligned face, the map to write."""

import sys

import numpy
import onnxruntime
from PIL import Image

face = Image.open(sys.argv[2]).convert("RGB").resize((512, 512), Image.Resampling.BOX)
session = onnxruntime.InferenceSession(sys.argv[1])
(probabilities,) = session.run(["probabilities"], {"image": numpy.asarray(face)[None]})
Image.fromarray((255 * probabilities[0, 0]).astype(numpy.uint8)).save(sys.argv[3])
