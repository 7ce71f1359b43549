namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>
/// What a TFLite file holds: one graph of operators and its weights. Nothing in it is run when it is read.
/// </summary>
public sealed record TfliteModel
{
    /// <summary>Most elements of one tensor: an image of 1024 x 1024 with 16 channels.</summary>
    public const int MaxElements = 1 << 24;

    private const long MaxFileBytes = 512L << 20;

    /// <summary>The file's path, or what stands for it, for messages.</summary>
    public required string File { get; init; }

    /// <summary>Length of the file.</summary>
    public required int FileBytes { get; init; }

    /// <summary>What the model's maker wrote about it.</summary>
    public required string Description { get; init; }

    /// <summary>Every value, by number.</summary>
    public required IReadOnlyList<TfliteTensor> Tensors { get; init; }

    /// <summary>Numbers of the tensors that the graph takes.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>Numbers of the tensors that the graph gives.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>The steps in order.</summary>
    public required IReadOnlyList<TfliteOperator> Operators { get; init; }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TfliteException">The file cannot be read or is no sound TFLite model.</exception>
    public static TfliteModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!System.IO.File.Exists(path))
                throw Directory.Exists(path)
                    ? new TfliteException(path, "this is a folder, not a TFLite model")
                    : new FileNotFoundException($"{path}: there is no such file", path);
            if (new FileInfo(path).Length > MaxFileBytes)
                throw new TfliteException(
                    path, $"the file has more than {MaxFileBytes >> 20} MiB, the limit for a TFLite model");
            return Parse(System.IO.File.ReadAllBytes(path), path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TfliteException(path, "the file may not be read (permission denied)", error);
        }
        catch (IOException error) when (error is not FileNotFoundException)
        {
            throw new TfliteException(path, $"the file cannot be read ({error.Message})", error);
        }
    }

    /// <summary>Reads a model from the bytes of a file; they are not copied and must not change.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="TfliteException">The bytes are no sound TFLite model.</exception>
    public static TfliteModel Parse(ReadOnlyMemory<byte> bytes, string name = "model")
    {
        try
        {
            return TfliteReader.Read(bytes, name);
        }
        catch (InvalidDataException error)
        {
            throw new TfliteException(name, error.Message, error);
        }
    }
}
