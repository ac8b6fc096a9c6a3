namespace LeNet5;

/// <summary>What the outputs of a network say: each is the penalty of a class, and the smallest wins.</summary>
internal static class Penalties
{
    /// <summary>The class of the smallest penalty; the first of equals; -1 where none is a number.</summary>
    public static int Smallest(ReadOnlySpan<float> penalties)
    {
        int best = -1;
        float smallest = float.PositiveInfinity;
        for (int i = 0; i < penalties.Length; i++)
        {
            if (penalties[i] < smallest)
            {
                smallest = penalties[i];
                best = i;
            }
        }
        return best;
    }
}
