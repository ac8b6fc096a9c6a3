namespace LeNet5.Data;

/// <summary>Pictures of what a network sees between two characters of a string: an empty field into whose left and right edge the neighbours may reach.</summary>
/// <remarks>Thread-safe.</remarks>
public static class BlankSpaces
{
    /// <summary>Draws pictures from a set of characters.</summary>
    /// <param name="characters">Where the neighbours come from; also gives the size of the pictures.</param>
    /// <param name="count">Number of pictures, at least 1.</param>
    /// <param name="label">The label they get: the class of the blank, 0 to 255.</param>
    /// <param name="seed">The same seed gives the same pictures.</param>
    /// <returns>Pictures of the size of the characters, all with the one label.</returns>
    /// <exception cref="ArgumentException">There are no characters, the count is below 1 or so large that one array cannot hold all pixels, or the label is not from 0 to 255.</exception>
    /// <remarks>
    /// On each side independently: nothing in half of the pictures, otherwise the nearest columns of a random character, of which up to two sevenths of the width show.
    /// The article has 6,000 blank spaces and does not say how they look; this is our guess (<c>docs/paper-map.md</c>).
    /// </remarks>
    public static LabeledImages Create(LabeledImages characters, int count, int label, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(characters);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)label, byte.MaxValue, nameof(label));
        if (characters.Count == 0)
            throw new ArgumentException("There are no characters to draw neighbours from.", nameof(characters));

        (int height, int width) = (characters.Height, characters.Width);
        if ((long)count * height * width > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"There is room for at most {Array.MaxLength / (height * width)} pictures of {height}x{width}.");
        byte[] pixels = new byte[count * height * width];
        byte[] labels = new byte[count];
        Array.Fill(labels, (byte)label);
        for (int i = 0; i < count; i++)
        {
            SeededRandom random = new(seed, 2, (ulong)i);
            Span<byte> picture = pixels.AsSpan(i * height * width, height * width);
            for (int side = 0; side < 2; side++)
            {
                ReadOnlySpan<byte> neighbour = characters.Pixels(random.NextInt32(characters.Count));
                int reach = random.NextInt32(2) == 0 ? 0 : random.NextInt32((width * 2 / 7) + 1);
                AddEdge(neighbour, height, width, reach, left: side == 0, picture);
            }
        }
        return new LabeledImages(height, width, pixels, labels);
    }

    /// <summary>Copies the columns of a character that face the field: its right end to the left edge, or the other way round.</summary>
    private static void AddEdge(ReadOnlySpan<byte> character, int height, int width, int reach, bool left, Span<byte> picture)
    {
        if (reach == 0 || FindInk(character, width) is not var (first, last))
            return;
        reach = Math.Min(reach, last - first + 1);
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<byte> source = character.Slice(row * width, width);
            Span<byte> target = picture.Slice(row * width, width);
            if (left)
                source.Slice(last + 1 - reach, reach).CopyTo(target);
            else
                source.Slice(first, reach).CopyTo(target[^reach..]);
        }
    }

    private static (int First, int Last)? FindInk(ReadOnlySpan<byte> character, int width)
    {
        (int first, int last) = (width, -1);
        for (int i = 0; i < character.Length; i++)
        {
            if (character[i] == 0)
                continue;
            first = Math.Min(first, i % width);
            last = Math.Max(last, i % width);
        }
        return last < 0 ? null : (first, last);
    }
}
