namespace LeNet5.Fuzz;

/// <summary>Formats that <see cref="GrayImage"/> reads.</summary>
internal abstract class PictureFormat(string name) : InputFormat(name)
{
    public override object Read(Stream stream) => GrayImage.Load(stream);

    public override void Use(object result)
    {
        var picture = (GrayImage)result;
        Expect(picture.Pixels.Length == (long)picture.Width * picture.Height, $"{picture.Pixels.Length} pixels of {picture.Width}x{picture.Height}");
        if (picture.Pixels.Length > 4096)
            return;
        MemoryStream saved = new();
        picture.SavePng(saved);
        saved.Position = 0;
        Expect(GrayImage.Load(saved).Pixels.SequenceEqual(picture.Pixels), "saved and loaded again, it is another picture");
    }
}
