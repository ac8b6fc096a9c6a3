using LeNet5.Imaging;
using LeNet5.Segmentation;
using LeNet5.Tests.Imaging;

namespace LeNet5.Tests.Reading.Segmentation;

public class CutDescentTests
{
    /// <summary>Against the definition: the cheapest of all ways from row to row, found by trying each.</summary>
    [Test]
    public void Run_RandomStrips_FindsTheCheapestPaths([Values] bool up, [Values(1, 4, 120)] int sideStep)
    {
        CutDescent descent = new(up);
        for (int seed = 0; seed < 20; seed++)
        {
            Plane strip = Drawn.Noise(1 + seed, 9, seed, density: 0.5);
            descent.Run(strip, sideStep);
            int[] costs = new int[strip.Width + 1];
            for (int i = 0; i < strip.Height; i++)
            {
                int y = up ? strip.Height - 1 - i : i, before = up ? y + 1 : y - 1;
                costs = [.. Enumerable.Range(0, costs.Length).Select(x => (i == 0 ? 0 : Enumerable.Range(0, costs.Length).Min(from => costs[from] + Aside(strip, before, y, from, x, sideStep))) + Severed(strip, y, x))];
                Assert.That(descent.CostsOf(y).ToArray(), Is.EqualTo(costs));
            }
        }
    }

    [Test]
    public void Trace_AnyPlace_IsAPathOfThatCost([Values] bool up)
    {
        const int sideStep = 20;
        CutDescent descent = new(up);
        Plane strip = Drawn.Noise(30, 32, seed: 5, density: 0.4);
        descent.Run(strip, sideStep);
        int row = up ? 3 : 28, first = up ? 31 : 0, step = up ? -1 : 1;
        int[] path = new int[32];
        for (int place = 0; place <= strip.Width; place++)
        {
            descent.Trace(row, place, path);
            Assert.That(path[row], Is.EqualTo(place));
            int cost = Severed(strip, first, path[first]);
            for (int y = first + step; y != row + step; y += step)
                cost += Aside(strip, y - step, y, path[y - step], path[y], sideStep) + Severed(strip, y, path[y]);
            Assert.That(cost, Is.EqualTo(descent.CostsOf(row)[place]));
        }
    }

    private static int Severed(Plane strip, int y, int x) => x == 0 || x == strip.Width ? 0 : Math.Min(strip.Row(y)[x - 1], strip.Row(y)[x]);

    private static int Aside(Plane strip, int before, int y, int from, int to, int sideStep)
    {
        int cost = 0;
        for (int x = Math.Min(from, to); x < Math.Max(from, to); x++)
            cost += sideStep + Math.Min(strip.Row(before)[x], strip.Row(y)[x]);
        return cost;
    }
}
