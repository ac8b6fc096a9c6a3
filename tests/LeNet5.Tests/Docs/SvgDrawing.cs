using System.Globalization;
using System.Text;

namespace LeNet5.Tests.Docs;

/// <summary>Shapes and words of an SVG picture of the docs.</summary>
internal sealed class SvgDrawing(string title, double width, double height)
{
    public const string Ink = "#22333b", Blue = "#33658a", Orange = "#c8553d", Grey = "#9aa5ab";

    private readonly StringBuilder body = new();

    public void Circle(double x, double y, double radius, string stroke, string fill = "#eaf2f8") =>
        Append($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\" fill=\"{fill}\" stroke=\"{stroke}\"/>\n");

    public void Rectangle(double x, double y, double wide, double high, string fill) =>
        Append($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{wide:0.#}\" height=\"{high:0.#}\" fill=\"{fill}\"/>\n");

    /// <summary>A line through points.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, string stroke, double thickness) =>
        Append($"<polyline points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{thickness}\"/>\n");

    /// <summary>An arrow that is bent towards a point, which it does not reach.</summary>
    public void Arrow((double X, double Y) from, (double X, double Y) bend, (double X, double Y) to, string stroke, double thickness = 1, bool dashed = false) =>
        Append($"<path d=\"M{from.X:0.#} {from.Y:0.#} Q{bend.X:0.#} {bend.Y:0.#} {to.X:0.#} {to.Y:0.#}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{thickness}\"{(dashed ? " stroke-dasharray=\"4 3\"" : "")} marker-end=\"url(#{Head(stroke)})\"/>\n");

    /// <summary>An arrow from a circle to itself, above it.</summary>
    public void Loop(double x, double y, double radius, string stroke) =>
        Append($"<path d=\"M{x - (radius / 2):0.#} {y - (0.87 * radius):0.#} C{x - (1.8 * radius):0.#} {y - (3.2 * radius):0.#} {x + (1.8 * radius):0.#} {y - (3.2 * radius):0.#} {x + (radius / 2):0.#} {y - (0.87 * radius):0.#}\" fill=\"none\" stroke=\"{stroke}\" marker-end=\"url(#{Head(stroke)})\"/>\n");

    /// <summary>Words, on a white ground of their own where a line passes beneath.</summary>
    public void Text(double x, double y, string text, string fill = Ink, bool bold = false, string anchor = "middle") =>
        Append($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" fill=\"{fill}\" text-anchor=\"{anchor}\" paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"8\" stroke-linejoin=\"round\"{(bold ? " font-weight=\"bold\"" : "")}>{text}</text>\n");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" font-family="sans-serif" font-size="12" role="img">
        <title>{title}</title>
        <defs>{string.Concat(new[] { Ink, Blue, Orange, Grey }.Select(Marker))}</defs>
        <rect width="100%" height="100%" fill="#ffffff"/>
        {body}</svg>

        """);

    /// <summary>Asserts that the drawing is the one in docs/images, or puts it there.</summary>
    public void AssertIsOfTheDocs(string name)
    {
        string file = Path.Combine(Repository.Root, "docs", "images", name);
        if (Environment.GetEnvironmentVariable("LENET5_ACCEPT") == "1")
            File.WriteAllText(file, ToString());
        Assert.That(ToString(), Is.EqualTo(File.ReadAllText(file).ReplaceLineEndings("\n")), $"{name} has changed. Where that is meant, run this test with LENET5_ACCEPT=1 and commit it.");
    }

    private static string Marker(string colour) =>
        $"<marker id=\"{Head(colour)}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 1 L8 4 L0 7 z\" fill=\"{colour}\"/></marker>";

    private static string Head(string colour) => $"head{colour[1..]}";

    private void Append(FormattableString shape) => body.Append(shape.ToString(CultureInfo.InvariantCulture));
}
