using System.Diagnostics;
using System.Runtime.InteropServices;
using LeNet5.Data;
using LeNet5.Imaging;

namespace LeNet5.Fuzz;

/// <summary>More threads than processors share one reader of digits, and one of strings for each method. Every answer must be that of a single thread, and memory must not grow.</summary>
internal sealed class Stress
{
    private const int DigitCount = 24, LineCount = 6;

    private readonly DigitReader digits = new(PretrainedModels.Digits);
    private readonly StripReader[] strings = Array.ConvertAll(Enum.GetValues<StripMethod>(), method => new StripReader(method));
    private readonly List<(string Name, Func<string> Read)> questions = [];
    private readonly string[] answers;
    private readonly byte[] pixelsOfMany = [.. Enumerable.Range(0, 100).SelectMany(i => Mnist.Test.Pixels(i).ToArray())];
    private long readCount;

    public Stress()
    {
        GrayImage[] lines = [.. Enumerable.Range(0, LineCount).Select(i => new StripGenerator(Mnist.Test, StripStyle.Touching with { MinLength = 2, MaxLength = 5 }, seed: 3).Draw(i).Picture)];
        for (int i = 0; i < DigitCount; i++)
            AskDigit(i);
        questions.Add(("many digits", ReadMany));
        foreach (StripReader reader in strings)
        {
            foreach (GrayImage line in lines)
                AskLine(reader, line);
        }
        answers = [.. questions.Select(question => question.Read())];
    }

    /// <summary>How many answers there were.</summary>
    public long ReadCount => readCount;

    /// <summary>The first wrong answer; <see langword="null"/> without one.</summary>
    public string? Fault { get; private set; }

    /// <summary>Bytes in use when half the time was over.</summary>
    public long HalfTimeBytes { get; private set; }

    /// <summary>Bytes in use at the end.</summary>
    public long EndBytes { get; private set; }

    /// <summary>Whether memory grows with the number of readings. Some 5 MB more or less are what the readers keep for as many threads as happened to read at one moment.</summary>
    public bool HasGrown => EndBytes > HalfTimeBytes + (16 << 20);

    /// <summary>Asks on all threads until the time is over, which it waits for.</summary>
    public void Run(TimeSpan time, int threadCount, ulong seed)
    {
        HalfTimeBytes = BytesAfter(time / 2, threadCount, seed);
        EndBytes = BytesAfter(time / 2, threadCount, seed + 1);
    }

    private long BytesAfter(TimeSpan time, int threadCount, ulong seed)
    {
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(i => new Thread(() => Ask(new SeededRandom(seed, (ulong)i, 0), start, time)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private void Ask(SeededRandom random, long start, TimeSpan time)
    {
        while (Stopwatch.GetElapsedTime(start) < time && Fault is null)
        {
            int i = random.NextInt32(questions.Count);
            try
            {
                if (questions[i].Read() is { } answer && answer != answers[i])
                    Fault = $"{questions[i].Name}: {answer} instead of {answers[i]}";
            }
            catch (Exception error)
            {
                Fault = $"{questions[i].Name}: {error}";
            }
            Interlocked.Increment(ref readCount);
        }
    }

    private void AskDigit(int number)
    {
        byte[] pixels = Mnist.Test.Pixels(number).ToArray();
        GrayImage picture = new(28, 28, pixels);
        NormalizedDigit digit = DigitNormalizer.Normalize(picture);
        questions.Add(($"digit {number}", () => With(penalties => digits.Read(pixels, penalties))));
        questions.Add(($"picture of digit {number}", () => With(penalties => digits.Read(picture, penalties))));
        questions.Add(($"normalized digit {number}", () => With(penalties => digits.Read(digit, penalties))));

        string With(Func<float[], DigitReading> read)
        {
            float[] penalties = new float[digits.ClassCount];
            return $"{read(penalties)} {string.Join(' ', penalties)}";
        }
    }

    private string ReadMany()
    {
        DigitReading[] readings = new DigitReading[pixelsOfMany.Length / 784];
        digits.ReadMany(pixelsOfMany, readings, threads: 2);
        return string.Join('\n', readings);
    }

    private void AskLine(StripReader reader, GrayImage line)
    {
        NormalizedStrip strip = StripNormalizer.Normalize(line);
        StripOptions options = new() { Grammar = Grammar.Luhn(), Alternatives = 3 };
        questions.Add(($"line by {reader.Method}", () => Describe(reader.Read(line))));
        questions.Add(($"strip by {reader.Method}", () => Describe(reader.Read(strip))));
        questions.Add(($"strip with a check digit by {reader.Method}", () => Describe(reader.Read(strip, options))));
        questions.Add(($"explanation by {reader.Method}", () => Describe(reader.Explain(strip))));
    }

    private static string Describe(StripReading reading) =>
        $"{reading.Text} {reading.Confidence} {reading.Reason} {string.Join(' ', reading.Digits)} {string.Join(' ', reading.Alternatives)}";

    private static string Describe(StripExplanation seen) =>
        $"{Describe(seen.Reading)} {string.Join(' ', seen.Path)} {string.Join(' ', seen.Segments)} {Convert.ToHexString(MemoryMarshal.AsBytes(seen.Penalties.AsSpan()))}";
}
