namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>The options of the operators that have any; each kind numbers its fields differently.</summary>
internal static class TfliteOptionsReader
{
    // Numbers of the schema's union of options.
    private const byte Conv = 1;
    private const byte DepthwiseConv = 2;
    private const byte Pool = 5;
    private const byte Addition = 11;

    public static TfliteOptions Read(TfliteOperatorCode code, string name, byte type, FlatTable? table)
    {
        var expected = code switch
        {
            TfliteOperatorCode.Conv2D => Conv,
            TfliteOperatorCode.DepthwiseConv2D => DepthwiseConv,
            TfliteOperatorCode.MaxPool2D => Pool,
            TfliteOperatorCode.Add => Addition,
            _ => (byte)0,
        };
        if (expected == 0 || (table is null && expected == Addition))
            return new TfliteOptions();
        if (table is not { } options || type != expected)
            throw new InvalidDataException($"an operator {name} has no options, or those of another operator");
        return expected switch
        {
            Conv => Window(options) with
            {
                Activation = Activation(options, 3, name),
                DilationWidth = options.Int32(4, 1),
                DilationHeight = options.Int32(5, 1)
            },
            // Field 3 is the depth multiplier; the weights' shape says it as well.
            DepthwiseConv =>
                Window(options) with
                {
                    Activation = Activation(options, 4, name),
                    DilationWidth = options.Int32(5, 1),
                    DilationHeight = options.Int32(6, 1)
                },
            Pool => Window(options) with
            {
                FilterWidth = options.Int32(3),
                FilterHeight = options.Int32(4),
                Activation = Activation(options, 5, name)
            },
            _ => new TfliteOptions { Activation = Activation(options, 0, name) },
        };

        TfliteOptions Window(FlatTable from) => new()
        {
            Padding = from.Byte(0) switch
            {
                0 => TflitePadding.Same,
                1 => TflitePadding.Valid,
                var other =>
                    throw new InvalidDataException(
                        $"an operator {name} has padding {other}; known are 0 (SAME) and 1 (VALID)"),
            },
            StrideWidth = from.Int32(1),
            StrideHeight = from.Int32(2),
        };
    }

    private static TfliteActivation Activation(FlatTable options, int field, string name) =>
        (TfliteActivation)options.Byte(field) is var activation && Enum.IsDefined(activation)
            ? activation
            : throw new InvalidDataException(
                $"an operator {name} has the activation {(int)activation}, which is not supported");
}
