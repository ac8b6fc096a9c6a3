using System.Runtime.InteropServices.JavaScript;
using LeNet5;
using LeNet5.Imaging;

namespace VisualGuide;

/// <summary>How far a digit can be deformed and still be read.</summary>
internal static partial class Limits
{
    private const int FieldSide = 32;

    /// <summary>The answer where the normalizer finds nothing.</summary>
    private const int Nothing = -100;

    private static byte[] sheet = [], seen = [];

    /// <summary>Deforms a digit and reads it.</summary>
    /// <param name="pixels">28x28 pixels, 0 ground to 255 ink.</param>
    /// <param name="sliders">As <see cref="Deformation"/> takes them.</param>
    /// <param name="normalize">Whether the normalizer may find the digit and bring it into the form of MNIST, or the network sees the middle of the sheet as it is.</param>
    /// <returns>The reading.</returns>
    [JSExport]
    internal static string Show(byte[] pixels, double[] sliders, bool normalize)
    {
        sheet = Deformation.Of(sliders).Draw(pixels, noise: 0);
        (int nearest, DigitReading reading) = Read(sheet, normalize);
        return Json.Object(json =>
        {
            json.WriteNumber("answer", nearest);
            json.WriteNumber("posterior", reading.Posterior);
            json.WriteNumber("runnerUp", reading.RunnerUp);
            json.WriteString("reason", reading.Reason.ToString());
            json.WriteStartArray("distances");
            foreach (float distance in Eye.Distances)
                json.WriteNumberValue((double)distance);
            json.WriteEndArray();
        });
    }

    /// <summary>The sheet of the last <see cref="Show"/>, 64x64 pixels.</summary>
    [JSExport]
    internal static byte[] Sheet() => sheet;

    /// <summary>What the network saw in it: 32x32 pixels of its middle, or 28x28 from the normalizer.</summary>
    [JSExport]
    internal static byte[] Seen() => seen;

    /// <summary>The answer for a digit deformed: its class, or the complement of it (-1 for 0, -2 for 1, ...) where a reader would reject the picture, or -100 where there is nothing to be read.</summary>
    /// <param name="pixels">28x28 pixels, 0 ground to 255 ink.</param>
    /// <param name="sliders">As <see cref="Deformation"/> takes them.</param>
    /// <param name="normalize">As for <see cref="Show"/>.</param>
    [JSExport]
    internal static int Answer(byte[] pixels, double[] sliders, bool normalize)
    {
        (int nearest, DigitReading reading) = Read(Deformation.Of(sliders).Draw(pixels, noise: 0), normalize);
        return nearest < 0 ? Nothing : reading.Label is null ? ~nearest : nearest;
    }

    /// <summary>Reads a sheet.</summary>
    public static (int Nearest, DigitReading Reading) Read(byte[] sheet, bool normalize)
    {
        if (!normalize)
        {
            seen = Middle(sheet);
            return Eye.Read(seen);
        }
        NormalizedDigit digit = DigitNormalizer.Normalize(Paper(sheet));
        seen = digit.Picture.Pixels.ToArray();
        (int nearest, DigitReading reading) = Eye.Read(seen);
        return (digit.Rejection == Rejection.Blank ? -1 : nearest, reading.InPicture(digit));
    }

    private static byte[] Middle(byte[] sheet)
    {
        const int margin = (Deformation.SheetSide - FieldSide) / 2;
        byte[] middle = new byte[FieldSide * FieldSide];
        for (int row = 0; row < FieldSide; row++)
            Array.Copy(sheet, ((row + margin) * Deformation.SheetSide) + margin, middle, row * FieldSide, FieldSide);
        return middle;
    }

    /// <summary>Dark ink on white, as it would be photographed.</summary>
    private static GrayImage Paper(byte[] sheet) =>
        GrayImage.Borrow(Deformation.SheetSide, Deformation.SheetSide, Array.ConvertAll(sheet, static ink => (byte)(255 - ink)));
}
