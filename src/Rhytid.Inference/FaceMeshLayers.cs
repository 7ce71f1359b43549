namespace Rhytid.Inference;

/// <summary>
/// MediaPipe's face mesh network: residual blocks of depth-wise and 1x1 convolutions (BlazeFace's, Bazarevsky et al.,
/// 2019) with PReLU, from 192 x 192 pixels down to 6 x 6, and two heads, for 468 points and for the face's score.
/// </summary>
internal static class FaceMeshLayers
{
    /// <summary>Side of the image.</summary>
    public const int Size = 192;

    // Odd padding lies at the end, as TensorFlow puts it.
    private static readonly (int Before, int After) AtTheEnd = (0, 1);

    /// <summary>Puts the network together.</summary>
    /// <param name="weights">Under the names that <c>models/mediapipe_face_landmark_468.md</c> lists.</param>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <returns>Outputs: x, y and depth of 468 points; the score's logit.</returns>
    /// <exception cref="InvalidDataException">A weight is missing or of another shape.</exception>
    public static InferenceNetwork Create(NetworkWeights weights, int? threads = null)
    {
        var network = new NetworkBuilder(weights, inChannels: 3, threads);
        var (points, score) = Add(network);
        return network.Build(new SizeRule(Multiple: 1), points, score);
    }

    /// <summary>Adds the layers.</summary>
    /// <returns>The maps of the points, x, y and depth of each, and of the score's logit.</returns>
    public static (int Points, int Score) Add(ILayerBuilder network)
    {
        var features = network.Convolution(NetworkBuilder.Image, "stem", 2, AtTheEnd, "stem.slopes");
        var number = 0;
        for (var stage = 0; stage < 5; stage++)
        {
            if (stage > 0)
                features = Block(network, features, $"backbone.{number++}", stride: 2);
            for (var i = 0; i < 2; i++)
                features = Block(network, features, $"backbone.{number++}");
        }
        var points = Block(network, features, "points.0", stride: 2);
        points = Block(network, Block(network, points, "points.1"), "points.2");
        var score = Block(network, features, "score.0", stride: 2);
        return (Head(network, points, "points", block: 3), Head(network, score, "score", block: 1));
    }

    private static int Head(ILayerBuilder network, int input, string path, int block)
    {
        var narrow = network.Convolution(input, $"{path}.narrow", slopes: $"{path}.narrow.slopes");
        return network.Convolution(Block(network, narrow, $"{path}.{block}"), $"{path}.out", padding: (0, 0));
    }

    private static int Block(ILayerBuilder network, int input, string path, int stride = 1)
    {
        var spread = network.Convolution(input, $"{path}.depthwise", stride, stride == 2 ? AtTheEnd : null);
        var sums = network.Convolution(spread, $"{path}.pointwise");
        var shortcut = stride == 2 ? network.MaxPool(input, kernel: 2, stride: 2, padding: 0) : input;
        return network.AddMaps(sums, shortcut, $"{path}.slopes");
    }
}
