using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class PngFilterTests
{
    [Test]
    public void Undo_RowsOfAnyLength_AgreesWithThePlainLoop([Range(0, 4)] int filter, [Values(1, 2, 3, 4, 6, 8)] int pixelLength)
    {
        for (int pixelCount = 1; pixelCount <= 40; pixelCount++)
        {
            int length = pixelCount * pixelLength;
            byte[] filtered = RandomRow(length, seed: 1), above = RandomRow(length, seed: 2), row = RandomRow(length, seed: 3);
            PngFilter.Undo((byte)filter, filtered, above, row, pixelLength);
            Assert.That(row[..length], Is.EqualTo(Plain(filter, filtered[..length], above, pixelLength)), $"{pixelCount} pixels");
        }
    }

    [Test]
    public void Undo_Paeth_AgreesWithThePlainLoopOnEveryOrderOfNeighbours()
    {
        int[] values = [0, 1, 2, 100, 127, 128, 129, 254, 255];
        foreach (int left in values)
        {
            foreach (int up in values)
            {
                foreach (int upLeft in values)
                {
                    // The first pixel becomes left, whatever stands above it.
                    byte[] filtered = new byte[2 + PngFilter.Padding], above = new byte[filtered.Length], row = new byte[filtered.Length];
                    (filtered[0], above[0], above[1]) = ((byte)(left - upLeft), (byte)upLeft, (byte)up);
                    PngFilter.Undo(filter: 4, filtered, above, row, pixelLength: 1);
                    Assert.That(row[0], Is.EqualTo(left));
                    Assert.That(row[1], Is.EqualTo(Paeth(left, up, upLeft)), $"left {left}, up {up}, up left {upLeft}");
                }
            }
        }
    }

    private static byte[] RandomRow(int length, int seed)
    {
        byte[] row = new byte[length + PngFilter.Padding];
        new Random(seed).NextBytes(row);
        return row;
    }

    private static byte[] Plain(int filter, byte[] filtered, byte[] above, int pixelLength)
    {
        byte[] row = [.. filtered];
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < pixelLength ? 0 : row[i - pixelLength], up = above[i], upLeft = i < pixelLength ? 0 : above[i - pixelLength];
            row[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, upLeft) });
        }

        return row;
    }

    private static int Paeth(int left, int up, int upLeft) =>
        new[] { left, up, upLeft }.MinBy(neighbour => Math.Abs(left + up - upLeft - neighbour));
}
