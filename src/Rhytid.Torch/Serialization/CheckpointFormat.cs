namespace Rhytid.Torch.Serialization;

/// <summary>The kinds of file that hold a model's tensors.</summary>
public enum CheckpointFormat
{
    /// <summary>Safetensors: a JSON header and bare bytes.</summary>
    Safetensors,

    /// <summary>torch.save of PyTorch 1.6 and later: a zip archive.</summary>
    PyTorchZip,

    /// <summary>torch.save before PyTorch 1.6: pickles in a row.</summary>
    PyTorchLegacy,

    /// <summary>An ONNX model, of which the weights of convolutions and batch normalisations are read.</summary>
    Onnx,
}
