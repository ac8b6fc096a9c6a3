namespace LeNet5.Tests.Reading.Strips;

/// <summary>What a row of columns says, by the rules of the character model in plain words.</summary>
internal static class PlainSpelling
{
    /// <summary>The characters of a row of labels; <see langword="null"/> where two different ones stand side by side.</summary>
    /// <param name="labels">A label for each column; those from <paramref name="characters"/> on are no characters.</param>
    /// <param name="characters">Number of characters.</param>
    public static int[]? Of(ReadOnlySpan<int> labels, int characters)
    {
        List<int> spelled = [];
        for (int i = 0; i < labels.Length; i++)
        {
            bool isCharacter = labels[i] < characters, followsCharacter = i > 0 && labels[i - 1] < characters;
            if (isCharacter && !followsCharacter)
                spelled.Add(labels[i]);
            else if (isCharacter && labels[i] != labels[i - 1])
                return null;
        }
        return [.. spelled];
    }

    /// <summary>All rows of so many labels.</summary>
    public static IEnumerable<int[]> Rows(int labels, int length) => length == 0
        ? [[]]
        : Rows(labels, length - 1).SelectMany(row => Enumerable.Range(0, labels).Select(label => (int[])[.. row, label]));
}
