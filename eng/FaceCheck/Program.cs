using FaceCheck;
using Rhytid.Faces;
using Rhytid.Imaging;

// Measures the bars of face detection on real photos: eng/check-faces DATA [--packages DIR]
// [photos|turned|nofaces|mesh]...
const string Usage =
    "usage: eng/check-faces DATA [--packages DIR] [photos|turned|nofaces|mesh]...   or: eng/check-faces draw DIR";
var list = Path.Combine(AppContext.BaseDirectory, "no-faces.txt");
var words = args.ToList();
var packages = "/";
if (words.IndexOf("--packages") is >= 0 and var at && at + 1 < words.Count)
{
    packages = words[at + 1];
    words.RemoveRange(at, 2);
}
switch (words)
{
    case ["draw", var folder]:
        Directory.CreateDirectory(folder);
        foreach (var (name, picture) in NoFaceList.Read(list, "/"))
            if (picture is not null && name.StartsWith("drawn", StringComparison.Ordinal))
                picture.Save(Path.Combine(folder, name.Replace(' ', '-') + ".png"));
        return 0;
    case [var data, .. var checks] when Directory.Exists(data):
        if (checks.Count == 0)
            checks = ["photos", "turned", "nofaces", "mesh"];
        using (var finder = new FaceFinder())
        {
            var isGood = true;
            foreach (var check in checks)
            {
                isGood &= check switch
                {
                    "photos" => DetectionCheck.Photos(finder, data),
                    "turned" => DetectionCheck.Turned(finder, data),
                    "nofaces" => DetectionCheck.NoFaces(finder, list, packages),
                    "mesh" => MeshCheck.Mirrored(finder, data),
                    _ => throw new ArgumentException(Usage),
                };
            }
            Console.WriteLine(isGood ? "all bars reached" : "a bar is missed");
            return isGood ? 0 : 1;
        }
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
