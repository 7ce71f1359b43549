using FaceCheck;
using Rhytid.Imaging;

if (args is ["draw", var folder])
{
    Directory.CreateDirectory(folder);
    foreach (var (name, picture) in NoFaceList.Read(Path.Combine(AppContext.BaseDirectory, "no-faces.txt"), "/"))
        if (picture is not null && name.StartsWith("drawn", StringComparison.Ordinal))
            picture.Save(Path.Combine(folder, name.Replace(' ', '-') + ".jpg"));
    return 0;
}
return 2;
