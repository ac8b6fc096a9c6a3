using BenchmarkDotNet.Attributes;
using LeNet5.Graphs;

namespace LeNet5.Benchmarks;

/// <summary>A strip of 73 columns of 12 classes: its recognition graph composed with a character model (3,036 arcs), and what is made of the result.</summary>
public class GraphBenchmarks
{
    private const int Columns = 73;
    private const int Classes = 12;

    private readonly WeightedGraph recognition = new();
    private readonly WeightedGraph interpretations = new();
    private readonly WeightedGraph result = new();
    private readonly double[] posteriors;
    private readonly double[] gradient = new double[Columns * Classes];
    private readonly GraphLoss loss = new(GraphLossForm.DiscriminativeForward);
    private readonly Transducer wanted = Transducer.Sequence(0, 1, 2, 3, 4, 5);
    private readonly Transducer dates = Grammar.Date("ddMMyyyy");

    /// <summary>Classes 0 to 9 are digits, 10 is blank, 11 means nothing and goes with any.</summary>
    private readonly Transducer model = new(
        [
            new Arc(0, 0, 10, Arc.Nothing),
            new Arc(0, 0, 11, Arc.Nothing),
            .. Enumerable.Range(0, 10).SelectMany(digit => new[]
            {
                new Arc(0, digit + 1, digit, digit), new Arc(digit + 1, digit + 1, digit, Arc.Nothing),
                new Arc(digit + 1, 0, 10, Arc.Nothing), new Arc(digit + 1, digit + 1, 11, Arc.Nothing),
            }),
        ],
        Enumerable.Range(0, 11));

    public GraphBenchmarks()
    {
        SeededRandom random = new(1);
        for (int column = 0; column < Columns; column++)
        {
            int next = recognition.AddNode();
            int likely = column / 6 % 2 == 0 ? 10 : column / 12;
            for (int label = 0; label < Classes; label++)
                recognition.AddArc(new Arc(column, next, label, label, random.NextSingle(0, 3) + (label == likely ? 0 : 4)));
        }
        recognition.SetEnd(Columns);
        recognition.Compose(model, interpretations);
        posteriors = new double[interpretations.ArcCount];
    }

    [Benchmark]
    public void Compose() => recognition.Compose(model, result);

    [Benchmark]
    public double Viterbi() => interpretations.Viterbi(out _);

    [Benchmark]
    public double Forward() => interpretations.Forward();

    [Benchmark]
    public double ForwardWithPosteriors() => interpretations.Forward(posteriors);

    [Benchmark]
    public double DiscriminativeForwardLoss() => loss.Evaluate(interpretations, wanted, gradient);

    [Benchmark]
    public int TenBestStrings() => interpretations.BestStrings(10).Length;

    [Benchmark]
    public void ComposeWithDates() => interpretations.Compose(dates, result);
}
