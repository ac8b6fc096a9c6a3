using System.Globalization;
using LeNet5.Data;
using LeNet5.Graphs;
using LeNet5.Imaging;
using LeNet5.Strips;

namespace LeNet5.Tests.Docs;

/// <summary>The pictures of docs/reading-strings.md.</summary>
public class ReadingPictureTests
{
    private const int Gap = 6;

    /// <summary>Two classes and the blank in four columns, which show 1, 1, nothing, 7.</summary>
    [Test]
    public void Draw_GraphsOfFourColumns_AreThoseOfTheDocs()
    {
        float[] penalties =
        [
            0.2f, 0.8f, 3.5f, 2.9f,
            3.1f, 2.6f, 2.9f, 0.4f,
            2.3f, 1.4f, 0.3f, 1.9f,
        ];
        ColumnGraph columns = new();
        columns.Build(penalties, classes: 3, columns: 4);
        Transducer characters = CharacterModel.Create(characters: 2, none: [2]);
        WeightedGraph interpretations = new(), spelled = new();
        columns.Graph.Compose(characters, interpretations);
        interpretations.Compose(Transducer.Sequence(0, 1), spelled);

        double best = interpretations.Viterbi(out _), wanted = spelled.Forward(), all = interpretations.Forward();
        Assert.That(interpretations.BestStrings(1)[0].Labels, Is.EqualTo(new[] { 0, 1 }));
        string read = string.Create(CultureInfo.InvariantCulture, $"Best path: 17, at a penalty of {best:0.00}. Forward score of all paths that spell 17: {wanted:0.00}; of all paths: {all:0.00}.");
        string sure = string.Create(CultureInfo.InvariantCulture, $"Confidence: e^-({wanted:0.00} - {all:0.00}) = {Math.Exp(all - wanted):0.00}");
        new GraphDrawing("17–").Draw(columns.Graph, characters, interpretations, read, sure).AssertIsOfTheDocs("string-graphs.svg");
    }

    [Test]
    public void Draw_SegmentsOfATouchingPair_AreThoseOfTheDocs()
    {
        StripStyle pairs = StripStyle.Touching with { MinLength = 2, MaxLength = 2, MaxGap = -1 };
        LabeledStrip pair = new StripGenerator(Mnist.Test, pairs, seed: 1).Draw(0);
        new SegmentationDrawing(PretrainedModels.Digits, StripNormalizer.Normalize(pair.Picture)).Draw().AssertIsOfTheDocs("segmentation.svg");
    }

    /// <summary>A column for each level, with the first strings that the tool measures.</summary>
    [Test]
    public void Draw_StringsOfEachLevel_AreThoseOfTheDocs()
    {
        GrayImage[][] levels = [.. new[] { StripStyle.Clean, StripStyle.Touching, StripStyle.Hard }.Select(style => Enumerable.Range(0, 8).Select(i => new StripGenerator(Mnist.Test, style, seed: 2024).Draw(i).Picture).ToArray())];
        int cellHeight = StripGenerator.Height + Gap;
        Plane sheet = new(levels.Sum(level => level.Max(strip => strip.Width) + Gap) + Gap, (8 * cellHeight) + Gap);
        sheet.Values.AsSpan().Fill(255);
        int left = Gap;
        foreach (GrayImage[] level in levels)
        {
            for (int i = 0; i < level.Length; i++)
            {
                for (int y = 0; y < level[i].Height; y++)
                    level[i].Row(y).CopyTo(sheet.Row((i * cellHeight) + Gap + y)[left..]);
            }
            left += level.Max(strip => strip.Width) + Gap;
        }
        PictureGrid.AssertIsOfTheDocs(sheet.ToImage(), "strips.png");
    }
}
