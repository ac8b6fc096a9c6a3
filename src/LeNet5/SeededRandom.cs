namespace LeNet5;

/// <summary>A small generator of pseudo-random numbers (xoshiro256**, seeded by SplitMix64): the same seed gives the same numbers on every machine
/// and in every version of this library.</summary>
/// <remarks>A mutable structure: pass it by <c>ref</c>. One that nobody made, as in a new array, is the stream of seed 0. Not thread-safe.</remarks>
public struct SeededRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Starts the stream of seed 0.</summary>
    public SeededRandom()
        : this(0)
    {
    }

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(ulong seed)
    {
        s0 = NextSplitMix(ref seed);
        s1 = NextSplitMix(ref seed);
        s2 = NextSplitMix(ref seed);
        s3 = NextSplitMix(ref seed);
    }

    /// <summary>Starts a stream of its own for one thing among many, e.g. for one presentation of one epoch, so that the order of work does not
    /// change the numbers.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="first">First coordinate, e.g. the epoch.</param>
    /// <param name="second">Second coordinate, e.g. the index of the presentation.</param>
    public SeededRandom(ulong seed, ulong first, ulong second)
        : this(Mix(Mix(Mix(seed) + first) + second))
    {
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        // No seed leads here, and no step leads away.
        if ((s0 | s1 | s2 | s3) == 0)
            this = new SeededRandom(0);
        ulong result = ulong.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number of [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number between two bounds.</summary>
    /// <param name="low">Lower bound.</param>
    /// <param name="high">Upper bound, not below <paramref name="low"/>.</param>
    public float NextSingle(float low, float high) => (float)(low + ((high - low) * NextDouble()));

    /// <summary>An integer of [0, <paramref name="limit"/>).</summary>
    /// <param name="limit">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public int NextInt32(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return (int)Math.BigMul(NextUInt64(), (ulong)limit, out _);
    }

    /// <summary>Puts items into random order (Fisher and Yates).</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="items">Reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong NextSplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
