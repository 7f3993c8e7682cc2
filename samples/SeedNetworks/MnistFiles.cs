using System.IO.Compression;
using System.Security.Cryptography;

/// <summary>Images and labels in MNIST's own format (idx), compressed or not.</summary>
internal sealed class MnistFiles
{
    public const int PixelCount = 784, ClassCount = 10;

    public MnistFiles(string folder, string prefix, Func<string, string> expectedHash)
    {
        Images = Read($"{prefix}-images-idx3-ubyte", headerLength: 16);
        Labels = Read($"{prefix}-labels-idx1-ubyte", headerLength: 8);

        byte[] Read(string name, int headerLength)
        {
            string path = Path.Combine(folder, name);
            byte[] content = File.Exists(path) ? File.ReadAllBytes(path) : Decompress(path + ".gz");
            // The hash vouches for everything else: counts, sizes, order.
            if (Convert.ToHexStringLower(SHA256.HashData(content)) != expectedHash(name))
                throw new InvalidDataException(
                    $"{path} has {content.Length:N0} bytes, but they are not those of MNIST's {name}. Get the file again.");
            return content[headerLength..];
        }
    }

    /// <summary>[images x 784].</summary>
    public byte[] Images { get; }

    /// <summary>0 … 9, one per image.</summary>
    public byte[] Labels { get; }

    private static byte[] Decompress(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
