namespace LeNet5;

/// <summary>One thread's memory for reading many pictures of one size: 16 a pass where all layers can, so that every lane of a vector works, or one by one.</summary>
/// <remarks>Gives the bits of reading them one by one.</remarks>
internal sealed class PictureBatch
{
    private const int PicturesPerPass = 16;

    private readonly Network network;
    private readonly Workspace workspace;
    private readonly int height;
    private readonly int width;
    private readonly float[] penalties;

    public PictureBatch(Network network, int height, int width)
    {
        this.network = network;
        this.height = height;
        this.width = width;
        Capacity = network.TakesManyPictures ? PicturesPerPass : 1;
        workspace = network.CreateWorkspaceForMany(Capacity);
        penalties = new float[network.OutputShape.Maps];
    }

    /// <summary>The most pictures that <see cref="Forward"/> takes.</summary>
    public int Capacity { get; }

    /// <summary>Reads pictures.</summary>
    /// <param name="pixels">Picture after picture, at least one.</param>
    public void Forward(ReadOnlySpan<byte> pixels)
    {
        if (Capacity == 1)
            workspace.LoadPixels(pixels, height, width);
        else
            workspace.LoadMany(pixels, height, width);
        network.Forward(workspace);
    }

    /// <summary>The penalties of one of the pictures; there until the next call.</summary>
    public ReadOnlySpan<float> Penalties(int picture)
    {
        workspace.CopyOutput(picture, penalties);
        return penalties;
    }
}
