using System.Runtime.CompilerServices;

namespace LeNet5.Kernels;

/// <summary>Exponential and logarithm made of additions, multiplications and divisions only, so that every machine and operating system gets the same bits.</summary>
internal static class Elementary
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e^x, to about one unit in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x)
    {
        if (!(x >= -700 && x <= 709))
            return ExtremeExp(x);

        // x = n ln 2 + r with |r| at most half of ln 2, then the power series of e^r, in pairs of pairs so that little waits for what came before.
        double n = Math.Round(x * 1.4426950408889634);
        double r = x - (n * Ln2High) - (n * Ln2Low);
        double r2 = r * r;
        double r4 = r2 * r2;
        double to3 = (r2 * (1.0 / 2)) + (r2 * r * (1.0 / 6));
        double from4 = (1.0 / 24) + (r * (1.0 / 120)) + (r2 * ((1.0 / 720) + (r * (1.0 / 5040))));
        double from8 = (1.0 / 40320) + (r * (1.0 / 362880)) + (r2 * ((1.0 / 3628800) + (r * (1.0 / 39916800))));
        double from12 = (1.0 / 479001600) + (r * (1.0 / 6227020800));
        double sum = 1 + (r + (to3 + (r4 * (from4 + (r4 * (from8 + (r4 * from12)))))));
        return sum * BitConverter.Int64BitsToDouble((double.ConvertToIntegerNative<long>(n) + 1023) << 52);
    }

    private static double ExtremeExp(double x) =>
        double.IsNaN(x) ? x
        : x > 709.782712893384 ? double.PositiveInfinity
        : x < -745.2 ? 0
        : x > 0 ? Math.E * Exp(x - 1)
        : Exp(x + 60) * 8.75651076269652e-27;

    /// <summary>The natural logarithm of a positive number, to about one unit in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsInfinity(x))
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 1L << 54;
            exponent = -54;
        }
        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // log m = 2 artanh((m - 1) / (m + 1)).
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double sum = 1.0 / 23;
        sum = (sum * square) + (1.0 / 21);
        sum = (sum * square) + (1.0 / 19);
        sum = (sum * square) + (1.0 / 17);
        sum = (sum * square) + (1.0 / 15);
        sum = (sum * square) + (1.0 / 13);
        sum = (sum * square) + (1.0 / 11);
        sum = (sum * square) + (1.0 / 9);
        sum = (sum * square) + (1.0 / 7);
        sum = (sum * square) + (1.0 / 5);
        sum = (sum * square) + (1.0 / 3);
        sum = (sum * square) + 1;
        return (exponent * Ln2High) + ((2 * s * sum) + (exponent * Ln2Low));
    }
}
