// Turns MediaPipe's face_landmark.tflite into safetensors under the names of FaceMeshLayers, PyTorch's order of
// dimensions: ConvertFaceMesh IN.tflite OUT.safetensors
using System.Runtime.InteropServices;
using Rhytid.Inference.Serialization;
using Rhytid.Torch.Serialization.Tflite;

var model = TfliteModel.Load(args[0]);
var tensors = new List<StoredTensor>();
var operators = new Queue<TfliteOperator>(model.Operators.Where(step => step.Name is not ("ADD" or "PAD" or "MAX_POOL_2D")));
// The file interleaves its two heads from the 6 x 6 map on.
Take("stem");
TakeSlopes("stem");
for (var i = 0; i < 14; i++)
    TakeBlock($"backbone.{i}");
TakeBlock("points.0");
TakeBlock("points.1");
Take("score.0.depthwise");
Take("points.2.depthwise");
Take("score.0.pointwise");
Take("points.2.pointwise");
TakeSlopes("score.0");
TakeSlopes("points.2");
Take("score.narrow");
Take("points.narrow");
TakeSlopes("score.narrow");
TakeSlopes("points.narrow");
Take("score.1.depthwise");
Take("points.3.depthwise");
Take("score.1.pointwise");
Take("points.3.pointwise");
TakeSlopes("score.1");
TakeSlopes("points.3");
Take("score.out");
Take("points.out");
if (operators.Count > 0)
    throw new InvalidDataException($"{operators.Count} operators are left");
SafetensorsWriter.Write(
    args[1], tensors,
    new Dictionary<string, string>
    {
        ["rhytid.format"] = "rhytid.face-mesh/1",
        ["rhytid.source"] = "face_landmark.tflite of MediaPipe 0.10, Apache-2.0",
    });

void TakeBlock(string name)
{
    Take($"{name}.depthwise");
    Take($"{name}.pointwise");
    TakeSlopes(name);
}

void Take(string name)
{
    var step = operators.Dequeue();
    var weight = model.Tensors[step.Inputs[1]];
    var isDepthwise = step.Name == "DEPTHWISE_CONV_2D";
    if (isDepthwise != name.EndsWith("depthwise", StringComparison.Ordinal) || step.Name == "PRELU")
        throw new InvalidDataException($"{step.Name} where {name} is due");
    var (rows, columns) = (weight.Shape[1], weight.Shape[2]);
    var (results, inputs) = isDepthwise ? (weight.Shape[3], 1) : (weight.Shape[0], weight.Shape[3]);
    var values = MemoryMarshal.Cast<byte, float>(weight.Data!.Value.Span);
    var ordered = new float[values.Length];
    for (var o = 0; o < results; o++)
        for (var c = 0; c < inputs; c++)
            for (var k = 0; k < rows * columns; k++)
                ordered[(((o * inputs) + c) * rows * columns) + k] = isDepthwise
                    ? values[(k * results) + o]
                    : values[(((o * rows * columns) + k) * inputs) + c];
    Add($"{name}.weight", [results, inputs, rows, columns], ordered);
    Add($"{name}.bias", [results], Values(step.Inputs[2]));
}

void TakeSlopes(string name)
{
    var step = operators.Dequeue();
    if (step.Name != "PRELU")
        throw new InvalidDataException($"{step.Name} where {name}.slopes are due");
    var slopes = Values(step.Inputs[1]);
    Add($"{name}.slopes", [slopes.Length], slopes);
}

float[] Values(int tensor) => MemoryMarshal.Cast<byte, float>(model.Tensors[tensor].Data!.Value.Span).ToArray();

void Add(string name, long[] shape, float[] values) => tensors.Add(
    new StoredTensor(name, DType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray()));
