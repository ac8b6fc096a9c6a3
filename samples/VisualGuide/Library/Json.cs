using System.Text;
using System.Text.Json;

namespace VisualGuide;

/// <summary>What the page is told, as JSON.</summary>
internal static class Json
{
    public static string Object(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void WriteNumbers(this Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WriteStartArray(name);
        foreach (int number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    /// <summary>A span of single precision, as JavaScript has it.</summary>
    public static double[] ToDoubles(this ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = values[i];
        return result;
    }

    public static double[] ToDoubles(this Span<float> values) => ToDoubles((ReadOnlySpan<float>)values);
}
