using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Follows ridges of a line filter's response from its strongest points, both ways.</summary>
internal sealed class LineTracker
{
    private readonly Plane<float> _response;
    private readonly Plane<float> _normal;
    private readonly Mask _free;
    private readonly HessianLineTrackingOptions _options;

    public LineTracker(HybridHessianFilter filtered, Mask searched, HessianLineTrackingOptions options)
    {
        _response = filtered.Response;
        _normal = filtered.NormalAngle;
        _free = searched.Clone();
        _options = options;
    }

    /// <summary>All tracks that are long enough, strongest seed first, each from end to end.</summary>
    public IReadOnlyList<IReadOnlyList<(int X, int Y)>> FollowAll()
    {
        var tracks = new List<IReadOnlyList<(int X, int Y)>>();
        foreach (var seed in Seeds())
        {
            if (!_free[seed.X, seed.Y])
                continue;
            var along = _normal[seed.X, seed.Y] + (MathF.PI / 2);
            var taken = new HashSet<(int X, int Y)> { seed };
            var ahead = Follow(seed, along, taken);
            var behind = Follow(seed, along + MathF.PI, taken);
            behind.Reverse();
            (int X, int Y)[] track = [.. behind, seed, .. ahead];
            if (track.Length < _options.MinLengthPixels)
            {
                _free[seed.X, seed.Y] = false;
                continue;
            }
            tracks.Add(track);
            Clear(track);
        }
        return tracks;
    }

    // Non-maximum suppression across the line; ties break by position, so that two runs agree.
    private IEnumerable<(int X, int Y)> Seeds()
    {
        var seeds = new List<(float Response, int X, int Y)>();
        for (var y = 1; y < _response.Height - 1; y++)
        {
            for (var x = 1; x < _response.Width - 1; x++)
            {
                var value = _response[x, y];
                if (value <= 0 || value < _options.SeedThreshold || !_free[x, y])
                    continue;
                var (dx, dy) = Step(_normal[x, y]);
                if (value >= _response[x + dx, y + dy] && value >= _response[x - dx, y - dy])
                    seeds.Add((value, x, y));
            }
        }
        return seeds.OrderByDescending(s => s.Response).ThenBy(s => s.Y).ThenBy(s => s.X).Select(s => (s.X, s.Y));
    }

    private List<(int X, int Y)> Follow((int X, int Y) at, float direction, HashSet<(int X, int Y)> taken)
    {
        var points = new List<(int X, int Y)>();
        var hidden = 0; // weak points at the end of the track, kept only if it resumes
        while (hidden <= _options.MaxHiddenPixels && Next(at, direction, taken) is { } next)
        {
            at = next;
            taken.Add(at);
            points.Add(at);
            if (_response[at.X, at.Y] < _options.FollowThreshold)
            {
                hidden++;
                continue;
            }
            hidden = 0;
            direction = MeanDirection(direction, _normal[at.X, at.Y] + (MathF.PI / 2));
        }
        points.RemoveRange(points.Count - hidden, hidden);
        return points;
    }

    // The strongest of the neighbours straight on and 45 degrees to either side.
    private (int X, int Y)? Next((int X, int Y) at, float direction, HashSet<(int X, int Y)> taken)
    {
        (int X, int Y)? best = null;
        var strongest = -1f;
        for (var turn = -1; turn <= 1; turn++)
        {
            var (dx, dy) = Step(direction + (turn * MathF.PI / 4));
            var (x, y) = (at.X + dx, at.Y + dy);
            if (x < 0 || y < 0 || x >= _free.Width || y >= _free.Height || !_free[x, y] || taken.Contains((x, y)))
                continue;
            if (_response[x, y] > strongest)
                (best, strongest) = ((x, y), _response[x, y]);
        }
        return best;
    }

    // Half way between the old direction and the local tangent, which is known up to its sign.
    private static float MeanDirection(float direction, float tangent)
    {
        var turn = MathF.IEEERemainder(tangent - direction, MathF.PI);
        return direction + (turn / 2);
    }

    private void Clear(IReadOnlyList<(int X, int Y)> track)
    {
        var reach = (int)_options.ClearanceRadiusPixels;
        var limit = _options.ClearanceRadiusPixels * _options.ClearanceRadiusPixels;
        foreach (var (x, y) in track)
            for (var dy = -reach; dy <= reach; dy++)
                for (var dx = -reach; dx <= reach; dx++)
                    if ((dx * dx) + (dy * dy) <= limit
                        && x + dx >= 0
                        && y + dy >= 0
                        && x + dx < _free.Width
                        && y + dy < _free.Height)
                        _free[x + dx, y + dy] = false;
    }

    private static (int X, int Y) Step(float angle)
    {
        var (sin, cos) = MathF.SinCos(MathF.Round(angle / (MathF.PI / 4)) * (MathF.PI / 4));
        return ((int)MathF.Round(cos), (int)MathF.Round(sin));
    }
}
