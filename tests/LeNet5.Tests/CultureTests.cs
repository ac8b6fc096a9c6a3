using System.Globalization;
using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Training;

namespace LeNet5.Tests;

/// <summary>What is written to files, compared as text or shown has the same characters wherever it runs.</summary>
public class CultureTests
{
    /// <summary>A comma before decimals, points between groups of two, another minus and per cent, words for what is no number.</summary>
    private static readonly CultureInfo Foreign = CreateForeign();

    private static readonly Dictionary<string, Func<string>> Texts = new()
    {
        ["recipes"] = () => string.Join('\n', Recipes()),
        ["recipe of everything"] = () => $"{TrainingRecipe.Best with { Optimizer = new Adam(weightDecay: 0.25), Averaging = new WeightAveraging(fromEpoch: 3, decay: 0.125) }}",
        ["optimizer"] = () => new Momentum(0.875).ToString(),
        ["rates"] = () => string.Join('\n', LearningRate.Cosine(0.0125, 3), LearningRate.Constant(1e-7), LearningRate.Paper),
        ["losses"] = () => string.Join('\n', new MaximumPosteriorLoss(1.5, temperature: 2.5, rubbishJ: 3.5), new ColumnLoss(blankWeight: 0.25), new StringLoss(rivalry: 0.25)),
        ["styles"] = () => $"{StripStyle.Hard}\n{new Distortion { Scale = 0.125 }}",
        ["layers"] = () => $"{Network.LeNet5()}\n{ConnectionTable.TableI}",
        ["result"] = () => Evaluator.Run(PretrainedModels.Digits, Mnist.Test.Slice(0, 600)) is var result ? $"{result}\n{result.Confusion}" : "",
        ["path"] = () => Chain().BestPaths(1)[0].ToString(),
        ["graphs"] = () => Chain().ToDot() + new Transducer([new Arc(0, 0, 1, 2, -0.5)], [(0, 1234.5)]).ToDot(),
        ["grammars"] = () => string.Join('\n', Grammars().Select(name => $"{name}: {Grammar.Parse(name)}")),
        ["bad grammars"] = () => string.Join('\n', new[] { "length:-2", "length:1.5", "length:1,5", "year:2000", "date:x" }.Select(name => FailureOf(() => Grammar.Parse(name)))),
        ["warnings"] = () => string.Join('\n', [.. DigitNormalizer.Normalize(Small()).Warnings, .. StripNormalizer.Normalize(Small()).Warnings]),
        ["long line"] = () => FailureOf(() => StripNormalizer.Normalize(new GrayImage(20_000, 4, [.. Enumerable.Range(0, 80_000).Select(i => (byte)(i % 3 == 0 ? 0 : 255))]))),
        ["penalty"] = () => FailureOf(() => new Transducer([new Arc(0, 1, 0, 0, double.NegativeInfinity)], 1)),
        ["ends"] = () => FailureOf(() => new Transducer([new Arc(0, 1, 0, 0)], [(1, 0.5), (1, -1.5)])),
        ["damaged model"] = () => FailureOf(() =>
        {
            Network network = Known();
            network.EditParameters()[1] = float.NaN;
            return Written(network.Save);
        }),
        ["png"] = () => Written(stream => Small().SavePng(stream)),
        ["onnx"] = () => Written(stream => OnnxModel.Save(PretrainedModels.Digits, stream)),
        ["model"] = () => Written(Known().Save),
        ["model read"] = () => Network.Load(new MemoryStream(Convert.FromHexString(Written(Known().Save)))).Metadata is var read
            ? FormattableString.Invariant($"{read.Settings} {read.RubbishPenalty} {read.Calibration!.Temperature} {read.History[0].LearningRate} {read.History[0].TestErrorRate}") : "",
        ["training"] = Trained,
    };

    [Test]
    public void Text_ForeignCulture_IsTheSame([ValueSource(nameof(Names))] string name)
    {
        string expected = Texts[name](), actual = In(Foreign, Texts[name]);
        Assert.That(expected, Is.Not.Empty);
        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void Foreign_Numbers_LookOtherwise() => Assert.That(
        In(Foreign, () => $"{-1234.5:N1} {-1} {0.5:P0} {double.NaN} {double.PositiveInfinity}"),
        Is.EqualTo("\u221212.34,5 \u22121 50 \u066a none endless"));

    private static string[] Names() => [.. Texts.Keys];

    private static T In<T>(CultureInfo culture, Func<T> make)
    {
        (CultureInfo before, CultureInfo beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return make();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    private static CultureInfo CreateForeign()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        NumberFormatInfo numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NumberGroupSizes, numbers.NegativeSign) = (",", ".", [2], "\u2212");
        (numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator, numbers.PercentSymbol, numbers.PercentPositivePattern) = (",", ".", "\u066a", 0);
        (numbers.NaNSymbol, numbers.PositiveInfinitySymbol, numbers.NegativeInfinitySymbol) = ("none", "endless", "\u2212endless");
        return culture;
    }

    private static IEnumerable<TrainingRecipe> Recipes() =>
    [
        TrainingRecipe.Article, TrainingRecipe.Paper, TrainingRecipe.PaperLiteral, TrainingRecipe.PaperDistorted, TrainingRecipe.Best, TrainingRecipe.Rejecting, TrainingRecipe.Strips,
        TrainingRecipe.StripsGlobal, TrainingRecipe.Segments,
    ];

    private static string[] Grammars() => ["any", "any:4-8", "length:4", "one-of:12,345", "amount:1-6", "year:1600-1999", "date:ddMMyyyy", "date:MMddyy:1900-2030", "luhn:16", "isbn13", "mod97:24"];

    private static WeightedGraph Chain()
    {
        WeightedGraph graph = new();
        graph.AddNode();
        graph.AddArc(new Arc(0, 1, 3, Arc.Nothing, -1234.5));
        graph.SetEnd(1, 0.25);
        return graph;
    }

    /// <summary>Faint ink of a few pixels.</summary>
    private static GrayImage Small() => new(30, 12, [.. Enumerable.Range(0, 360).Select(i => (byte)(i % 30 is > 8 and < 12 && i / 30 is > 2 and < 10 ? 215 : 255))]);

    private static Network Known() => new(new Shape(1, 1, 1), seed: 1, new FullyConnected("F1", inputs: 1, outputs: 2))
    {
        Metadata = new ModelMetadata
        {
            Settings = $"{TrainingRecipe.Best}",
            RubbishPenalty = 1234.5,
            Calibration = new Calibration { Temperature = 1.25 },
            StripCalibration = new StripCalibration { Temperature = 1.25 },
            History = [new EpochResult(1, 0.0005, 1234.5, 0.0125, 0.5)],
        },
    };

    private static string Trained()
    {
        Network network = Network.LeNet5(seed: 3);
        TrainingRecipe recipe = new() { Name = "small", Epochs = 1, Rate = LearningRate.Constant(0.0005), Distortion = new Distortion { Scale = 0.125 } };
        new Trainer(network, recipe).Run(Mnist.Train.Slice(0, 200), Mnist.Test.Slice(0, 100));
        return Written(network.Save);
    }

    private static string Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Convert.ToHexString(stream.ToArray());
    }

    private static string FailureOf(Func<object> make)
    {
        try
        {
            return $"{make()}";
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException)
        {
            return error.Message;
        }
    }
}
