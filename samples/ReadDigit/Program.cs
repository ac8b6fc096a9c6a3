// Reads pictures of single digits, PNG, PBM, PGM or PPM of any size, dark on light or light on dark; without arguments those in the folder digits:
//   dotnet run --project samples/ReadDigit [picture ...]
using LeNet5;

string[] pictures = args.Length > 0 ? args : Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "digits"), "*.png");
Array.Sort(pictures, StringComparer.Ordinal);

Network network = PretrainedModels.Digits;
DigitReader reader = new(network);
string symbols = network.Codes!.Symbols.Replace(' ', '_');
float[] penalties = new float[reader.ClassCount];

// A penalty is the squared distance from what the network made of the picture to the code of a class.
Console.WriteLine("On the right the penalty of each class (_ is the blank): the smallest wins.\n");
Console.WriteLine($"{"picture",-12}{"read",18}{"posterior",10}{"runner-up",10}{"margin",8}{string.Concat(symbols.Select(symbol => $"{symbol,4}"))}");
foreach (string picture in pictures)
{
    DigitReading reading = reader.Read(GrayImage.Load(picture), penalties);
    string read = reading.Label is int label ? $"{symbols[label]}" : $"{reading.Reason}";
    Console.WriteLine(
        $"{Path.GetFileName(picture),-12}{read,18}{reading.Posterior,10:P2}{symbols[reading.RunnerUp],10}{reading.Margin,8:F1}"
        + string.Concat(penalties.Select(penalty => $"{penalty,4:F0}")));
}
