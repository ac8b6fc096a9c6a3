using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class ExtremesTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (2, 2), (1, 37), (41, 1), (7, 5), (33, 17), (130, 3), (3, 70)];

    [Test]
    public void LargestAndSmallest_AnySizeAndRadius_AreThoseOfTheSquare(
        [ValueSource(nameof(Sizes))] (int Width, int Height) size, [Values(0, 1, 2, 3, 5, 8, 40, 1000)] int radius) =>
        Check(size, (dx, dy) => Math.Abs(dx) <= radius && Math.Abs(dy) <= radius, picture => (Extremes.Largest(picture, radius), Extremes.Smallest(picture, radius)));

    [Test]
    public void LargestAndSmallestInDisk_AnySizeAndRadius_AreThoseOfTheDisk(
        [ValueSource(nameof(Sizes))] (int Width, int Height) size, [Values(0f, 0.4f, 1f, 1.5f, 2.3f, 5f, 7.7f, 200f)] float radius) =>
        Check(size, (dx, dy) => (dx * dx) + (dy * dy) <= radius * radius, picture => (Extremes.LargestInDisk(picture, radius), Extremes.SmallestInDisk(picture, radius)));

    private static void Check((int Width, int Height) size, Func<int, int, bool> isWithin, Func<Plane, (Plane, Plane)> find)
    {
        // Few bright pixels, so that the largest of many is not white everywhere, and their opposite.
        for (int seed = 0; seed < 3; seed++)
        {
            Plane picture = seed == 2 ? Drawn.Noise(size.Width, size.Height, seed, density: 0.1).Inverse() : Drawn.Noise(size.Width, size.Height, seed, density: 0.1 + (0.9 * seed));
            byte[] before = [.. picture.Values];
            (Plane largest, Plane smallest) = find(picture);
            (Plane expectedLargest, Plane expectedSmallest) = Plain(picture, isWithin);
            Assert.That(largest.Values, Is.EqualTo(expectedLargest.Values));
            Assert.That(smallest.Values, Is.EqualTo(expectedSmallest.Values));
            Assert.That(picture.Values, Is.EqualTo(before));
        }
    }

    private static (Plane Largest, Plane Smallest) Plain(Plane picture, Func<int, int, bool> isWithin)
    {
        Plane largest = new(picture.Width, picture.Height), smallest = new(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                (byte most, byte least) = (0, 255);
                for (int row = 0; row < picture.Height; row++)
                {
                    for (int column = 0; column < picture.Width; column++)
                    {
                        if (isWithin(column - x, row - y))
                            (most, least) = (Math.Max(most, picture.Row(row)[column]), Math.Min(least, picture.Row(row)[column]));
                    }
                }
                (largest.Row(y)[x], smallest.Row(y)[x]) = (most, least);
            }
        }
        return (largest, smallest);
    }
}
