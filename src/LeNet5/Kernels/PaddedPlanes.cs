namespace LeNet5.Kernels;

/// <summary>Planes with as many zeros around as a kernel can reach, and as fill the last vector of a row.</summary>
internal readonly record struct PaddedPlanes
{
    public PaddedPlanes(Shape planes, int kernel)
    {
        int border = kernel - 1;
        Pitch = border + Math.Max(planes.Width + border, AlignedMemory.WholeLines(planes.Width));
        Stride = checked(Pitch * (planes.Height + (2 * border)));
        First = (border * Pitch) + border;
        Length = AlignedMemory.Spaced(checked(planes.Maps * Stride));
    }

    /// <summary>Distance of rows.</summary>
    public int Pitch { get; }

    /// <summary>Distance of planes.</summary>
    public int Stride { get; }

    /// <summary>Where the first value of a plane lies.</summary>
    public int First { get; }

    /// <summary>Length of all planes.</summary>
    public int Length { get; }
}
