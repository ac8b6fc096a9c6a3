using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace LeNet5.Tool;

/// <summary>Results for programs: one JSON object a line on standard output.</summary>
internal static class JsonLine
{
    public static Option<bool> Option { get; } = new("--json") { Description = "Write JSON lines to standard output, and nothing else" };

    public static void Write(Action<Utf8JsonWriter> writeMembers)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }
        Console.Out.WriteLine(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
    }
}
