using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>Finds the connected components of ink, run by run.</summary>
internal static class InkSegmenter
{
    /// <summary>Finds all components of pixels that are at least so black.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static List<InkComponent> Find(Plane ink, int weak)
    {
        List<InkRun> runs = [];
        List<int> parents = [];
        int previousStart = 0, previousEnd = 0;
        for (int y = 0; y < ink.Height; y++)
        {
            ReadOnlySpan<byte> row = ink.Row(y);
            int above = previousStart;
            for (int start = NextInk(row, 0, weak); start < row.Length;)
            {
                int length = row[start..].IndexOfAnyExceptInRange((byte)weak, byte.MaxValue);
                int end = length < 0 ? row.Length : start + length;
                int index = runs.Count;
                runs.Add(new InkRun(y, start, end));
                parents.Add(index);
                // Runs of the row above that end before this one cannot touch the next ones either, but the last of them may.
                while (above < previousEnd && runs[above].End < start)
                    above++;
                for (int touching = above; touching < previousEnd && runs[touching].Start <= end; touching++)
                    Join(parents, touching, index);
                start = NextInk(row, end, weak);
            }
            (previousStart, previousEnd) = (previousEnd, runs.Count);
        }
        return Collect(ink, runs, parents);
    }

    private static List<InkComponent> Collect(Plane ink, List<InkRun> runs, List<int> parents)
    {
        List<InkComponent> components = [];
        InkComponent?[] byRoot = new InkComponent?[runs.Count];
        for (int i = 0; i < runs.Count; i++)
        {
            InkRun run = runs[i];
            PixelBox box = new(run.Start, run.Row, run.End - run.Start, 1);
            int root = RootOf(parents, i);
            InkComponent? component = byRoot[root];
            if (component is null)
            {
                byRoot[root] = component = new InkComponent { Box = box };
                components.Add(component);
            }
            component.Runs.Add(run);
            component.Area += box.Width;
            component.Box = component.Box.Union(box);
            foreach (byte value in ink.Row(run.Row)[run.Start..run.End])
            {
                component.Mass += value;
                component.Blackest = Math.Max(component.Blackest, value);
            }
            bool atTopOrBottom = run.Row == 0 || run.Row == ink.Height - 1;
            component.EdgeLength += atTopOrBottom ? box.Width : (run.Start == 0 ? 1 : 0) + (run.End == ink.Width && ink.Width > 1 ? 1 : 0);
        }
        return components;
    }

    private static int NextInk(ReadOnlySpan<byte> row, int from, int weak)
    {
        int found = row[from..].IndexOfAnyInRange((byte)weak, byte.MaxValue);
        return found < 0 ? row.Length : from + found;
    }

    private static void Join(List<int> parents, int a, int b)
    {
        (a, b) = (RootOf(parents, a), RootOf(parents, b));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int RootOf(List<int> parents, int index)
    {
        while (parents[index] != index)
        {
            // Halves the way for those who come after.
            parents[index] = parents[parents[index]];
            index = parents[index];
        }
        return index;
    }
}
