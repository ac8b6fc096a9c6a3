using System.Runtime.CompilerServices;
using LeNet5.Imaging;

namespace LeNet5.Segmentation;

/// <summary>Lines that are dropped onto the ink: each follows the contour to the side where it is lower, and falls straight through at a pit (section X).</summary>
/// <remarks>
/// A line stands between two pixels of each row, and hits where both are ink; the edges of the strip are as good as ground. From where it stands in the row before, it then moves along the contour to the nearer end of what it hit.
/// Where the contour rises on both sides, it has come to a pit and cuts through from the middle of its ground; so it does where both ends are equally near.
/// What it does depends on where it is alone: lines that meet are one from there on. The mirrored strip gives the mirrored lines. Stateless.
/// </remarks>
internal static class HitAndDeflect
{
    /// <summary>How far a line moves aside in a row: more than any digit is wide, and little on a rule.</summary>
    private const int Farthest = 32;

    /// <summary>Drops one line.</summary>
    /// <param name="strip">Ink is 255.</param>
    /// <param name="faint">What is fainter is no ink.</param>
    /// <param name="up">Whether the line begins at the bottom, and the lower contour is followed upwards.</param>
    /// <param name="place">Where the line begins, 0 to the strip's width.</param>
    /// <param name="path">The line's place in each row; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drop(Plane strip, int faint, bool up, int place, Span<int> path)
    {
        int step = up ? -1 : 1, y = up ? strip.Height - 1 : 0;
        path[y] = place;
        for (y += step; y >= 0 && y < strip.Height; y += step)
        {
            ReadOnlySpan<byte> before = strip.Row(y - step), row = strip.Row(y);
            if (IsFree(before, place, faint) && !IsFree(row, place, faint))
                place = Deflect(before, row, place, faint);
            path[y] = place;
        }
    }

    /// <summary>Where a line that hits stands then.</summary>
    private static int Deflect(ReadOnlySpan<byte> before, ReadOnlySpan<byte> row, int place, int faint)
    {
        int left = place, right = place;
        while (place - left < Farthest && !IsFree(row, left, faint) && before[left - 1] < faint)
            left--;
        while (right - place < Farthest && !IsFree(row, right, faint) && before[right] < faint)
            right++;
        (bool opensLeft, bool opensRight) = (IsFree(row, left, faint), IsFree(row, right, faint));
        if (opensLeft != opensRight)
            return opensLeft ? left : right;
        int moreOnTheRight = right - place - (place - left);
        if (opensLeft && moreOnTheRight != 0)
            return moreOnTheRight > 0 ? left : right;
        // The middle of the pit's ground, rounded to where the line comes from.
        return place + (moreOnTheRight / 2);
    }

    /// <summary>Whether a line may stand there without severing ink.</summary>
    private static bool IsFree(ReadOnlySpan<byte> row, int place, int faint) => place == 0 || place == row.Length || row[place - 1] < faint || row[place] < faint;
}
