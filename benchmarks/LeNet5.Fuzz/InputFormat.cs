namespace LeNet5.Fuzz;

/// <summary>A format that the library reads: whole inputs of it, edits that keep enough of its form to get past the first checks, and its reader.</summary>
internal abstract class InputFormat(string name)
{
    public string Name => name;

    /// <summary>Small inputs that the library reads.</summary>
    public abstract byte[][] Seeds { get; }

    /// <summary>Bytes that reading may allocate for each byte of an input. Deflate packs 1032 bytes into one at best.</summary>
    public virtual long Expansion => 1100;

    /// <summary>Makes an input: a seed, or one edited as bytes, or one edited as what it means.</summary>
    public byte[] Make(Dice dice)
    {
        byte[] bytes = dice.Of(Seeds), other = dice.Of(Seeds);
        int edits = 1;
        while (edits < 8 && dice.OneIn(2))
            edits++;
        if (dice.OneIn(200))
            return bytes;
        if (!dice.OneIn(4))
            return EditParts(bytes, other, edits, dice);
        for (int i = 0; i < edits; i++)
            bytes = Edits.OfBytes(bytes, other, dice);
        return bytes;
    }

    /// <summary>Reads an input with the library.</summary>
    /// <exception cref="InvalidDataException">The one documented answer to a bad input.</exception>
    public abstract object Read(Stream stream);

    /// <summary>Uses what was read, as a caller would; any exception is a fault of the library, which should have refused the input.</summary>
    public abstract void Use(object result);

    protected abstract byte[] EditParts(byte[] bytes, byte[] other, int edits, Dice dice);

    protected static void Expect(bool condition, string fault)
    {
        if (!condition)
            throw new InvalidOperationException($"What was read is wrong: {fault}.");
    }
}
