namespace LeNet5.Imaging;

/// <summary>Ink that hangs together, corners included.</summary>
internal sealed class InkComponent
{
    /// <summary>The smallest box around it.</summary>
    public PixelBox Box { get; set; }

    /// <summary>Number of its pixels.</summary>
    public int Area { get; set; }

    /// <summary>Sum of the blackness of its pixels.</summary>
    public long Mass { get; set; }

    /// <summary>Blackness of its blackest pixel.</summary>
    public int Blackest { get; set; }

    /// <summary>Its pixels on the picture's edge.</summary>
    public int EdgeLength { get; set; }

    /// <summary>Its rows' pieces.</summary>
    public List<InkRun> Runs { get; } = [];
}

/// <summary>Ink side by side in a row.</summary>
/// <param name="Row">Row.</param>
/// <param name="Start">First column.</param>
/// <param name="End">Column behind the last.</param>
internal readonly record struct InkRun(int Row, int Start, int End);
