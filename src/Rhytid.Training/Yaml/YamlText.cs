using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rhytid.Training.Yaml;

/// <summary>Texts that are YAML.</summary>
internal static class YamlText
{
    /// <summary>The root of the one document, or null after telling why there is none.</summary>
    public static YamlNode? Root(string yaml, LineProblems problems, string empty)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 1)
                return stream.Documents[0].RootNode;
            problems.Add(1, empty);
        }
        catch (YamlException error)
        {
            problems.Add(error.Start.Line, $"this is not YAML: {error.Message.ReplaceLineEndings(" ")}");
        }
        return null;
    }
}
