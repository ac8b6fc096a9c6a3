namespace LeNet5.Tool;

/// <summary>Picture files, JPEG and BMP among them where the tool is built with <c>-p:WithImageSharp=true</c>.</summary>
internal static class Pictures
{
    /// <summary>What can be read, for the help.</summary>
#if WITH_IMAGESHARP
    public const string Formats = "PNG, JPEG, BMP, PBM, PGM or PPM";
#else
    public const string Formats = "PNG, PBM, PGM or PPM";
#endif

    /// <summary>How the names of pictures end: of those, too, that cannot be read, so that each gets its message and none is left out in silence.</summary>
    private static readonly string[] Extensions =
        [".png", ".pgm", ".pbm", ".ppm", ".pnm", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic", ".avif"];

    /// <summary>Lists the pictures of a folder, in the order of their names, but not those of folders in it. Of any other path, and of a folder without pictures,
    /// gives the path itself.</summary>
    public static string[] In(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        string[] files = [.. Directory.EnumerateFiles(path, "*", new EnumerationOptions()).Where(IsPicture).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : [path];

        static bool IsPicture(string file) => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, too large or in another format, or is a folder.</exception>
    public static GrayImage Load(string file)
    {
        if (Directory.Exists(file))
            throw new InvalidDataException($"{file} is a folder in which no picture is seen: no file that ends in {string.Join(' ', Extensions)}. Give another one, or files.");
#if WITH_IMAGESHARP
        return PictureFile.Load(file);
#else
        return GrayImage.Load(file);
#endif
    }
}
