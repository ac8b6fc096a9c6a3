using System.Runtime.CompilerServices;

namespace LeNet5.Imaging;

/// <summary>Ink that hangs together, corners included.</summary>
internal sealed class InkComponent
{
    /// <param name="runs">Its rows' pieces, from top to bottom.</param>
    /// <param name="ink">The picture.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public InkComponent(ArraySegment<InkRun> runs, Plane ink)
    {
        Runs = runs;
        int left = int.MaxValue, right = 0;
        foreach (ref readonly InkRun run in runs.AsSpan())
        {
            left = Math.Min(left, run.Start);
            right = Math.Max(right, run.End);
            ReadOnlySpan<byte> values = ink.Row(run.Row)[run.Start..run.End];
            Area += values.Length;
            foreach (byte value in values)
            {
                Mass += value;
                Blackest = Math.Max(Blackest, value);
            }
            bool atTopOrBottom = run.Row == 0 || run.Row == ink.Height - 1;
            EdgeLength += atTopOrBottom ? values.Length : (run.Start == 0 ? 1 : 0) + (run.End == ink.Width && ink.Width > 1 ? 1 : 0);
        }
        Box = new PixelBox(left, runs[0].Row, right - left, runs[^1].Row + 1 - runs[0].Row);
    }

    /// <summary>Its rows' pieces, from top to bottom.</summary>
    public ArraySegment<InkRun> Runs { get; }

    /// <summary>The smallest box around it.</summary>
    public PixelBox Box { get; }

    /// <summary>Number of its pixels.</summary>
    public int Area { get; }

    /// <summary>Sum of the blackness of its pixels.</summary>
    public long Mass { get; }

    /// <summary>Blackness of its blackest pixel.</summary>
    public int Blackest { get; }

    /// <summary>Its pixels on the picture's edge.</summary>
    public int EdgeLength { get; }
}

/// <summary>Ink side by side in a row.</summary>
/// <param name="Row">Row.</param>
/// <param name="Start">First column.</param>
/// <param name="End">Column behind the last.</param>
internal readonly record struct InkRun(int Row, int Start, int End);
