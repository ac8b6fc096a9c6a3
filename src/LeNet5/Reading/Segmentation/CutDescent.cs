using System.Runtime.CompilerServices;
using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>The cheapest paths through a strip to every place of every row, from the top downwards or from the bottom upwards.</summary>
/// <remarks>
/// A path stands between two pixels of each row, or at an end of it, and severs as much ink as the paler of them has. Between two rows it may move aside, and severs what joins
/// the rows there, again the paler of two pixels. So what it pays in white is nothing but its side steps. In 255ths of a pixel.
/// </remarks>
/// <param name="up">Whether paths begin at the bottom.</param>
internal sealed class CutDescent(bool up)
{
    private int[] costs = [];
    private int[] sources = [];
    private int places;
    private int rows;

    /// <summary>What the cheapest path to each place of a row costs, with what it severs in that row.</summary>
    public ReadOnlySpan<int> CostsOf(int row) => costs.AsSpan(row * places, places);

    /// <summary>Finds all paths.</summary>
    /// <param name="strip">Ink is 255.</param>
    /// <param name="sideStep">What a path pays for each column that it moves aside, at least 1.</param>
    public void Run(Plane strip, int sideStep)
    {
        (places, rows) = (strip.Width + 1, strip.Height);
        if (costs.Length < places * rows)
        {
            costs = new int[places * rows];
            sources = new int[places * rows];
        }
        for (int i = 0; i < rows; i++)
        {
            int y = up ? rows - 1 - i : i, previous = up ? y + 1 : y - 1;
            Span<int> cost = costs.AsSpan(y * places, places);
            if (i == 0)
                cost.Clear();
            else
                MoveAside(strip.Row(previous), strip.Row(y), CostsOf(previous), cost, sources.AsSpan(y * places, places), sideStep);
            Sever(strip.Row(y), cost);
        }
    }

    /// <summary>Writes the cheapest path to a place, in all rows from where it begins to that one.</summary>
    public void Trace(int row, int place, Span<int> path)
    {
        int end = up ? rows : -1, step = up ? 1 : -1;
        for (int y = row; y != end; y += step)
        {
            path[y] = place;
            place = sources[(y * places) + place];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sever(ReadOnlySpan<byte> row, Span<int> cost)
    {
        for (int x = 1; x < row.Length; x++)
            cost[x] += Math.Min(row[x - 1], row[x]);
    }

    /// <summary>Each place is reached from straight ahead, or from a neighbour in the same row; whichever is cheaper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveAside(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> row, ReadOnlySpan<int> ahead, Span<int> cost, Span<int> source, int sideStep)
    {
        (cost[0], source[0]) = (ahead[0], 0);
        for (int x = 1; x < cost.Length; x++)
        {
            int aside = cost[x - 1] + sideStep + Math.Min(previous[x - 1], row[x - 1]);
            (cost[x], source[x]) = aside < ahead[x] ? (aside, source[x - 1]) : (ahead[x], x);
        }
        for (int x = cost.Length - 2; x >= 0; x--)
        {
            int aside = cost[x + 1] + sideStep + Math.Min(previous[x], row[x]);
            if (aside < cost[x])
                (cost[x], source[x]) = (aside, source[x + 1]);
        }
    }
}
