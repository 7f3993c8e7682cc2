using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Benchmarks.Quality;

/// <summary>MNIST in its original format (idx, gzipped): grey pixels from 0 to 255, row by row.</summary>
internal sealed class ImageRows : QualityRows
{
    private const int PixelCount = 784, ImagesMagic = 0x803, LabelsMagic = 0x801;

    private readonly Image[] _images;

    public ImageRows(string folder, bool withTest)
    {
        Image[] train = Read(folder, "train"), test = withTest ? Read(folder, "t10k") : [];
        _images = [.. train, .. test];
        Labels = [.. _images.Select(image => image.Label)];
        IsTest = [.. _images.Select((_, index) => index >= train.Length)];
    }

    public override IReadOnlyList<string> Labels { get; }

    public override IReadOnlyList<bool> IsTest { get; }

    /// <summary>The objects are in memory already.</summary>
    public override IDataView ToView(MLContext ml, IReadOnlyList<int> rows) =>
        ml.Data.LoadFromEnumerable((Image[])[.. rows.Select(row => _images[row])]);

    private static Image[] Read(string folder, string prefix)
    {
        byte[] pixels = Decompress(Path.Combine(folder, $"{prefix}-images-idx3-ubyte.gz"), ImagesMagic, headerLength: 16, PixelCount);
        byte[] labels = Decompress(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte.gz"), LabelsMagic, headerLength: 8, itemLength: 1);
        return
        [
            .. labels.Select((label, index) => new Image
            {
                Label = $"{label}",
                Numbers = Array.ConvertAll(pixels[(index * PixelCount)..((index + 1) * PixelCount)], pixel => (float)pixel),
            }),
        ];
    }

    /// <summary>What follows the header.</summary>
    private static byte[] Decompress(string path, int magic, int headerLength, int itemLength)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        byte[] bytes = content.ToArray();
        int found = BinaryPrimitives.ReadInt32BigEndian(bytes), count = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4));
        if (found != magic || bytes.Length != headerLength + count * itemLength)
            throw new InvalidDataException(
                $"{path} has magic 0x{found:X} and {bytes.Length:N0} bytes for {count:N0} items; it is no such idx file. Get it anew.");
        return bytes[headerLength..];
    }

    private sealed class Image
    {
        [VectorType(PixelCount)]
        public float[] Numbers { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
