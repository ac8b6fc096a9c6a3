using LeNet5.Imaging;
using LeNet5.Tests.Pictures;

namespace LeNet5.Tests.Imaging;

public class StrokesTests
{
    private static readonly double[] Angles = [.. Enumerable.Range(0, 12).Select(i => i * Math.PI / 12)];

    [TestCase(2)]
    [TestCase(3.5)]
    [TestCase(8)]
    [TestCase(15)]
    public void WidthOf_Lines_IsTheirWidthOnTheAverageOfAllDirections(double width)
    {
        double[] widths = [.. Angles.Select(angle => Strokes.WidthOf(Line(angle, length: 200, width).Ink()))];
        for (int i = 0; i < Angles.Length; i++)
        {
            // Twice the area by the outline, ends included, whose steps along rows and columns are this much longer than 4/pi.
            double steps = (Math.Abs(Math.Cos(Angles[i])) + Math.Abs(Math.Sin(Angles[i]))) * Math.PI / 4;
            Assert.That(widths[i] * steps, Is.EqualTo(width).Within(15).Percent, $"at {Angles[i] * 180 / Math.PI:F0} degrees");
        }
        Assert.That(widths.Average(), Is.EqualTo(width).Within(8).Percent);
    }

    [TestCase(2)]
    [TestCase(5)]
    [TestCase(9)]
    public void WidthOf_Ring_IsItsWidth(double width)
    {
        Canvas canvas = new(200, 200);
        canvas.Draw([[.. Enumerable.Range(0, 201).Select(i => (100 + (80 * MathF.Cos(i * MathF.Tau / 200)), 100 + (80 * MathF.Sin(i * MathF.Tau / 200))))]], (float)width / 2);
        Assert.That(Strokes.WidthOf(canvas.Ink()), Is.EqualTo(width).Within(5).Percent);
        Assert.That(Strokes.WidthOf(canvas.Ink(darkness: 0.4)), Is.EqualTo(width).Within(5).Percent, "fainter ink is not thinner");
    }

    [Test]
    public void WidthOf_InkUpToTheEdges_CountsTheEdgeAsOutline()
    {
        Plane solid = Drawn.Of(30, 30, (_, _) => 255);
        Assert.That(Strokes.WidthOf(solid), Is.EqualTo(2 * 900 / (120 * Math.PI / 4)).Within(1e-9));
        Assert.That(Strokes.WidthOf(solid.Within(50, 40, left: 7, top: 5)), Is.EqualTo(Strokes.WidthOf(solid)));
        Assert.That(Strokes.WidthOf(Drawn.Of(1, 1, (_, _) => 255)), Is.EqualTo(2 / Math.PI).Within(1e-9));
        Assert.That(Strokes.WidthOf(new Plane(20, 20)), Is.Zero);
    }

    [Test]
    public void Widen_Lines_ChangesTheWidthByTwiceTheReach([Values(-3, -2, -1, 0, 1, 2, 4)] int reach, [Values(9, 14)] double width)
    {
        foreach (double angle in Angles)
        {
            Plane line = Line(angle, length: 200, width).Ink(), changed = Strokes.Widen(line, reach);
            Assert.That(AcrossTheMiddle(changed, angle) - AcrossTheMiddle(line, angle), Is.EqualTo(2 * reach).Within(1.25), $"at {angle * 180 / Math.PI:F0} degrees");
        }
    }

    [Test]
    public void Widen_WiderThanTheStroke_LeavesNothing() =>
        Assert.That(Strokes.Widen(Line(0.3, length: 200, width: 5).Ink(), -4).Values, Is.All.Zero);

    private static Canvas Line(double angle, double length, double width)
    {
        Canvas canvas = new(260, 260);
        (float x, float y) = ((float)(Math.Cos(angle) * length / 2), (float)(Math.Sin(angle) * length / 2));
        canvas.DrawLine(130 - x, 130 - y, 130 + x, 130 + y, (float)width / 2);
        return canvas;
    }

    /// <summary>The ink of a stripe across a line's middle by the stripe's width along it.</summary>
    private static double AcrossTheMiddle(Plane ink, double angle)
    {
        const int half = 40;
        double sum = 0;
        for (int y = 0; y < ink.Height; y++)
        {
            for (int x = 0; x < ink.Width; x++)
            {
                double along = ((x + 0.5 - 130) * Math.Cos(angle)) + ((y + 0.5 - 130) * Math.Sin(angle));
                sum += Math.Abs(along) < half ? ink.Row(y)[x] / 255.0 : 0;
            }
        }
        return sum / (2 * half);
    }
}
