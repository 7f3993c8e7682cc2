using System.IO.Compression;
using Microsoft.ML;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tests;

/// <summary>What a model file says of key columns.</summary>
public class CategoryValuesTests
{
    private static readonly int[] Counts = [5, 3];

    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    private readonly MlpRegressionTransformer _model;

    public CategoryValuesTests()
    {
        _data = KeyRows.View(_ml, rowCount: 30);
        _model = _ml.Regression.Trainers.Mlp(KeyRows.Regression(1, "ShopKey", "Class")).Fit(_data);
    }

    [Fact]
    public void Read_GivesWhatWasWritten()
    {
        CategoryValues[] read = Read(Bytes());
        Assert.Equal(["ShopKey", "Class"], read.Select(column => column.Name));
        Assert.Equal(KeyRows.Shops, read[0].Values!.ToTexts());
        Assert.Null(read[1].Values);
        Assert.Equal(["ShopKey", "Class"], _model.CategoricalColumnNames);
    }

    [Fact]
    public void AnyByteDamaged_IsReadOrRefusedByWhatTheFileHas()
    {
        int refusedCount = 0;
        for (int position = 0; position < Bytes().Length; position++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] bytes = Bytes();
                bytes[position] = (byte)value;
                refusedCount += IsRefused(bytes) ? 1 : 0;
            }
        }
        Assert.InRange(refusedCount, Bytes().Length, Bytes().Length * 256);
    }

    [Fact]
    public void CutOffAnywhere_IsRefused()
    {
        for (int length = 0; length < Bytes().Length; length++)
            Assert.True(IsRefused(Bytes()[..length]));
    }

    [Theory]
    [InlineData(3, "3 categorical columns where its network reads 2")]
    [InlineData(-1, "-1 categorical columns where its network reads 2")]
    [InlineData(int.MaxValue, "2147483647 categorical columns where its network reads 2")]
    public void AnotherNumberOfColumns_IsRefused(int count, string problem) => AssertDamaged(
        problem, [.. BitConverter.GetBytes(count), .. Bytes()[4..]]);

    [Fact]
    public void NamesThatAreNone_Flags_AndBytesBehind_AreRefused()
    {
        AssertDamaged("categorical column 1 with no name", [2, 0, 0, 0, 0, 0]);
        AssertDamaged("categorical column 2 with the name of another", [2, 0, 0, 0, 1, 65, 0, 1, 65, 0]);
        AssertDamaged("7 where 1 stands for a categorical column with values and 0 for one without", [2, 0, 0, 0, 1, 65, 7]);
        AssertDamaged("bytes after its categorical columns", [.. Bytes(), 0]);
        Assert.Equal(
            "The model file has values of a categorical column of type 99; the last one is 15. It is damaged or newer; update the package "
                + "or save it again.",
            Assert.Throws<FormatException>(() => Read([2, 0, 0, 0, 1, 65, 1, 99])).Message);
    }

    [Fact]
    public void AZipWithoutThem_IsRefused_WhereTheNetworkReadsKeys()
    {
        Assert.Equal(
            "The model file has no entry 'Categories' with the names of the 2 key columns that its network reads. Save or transfer it "
                + "again.",
            Assert.IsType<FormatException>(LoadError(Change(Zip(_model), _ => null))).Message);
        Assert.Equal(
            "The model file's entry of the network is cut off or damaged. Save or transfer it again.",
            Assert.IsType<FormatException>(LoadError(Change(Zip(_model), bytes => bytes[..^1]))).Message);
        // One that reads none has no such part.
        byte[] plain = Zip(_ml.Regression.Trainers.Mlp(Blobs.Regression("Number")).Fit(_data));
        using var archive = new ZipArchive(new MemoryStream(plain));
        Assert.DoesNotContain(archive.Entries, IsCategories);
        Assert.IsType<MlpRegressionTransformer>(_ml.Model.Load(new MemoryStream(plain), out _));
    }

    // The exceptions that TransformerFile turns into a message of its own, or such a message.
    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            Read(bytes);
            return false;
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            return true;
        }
        catch (FormatException exception)
        {
            Assert.StartsWith("The model file has", exception.Message, StringComparison.Ordinal);
            return true;
        }
    }

    private static void AssertDamaged(string problem, byte[] bytes) => Assert.Equal(
        $"The model file has {problem}. It is damaged; save or transfer it again.",
        Assert.Throws<FormatException>(() => Read(bytes)).Message);

    private static CategoryValues[] Read(byte[] bytes) => CategoryValues.Read(new BinaryReader(new MemoryStream(bytes)), Counts);

    private byte[] Bytes()
    {
        var stream = new MemoryStream();
        CategoryValues.Write(new BinaryWriter(stream), _model.Model.Categories);
        return stream.ToArray();
    }

    private static Exception LoadError(byte[] zip) =>
        Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(new MemoryStream(zip), out _)).GetBaseException();

    private static bool IsCategories(ZipArchiveEntry entry) => entry.FullName.EndsWith("Categories", StringComparison.Ordinal);

    private static byte[] Change(byte[] zip, Func<byte[], byte[]?> change)
    {
        using var stream = new MemoryStream();
        stream.Write(zip);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry entry = Assert.Single(archive.Entries, IsCategories);
            using var bytes = new MemoryStream();
            using (Stream source = entry.Open())
                source.CopyTo(bytes);
            string name = entry.FullName;
            entry.Delete();
            if (change(bytes.ToArray()) is { } changed)
            {
                using Stream target = archive.CreateEntry(name).Open();
                target.Write(changed);
            }
        }
        return stream.ToArray();
    }

    private byte[] Zip(ITransformer model)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, _data.Schema, stream);
        return stream.ToArray();
    }
}
