using SixLabors.ImageSharp;

namespace LeNet5.ImageSharp.Tests;

internal static class Pictures
{
    public static GrayImage Noise(int width, int height)
    {
        byte[] pixels = new byte[width * height];
        new Random(1).NextBytes(pixels);
        return new GrayImage(width, height, pixels);
    }

    public static byte[] Png(GrayImage picture) => Bytes(picture.SavePng);

    public static byte[] Bmp(Image image) => Bytes(image.SaveAsBmp);

    public static byte[] Jpeg(Image image) => Bytes(image.SaveAsJpeg);

    private static byte[] Bytes(Action<Stream> save)
    {
        MemoryStream stream = new();
        save(stream);
        return stream.ToArray();
    }
}
