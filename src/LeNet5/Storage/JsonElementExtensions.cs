using System.Text.Json;

namespace LeNet5.Storage;

/// <summary>Reading of JSON that need not be what was written.</summary>
internal static class JsonElementExtensions
{
    /// <summary>A property that must be there; the exception names it, unlike that of <see cref="JsonElement.GetProperty(string)"/>.</summary>
    /// <exception cref="FormatException">There is no such property.</exception>
    /// <exception cref="InvalidOperationException">This is no JSON object.</exception>
    public static JsonElement Property(this JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"{name} is missing");
}
