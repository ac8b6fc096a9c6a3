using System.Runtime.Intrinsics;

namespace LeNet5.Kernels;

/// <summary>The one place where the vector width is chosen.</summary>
/// <remarks>
/// Every kernel is written once, over <see cref="ILanes{TVector}"/>, and gives the same bits at each width:
/// either each output has an accumulator of its own, or a sum is kept in 16 partial sums whatever the width (<see cref="Reduction"/>).
/// </remarks>
internal static class Simd
{
    /// <summary>512, 256 or 128: the widest vectors that the machine has in hardware. Tests set it to run the narrower kernels.</summary>
    public static int Bits { get; set; } =
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
