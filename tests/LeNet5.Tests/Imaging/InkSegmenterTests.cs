using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class InkSegmenterTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 50), (50, 1), (2, 2), (31, 17), (64, 64)];

    [Test]
    public void Find_RandomPictures_AreThePiecesOfAFloodFill(
        [ValueSource(nameof(Sizes))] (int Width, int Height) size, [Values(0, 0.05, 0.25, 0.45, 0.65, 0.9, 1)] double density, [Values(1, 60, 255)] int weak)
    {
        for (int seed = 0; seed < 4; seed++)
            Check(Drawn.Noise(size.Width, size.Height, seed, density), weak);
    }

    [Test]
    public void Find_ShapesThatMeetLate_AreOnePieceEach()
    {
        Plane comb = Drawn.Of(
            "# # # # # #",
            "# # # # # #",
            "### # ### #",
            "  # # #   #",
            "  ### #####");
        Plane spiral = Drawn.Of(
            "#########",
            "#       #",
            "# ##### #",
            "# #   # #",
            "# # # # #",
            "# # ### #",
            "# #     #",
            "# #######");
        Plane diagonals = Drawn.Of(
            "#   #  # ",
            " # #    #",
            "  #    # ",
            " # #  #  ",
            "#   ##   ");
        Assert.That(Check(comb, 255), Is.EqualTo(2));
        Assert.That(Check(spiral, 255), Is.EqualTo(1));
        Assert.That(Check(diagonals, 255), Is.EqualTo(1));
    }

    [Test]
    public void Find_Patterns_AreThePiecesOfAFloodFill()
    {
        Assert.That(Check(Drawn.Of(256, 256, (x, y) => 255 * ((x + y) % 2)), 100), Is.EqualTo(1));
        Assert.That(Check(Drawn.Of(256, 256, (x, y) => x % 2 == 0 && y % 2 == 0 ? 200 : 0), 100), Is.EqualTo(128 * 128));
        Assert.That(Check(Drawn.Of(256, 256, (x, y) => x % 2 == 0 ? 200 : 0), 100), Is.EqualTo(128));
        Assert.That(Check(Drawn.Of(256, 256, (x, y) => y % 2 == 0 ? 200 : 0), 100), Is.EqualTo(128));
        Assert.That(Check(Drawn.Of(256, 256, (_, _) => 99), 100), Is.Zero);
        Assert.That(Check(Drawn.Of(256, 256, (_, _) => 100), 100), Is.EqualTo(1));
    }

    /// <summary>Compares with a flood fill, and gives the number of pieces.</summary>
    private static int Check(Plane ink, int weak)
    {
        List<InkComponent> found = InkSegmenter.Find(ink, weak);
        int[] labels = new int[ink.Values.Length];
        for (int i = 0; i < found.Count; i++)
        {
            foreach (InkRun run in found[i].Runs)
                labels.AsSpan((run.Row * ink.Width) + run.Start, run.End - run.Start).Fill(i + 1);
        }
        (int[] expectedLabels, List<(PixelBox Box, long Mass, int Blackest, int EdgeLength)> expected) = Flood(ink, weak);
        Assert.That(labels, Is.EqualTo(expectedLabels));
        Assert.That(found.Select(component => (component.Box, component.Mass, component.Blackest, component.EdgeLength)), Is.EqualTo(expected));
        return found.Count;
    }

    /// <summary>Pieces in the order of their first pixels.</summary>
    private static (int[] Labels, List<(PixelBox Box, long Mass, int Blackest, int EdgeLength)> Components) Flood(Plane ink, int weak)
    {
        int[] labels = new int[ink.Values.Length];
        List<(PixelBox Box, long Mass, int Blackest, int EdgeLength)> components = [];
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != 0 || ink.Values[i] < weak)
                continue;
            PixelBox box = new(i % ink.Width, i / ink.Width, 1, 1);
            (long mass, int blackest, int edgeLength) = (0, 0, 0);
            Stack<(int X, int Y)> open = new([(box.Left, box.Top)]);
            int label = components.Count + 1;
            labels[i] = label;
            while (open.TryPop(out (int X, int Y) pixel))
            {
                int value = ink.Row(pixel.Y)[pixel.X];
                mass += value;
                blackest = Math.Max(blackest, value);
                box = box.Union(new PixelBox(pixel.X, pixel.Y, 1, 1));
                edgeLength += pixel.X == 0 || pixel.Y == 0 || pixel.X == ink.Width - 1 || pixel.Y == ink.Height - 1 ? 1 : 0;
                for (int y = Math.Max(0, pixel.Y - 1); y <= Math.Min(ink.Height - 1, pixel.Y + 1); y++)
                {
                    for (int x = Math.Max(0, pixel.X - 1); x <= Math.Min(ink.Width - 1, pixel.X + 1); x++)
                    {
                        if (labels[(y * ink.Width) + x] != 0 || ink.Row(y)[x] < weak)
                            continue;
                        labels[(y * ink.Width) + x] = label;
                        open.Push((x, y));
                    }
                }
            }
            components.Add((box, mass, blackest, edgeLength));
        }
        return (labels, components);
    }
}
