// Reads a digit from each JPEG, PNG or BMP picture: one digit that fills about 20 of 28 parts of the height, in the middle.
//   dotnet run --project samples/ReadPhoto picture ...
using LeNet5;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

if (args.Length == 0)
{
    Console.Error.WriteLine("Give the files of one or more pictures: JPEG, PNG or BMP.");
    return 2;
}

DigitReader reader = new(PretrainedModels.Digits);
int exitCode = 0;
foreach (string path in args)
{
    try
    {
        using Image<L8> picture = PictureFile.Load(path).ToImage();
        picture.Mutate(context => context.Resize(28, 28));
        DigitReading r = reader.Read(picture);
        Console.WriteLine(r.Label is int d ? $"{path}: {d} ({r.Posterior:P1})" : $"{path}: no digit, {r.Reason}");
    }
    catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        exitCode = 1;
    }
}
return exitCode;
