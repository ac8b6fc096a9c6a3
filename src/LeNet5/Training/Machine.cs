using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;
using LeNet5.Kernels;

namespace LeNet5.Training;

/// <summary>The machine that a training runs on, for its metadata.</summary>
internal static class Machine
{
    /// <summary>Names processor, vectors and runtime, e.g. <c>AMD EPYC 9B14, 512-bit vectors, fused multiply-add, .NET 10.0.1</c>.</summary>
    public static string Description { get; } =
        $"{ProcessorName() ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Simd.Bits}-bit vectors, {(Fma.IsSupported || AdvSimd.IsSupported ? "fused" : "no fused")} multiply-add, {RuntimeInformation.FrameworkDescription}";

    /// <summary>What an x86 processor says of itself; <see langword="null"/> for others.</summary>
    private static string? ProcessorName()
    {
        const int firstLeaf = unchecked((int)0x80000002);
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004)
            return null;
        Span<int> name = stackalloc int[12];
        for (int i = 0; i < 3; i++)
            (name[4 * i], name[(4 * i) + 1], name[(4 * i) + 2], name[(4 * i) + 3]) = X86Base.CpuId(firstLeaf + i, 0);
        string text = Encoding.ASCII.GetString(MemoryMarshal.AsBytes(name)).TrimEnd('\0').Trim();
        return text.Length > 0 ? text : null;
    }
}
