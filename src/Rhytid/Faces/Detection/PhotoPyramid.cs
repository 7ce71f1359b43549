using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces.Detection;

/// <summary>
/// A photo at halved sizes, so that a network's small view of any part is sampled without aliasing. Levels are made
/// when they are needed.
/// </summary>
internal sealed class PhotoPyramid(Image photo)
{
    private readonly List<Image> _levels = [photo];

    /// <summary>Columns of the photo.</summary>
    public int Width => photo.Width;

    /// <summary>Rows of the photo.</summary>
    public int Height => photo.Height;

    /// <summary>What a view shows; black where it reaches over the photo's edge.</summary>
    /// <param name="view">The square.</param>
    /// <param name="size">Side of the result in pixels.</param>
    public Image Cut(PhotoView view, int size)
    {
        var level = Level(view.SidePixels / size);
        var toLevel = Matrix3x2.CreateScale((float)level.Width / Width, (float)level.Height / Height);
        return level.Warp(size, size, view.ToPhoto(size) * toLevel, Interpolation.Linear, BorderMode.Zero);
    }

    // The smallest level that still has a pixel or more for each pixel wanted.
    private Image Level(float shrink)
    {
        var index = 0;
        for (; shrink >= 2 && _levels[index].Width > 1 && _levels[index].Height > 1; shrink /= 2, index++)
            if (index + 1 == _levels.Count)
                _levels.Add(
                    _levels[index].Resize(
                        Math.Max(1, _levels[index].Width / 2), Math.Max(1, _levels[index].Height / 2)));
        return _levels[index];
    }
}
