// Reads pictures of strings of digits, PNG, PBM, PGM or PPM of any size, dark on light or light on dark; without arguments those in the folder pictures:
//   dotnet run --project samples/ReadStrip [picture ...]
using LeNet5;

string[] pictures = args.Length > 0 ? args : Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "pictures"), "*.png");
Array.Sort(pictures, StringComparer.Ordinal);

StripReader reader = new();
StripOptions checkDigit = new() { Grammar = Grammar.Luhn(), Alternatives = 3 };

foreach (string picture in pictures)
{
    GrayImage image = GrayImage.Load(picture);
    StripReading reading = reader.Read(image);
    string doubt = reading.IsAccepted ? "" : $", rejected: {reading.Reason}";
    Console.WriteLine($"{Path.GetFileName(picture)}: {reading.Text} ({reading.Confidence:P1}{doubt})");
    foreach (StripDigit digit in reading.Digits)
        Console.WriteLine($"  {digit.Label} ({digit.Confidence,6:P1})  {digit.Box.Width}x{digit.Box.Height} at {digit.Box.Left}, {digit.Box.Top}");

    // What is known beforehand takes part in the reading: of all strings whose last digit checks the others, the likeliest.
    StripReading number = reader.Read(image, checkDigit);
    Console.WriteLine($"  with a check digit: {string.Join(", ", number.Alternatives.Select(other => $"{other.Text} ({other.Confidence:P1})"))}\n");
}
