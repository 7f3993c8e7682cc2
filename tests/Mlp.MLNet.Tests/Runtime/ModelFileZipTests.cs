using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

public class ModelFileZipTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Lazy<byte[]> _file;

    public ModelFileZipTests() => _file = new Lazy<byte[]>(SavedFile);

    private static bool IsEmbedded => typeof(MLContext).Assembly.GetName().Name == "Mlp.MLNet.Embedded";

    [Fact]
    public void Chain_LoadsInAnotherContextAndPredictsTheSame()
    {
        ITransformer model = Pipeline().Fit(Data());
        using var stream = new MemoryStream();
        _ml.Model.Save(model, Data().Schema, stream);
        Assert.True(stream.CanWrite);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out DataViewSchema schema);

        Assert.IsType<TransformerChain<ITransformer>>(loaded);
        Assert.Equal(Data().Schema.Select(column => column.ToString()), schema.Select(column => column.ToString()));
        IDataView before = model.Transform(Data());
        IDataView after = loaded.Transform(Data());
        Assert.Equal(before.Schema.Select(column => column.ToString()), after.Schema.Select(column => column.ToString()));
        Assert.Equal(before.GetColumn<float[]>("Features"), after.GetColumn<float[]>("Features"));
    }

    [Fact]
    public void SingleTransformer_ComesBackAsItsOwnType()
    {
        ITransformer model = _ml.Transforms.NormalizeMinMax("A").Fit(Data());
        Assert.IsType(model.GetType(), SaveAndLoad(model, Data().Schema, out _));
    }

    [Fact]
    public void File_IsAnOrdinaryZip()
    {
        string path = Path.GetTempFileName();
        _ml.Model.Save(Pipeline().Fit(Data()), Data().Schema, path);
        using (ZipArchive zip = ZipFile.OpenRead(path))
        {
            string[] names = [.. zip.Entries.Select(entry => entry.FullName)];
            Assert.Contains("TrainingInfo/Version.txt", names);
            Assert.Contains("TransformerChain/Model.key", names);
            Assert.Contains("TransformerChain/Transform_000/Model.key", names);
            Assert.Contains("TransformerChain/Transform_001/Model.key", names);
        }

        Assert.NotNull(_ml.Model.Load(path, out _));
        File.Delete(path);
    }

    [Fact]
    public void Schema_KeepsTypesAndAnnotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "KeyValues",
            new VectorDataViewType(TextDataViewType.Instance, 3),
            (ref VBuffer<ReadOnlyMemory<char>> names) => names = new(3, ["x".AsMemory(), "".AsMemory(), "é".AsMemory()]));
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        annotations.AddPrimitiveValue("Number", NumberDataViewType.Double, Math.PI);
        annotations.AddPrimitiveValue("Set", new KeyDataViewType(typeof(uint), int.MaxValue), 7u);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Key", new KeyDataViewType(typeof(uint), 3), annotations.ToAnnotations());
        builder.AddColumn("Matrix", new VectorDataViewType(NumberDataViewType.Int32, 2, 3));
        builder.AddColumn("Words", new VectorDataViewType(TextDataViewType.Instance));
        builder.AddColumn("Time", DateTimeDataViewType.Instance);
        builder.AddColumn("Same", NumberDataViewType.Single);
        builder.AddColumn("Same", NumberDataViewType.Double);
        DataViewSchema saved = builder.ToSchema();
        SaveAndLoad(_ml.Transforms.CopyColumns("B", "A").Fit(Data()), saved, out DataViewSchema loaded);

        Assert.Equal(saved.Select(column => (column.Name, column.Type)), loaded.Select(column => (column.Name, column.Type)));
        Assert.True(loaded[4].IsHidden);
        VBuffer<ReadOnlyMemory<char>> values = default;
        Assert.True(loaded["Key"].HasKeyValues());
        loaded["Key"].GetKeyValues(ref values);
        Assert.Equal(["x", "", "é"], values.DenseValues().Select(value => value.ToString()));
        Assert.True(loaded["Key"].IsNormalized());
        double number = 0;
        loaded["Key"].Annotations.GetValue("Number", ref number);
        Assert.Equal(Math.PI, number);
        uint set = 0;
        loaded["Key"].Annotations.GetValue("Set", ref set);
        Assert.Equal(7u, set);
    }

    [Fact]
    public void SchemaAndModel_MayBeMissing()
    {
        ITransformer model = _ml.Transforms.CopyColumns("B", "A").Fit(Data());
        Assert.NotNull(SaveAndLoad(model, null, out DataViewSchema schema));
        Assert.Null(schema);

        // An empty file is written without complaint; only reading it fails.
        Assert.Throws<FormatException>(() => SaveAndLoad(null!, Data().Schema, out _));
    }

    [Fact]
    public void WrongArguments_AreRefused()
    {
        Assert.Equal(
            "filePath cannot be null or empty (Parameter 'filePath')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.Load((string)null!, out _)).Message);
        Assert.Throws<ArgumentNullException>(() => _ml.Model.Load((Stream)null!, out _));
        string absent = Path.Combine(Path.GetTempPath(), "no such model.zip");
        Assert.Throws<FileNotFoundException>(() => _ml.Model.Load(absent, out _));
    }

    [Fact]
    public void GarbageAndTruncatedFiles_AreFormatErrors()
    {
        byte[] file = _file.Value;
        foreach (byte[] bad in new[] { [], "not a zip at all"u8.ToArray(), file[..(file.Length / 2)], file[..^1] })
        {
            var exception = Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream(bad), out _));
            Assert.Equal("Failed to open a zip archive", exception.Message);
            Assert.IsType<InvalidDataException>(exception.InnerException);
        }
    }

    [Fact]
    public void ZipThatIsNoModel_IsRefused()
    {
        byte[] zip = Rewritten(_ => null);
        Assert.Equal(
            "Could not load legacy format model",
            Assert.Throws<InvalidOperationException>(() => _ml.Model.Load(new MemoryStream(zip), out _)).Message);
    }

    [Fact]
    public void UnknownLoaderOrAssembly_IsRefused()
    {
        // In the header of 256 bytes the loader's name is at 80; the assembly's is in UTF-16 near the end.
        byte[] zip = Rewritten(entry => entry.Name == "TransformerChain/Transform_000/Model.key"
            ? [.. entry.Content[..80], (byte)'X', .. entry.Content[81..]]
            : entry.Content);
        Exception unknownLoader = Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(new MemoryStream(zip), out _)));
        Assert.IsType<FormatException>(unknownLoader);
        Assert.StartsWith("Couldn't load model: '", unknownLoader.Message);

        zip = Rewritten(entry => entry.Name == "TransformerChain/Model.key" ? WithOtherAssembly(entry.Content) : entry.Content);
        Exception unknownAssembly = Assert.ThrowsAny<Exception>(() => _ml.Model.Load(new MemoryStream(zip), out _));
        Assert.IsType(IsEmbedded ? typeof(FormatException) : typeof(FileNotFoundException), unknownAssembly);
        Assert.Contains("Xlp", unknownAssembly.Message.Replace("Xicrosoft", "Xlp"));
    }

    [Fact]
    public void FileOfTheOtherRuntime_NamesIt()
    {
        byte[] zip = Rewritten(entry => entry.Name == "TrainingInfo/Version.txt" ? "5.0.0+abc\n"u8.ToArray() : entry.Content);
        Exception? exception = Record.Exception(() => _ml.Model.Load(new MemoryStream(zip), out _));
        if (!IsEmbedded)
        {
            // To ML.NET this entry is a note for people.
            Assert.Null(exception);
            return;
        }

        Assert.IsType<FormatException>(exception);
        Assert.StartsWith(
            "The model file was written by Microsoft.ML 5.0.0+abc; this program runs on Mlp.MLNet.Embedded 0.1.0", exception.Message);
    }

    [Fact]
    public void EveryDamagedByte_GivesAModelOrACleanException()
    {
        // How ML.NET bears this is not ours to test.
        if (!IsEmbedded)
            return;
        foreach ((string name, byte[] content) in Entries())
        {
            for (int position = 0; position < content.Length; position++)
            {
                byte[] damaged = [.. content];
                damaged[position] ^= 0xA5;
                byte[] zip = Rewritten(entry => entry.Name == name ? damaged : entry.Content);
                Exception? exception = Record.Exception(() => _ml.Model.Load(new MemoryStream(zip), out _));
                Exception? innermost = exception == null ? null : Innermost(exception);
                Assert.True(
                    innermost is null or FormatException or InvalidOperationException or ArgumentException or IOException,
                    $"{name}, byte {position}: {exception}");
            }
        }
    }

    [Fact]
    public void EveryDamagedByteOfTheZip_GivesAModelOrACleanException()
    {
        if (!IsEmbedded)
            return;
        for (int position = 0; position < _file.Value.Length; position++)
        {
            byte[] damaged = [.. _file.Value];
            damaged[position] ^= 0xA5;
            Exception? exception = Record.Exception(() => _ml.Model.Load(new MemoryStream(damaged), out _));
            Exception? innermost = exception == null ? null : Innermost(exception);
            Assert.True(
                innermost is null or FormatException or InvalidOperationException or InvalidDataException or IOException,
                $"byte {position}: {exception}");
        }
    }

    [Fact]
    public void ZipBomb_IsRefusedBeforeItIsUnpacked()
    {
        if (!IsEmbedded)
            return;
        byte[] zip = Rewritten(entry => entry.Name == "TransformerChain/Model.key" ? new byte[64 << 20] : entry.Content);
        Assert.InRange(zip.Length, 0, 100_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream(zip), out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(
            "The model file's entry 'TransformerChain/Model.key' says that it unpacks to 67,108,864 bytes, " +
            "too many for a file of this size.",
            exception.Message);
    }

    [Fact]
    public void ManyLargeEntries_CountTogether()
    {
        if (!IsEmbedded)
            return;

        // Each of the three is within the limit for one.
        byte[] zip = Rewritten(entry => entry.Name.EndsWith("Model.key", StringComparison.Ordinal)
            ? Padded(entry.Content, 600 << 10)
            : entry.Content);
        Exception exception = Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(new MemoryStream(zip), out _)));
        Assert.IsType<FormatException>(exception);
        Assert.EndsWith("says that it unpacks to 614,400 bytes, too many for a file of this size.", exception.Message);
    }

    [Fact]
    public void LargeModelOfNothingButZeros_IsNoBomb()
    {
        // As a zip of compressed entries this would be a thousandth of its size.
        const int SlotCount = 3_000_000;
        var schema = SchemaDefinition.Create(typeof(WideRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Double, SlotCount);
        IDataView data = _ml.Data.LoadFromEnumerable([new WideRow { Features = new VBuffer<double>(SlotCount, 0, [], []) }], schema);
        ITransformer model = _ml.Transforms.NormalizeMinMax("Features").Fit(data);
        IDataView result = SaveAndLoad(model, data.Schema, out _).Transform(data);
        Assert.Equal(0, result.GetColumn<VBuffer<double>>("Features").Single().GetValues().Length);
    }

    [Fact]
    public void StreamThatCannotSeek_IsRead()
    {
        if (!IsEmbedded)
            return;
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            writer.Write(_file.Value);
        packed.Position = 0;
        Assert.NotNull(_ml.Model.Load(new GZipStream(packed, CompressionMode.Decompress), out _));
    }

    /// <summary>A component's entry with so many zeros as its own bytes that the whole has the given length.</summary>
    private static byte[] Padded(byte[] entry, int length)
    {
        // In the header: the length of the component's own bytes at 24; from 32 on the places of what comes after them.
        int added = length - entry.Length;
        int modelEnd = (int)(BitConverter.ToInt64(entry, 16) + BitConverter.ToInt64(entry, 24));
        byte[] padded = [.. entry[..modelEnd], .. new byte[added], .. entry[modelEnd..]];
        foreach (int position in new[] { 24, 32, 48, 0x80, 0x88, 0x90 })
        {
            long value = BitConverter.ToInt64(padded, position);
            if (value != 0 || position == 24)
                BitConverter.TryWriteBytes(padded.AsSpan(position), value + added);
        }

        return padded;
    }

    private static Exception Innermost(Exception exception) => exception.InnerException == null ? exception : Innermost(exception.InnerException);

    private static byte[] WithOtherAssembly(byte[] entry)
    {
        int start = (int)BitConverter.ToInt64(entry, 0x90);
        entry[start] = (byte)'X';
        return entry;
    }

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema? schema, out DataViewSchema loadedSchema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return _ml.Model.Load(stream, out loadedSchema);
    }

    private byte[] SavedFile()
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(Pipeline().Fit(Data()), Data().Schema, stream);
        return stream.ToArray();
    }

    /// <summary>A model file with each entry replaced, or left out for null.</summary>
    private byte[] Rewritten(Func<(string Name, byte[] Content), byte[]?> replace)
    {
        using var stream = new MemoryStream();
        using (var target = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in Entries())
            {
                if (replace((name, content)) is not byte[] replaced)
                    continue;
                using Stream written = target.CreateEntry(name).Open();
                written.Write(replaced);
            }
        }

        return stream.ToArray();
    }

    private List<(string Name, byte[] Content)> Entries()
    {
        using var source = new ZipArchive(new MemoryStream(_file.Value), ZipArchiveMode.Read);
        var entries = new List<(string, byte[])>();
        foreach (ZipArchiveEntry entry in source.Entries)
        {
            using var content = new MemoryStream();
            using (Stream opened = entry.Open())
                opened.CopyTo(content);
            entries.Add((entry.FullName, content.ToArray()));
        }

        return entries;
    }

    private IEstimator<ITransformer> Pipeline()
        => _ml.Transforms.NormalizeMinMax("A").Append(_ml.Transforms.Concatenate("Features", "A", "B"));

    private IDataView Data() => _ml.Data.LoadFromEnumerable([new Row { A = 1, B = 5 }, new Row { A = 4, B = 6 }]);

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }
    }

    private sealed class WideRow
    {
        public VBuffer<double> Features { get; set; }
    }
}
