using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace VisualGuide;

internal static class Program
{
    /// <summary>The page calls what it needs.</summary>
    private static void Main()
    {
    }
}
