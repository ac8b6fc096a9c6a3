using System.Text;

namespace LeNet5;

/// <summary>Which input maps feed each output map of a convolution.</summary>
/// <remarks>Immutable and therefore thread-safe. The links are numbered output map by output map, the inputs of each in ascending order; kernels are stored in that order.</remarks>
public sealed class ConnectionTable
{
    private const int MostLinks = 500_000_000;

    private readonly int[][] inputsOf;
    private readonly int[] firstLinkOf;
    private int[]? allLinks;
    private (int[] Outputs, int[] Links)[]? from;

    /// <summary>Makes a table from the list of inputs of each output map.</summary>
    /// <param name="inputs">Number of input maps, at least 1.</param>
    /// <param name="inputsOf">For each output map, the input maps that feed it, in ascending order, each 0 to <paramref name="inputs"/> - 1 and at least one.</param>
    /// <exception cref="ArgumentException">An output map has no inputs, or they are out of range or order.</exception>
    public ConnectionTable(int inputs, IEnumerable<IEnumerable<int>> inputsOf)
        : this(inputs, [.. (inputsOf ?? throw new ArgumentNullException(nameof(inputsOf))).Select(list => (list ?? []).ToArray())])
    {
        if (this.inputsOf.Length == 0)
            throw new ArgumentException("A connection table needs at least one output map.", nameof(inputsOf));
        for (int output = 0; output < Outputs; output++)
        {
            int[] list = this.inputsOf[output];
            if (list.Length == 0)
                throw new ArgumentException($"Output map {output} of the connection table has no inputs. Give it at least one.", nameof(inputsOf));
            for (int i = 0; i < list.Length; i++)
            {
                if (list[i] < 0 || list[i] >= inputs || (i > 0 && list[i] <= list[i - 1]))
                    throw new ArgumentException($"Output map {output} of the connection table lists inputs {string.Join(' ', list)}. List them in ascending order, each once, from 0 to {inputs - 1}.", nameof(inputsOf));
            }
        }
    }

    private ConnectionTable(int inputs, int[][] inputsOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        Inputs = inputs;
        this.inputsOf = inputsOf;
        firstLinkOf = new int[inputsOf.Length];
        for (int output = 0; output < inputsOf.Length; output++)
        {
            firstLinkOf[output] = LinkCount;
            LinkCount = checked(LinkCount + inputsOf[output].Length);
        }
    }

    /// <summary>The table of the paper between S2 and C3 (table I): 6 maps to 16, 60 links. It bounds the number of connections and breaks symmetry.</summary>
    public static ConnectionTable TableI { get; } = Parse("""
        X...XXX..XXXX.XX
        XX...XXX..XXXX.X
        XXX...XXX..X.XXX
        .XXX..XXXX..X.XX
        ..XXX..XXXX.XX.X
        ...XXX..XXXX.XXX
        """);

    /// <summary>Number of input maps.</summary>
    public int Inputs { get; }

    /// <summary>Number of output maps.</summary>
    public int Outputs => inputsOf.Length;

    /// <summary>Number of links between an input map and an output map: one kernel each.</summary>
    public int LinkCount { get; }

    /// <summary>Whether every input map feeds every output map.</summary>
    public bool IsComplete => LinkCount == (long)Inputs * Outputs;

    /// <summary>A table that links every input map to every output map.</summary>
    /// <param name="inputs">Number of input maps, at least 1.</param>
    /// <param name="outputs">Number of output maps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException">There would be more than 500,000,000 links.</exception>
    public static ConnectionTable Complete(int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if ((long)inputs * outputs > MostLinks)
            throw new ArgumentException($"A complete table of {inputs} input maps and {outputs} output maps has {(long)inputs * outputs} links, but {MostLinks} are the most. Take fewer maps.");
        int[] all = [.. Enumerable.Range(0, inputs)];
        int[][] lists = new int[outputs][];
        Array.Fill(lists, all);
        return new ConnectionTable(inputs, lists);
    }

    /// <summary>Reads a table drawn as the paper draws it: a row for each input map, a column for each output map, <c>X</c> where they are linked and
    /// <c>.</c> where not.</summary>
    /// <param name="picture">Lines of equal length. What <see cref="ToString"/> prints.</param>
    /// <exception cref="ArgumentException">The lines differ in length, hold other characters, or leave a column empty.</exception>
    public static ConnectionTable Parse(string picture)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(picture);
        string[] rows = picture.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (rows.Any(row => row.Length != rows[0].Length || row.AsSpan().ContainsAnyExcept('X', '.')))
            throw new ArgumentException("A connection table is drawn as lines of equal length made of X and dots.", nameof(picture));
        return new ConnectionTable(rows.Length, Enumerable.Range(0, rows[0].Length).Select(column =>
            Enumerable.Range(0, rows.Length).Where(row => rows[row][column] == 'X')));
    }

    /// <summary>The input maps that feed an output map, in ascending order.</summary>
    /// <param name="output">0 to <see cref="Outputs"/> - 1.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such map.</exception>
    public ReadOnlySpan<int> InputsOf(int output) => inputsOf[output];

    /// <summary>The number of the first link of an output map; the others follow in the order of <see cref="InputsOf"/>.</summary>
    /// <param name="output">0 to <see cref="Outputs"/> - 1.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such map.</exception>
    public int FirstLinkOf(int output) => firstLinkOf[output];

    /// <summary>The output maps that an input map feeds, in ascending order.</summary>
    /// <param name="input">0 to <see cref="Inputs"/> - 1.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such map.</exception>
    public ReadOnlySpan<int> OutputsFrom(int input) => From[input].Outputs;

    /// <summary>The numbers of the links to an output map, in the order of <see cref="InputsOf"/>.</summary>
    internal ReadOnlySpan<int> LinksTo(int output) => AllLinks.AsSpan(firstLinkOf[output], inputsOf[output].Length);

    /// <summary>The numbers of the links from an input map, in the order of <see cref="OutputsFrom"/>.</summary>
    internal ReadOnlySpan<int> LinksFrom(int input) => From[input].Links;

    /// <summary>0, 1, 2, ...; made when it is first asked for, since a full layer has many links and does without.</summary>
    private int[] AllLinks => allLinks ??= [.. Enumerable.Range(0, LinkCount)];

    /// <summary>The table seen from its inputs; found when it is first asked for, since a forward pass does without.</summary>
    private (int[] Outputs, int[] Links)[] From => from ??=
    [
        .. Enumerable.Range(0, Inputs).Select(input =>
        {
            int[] outputs = [.. Enumerable.Range(0, Outputs).Where(output => Array.BinarySearch(inputsOf[output], input) >= 0)];
            return (outputs, outputs.Select(output => firstLinkOf[output] + Array.BinarySearch(inputsOf[output], input)).ToArray());
        }),
    ];

    /// <summary>Draws the table: a row for each input map, a column for each output map.</summary>
    public override string ToString()
    {
        StringBuilder picture = new();
        for (int input = 0; input < Inputs; input++)
        {
            if (input > 0)
                picture.Append('\n');
            foreach (int[] list in inputsOf)
                picture.Append(Array.BinarySearch(list, input) >= 0 ? 'X' : '.');
        }
        return picture.ToString();
    }
}
