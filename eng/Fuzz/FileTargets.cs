using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Rhytid.Faces.Mesh;
using Rhytid.Inference.Serialization;
using Rhytid.Shipped;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Recipes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fuzz;

/// <summary>Weights, arrays, and the JSON and YAML that people hand in.</summary>
internal static class FileTargets
{
    private const int Files = 1_000_000;
    private const int SafetensorsData = 44;

    public static IEnumerable<FuzzTarget> All =>
    [
        new("safetensors", Files, SafetensorsSeeds, HasSafetensorsHeader, ReadSafetensors),
        new("safetensors-header", Files, () => [.. SafetensorsSeeds().Select(HeaderOf)], HasSafetensorsHeader,
            ReadSafetensors)
            {
                Damage = JsonDamage.Next, Repair = header => Repairs.Safetensors(header, SafetensorsData),
            },
        new("pickle-zip", Files, () => Seeds("*_zip.pth", "training_protocol5.pth"), IsZipWithPickle, ReadPickle),
        new("pickle-legacy", Files, () => Seeds("*_legacy.pth"), HasLegacyMagic, ReadPickle),
        new("npy", Files, () => Seeds("*.npy"), HasNpyHeader, file => Touch(Npy.Parse(file))),
        new("mesh-json", Files, MeshSeeds, IsJson, ReadMesh) { Damage = JsonDamage.Next },
        new("evaluation-json", Files, EvaluationSeeds, IsJson, ReadEvaluation) { Damage = JsonDamage.Next },
        new("manifest-json", Files, () => Seeds("manifest.json"), IsJson, ReadManifest) { Damage = JsonDamage.Next },
        new("recipe-yaml", Files, () => Seeds("*.yaml"), IsYaml, ReadRecipe),
    ];

    private static byte[][] Seeds(params string[] patterns) =>
    [
        .. patterns.SelectMany(
            pattern => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "seeds"), pattern)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)),
    ];

    private static byte[][] SafetensorsSeeds() =>
    [
        Repairs.Safetensors(
            """
            {"__metadata__":{"format":"pt"},"weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
            "bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]},"steps":{"dtype":"I64","shape":[],"data_offsets":[36,44]}}
            """u8.ToArray(), SafetensorsData),
        Repairs.Safetensors(
            """{"weight":{"dtype":"F16","shape":[22],"data_offsets":[0,44]}}"""u8.ToArray(), SafetensorsData),
    ];

    private static byte[] HeaderOf(byte[] file) => file[8..^SafetensorsData];

    private static bool HasSafetensorsHeader(byte[] file)
    {
        if (file.Length < 8)
            return false;
        var length = BinaryPrimitives.ReadInt64LittleEndian(file);
        return length >= 0 && length <= file.Length - 8 && IsJson(file[8..(8 + (int)length)]);
    }

    private static void ReadSafetensors(byte[] file)
    {
        using var read = SafetensorsFile.Parse(file);
        foreach (var tensor in read.Tensors)
            Touch(tensor);
    }

    private static void ReadPickle(byte[] file)
    {
        foreach (var tensor in PyTorchFile.Parse(file).Tensors)
            Touch(tensor);
    }

    private static void Touch(StoredTensor tensor)
    {
        if (tensor.Shape.Aggregate(BigInteger.One, (a, b) => a * b) * tensor.Type.Size() != tensor.Bytes.Span.Length)
            throw new InvalidOperationException($"tensor '{tensor.Name}' has {tensor.Bytes.Length} bytes");
    }

    private static bool IsZipWithPickle(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            return zip.Entries.Any(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // The first pickle of the older container is a number, the same in all files, in ten bytes after the protocol.
    private static bool HasLegacyMagic(byte[] file) =>
        file.AsSpan(0, Math.Min(file.Length, 16)).IndexOf((byte[])[0x6C, 0xFC, 0x9C, 0x46, 0xF9]) > 0;

    private static bool HasNpyHeader(byte[] file)
    {
        if (file.Length < 12 || !file.AsSpan().StartsWith((byte[])[0x93, .. "NUMPY"u8]))
            return false;
        var (start, length) = file[6] == 1
            ? (10, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)))
            : (12, (long)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8)));
        return length <= file.Length - start && file.AsSpan(start, (int)length).TrimEnd(" \n"u8) is [(byte)'{', .., (byte)'}'];
    }

    private static byte[][] MeshSeeds()
    {
        var rows = Enumerable.Range(0, FaceMesh.PointCount);
        return
        [
            Encoding.ASCII.GetBytes($"[{string.Join(',', rows.Select(i => $"[{i % 9}.5,{i}]"))}]"),
            Encoding.ASCII.GetBytes(
                $$"""{"face_landmarks":[[{{string.Join(',', rows.Select(i => $$"""{"x":0.{{i}},"y":1}"""))}}]]}"""),
            Encoding.ASCII.GetBytes($"x,y,z\n{string.Concat(rows.Select(i => $"{i},{i % 7},0\n"))}"),
        ];
    }

    private static void ReadMesh(byte[] file) =>
        _ = new FaceMeshFile(Scratch.Write("mesh.json", file)).PhotoSize;

    private static byte[][] EvaluationSeeds() =>
    [
        """
        {"schema":"rhytid.evaluation/1","name":"run","data":"set","photos":3,"scores":{"jsi":{"imageMean":0.31,"pooled":0.3},
        "f1":{"imageMean":0.5,"pooled":null},"auc":{"imageMean":1e-3,"pooled":0.9}}}
        """u8.ToArray(),
    ];

    private static void ReadEvaluation(byte[] file) => _ = EvaluationFile.Load(Scratch.Write("evaluation.json", file));

    private static void ReadManifest(byte[] file) =>
        _ = ShippedModels.Open(Path.GetDirectoryName(Scratch.Write("manifest.json", file))!);

    private static void ReadRecipe(byte[] file) =>
        _ = RecipeYaml.Read(Encoding.UTF8.GetString(file), "recipe.yaml", []);

    private static bool IsJson(byte[] file)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsYaml(byte[] file)
    {
        try
        {
            new YamlStream().Load(new StringReader(Encoding.UTF8.GetString(file)));
            return true;
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException
            or ArgumentException)
        {
            return false;
        }
    }
}
