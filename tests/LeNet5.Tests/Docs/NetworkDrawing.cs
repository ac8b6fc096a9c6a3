using System.Globalization;
using System.Text;

namespace LeNet5.Tests.Docs;

/// <summary>Draws a network as the paper's figure 2 does: a stack of maps for every boundary, and between two of them what one value sees.</summary>
internal static class NetworkDrawing
{
    private const double PixelsPerUnit = 4.2;
    private const double Overlap = 7;
    private const double Middle = 150;
    private const double Gap = 44;
    private const int StackLimit = 16;

    public static string Draw(Network network)
    {
        List<(string Name, Shape Shape, Layer? Layer)> stages = [("Input", network.InputShape, null)];
        Shape shape = network.InputShape;
        foreach (Layer layer in network.Layers)
        {
            shape = layer.OutputShape(shape);
            stages.Add((layer.Name, shape, layer));
        }

        StringBuilder body = new();
        double x = 24;
        (double X, double Y, double Side)? previous = null;
        foreach ((string name, Shape size, Layer? layer) in stages)
        {
            (double width, double height) = Extent(size);
            double top = Middle - (height / 2);
            if (previous is { } from && layer is WeightedLayer { Kernel: > 1 } or TrainableSubsample)
                DrawWindow(body, previous!.Value, layer.Window.Size * PixelsPerUnit, x, Middle);
            else if (previous is { } before)
                Line(body, before.X, Middle, x, Middle);
            DrawStack(body, size, x, top);
            Text(body, x + (width / 2), top + height + 18, name, bold: true);
            Text(body, x + (width / 2), top + height + 33, size.ToString());
            if (layer is not null)
                Text(body, x - (Gap / 2), 30, Kind(layer));
            previous = (x + width, top + height, size.Height * PixelsPerUnit);
            x += width + Gap;
        }
        double total = x - Gap + 40;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total:0} 290" font-family="sans-serif" font-size="11" text-anchor="middle" role="img">
            <title>LeNet-5: from 1@32x32 through C1, S2, C3, S4, C5 and F6 to ten penalties</title>
            <rect width="100%" height="100%" fill="#ffffff"/>
            {body}</svg>

            """);
    }

    private static string Kind(Layer layer) => layer switch
    {
        SparseConv conv => $"{conv.Kernel}x{conv.Kernel}, sparse",
        WeightedLayer { Kernel: > 1 } conv => $"{conv.Kernel}x{conv.Kernel}",
        TrainableSubsample subsample => $"{subsample.Block}x{subsample.Block} average",
        WeightedLayer => "full",
        RbfOutput => "RBF",
        _ => layer.GetType().Name,
    };

    /// <summary>Maps of one value stand in a column; larger ones overlap, at most <see cref="StackLimit"/> of them.</summary>
    private static (double Width, double Height) Extent(Shape size)
    {
        if (size.Plane == 1)
            return (10, Math.Min(size.Maps, 120) + 40);
        double spread = (Math.Min(size.Maps, StackLimit) - 1) * Overlap;
        return ((size.Width * PixelsPerUnit) + spread, (size.Height * PixelsPerUnit) + spread);
    }

    private static void DrawStack(StringBuilder body, Shape size, double x, double top)
    {
        if (size.Plane == 1)
        {
            Rectangle(body, x, top, 10, Extent(size).Height);
            return;
        }
        for (int map = 0; map < Math.Min(size.Maps, StackLimit); map++)
            Rectangle(body, x + (map * Overlap), top + (map * Overlap), size.Width * PixelsPerUnit, size.Height * PixelsPerUnit);
    }

    /// <summary>The square that one value of the next stage sees, in the front map, with lines that meet in that value.</summary>
    private static void DrawWindow(StringBuilder body, (double X, double Y, double Side) front, double side, double nextX, double nextY)
    {
        double left = front.X - Math.Min(front.Side, side + 8);
        double top = front.Y - Math.Min(front.Side, side + 8);
        side = Math.Min(side, front.Side);
        body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:0.#}\" y=\"{top:0.#}\" width=\"{side:0.#}\" height=\"{side:0.#}\" fill=\"#f4a261\" fill-opacity=\"0.45\" stroke=\"#c8553d\"/>\n");
        Line(body, left + side, top, nextX, nextY);
        Line(body, left + side, top + side, nextX, nextY);
    }

    private static void Rectangle(StringBuilder body, double x, double y, double width, double height) =>
        body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" fill=\"#eaf2f8\" stroke=\"#33658a\"/>\n");

    private static void Line(StringBuilder body, double x1, double y1, double x2, double y2) =>
        body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"#c8553d\" stroke-width=\"0.8\"/>\n");

    private static void Text(StringBuilder body, double x, double y, string text, bool bold = false) =>
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" fill=\"#22333b\"{(bold ? " font-weight=\"bold\"" : "")}>{text}</text>\n");
}
