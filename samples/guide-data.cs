#:project ../src/LeNet5/LeNet5.csproj
#:project ../src/LeNet5.Mnist/LeNet5.Mnist.csproj
#:property PublishAot=false

// Makes the digits of the visual guide, a small part of MNIST: dotnet run -c Release samples/guide-data.cs
// In digits.images.gz and digits.labels.gz (IDX): 3,000 training digits, 300 test digits, the 82 test digits that the network of 1998 misread. In samples.bin: two test digits of each class, one of
// them an easy one. In errors.json: what was read in 1998. The images are then packed tighter, 30 kB of 540: gunzip digits.images.gz && zopfli --i15 digits.images && rm digits.images
using System.Buffers.Binary;
using System.IO.Compression;
using LeNet5;

string folder = args.Length > 0 ? args[0] : Path.Combine("samples", "VisualGuide", "wwwroot", "data");
Directory.CreateDirectory(folder);

int[] errors = [.. Mnist.ErrorsOf1998.Select(error => error.Index)];
(LabeledImages Set, int Index)[] digits =
    [.. Enumerable.Range(0, 3000).Select(i => (Mnist.Train, i)), .. Enumerable.Range(0, 300).Select(i => (Mnist.Test, i)), .. errors.Select(i => (Mnist.Test, i))];
Write("digits.images.gz", [0x803, digits.Length, 28, 28], [.. digits.SelectMany(digit => digit.Set.Pixels(digit.Index).ToArray())]);
Write("digits.labels.gz", [0x801, digits.Length], [.. digits.Select(digit => (byte)digit.Set.Label(digit.Index))]);
File.WriteAllText(Path.Combine(folder, "errors.json"), $"[{string.Join(",", Mnist.ErrorsOf1998.Select(error => $"{{\"label\":{error.Label},\"answer\":{error.Answer}}}"))}]\n");

// The digit that the network is surest of among the first thousand, and the next one that comes.
DigitReader reader = new(PretrainedModels.Digits);
List<byte> samples = [];
for (int label = 0; label < 10; label++)
{
    int[] ofClass = [.. Enumerable.Range(0, 1000).Where(i => Mnist.Test.Label(i) == label)];
    int surest = ofClass.MaxBy(i => reader.Read(Mnist.Test.Pixels(i)).Margin);
    samples.AddRange(Mnist.Test.Pixels(surest));
    samples.AddRange(Mnist.Test.Pixels(ofClass.First(i => i != surest)));
}
File.WriteAllBytes(Path.Combine(folder, "samples.bin"), [.. samples]);

void Write(string name, int[] header, byte[] values)
{
    using FileStream file = File.Create(Path.Combine(folder, name));
    using GZipStream gzip = new(file, CompressionLevel.SmallestSize);
    Span<byte> number = stackalloc byte[sizeof(int)];
    foreach (int value in header)
    {
        BinaryPrimitives.WriteInt32BigEndian(number, value);
        gzip.Write(number);
    }
    gzip.Write(values);
}
