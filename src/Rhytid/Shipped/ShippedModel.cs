namespace Rhytid.Shipped;

/// <summary>A weight file that ships with Rhytid, as <c>models/manifest.json</c> describes it.</summary>
/// <param name="File">File name, without a folder.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="License">SPDX identifier of its licence.</param>
/// <param name="LicenseFile">Name of the file with the licence's text, null where <paramref name="Card"/> states the
/// terms.</param>
/// <param name="Card">Name of its model card.</param>
public sealed record ShippedModel(
    string File, string Title, long Bytes, string Sha256, string License, string? LicenseFile, string Card);
