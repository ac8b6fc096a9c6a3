// Reads pictures of single digits, 28x28 pixels as PNG or PGM; without arguments the ten in the folder digits:
//   dotnet run -c Release --project samples/ReadDigit [picture ...]
using LeNet5;

string[] pictures = args.Length > 0 ? args : Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "digits"), "*.png");
Array.Sort(pictures, StringComparer.Ordinal);

Network network = PretrainedModels.Digits;
DigitReader reader = new(network);
string symbols = network.Codes!.Symbols;

// A penalty is the squared distance between what the network made of the picture and the code of a class: the smallest wins.
float[] penalties = new float[reader.ClassCount];
Console.WriteLine($"{"picture",-14}{"read",9}{"posterior",11}{"runner-up",11}{"margin",8}   penalties of");
Console.WriteLine($"{"",-53}{string.Concat(symbols.Select(symbol => $"{Name(symbol),5}"))}");
foreach (string picture in pictures)
{
    DigitReading reading = reader.Read(GrayImage.Load(picture), penalties);
    string label = reading.Label is int digit ? $"{symbols[digit]}" : $"{reading.Reason}";
    Console.WriteLine(
        $"{Path.GetFileName(picture),-14}{label,9}{reading.Posterior,11:P2}{Name(symbols[reading.RunnerUp]),11}{reading.Margin,8:F1}"
        + string.Concat(penalties.Select(penalty => $"{penalty,5:F0}")));
}

static string Name(char symbol) => symbol == ' ' ? "blank" : $"{symbol}";
