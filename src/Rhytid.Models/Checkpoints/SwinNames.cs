using System.Text.RegularExpressions;

namespace Rhytid.Models;

/// <summary>
/// What the transformer's tensors are called elsewhere: in <c>swin-unetr</c> and <c>swin-mim</c> (below
/// <c>swinViT</c>), in the published Swin-T (<c>layers.0.blocks.0.mlp.fc1</c>) and in torchvision's
/// (<c>features.1.0.mlp.0</c>).
/// </summary>
internal static partial class SwinNames
{
    private const string Own = "swinViT.";

    /// <summary>
    /// The name below <c>swinViT</c>; null for what it has no place for, such as the classifier and the patches' norm.
    /// </summary>
    public static string? Rename(string name)
    {
        if (name.StartsWith(Own, StringComparison.Ordinal))
            return name[Own.Length..];
        // Windows of other sizes have other tables of places; the network makes its own.
        if (name.EndsWith("relative_position_index", StringComparison.Ordinal)
            || name.EndsWith("attn_mask", StringComparison.Ordinal))
            return null;
        if (name.StartsWith("patch_embed.proj.", StringComparison.Ordinal))
            return name;
        if (name.StartsWith("features.0.0.", StringComparison.Ordinal))
            return "patch_embed.proj." + name["features.0.0.".Length..];
        if (Published().Match(name) is { Success: true } published)
            return $"layers{int.Parse(published.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + 1}.0.{published.Groups[2].Value.Replace("mlp.fc", "mlp.linear", StringComparison.Ordinal)}";
        if (Torchvision().Match(name) is { Success: true } features)
        {
            // Stages and mergings take turns.
            var place = int.Parse(features.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            var rest = features.Groups[2].Value;
            return place % 2 == 1
                ? $"layers{(place + 1) / 2}.0.blocks.{rest.Replace("mlp.0.", "mlp.linear1.", StringComparison.Ordinal).Replace("mlp.3.", "mlp.linear2.", StringComparison.Ordinal)}"
                : $"layers{place / 2}.0.downsample.{rest}";
        }
        return null;
    }

    [GeneratedRegex(@"^layers\.([0-3])\.((?:blocks|downsample)\..+)$")]
    private static partial Regex Published();

    [GeneratedRegex(@"^features\.([1-7])\.(.+)$")]
    private static partial Regex Torchvision();
}
