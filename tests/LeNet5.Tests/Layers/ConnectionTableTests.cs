using LeNet5.Tests.Oracle;

namespace LeNet5.Tests.Layers;

public class ConnectionTableTests
{
    /// <summary>Table I column by column: the S2 maps that feed each C3 map.</summary>
    private static readonly int[][] Columns =
    [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5], [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ];

    /// <summary>Table I row by row: the C3 maps that each S2 map feeds.</summary>
    private static readonly int[][] Rows =
    [
        [0, 4, 5, 6, 9, 10, 11, 12, 14, 15],
        [0, 1, 5, 6, 7, 10, 11, 12, 13, 15],
        [0, 1, 2, 6, 7, 8, 11, 13, 14, 15],
        [1, 2, 3, 6, 7, 8, 9, 12, 14, 15],
        [2, 3, 4, 7, 8, 9, 10, 12, 13, 15],
        [3, 4, 5, 8, 9, 10, 11, 13, 14, 15],
    ];

    [Test]
    public void TableI_EachColumn_IsThePapers()
    {
        ConnectionTable table = ConnectionTable.TableI;
        Assert.That((table.Inputs, table.Outputs, table.LinkCount, table.IsComplete), Is.EqualTo((6, 16, 60, false)));
        int link = 0;
        for (int output = 0; output < 16; output++)
        {
            Assert.That(table.InputsOf(output).ToArray(), Is.EqualTo(Columns[output]), $"C3 map {output}");
            Assert.That(table.FirstLinkOf(output), Is.EqualTo(link));
            link += Columns[output].Length;
        }
    }

    [Test]
    public void TableI_EachRow_IsThePapersWithTheLinksOfItsColumns()
    {
        ConnectionTable table = ConnectionTable.TableI;
        for (int input = 0; input < 6; input++)
        {
            Assert.That(table.OutputsFrom(input).ToArray(), Is.EqualTo(Rows[input]), $"S2 map {input}");
            foreach ((int output, int link) in Rows[input].Zip(table.LinksFrom(input).ToArray()))
                Assert.That(table.InputsOf(output)[link - table.FirstLinkOf(output)], Is.EqualTo(input));
        }
    }

    [Test]
    public void Parse_WhatToStringPrints_GivesTheSameTable([Range(1, 10)] int seed)
    {
        SeededRandom random = new((ulong)seed);
        ConnectionTable table = RandomNetworks.Table(1 + random.NextInt32(8), 1 + random.NextInt32(8), ref random);
        ConnectionTable parsed = ConnectionTable.Parse(table.ToString());
        Assert.That((parsed.Inputs, parsed.Outputs), Is.EqualTo((table.Inputs, table.Outputs)));
        for (int output = 0; output < table.Outputs; output++)
            Assert.That(parsed.InputsOf(output).ToArray(), Is.EqualTo(table.InputsOf(output).ToArray()));
    }

    [Test]
    public void ToString_TwoInputsOfThreeOutputs_DrawsRowsOfInputs() =>
        Assert.That(new ConnectionTable(2, [[0], [0, 1], [1]]).ToString(), Is.EqualTo("XX.\n.XX"));

    [Test]
    public void Parse_LinesOfWindows_AreTheSame() =>
        Assert.That(ConnectionTable.Parse("XX.\r\n.XX\r\n").ToString(), Is.EqualTo("XX.\n.XX"));

    [Test]
    public void Complete_AnyCounts_LinksAllWithAll()
    {
        ConnectionTable table = ConnectionTable.Complete(3, 2);
        Assert.That((table.ToString(), table.LinkCount, table.IsComplete), Is.EqualTo(("XX\nXX\nXX", 6, true)));
    }

    [TestCase("")]
    [TestCase("XX\nX", Description = "lines of different length")]
    [TestCase("Xx", Description = "another character")]
    [TestCase("X.\nX.", Description = "an output without inputs")]
    public void Parse_NoTable_IsRefused(string picture) =>
        Assert.That(() => ConnectionTable.Parse(picture), Throws.ArgumentException);

    [TestCase(new int[0], Description = "no inputs")]
    [TestCase(new[] { 2 }, Description = "beyond the last")]
    [TestCase(new[] { -1 }, Description = "before the first")]
    [TestCase(new[] { 1, 0 }, Description = "descending")]
    [TestCase(new[] { 1, 1 }, Description = "twice")]
    public void ConnectionTable_InputsNotInOrderAndRange_NamesTheOutput(int[] inputs) =>
        Assert.That(() => new ConnectionTable(2, [[0], inputs]), Throws.ArgumentException.With.Message.StartsWith("Output map 1"));

    [Test]
    public void ConnectionTable_NoOutputs_IsRefused() => Assert.That(() => new ConnectionTable(2, []), Throws.ArgumentException);

    [Test]
    public void ConnectionTable_NoInputs_IsRefused() => Assert.That(() => new ConnectionTable(0, [[0]]), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
