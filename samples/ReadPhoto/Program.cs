// Reads the digit of each picture, JPEG, PNG, BMP or Netpbm: of any size, dark on light or light on dark.
//   dotnet run --project samples/ReadPhoto picture ...
using LeNet5;

if (args.Length == 0)
{
    Console.Error.WriteLine("Give the files of one or more pictures: JPEG, PNG, BMP or Netpbm.");
    return 2;
}

DigitReader reader = new(PretrainedModels.Digits);
int exitCode = 0;
foreach (string path in args)
{
    try
    {
        DigitReading r = reader.Read(PictureFile.Load(path));
        Console.WriteLine(r.Label is int d ? $"{path}: {d} ({r.Posterior:P1})" : $"{path}: no digit, {r.Reason}");
    }
    catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        exitCode = 1;
    }
}
return exitCode;
