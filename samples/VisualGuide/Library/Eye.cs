using System.Numerics.Tensors;
using LeNet5;

namespace VisualGuide;

/// <summary>The embedded network, for pictures that are not the digit of the page.</summary>
internal static class Eye
{
    private static readonly Network Network = PretrainedModels.Digits;
    private static readonly Calibration Calibration = new DigitReader(Network).Calibration;
    private static readonly Workspace Workspace = Network.CreateWorkspace();

    /// <summary>The class whose code is nearest, and what a reader says, which is nothing where even that code is too far.</summary>
    /// <param name="pixels">28x28 or 32x32 pixels, 0 ground to 255 ink, seen as they are.</param>
    public static (int Nearest, DigitReading Reading) Read(ReadOnlySpan<byte> pixels)
    {
        int side = pixels.Length == 28 * 28 ? 28 : 32;
        Workspace.LoadPixels(pixels, side, side);
        Network.Forward(Workspace);
        DigitReading reading = Calibration.Judge(Distances);
        return (reading.Label ?? TensorPrimitives.IndexOfMin<float>(Distances), reading);
    }

    /// <summary>The squared distances of the last picture to all codes.</summary>
    public static Span<float> Distances => Workspace.Output.Values;
}
