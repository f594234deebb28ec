using SkiaSharp;

namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>Outcomes as a small picture, in the colours of the dashboard (Okabe and Ito's, told apart by the colour-blind).</summary>
internal static class OutcomePicture
{
    // By class: not yet, quiescent, sparks, abortive, wave, repetitive, plateau, undecided, failed, done.
    private static readonly SKColor[] _colours =
    [
        new(0, 0, 0, 0), new(0x2B, 0x4C, 0x7E), new(0x56, 0xB4, 0xE9), new(0xEC, 0xC9, 0x4B), new(0xD5, 0x5E, 0x00),
        new(0xCC, 0x79, 0xA7), new(0x00, 0x9E, 0x73), new(0x8C, 0x8C, 0x8C), new(0x11, 0x11, 0x11), new(0x00, 0x9E, 0x73),
    ];

    /// <summary>Draws a PNG; cells that are not known are transparent.</summary>
    /// <param name="cells">Classes [height × width], row 0 at the bottom.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static byte[] Png(ReadOnlySpan<byte> cells, int width, int height)
    {
        using var picture = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                picture.SetPixel(x, height - 1 - y, _colours[Math.Min((int)cells[(y * width) + x], _colours.Length - 1)]);
            }
        }

        using SKData png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
