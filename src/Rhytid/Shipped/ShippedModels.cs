using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rhytid.Inference.Serialization;

namespace Rhytid.Shipped;

/// <summary>
/// The weight files that ship with Rhytid: the folder <c>models/</c> beside the program, filled by the packages of
/// weights, one per licence. A file is used only if its size and SHA-256 are the manifest's. Safe to use from many
/// threads.
/// </summary>
public sealed class ShippedModels
{
    /// <summary>The face detector: YuNet.</summary>
    public const string FaceDetector = "face_detection_yunet_2026may.onnx";

    /// <summary>The face mesh: MediaPipe's network of 468 points.</summary>
    public const string FaceMesh = "mediapipe_face_landmark_468.safetensors";

    /// <summary>The network that finds wrinkles.</summary>
    public const string WrinkleModel = "wrinkle.safetensors";

    /// <summary>The network that finds wrinkles and whose licence forbids no use.</summary>
    public const string OpenWrinkleModel = "wrinkle-open.safetensors";

    /// <summary>The network that names the parts of a face.</summary>
    public const string FaceParser = "face-parser.safetensors";

    /// <summary>The atlas of the face that the skin colour model uses unless told otherwise.</summary>
    public const string FaceAtlas = "face-atlas.png";

    /// <summary>Name of the folder beside the program.</summary>
    public const string FolderName = "models";

    /// <summary>Name of the list of files inside the folder.</summary>
    public const string ManifestName = "manifest.json";

    private const string SchemaVersion = "rhytid.models/1";
    private const string WhatToDo = "build or install Rhytid again";

    private static readonly Lazy<ShippedModels> Beside = new(
        () => Open(FindFolder()), LazyThreadSafetyMode.PublicationOnly);

    // What was read is checked once a process: a file replaced afterwards is the business of whoever replaces it.
    private readonly ConcurrentDictionary<string, Lazy<ShippedModel>> _verified = new(StringComparer.Ordinal);

    private ShippedModels(string folder, IReadOnlyList<ShippedModel> all) => (Folder, All) = (folder, all);

    /// <summary>The models beside this program.</summary>
    /// <exception cref="CheckpointException">There is no such folder, or its manifest cannot be read.</exception>
    public static ShippedModels Default => Beside.Value;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Every file of the manifest, in its order, installed or not.</summary>
    public IReadOnlyList<ShippedModel> All { get; }

    /// <summary>Reads the manifest of a folder; the files themselves are read when they are asked for.</summary>
    /// <exception cref="CheckpointException">The manifest is missing or damaged.</exception>
    public static ShippedModels Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, ManifestName);
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), ManifestJson.Default.Manifest);
            if (manifest is not { Schema: SchemaVersion, Models: { } models }
                || models.Any(model => model is not
                    { File: not null, Sha256: not null, License: not null, Card: not null, Package: not null }))
                throw new CheckpointException(path, $"not a list of shipped models ({SchemaVersion}); {WhatToDo}");
            return new ShippedModels(folder, models);
        }
        catch (JsonException error)
        {
            throw new CheckpointException(
                path, $"the list of shipped models is damaged ({error.Message.Split('.')[0]}); {WhatToDo}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"the list of shipped models cannot be read; {WhatToDo}", error);
        }
    }

    /// <summary>Whether a file of this name ships and is installed.</summary>
    public bool Has(string file) => All.Any(model => model.File == file) && File.Exists(Path.Combine(Folder, file));

    /// <summary>Path of a shipped file whose content was checked; for readers that map the file.</summary>
    /// <param name="file">Its name in the manifest, such as <see cref="FaceDetector"/>.</param>
    /// <exception cref="CheckpointException">The file is missing, changed, or not in the manifest.</exception>
    public string PathOf(string file)
    {
        // PublicationOnly: a failure is not remembered, so that a folder that is put right works at the next call.
        _ = _verified.GetOrAdd(
            file,
            name => new Lazy<ShippedModel>(
                () => Verify(name, ReadAll(name)), LazyThreadSafetyMode.PublicationOnly)).Value;
        return Path.Combine(Folder, file);
    }

    /// <summary>Content of a shipped file, checked.</summary>
    /// <inheritdoc cref="PathOf"/>
    public byte[] Read(string file)
    {
        var bytes = ReadAll(file);
        _ = Verify(file, bytes);
        return bytes;
    }

    private ShippedModel Verify(string file, byte[] bytes)
    {
        var model = Find(file);
        if (bytes.Length != model.Bytes)
            throw Changed(file, $"the file has {bytes.Length} bytes, the manifest says {model.Bytes}");
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return found == model.Sha256
            ? model
            : throw Changed(
                file,
                $"its SHA-256 is {found[..12]}..., the manifest says {model.Sha256[..Math.Min(12, model.Sha256.Length)]}...");
    }

    private ShippedModel Find(string file) => All.FirstOrDefault(model => model.File == file)
        ?? throw new CheckpointException(
            Path.Combine(Folder, file),
            $"no shipped model of this name; there are: {string.Join(", ", All.Select(model => model.File))}");

    private byte[] ReadAll(string file)
    {
        var model = Find(file);
        var path = Path.Combine(Folder, file);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var reason = File.Exists(path)
                ? $"the shipped model cannot be read; {WhatToDo}"
                : $"the shipped model is missing; add the package {model.Package}, or {WhatToDo}";
            throw new CheckpointException(path, reason, error);
        }
    }

    private CheckpointException Changed(string file, string how) =>
        new(Path.Combine(Folder, file), $"not the file that ships with Rhytid ({how}); {WhatToDo}");

    // Beside the program, or beside this library where a host loads it from elsewhere.
    private static string FindFolder()
    {
        string[] places = [AppContext.BaseDirectory, OwnFolder()];
        return places.Select(place => Path.Combine(place, FolderName))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, ManifestName)))
            ?? throw new CheckpointException(
                Path.Combine(AppContext.BaseDirectory, FolderName),
                $"the folder of shipped models is missing; {WhatToDo}");
    }

    // A program published as one file has no libraries with a place of their own.
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(
        "SingleFile", "IL3000", Justification = "An empty location is expected.")]
    private static string OwnFolder() => Path.GetDirectoryName(typeof(ShippedModels).Assembly.Location) ?? "";
}

internal sealed record Manifest(string? Schema, IReadOnlyList<ShippedModel>? Models);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

/// <summary>A weight file that ships with Rhytid, as <c>models/manifest.json</c> describes it.</summary>
/// <param name="File">File name, without a folder.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="License">SPDX identifier of its licence.</param>
/// <param name="LicenseFile">Name of the file with the licence's text, null where <paramref name="Card"/> states the
/// terms.</param>
/// <param name="Card">Name of its model card.</param>
/// <param name="Package">The NuGet package that installs it.</param>
public sealed record ShippedModel(
    string File, string Title, long Bytes, string Sha256, string License, string? LicenseFile, string Card,
    string Package);
