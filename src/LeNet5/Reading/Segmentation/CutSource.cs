namespace LeNet5.Segmentation;

/// <summary>Where the paper's reader looks for cuts (sections V and X).</summary>
internal enum CutSource
{
    /// <summary>A minimum of the vertical projection: little ink in the columns.</summary>
    Projection,

    /// <summary>A minimum of the distance between the upper and the lower contour.</summary>
    ContourDistance,

    /// <summary>A line that was dropped from the top: it hits and deflects.</summary>
    DropFromTop,

    /// <summary>The same from the bottom upwards.</summary>
    DropFromBottom,
}
