namespace LeNet5.Kernels;

/// <summary>How the taps of a kernel find their values and their weights.</summary>
/// <param name="PlaneStride">Distance of planes.</param>
/// <param name="Pitch">Distance of rows.</param>
/// <param name="Step">Distance of columns: 1, or the number of pictures that lie interleaved.</param>
/// <param name="First">Index of the weight of the first tap in its kernel.</param>
/// <param name="Direction">1, or -1 for kernels turned around.</param>
/// <param name="ZerosAround">Whether the planes lie in a border of zeros, as wide as a tap can reach.</param>
internal readonly record struct Taps(nint PlaneStride, nint Pitch, nint Step, nint First, nint Direction, bool ZerosAround);
