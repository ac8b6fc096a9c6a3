using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeNet5.Imaging;

/// <summary>Finds the connected components of ink, run by run.</summary>
internal static class InkSegmenter
{
    /// <summary>A row of a line of digits has about so many runs at most.</summary>
    private const int UsualRuns = 12;

    /// <summary>Finds all components of pixels that are at least so black, in the order of their first pixels.</summary>
    public static List<InkComponent> Find(Plane ink, int weak)
    {
        List<InkRun> found = new(UsualRuns * ink.Height);
        for (int y = 0; y < ink.Height; y++)
            AddRuns(found, ink.Row(y), y, (byte)weak);
        ReadOnlySpan<InkRun> runs = CollectionsMarshal.AsSpan(found);
        return Collect(runs, Join(runs), ink);
    }

    /// <summary>Adds the runs of a row, which begin and end where a bit that says "ink" differs from the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRuns(List<InkRun> runs, ReadOnlySpan<byte> row, int y, byte weak)
    {
        int start = -1;
        ulong before = 0;
        for (int x = 0; x < row.Length; x += Vector512<byte>.Count)
        {
            ulong bits = InkBits(row[x..], weak);
            for (ulong edges = bits ^ ((bits << 1) | before); edges != 0; edges &= edges - 1)
            {
                int edge = x + BitOperations.TrailingZeroCount(edges);
                if (start >= 0)
                    runs.Add(new InkRun(y, start, edge));
                start = start < 0 ? edge : -1;
            }
            before = bits >> 63;
        }
        if (start >= 0)
            runs.Add(new InkRun(y, start, row.Length));
    }

    /// <summary>A bit for each of the first 64 pixels: whether it is ink.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong InkBits(ReadOnlySpan<byte> pixels, byte weak)
    {
        if (pixels.Length >= Vector512<byte>.Count)
            return Vector512.GreaterThanOrEqual(Vector512.Create(pixels), Vector512.Create(weak)).ExtractMostSignificantBits();
        ulong bits = 0;
        for (int i = 0; i < pixels.Length; i++)
            bits |= (pixels[i] >= weak ? 1UL : 0) << i;
        return bits;
    }

    /// <summary>Joins runs that touch those of the row above.</summary>
    /// <returns>For each run an earlier one of its component, or itself where it is the first.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Join(ReadOnlySpan<InkRun> runs)
    {
        int[] parents = new int[runs.Length];
        int above = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            InkRun run = runs[i];
            parents[i] = i;
            // Runs of the row above that end before this one cannot touch the next ones either, but the last of them may.
            while (runs[above].Row < run.Row - 1 || (runs[above].Row < run.Row && runs[above].End < run.Start))
                above++;
            for (int touching = above; runs[touching].Row < run.Row && runs[touching].Start <= run.End; touching++)
            {
                int a = RootOf(parents, touching), b = RootOf(parents, i);
                parents[Math.Max(a, b)] = Math.Min(a, b);
            }
        }
        return parents;
    }

    private static int RootOf(Span<int> parents, int index)
    {
        while (parents[index] != index)
        {
            // Halves the way for those who come after.
            parents[index] = parents[parents[index]];
            index = parents[index];
        }
        return index;
    }

    /// <summary>Puts the runs of each component side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static List<InkComponent> Collect(ReadOnlySpan<InkRun> runs, Span<int> parents, Plane ink)
    {
        int count = 0;
        Span<int> numbers = parents;
        // A parent comes before its run, and so has its component's number by then.
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = parents[i] == i ? count++ : numbers[parents[i]];

        int[] ends = new int[count + 1];
        foreach (int number in numbers)
            ends[number + 1]++;
        for (int number = 1; number <= count; number++)
            ends[number] += ends[number - 1];
        InkRun[] sorted = new InkRun[runs.Length];
        for (int i = 0; i < runs.Length; i++)
            sorted[ends[numbers[i]]++] = runs[i];

        List<InkComponent> components = new(count);
        for (int number = 0, start = 0; number < count; start = ends[number++])
            components.Add(new InkComponent(new ArraySegment<InkRun>(sorted, start, ends[number] - start), ink));
        return components;
    }
}
