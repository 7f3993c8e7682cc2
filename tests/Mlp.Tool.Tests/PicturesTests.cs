using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

public sealed class PicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void AFolderOfPictures_Trains_AndItsOwnTestPicturesTest()
    {
        Write("train", 60);
        Write("t10k", 20);
        JsonElement document = ToolRun.Json(
            "train", _folder.FullPath, "-l", "label", "--preset", "fast", "--epochs", "20", "--out", _folder.PathOf("model.zip"));
        Assert.Equal(20, document.GetProperty("split").GetProperty("testRows").GetInt32());
        Assert.Equal(60, document.GetProperty("split").GetProperty("trainRows").GetInt32());
        Assert.Equal(3, document.GetProperty("table").GetProperty("label").GetProperty("classes").GetArrayLength());
        Assert.InRange(ToolRun.Metrics(document)["accuracy"].Value, 0.9, 1);
    }

    [Fact]
    public void FilesThatDoNotFit_AreOneLine()
    {
        Write("train", 10);
        Assert.Contains("has no file t10k-images-idx3-ubyte", Fail());
        Write("t10k", 10);
        byte[] labels = Idx([12], new byte[12]);
        File.WriteAllBytes(_folder.PathOf("t10k-labels-idx1-ubyte"), labels);
        Assert.Contains("10 pictures of 't10k' and 12 labels", Fail());
        File.WriteAllBytes(_folder.PathOf("t10k-labels-idx1-ubyte"), labels[..6]);
        Assert.Contains("ends before it should", Fail());
        using (var gzip = new GZipStream(File.Create(_folder.PathOf("t10k-images-idx3-ubyte.gz")), CompressionLevel.Optimal))
            gzip.Write(Idx([10, 3, 3], new byte[90]));
        File.Delete(_folder.PathOf("t10k-images-idx3-ubyte"));
        File.WriteAllBytes(_folder.PathOf("t10k-labels-idx1-ubyte"), Idx([10], new byte[10]));
        Assert.Contains("test pictures of 9 pixels and training pictures of 16", Fail());
        File.WriteAllBytes(_folder.PathOf("train-images-idx3-ubyte"), "not idx at all"u8.ToArray());
        Assert.Contains("is no idx file of bytes: it begins with 6E6F7420", Fail());
        File.WriteAllBytes(_folder.PathOf("train-images-idx3-ubyte"), Idx([10, int.MaxValue, 2], []));
        Assert.Contains("says that a row has 2,147,483,647 values", Fail());
    }

    public void Dispose() => _folder.Dispose();

    private string Fail() =>
        ToolRun.Fails(ExitCode.BadInput, "train", _folder.FullPath, "-l", "label", "--out", _folder.PathOf("model.zip"));

    /// <summary>A folder that trains.</summary>
    internal static void WriteFolder(string folder, int trainCount, int testCount)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "train", trainCount);
        Write(folder, "t10k", testCount);
    }

    private void Write(string prefix, int count) => Write(_folder.FullPath, prefix, count);

    /// <summary>Pictures of 4 x 4 with a bright row, whose number is the label.</summary>
    private static void Write(string folder, string prefix, int count)
    {
        var random = new Random(1);
        byte[] pictures = new byte[count * 16], labels = new byte[count];
        random.NextBytes(pictures);
        for (int index = 0; index < count; index++)
        {
            labels[index] = (byte)(index % 3);
            for (int pixel = 0; pixel < 16; pixel++)
                pictures[index * 16 + pixel] = (byte)(pictures[index * 16 + pixel] / 4 + (pixel / 4 == labels[index] ? 190 : 0));
        }
        File.WriteAllBytes(Path.Combine(folder, $"{prefix}-images-idx3-ubyte"), Idx([count, 4, 4], pictures));
        File.WriteAllBytes(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), Idx([count], labels));
    }

    private static byte[] Idx(int[] sizes, byte[] values)
    {
        byte[] bytes = new byte[4 + 4 * sizes.Length + values.Length];
        (bytes[2], bytes[3]) = (8, (byte)sizes.Length);
        for (int index = 0; index < sizes.Length; index++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * index), sizes[index]);
        values.CopyTo(bytes, 4 + 4 * sizes.Length);
        return bytes;
    }
}
