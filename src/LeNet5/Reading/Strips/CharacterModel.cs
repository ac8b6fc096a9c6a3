using LeNet5.Graphs;

namespace LeNet5.Strips;

/// <summary>The character model: a transducer that turns what columns say into characters.</summary>
/// <remarks>
/// A character is seen by one column or by several in a row, and written once. Between two characters at least one column sees none: so repeats are merged, and a stray
/// class beside a character costs the column that it takes. Section VII of the paper, figure 27.
/// </remarks>
internal static class CharacterModel
{
    /// <summary>The model for the columns of a network: rubbish has the label behind the last class.</summary>
    public static Transducer For(Network network)
    {
        int rubbish = network.OutputShape.Maps;
        return network.Codes?.Blank is { } blank ? Create(blank, [blank, rubbish]) : Create(rubbish, [rubbish]);
    }

    /// <summary>Makes the model.</summary>
    /// <param name="characters">Number of characters: labels 0 and up.</param>
    /// <param name="none">Labels that stand for no character: the blank, rubbish.</param>
    public static Transducer Create(int characters, ReadOnlySpan<int> none)
    {
        List<Arc> arcs = [];
        foreach (int label in none)
            arcs.Add(new Arc(0, 0, label, Arc.Nothing, 0));
        for (int character = 0; character < characters; character++)
        {
            int within = 1 + character;
            arcs.Add(new Arc(0, within, character, character, 0));
            arcs.Add(new Arc(within, within, character, Arc.Nothing, 0));
            foreach (int label in none)
                arcs.Add(new Arc(within, 0, label, Arc.Nothing, 0));
        }
        return new Transducer(arcs, Enumerable.Range(0, 1 + characters));
    }
}
