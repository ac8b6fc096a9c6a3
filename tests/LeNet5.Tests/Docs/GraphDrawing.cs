using System.Globalization;
using LeNet5.Graphs;

namespace LeNet5.Tests.Docs;

/// <summary>Draws a recognition graph, the character model, and their composition below each other, columns from left to right.</summary>
/// <param name="symbols">What stands for each label; the last is the blank.</param>
internal sealed class GraphDrawing(string symbols)
{
    private const double Left = 96, ColumnWidth = 158, Radius = 13;
    private const double RecognitionMiddle = 100, ModelMiddle = 300, CompositionTop = 424, RowHeight = 78;

    private readonly SvgDrawing drawing = new("A recognition graph of four columns, the character model, and their composition", Left + (4 * ColumnWidth) + 60, 680);

    private int Blank => symbols.Length - 1;

    public SvgDrawing Draw(WeightedGraph recognition, Transducer characters, WeightedGraph interpretations, params ReadOnlySpan<string> captions)
    {
        drawing.Text(20, 24, "Recognition graph: what each column may show / penalty", bold: true, anchor: "start");
        DrawRecognition(recognition);
        drawing.Text(20, 212, "Character model: what is read : what is written, ε for nothing", bold: true, anchor: "start");
        DrawCharacters(characters);
        drawing.Text(20, CompositionTop - 44, "Composition: all ways to read the strip; the best one in red", bold: true, anchor: "start");
        DrawInterpretations(interpretations);
        for (int line = 0; line < captions.Length; line++)
            drawing.Text(20, CompositionTop + (2 * RowHeight) + 56 + (18 * line), captions[line], anchor: "start");
        return drawing;
    }

    private void DrawRecognition(WeightedGraph graph)
    {
        foreach (Arc arc in graph.Arcs)
        {
            double bend = (arc.Input - (Blank / 2.0)) * 100;
            (double x1, double x2) = (Left + (arc.From * ColumnWidth) + Radius, Left + (arc.To * ColumnWidth) - Radius);
            drawing.Arrow((x1, RecognitionMiddle), ((x1 + x2) / 2, RecognitionMiddle + bend), (x2, RecognitionMiddle), SvgDrawing.Blue);
            drawing.Text((x1 + x2) / 2, RecognitionMiddle + (bend / 2) + 4, $"{symbols[arc.Input]}{Priced(arc)}");
        }
        for (int node = 0; node < graph.NodeCount; node++)
            DrawNode(Left + (node * ColumnWidth), RecognitionMiddle, node.ToString(CultureInfo.InvariantCulture), graph.EndPenalties[node] == 0);
    }

    /// <summary>The state between characters in the middle, those within a character at its sides.</summary>
    private void DrawCharacters(Transducer characters)
    {
        foreach (Arc arc in characters.Arcs)
        {
            (double from, double to) = (PlaceOf(arc.From), PlaceOf(arc.To));
            if (arc.From == arc.To)
            {
                drawing.Loop(from, ModelMiddle, Radius, SvgDrawing.Blue);
                drawing.Text(from, ModelMiddle - 38, Rule(arc));
                continue;
            }
            double bend = arc.To == 0 ? 40 : -40, side = Math.Sign(to - from);
            drawing.Arrow((from + (side * Radius), ModelMiddle + (bend / 10)), ((from + to) / 2, ModelMiddle + bend), (to - (side * Radius), ModelMiddle + (bend / 10)), SvgDrawing.Blue);
            drawing.Text((from + to) / 2, ModelMiddle + (bend / 2) + 4, Rule(arc));
        }
        for (int state = 0; state < characters.StateCount; state++)
        {
            DrawNode(PlaceOf(state), ModelMiddle, NameOf(state), isEnd: true);
            drawing.Text(PlaceOf(state), ModelMiddle + 36, state == 0 ? "between" : $"within a {NameOf(state)}");
        }

        static double PlaceOf(int state) => Left + (ColumnWidth * (state == 0 ? 2 : state == 1 ? 0.8 : 3.2));
        string Rule(Arc arc) => $"{symbols[arc.Input]} : {Written(arc)}";
    }

    /// <summary>A row for each state. Which label an arc reads is told by the row that it leads to.</summary>
    private void DrawInterpretations(WeightedGraph graph)
    {
        (int Column, int State)[] pairs = new (int, int)[graph.NodeCount];
        foreach (Arc arc in graph.Arcs)
            pairs[arc.To] = (pairs[arc.From].Column + 1, arc.Input == Blank ? 0 : 1 + arc.Input);
        graph.Viterbi(out ReadOnlySpan<int> path);
        HashSet<int> best = [.. path];
        foreach (int i in Enumerable.Range(0, graph.ArcCount).OrderBy(best.Contains))
        {
            Arc arc = graph.Arcs[i];
            ((double x1, double y1), (double x2, double y2)) = (PlaceOf(pairs[arc.From]), PlaceOf(pairs[arc.To]));
            double length = Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1))), share = Radius / length;
            (double dx, double dy) = ((x2 - x1) * share, (y2 - y1) * share);
            string colour = best.Contains(i) ? SvgDrawing.Orange : arc.Output == Arc.Nothing ? SvgDrawing.Grey : SvgDrawing.Blue;
            drawing.Arrow((x1 + dx, y1 + dy), ((x1 + x2) / 2, (y1 + y2) / 2), (x2 - dx, y2 - dy), colour, best.Contains(i) ? 2.5 : 1);
            if (best.Contains(i))
                drawing.Text((x1 + x2) / 2, ((y1 + y2) / 2) + 4, $"{symbols[arc.Input]} : {Written(arc)}{Priced(arc)}", SvgDrawing.Orange, bold: true);
        }
        for (int node = 0; node < graph.NodeCount; node++)
            DrawNode(PlaceOf(pairs[node]).X, PlaceOf(pairs[node]).Y, NameOf(pairs[node].State), graph.EndPenalties[node] == 0);

        static (double X, double Y) PlaceOf((int Column, int State) pair) =>
            (Left + (pair.Column * ColumnWidth), CompositionTop + (RowHeight * (pair.State == 0 ? 1 : pair.State == 1 ? 0 : 2)));
    }

    private void DrawNode(double x, double y, string text, bool isEnd)
    {
        drawing.Circle(x, y, Radius, SvgDrawing.Blue);
        if (isEnd)
            drawing.Circle(x, y, Radius - 3, SvgDrawing.Blue);
        drawing.Text(x, y + 4, text);
    }

    private string NameOf(int state) => symbols[state == 0 ? Blank : state - 1].ToString();

    private char Written(Arc arc) => arc.Output == Arc.Nothing ? 'ε' : symbols[arc.Output];

    private static string Priced(Arc arc) => string.Create(CultureInfo.InvariantCulture, $" / {arc.Penalty:0.0}");
}
