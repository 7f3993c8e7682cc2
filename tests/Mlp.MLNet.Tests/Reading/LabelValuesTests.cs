using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tests;

/// <summary>What stands behind the outputs comes through a file, whatever its type.</summary>
public class LabelValuesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void KeyValues_OfEveryType_AreKept()
    {
        AssertKept(["b", "", "é ü"], TextDataViewType.Instance, text => (ReadOnlyMemory<char>)text.AsMemory());
        AssertKept([true, false], BooleanDataViewType.Instance);
        AssertKept<sbyte>([-128, 127], NumberDataViewType.SByte);
        AssertKept<byte>([0, 255], NumberDataViewType.Byte);
        AssertKept<short>([short.MinValue, 5], NumberDataViewType.Int16);
        AssertKept<ushort>([7, ushort.MaxValue], NumberDataViewType.UInt16);
        AssertKept([int.MinValue, 3], NumberDataViewType.Int32);
        AssertKept([uint.MaxValue, 3u], NumberDataViewType.UInt32);
        AssertKept([long.MinValue, 3L], NumberDataViewType.Int64);
        AssertKept([ulong.MaxValue, 3ul], NumberDataViewType.UInt64);
        AssertKept([0.1f, -1e30f], NumberDataViewType.Single);
        AssertKept([0.1, -1e300], NumberDataViewType.Double);
        AssertKept([new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), DateTime.MinValue], DateTimeDataViewType.Instance);
        AssertKept([TimeSpan.FromTicks(12345), TimeSpan.MinValue], TimeSpanDataViewType.Instance);
        AssertKept([new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromMinutes(-90)), DateTimeOffset.MaxValue],
            DateTimeOffsetDataViewType.Instance);
        AssertKept([new DataViewRowId(1, 2), new DataViewRowId(ulong.MaxValue, 0)], RowIdDataViewType.Instance);
    }

    [Theory]
    [InlineData(new byte[] { 16 }, "The model file has label values of type 16; the last one is 15. It is damaged or newer; update the "
        + "package or save it again.")]
    [InlineData(new byte[] { 14, 0, 0, 0, 0, 0, 0, 0, 0, 255,
        127 }, "The model file has label values that are out of range. It is damaged; save or transfer it again.")]
    [InlineData(new byte[] { 0, 255, 255, 255, 255,
        15 }, "The model file has label values that are out of range. It is damaged; save or transfer it again.")]
    [InlineData(new byte[] { 0, 255, 255, 255, 255, 255,
        255 }, "The model file has label values that are out of range. It is damaged; save or transfer it again.")]
    public void DamagedValues_AreRefused(byte[] bytes, string message)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Assert.Equal(message, Assert.Throws<FormatException>(() => LabelValues.Read(reader, 1)).Message);
    }

    [Theory]
    [InlineData(new byte[] { 2, 254, 3 }, "-2, 3", true)]
    [InlineData(new byte[] { 3, 254, 3 }, "254, 3", true)]
    [InlineData(new byte[] { 7, 255, 255, 255, 255, 3, 0, 0, 0 }, "4294967295, 3", true)]
    [InlineData(new byte[] { 8, 0, 0, 0, 0, 0, 0, 0, 128, 3, 0, 0, 0, 0, 0, 0, 0 }, "-9223372036854775808, 3", true)]
    [InlineData(new byte[] { 9, 255, 255, 255, 255, 255, 255, 255, 255, 3, 0, 0, 0, 0, 0, 0, 0 }, "18446744073709551615, 3", false)]
    [InlineData(new byte[] { 1, 1, 0 }, "True, False", false)]
    [InlineData(new byte[] { 10, 0, 0, 32, 64, 0, 0, 64, 64 }, "2.5, 3", false)]
    [InlineData(new byte[] { 0, 1, 52, 1, 53 }, "4, 5", false)]
    public void WholeNumbers_AreSuch_EverythingIsText(byte[] bytes, string texts, bool isWhole)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var values = LabelValues.Read(reader, 2);
        Assert.Equal(texts, string.Join(", ", values.ToTexts()));
        Assert.Equal(isWhole ? texts : null, values.ToIntegers() is { } numbers ? string.Join(", ", numbers) : null);
    }

    [Theory]
    [InlineData(new byte[] { 6, 1, 0, 0, 0, 2 }, 1_000_000_000)]
    [InlineData(new byte[] { 6, 1, 0, 0, 0, 2 }, 2)]
    [InlineData(new byte[] { 0, 3, 97, 98 }, 1)]
    [InlineData(new byte[] { 0, 255, 255, 255, 127, 98 }, 1)]
    public void CutOffValues_EndTheReading_AndTakeNoMemoryAhead(byte[] bytes, int count)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<EndOfStreamException>(() => LabelValues.Read(reader, count));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void ValuesOfAnotherNumber_AreLeftOut()
    {
        Assert.Null(LabelValues.OfKey(
            Column(3, new VectorDataViewType(NumberDataViewType.Int32, 2), (ref VBuffer<int> value) => value = new(2, [1, 2]))));
    }

    [Fact]
    public void SlotNames_CanBeSparse()
    {
        // ML.NET leaves out the names of slots without one.
        IDataView data = _ml.Transforms.Concatenate("Both", "Targets", "Price").Fit(Blobs.View(_ml)).Transform(Blobs.View(_ml));
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression("Both", 1)).Fit(data);
        Assert.EndsWith(
            "SlotNames: ['' '' 'Price']", ColumnText.Describe(ColumnText.SaveAndLoad(_ml, model, data.Schema).Transform(data), "Score"));
    }

    private static void AssertKept<T>(T[] values, PrimitiveDataViewType type) => AssertKept(values, type, value => value);

    private static void AssertKept<T, TRaw>(T[] values, PrimitiveDataViewType type, Func<T, TRaw> convert)
    {
        TRaw[] raw = [.. values.Select(convert)];
        LabelValues original = LabelValues.OfKey(Column(
            raw.Length, new VectorDataViewType(type, raw.Length),
            (ref VBuffer<TRaw> value) => value = new VBuffer<TRaw>(raw.Length, raw)))!;
        using var stream = new MemoryStream();
        original.Write(new BinaryWriter(stream));
        stream.Position = 0;
        var read = LabelValues.Read(new BinaryReader(stream), raw.Length);
        Assert.Equal(stream.Length, stream.Position);
        Assert.Equal((type, raw.Length), (read.Type, read.Count));
        var builder = new DataViewSchema.Annotations.Builder();
        read.AddTo(builder, "KeyValues");
        VBuffer<TRaw> found = default;
        builder.ToAnnotations().GetValue("KeyValues", ref found);
        Assert.Equal(raw.Select(value => $"{value}"), found.DenseValues().Select(value => $"{value}"));
    }

    private static DataViewSchema.Column Column<TRaw>(int keyCount, VectorDataViewType type, ValueGetter<VBuffer<TRaw>> getter)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", type, getter);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Key", new KeyDataViewType(typeof(uint), keyCount), annotations.ToAnnotations());
        return builder.ToSchema()["Key"];
    }
}
