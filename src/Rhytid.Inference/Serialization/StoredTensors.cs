namespace Rhytid.Inference.Serialization;

/// <summary>Checks on tensors that are about to be written.</summary>
internal static class StoredTensors
{
    /// <exception cref="ArgumentException">The tensor's bytes are not as many as its type and shape need.</exception>
    public static void RequireConsistent(StoredTensor tensor, string parameter)
    {
        try
        {
            if (tensor.Bytes.Length == TensorSize.Bytes(tensor.Name, tensor.Shape, tensor.Type))
                return;
        }
        catch (InvalidDataException error)
        {
            throw new ArgumentException(error.Message, parameter, error);
        }
        throw new ArgumentException(
            $"tensor '{tensor.Name}' ({tensor.Type}, {Printable.Shape(tensor.Shape)}) does not fit its {tensor.Bytes.Length} bytes", parameter);
    }
}
