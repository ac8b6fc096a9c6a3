namespace LeNet5.Tool;

/// <summary>Picture files, JPEG and BMP among them where the tool is built with <c>-p:WithImageSharp=true</c>.</summary>
internal static class Pictures
{
    /// <summary>What can be read, for the help.</summary>
#if WITH_IMAGESHARP
    public const string Formats = "PNG, JPEG, BMP, PBM, PGM, PPM";
#else
    public const string Formats = "PNG, PBM, PGM, PPM";
#endif

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, too large or in another format.</exception>
    public static GrayImage Load(string file) =>
#if WITH_IMAGESHARP
        PictureFile.Load(file);
#else
        GrayImage.Load(file);
#endif
}
