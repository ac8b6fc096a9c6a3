using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;
using LeNet5;
using LeNet5.Graphs;
using LeNet5.Imaging;

namespace VisualGuide;

/// <summary>The string of the page: swept in one pass, cut into segments, and read by both methods.</summary>
internal static partial class Strip
{
    /// <summary>How many of the likeliest strings are shown.</summary>
    private const int AlternativeCount = 5;

    private static readonly Network Network = PretrainedModels.Strips;
    private static readonly StripReader Sweeper = new(Network);
    private static readonly Lazy<StripReader> Segmenter = new(() => new StripReader(StripMethod.Hos));
    private static readonly Lazy<StripReader> Together = new(() => new StripReader(StripMethod.Both));

    private static NormalizedStrip strip = StripNormalizer.Normalize(new GrayImage(1, 1, [0]));
    private static Transducer? grammar;
    private static Workspace workspace = Network.CreateWorkspace();
    private static StripExplanation? swept;
    private static StripExplanation? cut;
    private static ImmutableArray<StripSegment> runs = [];

    /// <summary>What is known of the string from now on.</summary>
    /// <param name="kind"><c>any</c>, <c>length</c> or <c>luhn</c>.</param>
    /// <param name="length">How many digits, where the length is known.</param>
    [JSExport]
    internal static void Know(string kind, int length) => grammar = kind switch
    {
        "length" => Grammar.FixedLength(length),
        "luhn" => Grammar.Luhn(),
        _ => null,
    };

    /// <summary>Finds the line of digits of a picture, and sweeps the network over it.</summary>
    /// <param name="rgba">Row by row, as a canvas has it.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The strip, the shapes of all layers, the best path, and what was read.</returns>
    [JSExport]
    internal static string Sweep(byte[] rgba, int width, int height)
    {
        strip = StripNormalizer.Normalize(GrayImage.FromRgba(width, height, rgba));
        return Again();
    }

    /// <summary>Sweeps over the strip once more, e.g. with another grammar.</summary>
    [JSExport]
    internal static string Again()
    {
        cut = null;
        swept = strip.Rejection == Rejection.None ? Sweeper.Explain(strip, Options) : null;
        Forward(WidthToShow());
        return Json.Object(Describe);
    }

    /// <summary>The strip, and ground on its right: 32 rows, 0 ground to 255 ink.</summary>
    [JSExport]
    internal static byte[] Pixels() => Field(workspace.Input.Shape.Width);

    /// <summary>The values at a boundary: 0 for the input, 1 for C1's output, and so on.</summary>
    [JSExport]
    internal static double[] Values(int boundary) => At(boundary).Values.ToDoubles();

    /// <summary>Cuts the strip and reads its segments.</summary>
    [JSExport]
    internal static string Cut()
    {
        if (strip.Rejection != Rejection.None)
            return Json.Object(_ => { });
        cut = Segmenter.Value.Explain(strip, Options);
        runs = [.. cut.Segments.Where(segment => segment.Picture is not null)];
        return Json.Object(json =>
        {
            Write(json, cut.Reading);
            json.WriteStartArray("cuts");
            foreach (ImmutableArray<int> columns in cut.Cuts)
                Write(json, columns);
            json.WriteEndArray();
            Write(json, cut.Segments);
            WriteRuns(json);
        });
    }

    /// <summary>What both methods together say.</summary>
    [JSExport]
    internal static string ReadTogether() => Json.Object(json =>
    {
        if (strip.Rejection == Rejection.None)
            Write(json, Together.Value.Read(strip, Options));
    });

    /// <summary>What the sweep, the segments, and both together read in a picture; the string of the page stays.</summary>
    [JSExport]
    internal static string[] ReadAll(byte[] rgba, int width, int height)
    {
        NormalizedStrip other = StripNormalizer.Normalize(GrayImage.FromRgba(width, height, rgba));
        return [Sweeper.Read(other).Text, Segmenter.Value.Read(other).Text, Together.Value.Read(other).Text];
    }

    /// <summary>The ways by which another string would be read: its best path among the columns and among the segments.</summary>
    [JSExport]
    internal static string Follow(string text) => Json.Object(json =>
    {
        StripOptions only = new() { Grammar = Grammar.AnyOf(text) };
        Write(json, Sweeper.Explain(strip, only).Path);
        Write(json, Segmenter.Value.Explain(strip, only).Segments);
    });

    /// <summary>What the network for segments says of a run of pieces by itself.</summary>
    /// <param name="run">Its index among the runs.</param>
    /// <returns>The penalties of the ten digits, and the 28x28 pixels that were read.</returns>
    [JSExport]
    internal static string ReadRun(int run)
    {
        StripSegment segment = runs[run];
        return Json.Object(json =>
        {
            json.WriteStartArray("penalties");
            foreach (float penalty in segment.Penalties)
                json.WriteNumberValue(penalty);
            json.WriteEndArray();
            json.WriteBase64String("pixels", segment.Picture!.Pixels);
        });
    }

    /// <summary>The scores of the paths through the columns: of the best one, of all that spell the string, and of all that the grammar allows (equations 10 and 13).</summary>
    [JSExport]
    internal static string Score(string text)
    {
        WeightedGraph interpretations = new(), allowed = new(), spelled = new();
        Recognition().Compose(CharacterModel(), interpretations);
        if (grammar is not null)
            interpretations.Compose(grammar, allowed);
        WeightedGraph all = grammar is null ? interpretations : allowed;
        all.Compose(Grammar.AnyOf(text), spelled);
        return Json.Object(json =>
        {
            json.WriteNumber("best", Finite(spelled.Viterbi(out _)));
            json.WriteNumber("string", Finite(spelled.Forward()));
            json.WriteNumber("all", Finite(all.Forward()));
            json.WriteNumber("arcs", interpretations.ArcCount);
            json.WriteNumber("temperature", Sweeper.Calibration.Temperature);
        });

        static double Finite(double score) => double.IsFinite(score) ? score : -1;
    }

    /// <summary>Times one pass over the strip against passes over its windows, one by one.</summary>
    /// <returns>The least milliseconds of several trials, the connections of both, and the largest difference between their penalties.</returns>
    [JSExport]
    internal static string Race()
    {
        const int trials = 5;
        int width = workspace.Input.Shape.Width, columns = workspace.Output.Shape.Width, classes = workspace.Output.Shape.Maps;
        byte[] pixels = Field(width);
        Workspace window = Network.CreateWorkspace();
        float[] penalties = new float[classes * columns];
        double inOnePass = double.MaxValue, oneByOne = double.MaxValue;
        for (int trial = 0; trial < trials; trial++)
        {
            inOnePass = Math.Min(inOnePass, Time(() => Forward(width)));
            oneByOne = Math.Min(oneByOne, Time(() => ForwardWindows(pixels, width, window, penalties)));
        }
        float difference = 0;
        for (int i = 0; i < penalties.Length; i++)
            difference = Math.Max(difference, Math.Abs(penalties[i] - workspace.Output.Values[i]));
        return Json.Object(json =>
        {
            json.WriteNumber("columns", columns);
            json.WriteNumber("inOnePass", inOnePass);
            json.WriteNumber("oneByOne", oneByOne);
            json.WriteNumber("connectionsInOnePass", ConnectionCount(width));
            json.WriteNumber("connectionsOneByOne", columns * Network.ConnectionCount);
            json.WriteNumber("difference", difference);
        });
    }

    private static StripOptions Options => new() { Grammar = grammar, Alternatives = AlternativeCount };

    private static FeatureMaps At(int boundary) => boundary == 0 ? workspace.Input : workspace.OutputOf(Network.Layers[boundary - 1]);

    /// <summary>A multiple of 4 columns fits all layers. Where the reader, which adds more ground on the right, saw a digit still later, that column is shown, too.</summary>
    private static int WidthToShow()
    {
        int size = Network.Window.Size, step = Network.Window.Step, last = 0;
        for (int column = 0; swept is not null && column < swept.Path.Length; column++)
            last = swept.Path[column] is null ? last : column;
        return Math.Max((strip.Picture.Width + step - 1) / step * step, size + (step * last));
    }

    private static void Forward(int width)
    {
        if (workspace.Input.Shape.Width != width)
            workspace = Network.CreateWorkspace(input: Network.InputShape with { Width = width });
        workspace.LoadPixels(Field(width), StripNormalizer.FieldHeight, width);
        Network.Forward(workspace);
    }

    private static void ForwardWindows(byte[] pixels, int width, Workspace window, float[] penalties)
    {
        int size = Network.Window.Size, step = Network.Window.Step, columns = ((width - size) / step) + 1;
        byte[] part = new byte[size * size];
        for (int column = 0; column < columns; column++)
        {
            for (int y = 0; y < size; y++)
                pixels.AsSpan((y * width) + (column * step), size).CopyTo(part.AsSpan(y * size));
            window.LoadPixels(part, size, size);
            Network.Forward(window);
            for (int i = 0; i < window.Output.Values.Length; i++)
                penalties[(i * columns) + column] = window.Output.Values[i];
        }
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static long ConnectionCount(int width)
    {
        Shape shape = Network.InputShape with { Width = width };
        long count = 0;
        foreach (Layer layer in Network.Layers)
        {
            count += layer.ConnectionCount(shape);
            shape = layer.OutputShape(shape);
        }
        return count;
    }

    /// <summary>The strip with ground on its right.</summary>
    private static byte[] Field(int width)
    {
        byte[] pixels = new byte[width * StripNormalizer.FieldHeight];
        for (int y = 0; y < StripNormalizer.FieldHeight; y++)
            strip.Picture.Row(y)[..Math.Min(width, strip.Picture.Width)].CopyTo(pixels.AsSpan(y * width));
        return pixels;
    }

    /// <summary>From each column to the next an arc for each class, and one for "no character at all".</summary>
    private static WeightedGraph Recognition()
    {
        WeightedGraph graph = new();
        int classes = swept!.ClassCount;
        for (int column = 0; column < swept.ColumnCount; column++)
        {
            int next = graph.AddNode();
            for (int i = 0; i < classes; i++)
                graph.AddArc(new Arc(column, next, i, i, swept.Penalties[(i * swept.ColumnCount) + column] / Sweeper.Calibration.Temperature));
            if (double.IsFinite(Sweeper.Calibration.RubbishPenalty))
                graph.AddArc(new Arc(column, next, classes, classes, Sweeper.Calibration.RubbishPenalty / Sweeper.Calibration.Temperature));
        }
        graph.SetEnd(swept.ColumnCount);
        return graph;
    }

    /// <summary>State 0 is between characters, state 1 + d within the digit d (figure 27 of the paper).</summary>
    private static Transducer CharacterModel()
    {
        int blank = Network.Codes!.Blank!.Value;
        List<Arc> arcs = [];
        for (int state = 0; state <= blank; state++)
        {
            arcs.Add(new Arc(state, 0, blank, Arc.Nothing));
            arcs.Add(new Arc(state, 0, blank + 1, Arc.Nothing));
            if (state == blank)
                break;
            arcs.Add(new Arc(0, 1 + state, state, state));
            arcs.Add(new Arc(1 + state, 1 + state, state, Arc.Nothing));
        }
        return new Transducer(arcs, Enumerable.Range(0, 1 + blank));
    }

    private static void Describe(Utf8JsonWriter json)
    {
        json.WriteString("rejection", strip.Rejection.ToString());
        json.WriteNumber("stripWidth", strip.Picture.Width);
        json.WriteStartArray("layers");
        for (int boundary = 0; boundary <= Network.Layers.Length; boundary++)
        {
            Shape shape = At(boundary).Shape;
            json.WriteStartObject();
            json.WriteString("name", boundary == 0 ? "Input" : Network.Layers[boundary - 1].Name);
            json.WriteNumber("maps", shape.Maps);
            json.WriteNumber("height", shape.Height);
            json.WriteNumber("width", shape.Width);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("window", Network.Window.Size);
        json.WriteNumber("step", Network.Window.Step);
        if (swept is null)
            return;
        Write(json, swept.Path);
        Write(json, swept.Reading);
    }

    /// <summary>The class of each column, -1 for no character.</summary>
    private static void Write(Utf8JsonWriter json, ImmutableArray<int?> path) =>
        json.WriteNumbers("path", path.Take(workspace.Output.Shape.Width).Select(label => label ?? -1));

    private static void Write(Utf8JsonWriter json, ImmutableArray<int> columns)
    {
        json.WriteStartArray();
        foreach (int column in columns)
            json.WriteNumberValue(column);
        json.WriteEndArray();
    }

    /// <summary>What the path takes.</summary>
    private static void Write(Utf8JsonWriter json, ImmutableArray<StripSegment> segments)
    {
        json.WriteStartArray("segments");
        foreach (StripSegment segment in segments)
        {
            if (segment.Label is not { } label)
                continue;
            json.WriteStartObject();
            json.WriteNumber("first", segment.FirstCut);
            json.WriteNumber("last", segment.LastCut);
            json.WriteNumber("label", label);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteRuns(Utf8JsonWriter json)
    {
        json.WriteStartArray("runs");
        foreach (StripSegment run in runs)
        {
            json.WriteStartObject();
            json.WriteNumber("first", run.FirstCut);
            json.WriteNumber("last", run.LastCut);
            Write(json, run.Box);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, StripReading reading)
    {
        json.WriteStartObject("reading");
        json.WriteString("text", reading.Text);
        json.WriteNumber("confidence", reading.Confidence);
        json.WriteString("reason", reading.Reason.ToString());
        json.WriteStartArray("digits");
        foreach (StripDigit digit in reading.Digits)
        {
            json.WriteStartObject();
            json.WriteNumber("label", digit.Label);
            json.WriteNumber("confidence", digit.Confidence);
            Write(json, digit.Box);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("alternatives");
        foreach (StripAlternative alternative in reading.Alternatives)
        {
            json.WriteStartObject();
            json.WriteString("text", alternative.Text);
            json.WriteNumber("confidence", alternative.Confidence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PixelBox box) => json.WriteNumbers("box", [box.Left, box.Top, box.Width, box.Height]);
}
