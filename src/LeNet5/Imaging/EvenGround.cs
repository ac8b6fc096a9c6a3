using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>Takes the ground away where it is of one grey all over, as in what was drawn on a screen or normalized before.</summary>
internal static class EvenGround
{
    /// <summary>So much of the picture is of the ground's very grey.</summary>
    private const double Share = 0.5;

    /// <summary>And so much of every square of it, for what is beside a shadow may be overexposed.</summary>
    private const double LocalShare = 0.3;

    /// <summary>So little of what is not ground may be on the other side of it than the ink.</summary>
    private const double OtherShare = 0.01;

    /// <summary>Squares are at most so large.</summary>
    private const int LargestSquare = 64;

    /// <summary>Takes an even ground away; <see langword="null"/> where it is not even.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="darkInk">Known polarity, or <see langword="null"/>.</param>
    /// <returns>The ink, how black it is, whether it is dark, and the ground's grey.</returns>
    public static (Plane Ink, InkLevel Level, bool DarkInk, byte Grey)? Remove(Plane picture, bool? darkInk)
    {
        int[] counts = picture.Histogram();
        int grey = counts.AsSpan().IndexOf(counts.Max());
        (long darker, long lighter) = (Sum(counts.AsSpan(0, grey)), Sum(counts.AsSpan(grey + 1)));
        bool isDark = darkInk ?? darker >= lighter;
        if (counts[grey] < Share * picture.Values.Length || (isDark ? lighter : darker) > OtherShare * (darker + lighter) || !IsEverywhere(picture, (byte)grey))
            return null;
        byte[] shares = Shares(grey, isDark);
        Plane ink = InkOn(picture, shares);
        int[] inkCounts = new int[256];
        for (int value = 0; value < counts.Length; value++)
            inkCounts[shares[value]] += counts[value];
        return (ink, InkLevel.OfClean(inkCounts), isDark, (byte)grey);
    }

    private static bool IsEverywhere(Plane picture, byte grey)
    {
        int side = Math.Min(LargestSquare, Math.Min(picture.Width, picture.Height));
        // The last squares reach back over those before them.
        for (int top = 0; top < picture.Height; top += side)
        {
            int firstRow = Math.Min(top, picture.Height - side);
            for (int left = 0; left < picture.Width; left += side)
            {
                int firstColumn = Math.Min(left, picture.Width - side), count = 0;
                for (int y = firstRow; y < firstRow + side; y++)
                    count += picture.Row(y).Slice(firstColumn, side).Count(grey);
                if (count < LocalShare * side * side)
                    return false;
            }
        }
        return true;
    }

    /// <summary>The share of the light that is missing for each grey, in 255ths.</summary>
    private static byte[] Shares(int grey, bool isDark)
    {
        byte[] shares = new byte[256];
        int light = isDark ? grey : 255 - grey;
        for (int value = 0; value < shares.Length; value++)
        {
            int missing = light - (isDark ? value : 255 - value);
            shares[value] = (byte)Math.Max(0, ((missing * 255) + (light / 2)) / Math.Max(1, light));
        }
        return shares;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane InkOn(Plane picture, byte[] shares)
    {
        // On black and on white the ink is the picture, or its inverse.
        if (shares[128] == 128)
            return picture;
        if (shares[128] == 127)
            return picture.Inverse();
        Plane ink = new(picture.Width, picture.Height);
        for (int i = 0; i < ink.Values.Length; i++)
            ink.Values[i] = shares[picture.Values[i]];
        return ink;
    }

    private static long Sum(ReadOnlySpan<int> counts)
    {
        long sum = 0;
        foreach (int count in counts)
            sum += count;
        return sum;
    }
}
