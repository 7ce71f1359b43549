using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>The picture while it is painted: linear light, back to front.</summary>
internal sealed class Canvas(int size)
{
    private readonly Vector3[] _pixels = new Vector3[size * size];

    public int Size => size;

    public ref Vector3 this[int x, int y] => ref _pixels[(y * size) + x];

    /// <summary>Lays a colour over a pixel.</summary>
    public void Over(int x, int y, Vector3 color, float alpha)
    {
        ref var pixel = ref this[x, y];
        pixel += (color - pixel) * alpha;
    }

    /// <summary>
    /// Calls <paramref name="paint"/> for every row, rows in parallel: no pixel may depend on another row.
    /// </summary>
    public void ForRows(Action<int> paint) => Parallel.For(0, size, paint);
}
