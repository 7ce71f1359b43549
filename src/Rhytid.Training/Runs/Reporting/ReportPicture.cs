using Rhytid.Imaging;
using Rhytid.Training.Objectives;
using Rhytid.Training.Plots;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>An overlay as it stands in the page.</summary>
/// <param name="Id">The image's id.</param>
/// <param name="Jsi">Its score.</param>
/// <param name="Size">Side in pixels.</param>
/// <param name="Source">A data address: the page needs no other file.</param>
internal sealed record ReportPicture(string Id, double Jsi, int Size, string Source)
{
    // Where the page shows it larger than this, nothing more is to be seen.
    private const int LargestSide = 720;
    private const int Quality = 85;

    // JPEG would blur what is enlarged.
    private const int LargestPng = 160;

    /// <summary>Draws an example.</summary>
    public static ReportPicture From(RunExample example)
    {
        var overlay = RunOverlays.Draw(example);
        if (overlay.Width > LargestSide)
            overlay = overlay.Resize(LargestSide, LargestSide);
        var isSmall = overlay.Width <= LargestPng;
        var bytes = isSmall ? overlay.Encode(ImageFormat.Png) : overlay.Encode(ImageFormat.Jpeg, Quality);
        return new ReportPicture(
            example.Id, example.Jsi, overlay.Width,
            $"data:image/{(isSmall ? "png" : "jpeg")};base64,{Convert.ToBase64String(bytes)}");
    }

    public Html Draw() => Html.Format(
        $"""
        <figure class="card"><img {(Size <= LargestPng ? new Html("class=\"small\" ") : Html.Empty)}src="{Source}" width="{Size}" height="{Size}" alt="overlay of {Id}"><figcaption><span class="id">{Id}</span><b>JSI {Jsi:0.0000}</b></figcaption></figure>

        """);
}
