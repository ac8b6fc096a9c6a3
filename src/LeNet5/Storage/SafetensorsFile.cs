using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LeNet5.Storage;

/// <summary>A safetensors file: named tensors and a table of strings about them.</summary>
/// <remarks>
/// The format: the header's length in 8 bytes, little-endian; the header, a JSON object of {dtype, shape, data_offsets} by name
/// and of strings under __metadata__; the data, little-endian, without gaps. All of it is checked when a file is read; tensors of types
/// that no member returns may be in it. Immutable and therefore thread-safe.
/// </remarks>
internal sealed class SafetensorsFile
{
    /// <summary>16 MB: room for the history of many epochs in the metadata.</summary>
    private const int MaxHeaderLength = 16 << 20;

    /// <summary>What our data start at a multiple of, so that a mapped file has aligned tensors.</summary>
    private const int Alignment = 64;

    private const string MetadataKey = "__metadata__";

    private readonly string name;
    private readonly Dictionary<string, Entry> entries;
    private readonly byte[] data;

    private SafetensorsFile(string name, Dictionary<string, string> metadata, Dictionary<string, Entry> entries, byte[] data)
    {
        this.name = name;
        this.entries = entries;
        this.data = data;
        Metadata = metadata;
    }

    /// <summary>The file's own strings; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The names of the tensors, in the order of the header.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>Reads a stream from its position to its end and leaves it open. <paramref name="name"/> stands in the messages.</summary>
    /// <exception cref="InvalidDataException">The stream holds no whole, well-formed safetensors file.</exception>
    public static SafetensorsFile Read(Stream stream, string name)
    {
        byte[] start = stream.ReadUpTo(8);
        if (start.Length < 8)
            throw Fault(name, $"ends after {start.Length} of the 8 bytes of its header's length");
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (headerLength is < 2 or > MaxHeaderLength)
            throw Fault(name, $"announces a header of {headerLength} bytes, where 2 to {MaxHeaderLength} are read");
        byte[] header = stream.ReadUpTo((int)headerLength);
        if ((ulong)header.Length < headerLength)
            throw Fault(name, $"announces a header of {headerLength} bytes but holds {header.Length}");

        var metadata = new Dictionary<string, string>();
        var entries = new Dictionary<string, Entry>();
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw Fault(name, "has a header that is no JSON object");
            bool hasMetadata = false;
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                string key = property.Name;
                if (key != MetadataKey)
                {
                    if (!entries.TryAdd(key, ParseEntry(property.Value, key, name)))
                        throw Fault(name, $"describes {key} twice");
                }
                else if (hasMetadata)
                    throw Fault(name, $"has {MetadataKey} twice");
                else
                {
                    ParseMetadata(property.Value, metadata, name);
                    hasMetadata = true;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // JsonDocument finds a broken escape only when the string is asked for, and then throws the second.
            throw new InvalidDataException($"{name} has a header that is not well-formed JSON. Save it anew.", e);
        }

        int length = CheckOffsets(entries, name);
        byte[] data = stream.ReadUpTo(length);
        if (data.Length < length)
            throw Fault(name, $"announces {length} bytes of data but holds {data.Length}");
        if (stream.ReadByte() != -1)
            throw Fault(name, $"announces {length} bytes of data but holds more");
        return new SafetensorsFile(name, metadata, entries, data);
    }

    /// <summary>Writes tensors in the order given, from a multiple of 64 bytes on, and leaves the stream open.</summary>
    /// <exception cref="ArgumentException">A name is given twice, or a tensor's values do not fill its shape.</exception>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<NamedTensor> tensors)
    {
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            var names = new HashSet<string> { MetadataKey };
            long offset = 0;
            foreach (NamedTensor tensor in tensors)
            {
                if (!names.Add(tensor.Name))
                    throw new ArgumentException($"The name {tensor.Name} is given twice or reserved. Choose another.", nameof(tensors));
                if (tensor.Shape.Aggregate((Int128)1, (product, size) => product * size) != tensor.Values.Length)
                    throw new ArgumentException(
                        $"{tensor.Name} has the shape [{string.Join(", ", tensor.Shape)}] but {tensor.Values.Length} values. "
                        + "Give as many as the shape holds.",
                        nameof(tensors));
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += 4L * tensor.Values.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        int padding = -(sizeof(ulong) + header.WrittenCount) & (Alignment - 1);
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);
        if (header.WrittenCount > MaxHeaderLength)
            throw new ArgumentException(
                $"The header takes {header.WrittenCount} bytes, at most {MaxHeaderLength} are read. Keep less metadata.", nameof(metadata));

        Span<byte> buffer = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, header.WrittenCount);
        stream.Write(buffer);
        stream.Write(header.WrittenSpan);
        foreach (NamedTensor tensor in tensors)
        {
            byte[] bytes = new byte[4 * tensor.Values.Length];
            for (int i = 0; i < tensor.Values.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), tensor.Values.Span[i]);
            stream.Write(bytes);
        }
    }

    public bool Contains(string tensor) => entries.ContainsKey(tensor);

    /// <exception cref="InvalidDataException">There is no such tensor.</exception>
    public ImmutableArray<int> ShapeOf(string tensor) => Find(tensor).Shape;

    /// <summary>A copy of a tensor of type F32.</summary>
    /// <exception cref="InvalidDataException">There is no such tensor, or it has another type.</exception>
    public float[] Singles(string tensor)
    {
        float[] values = MemoryMarshal.Cast<byte, float>(Raw(tensor, "F32")).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
        return values;
    }

    /// <summary>A copy of a tensor of type I64.</summary>
    /// <exception cref="InvalidDataException">There is no such tensor, or it has another type.</exception>
    public long[] Int64s(string tensor)
    {
        ReadOnlySpan<byte> bytes = Raw(tensor, "I64");
        long[] values = new long[bytes.Length / 8];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]);
        return values;
    }

    /// <summary>A copy of a tensor of type U8.</summary>
    /// <exception cref="InvalidDataException">There is no such tensor, or it has another type.</exception>
    public byte[] Bytes(string tensor) => Raw(tensor, "U8").ToArray();

    private static void ParseMetadata(JsonElement json, Dictionary<string, string> metadata, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Fault(name, $"has {MetadataKey} that are no JSON object");
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Fault(name, $"has {MetadataKey} of which {property.Name} is no string");
            if (!metadata.TryAdd(property.Name, property.Value.GetString()!))
                throw Fault(name, $"has {MetadataKey} with {property.Name} twice");
        }
    }

    private static Entry ParseEntry(JsonElement json, string tensor, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != 3
            || !json.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array
            || !json.TryGetProperty("data_offsets", out JsonElement offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
            throw Fault(name, $"describes {tensor} by something other than a dtype, a shape and two data_offsets");

        string type = dtype.GetString()!;
        int bits = BitsOf(type);
        if (bits == 0)
            throw Fault(name, $"gives {tensor} the unknown type {type}");

        List<int> sizes = [];
        long count = 1;
        foreach (JsonElement element in shape.EnumerateArray())
        {
            int size = ParseNumber(element, tensor, name);
            sizes.Add(size);
            count *= size;
            if (count > int.MaxValue)
                throw Fault(name, $"gives {tensor} a shape of more than {int.MaxValue} values");
        }

        int begin = ParseNumber(offsets[0], tensor, name), end = ParseNumber(offsets[1], tensor, name);
        if (8 * ((long)end - begin) != count * bits)
            throw Fault(name, $"gives {tensor} bytes {begin} to {end}; [{string.Join(", ", sizes)}] of {type} takes {count * bits} bits");
        return new Entry(tensor, type, [.. sizes], begin, end);
    }

    private static int ParseNumber(JsonElement json, string tensor, string name) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int value) && value >= 0
            ? value
            : throw Fault(name, $"has {json.GetRawText()} in the shape or offsets of {tensor}, where 0 to {int.MaxValue} may stand");

    /// <summary>The types of the format. Those below a byte must fill whole bytes.</summary>
    private static int BitsOf(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "U16" or "I16" or "F16" or "BF16" => 16,
        "U32" or "I32" or "F32" => 32,
        "U64" or "I64" or "F64" or "C64" => 64,
        _ => 0,
    };

    /// <summary>Tensors must follow each other without overlap or gap. Returns where the last one ends.</summary>
    private static int CheckOffsets(Dictionary<string, Entry> entries, string name)
    {
        Entry[] ordered = [.. entries.Values];
        Array.Sort(ordered, (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        int end = 0;
        foreach (Entry entry in ordered)
        {
            if (entry.Begin != end)
                throw Fault(name, $"has {entry.Name} begin at {entry.Begin} in the data, where the one before it ends at {end}");
            end = entry.End;
        }

        return end <= Array.MaxLength ? end : throw Fault(name, $"announces {end} bytes of data, where up to {Array.MaxLength} are read");
    }

    private static InvalidDataException Fault(string name, string fault) =>
        new($"{name} is no safetensors file that can be read: it {fault}. Fetch it again, or save it anew.");

    private Entry Find(string tensor) => entries.TryGetValue(tensor, out Entry? entry)
        ? entry
        : throw new InvalidDataException($"{name} has no tensor {tensor}; it has {string.Join(", ", Names)}. Give a file that holds it.");

    private ReadOnlySpan<byte> Raw(string tensor, string type)
    {
        Entry entry = Find(tensor);
        return entry.Type == type
            ? data.AsSpan(entry.Begin, entry.End - entry.Begin)
            : throw new InvalidDataException($"{name} holds {tensor} as {entry.Type}, where {type} is expected. Convert it.");
    }

    private sealed record Entry(string Name, string Type, ImmutableArray<int> Shape, int Begin, int End);
}
