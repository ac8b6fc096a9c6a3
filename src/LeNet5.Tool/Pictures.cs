namespace LeNet5.Tool;

/// <summary>Picture files, JPEG and BMP among them where the tool is built with <c>-p:WithImageSharp=true</c>.</summary>
internal static class Pictures
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, too large or in another format.</exception>
    public static GrayImage Load(string file) =>
#if WITH_IMAGESHARP
        PictureFile.Load(file);
#else
        GrayImage.Load(file);
#endif
}
