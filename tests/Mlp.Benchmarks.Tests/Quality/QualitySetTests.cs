using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public sealed class QualitySetTests : IDisposable
{
    private readonly SmallSets _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void ReadAll_ReadsEveryDescription()
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, [])[1];

        Assert.Equal(("three", "three.csv", QualityTask.Multiclass, 120, 40, 9),
            (set.Name, set.File, set.Task, set.TrainCount, set.TestCount, set.MissingCells));
        Assert.Equal(["x", "y"], set.Numeric);
        Assert.Equal(["colour"], set.Categorical);
        Assert.Equal(("accuracy", "log_loss"), (set.MainMetric, set.LossMetric));
    }

    [Fact]
    public void ReadAll_AbsentFolder_SaysWhereToPoint()
    {
        FileNotFoundException exception = Assert.Throws<FileNotFoundException>(() => QualitySet.ReadAll("/nowhere", []));

        Assert.Contains("There is no /nowhere/datasets.json. Pass --data", exception.Message.Replace('\\', '/'));
    }

    [Fact]
    public void ReadAll_UnknownSet_NamesThoseThereAre()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => QualitySet.ReadAll(_data.Folder, ["two", "moons"]));

        Assert.Contains("names moons; the folder has two, three, number", exception.Message);
    }

    [Fact]
    public void Rows_OfATable_AreNumbersInTheirOrder_MissingOnesNaN()
    {
        QualitySet set = QualitySet.ReadAll(_data.Folder, ["number"])[0];
        string[][] lines = [.. File.ReadLines(Path.Combine(_data.Folder, "number.csv")).Skip(1).Select(line => line.Split(','))];

        IDataView view = QualityRows.Read(set, _data.Folder, withTest: true).ToView(new MLContext(0), [7, 1]);

        Assert.Equal([[float.Parse(lines[7][0]), float.NaN], [float.Parse(lines[1][0]), float.Parse(lines[1][2])]],
            view.GetColumn<float[]>("Numbers"));
        Assert.Equal([lines[7][1], ""], view.GetColumn<string>("colour"));
        Assert.Equal([float.Parse(lines[7][3]), float.Parse(lines[1][3])], view.GetColumn<float>("Label"));
    }

    [Fact]
    public void Rows_FewerThanDescribed_AreRefused()
    {
        string path = Path.Combine(_data.Folder, "three.csv");
        File.WriteAllLines(path, File.ReadAllLines(path)[..^1]);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(
            () => QualityRows.Read(QualitySet.ReadAll(_data.Folder, ["three"])[0], _data.Folder, withTest: true));

        Assert.Contains("three.csv has 159 rows where datasets.json says 160", exception.Message);
    }

    [Fact]
    public void Rows_OfImages_AreThePixelsOfTheirFiles()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_data.Folder, "images")).FullName;
        WriteImages(folder, "train", count: 3);
        WriteImages(folder, "t10k", count: 2);
        var set = new QualitySet("mnist", "images/", QualityTask.Multiclass, [], [], 3, 2, 0);

        QualityRows all = QualityRows.Read(set, _data.Folder, withTest: true), train = QualityRows.Read(set, _data.Folder, withTest: false);
        IDataView view = all.ToView(new MLContext(0), [4, 0]);

        Assert.Equal([false, false, false, true, true], all.IsTest);
        Assert.Equal(3, train.Labels.Count);
        Assert.Equal(["1", "0"], view.GetColumn<string>("Label"));
        Assert.Equal([1, 0], view.GetColumn<float[]>("Numbers").Select(pixels => pixels[0]));
        Assert.Equal((float)(1 * 784 + 783) % 251, view.GetColumn<float[]>("Numbers").First()[783]);
    }

    /// <summary>Image i is of class i; its first pixel is i, then pixel p is (784 i + p) mod 251.</summary>
    private static void WriteImages(string folder, string prefix, int count)
    {
        byte[] images = new byte[16 + count * 784], labels = new byte[8 + count];
        BinaryPrimitives.WriteInt32BigEndian(images, 0x803);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), count);
        for (int index = 0; index < count; index++)
        {
            labels[8 + index] = (byte)index;
            for (int pixel = 0; pixel < 784; pixel++)
                images[16 + index * 784 + pixel] = (byte)((784 * index + pixel) % 251);
            images[16 + index * 784] = (byte)index;
        }
        Write("images-idx3", images);
        Write("labels-idx1", labels);

        void Write(string kind, byte[] content)
        {
            using var stream = new GZipStream(File.Create(Path.Combine(folder, $"{prefix}-{kind}-ubyte.gz")), CompressionLevel.Fastest);
            stream.Write(content);
        }
    }
}
