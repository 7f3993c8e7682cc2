using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

public class DataViewSchemaTests
{
    [Fact]
    public void TypeNames_AreMLNets()
    {
        Assert.Equal("Single", NumberDataViewType.Single.ToString());
        Assert.Equal("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.Equal("String", TextDataViewType.Instance.ToString());
        Assert.Equal("DateTime", DateTimeDataViewType.Instance.ToString());
        Assert.Equal("DateTimeOffset", DateTimeOffsetDataViewType.Instance.ToString());
        Assert.Equal("TimeSpan", TimeSpanDataViewType.Instance.ToString());
        Assert.Equal("DataViewRowId", RowIdDataViewType.Instance.ToString());
        Assert.Equal("Key<UInt32, 0-2>", new KeyDataViewType(typeof(uint), 3).ToString());
        Assert.Equal("Vector<Single, 2>", new VectorDataViewType(NumberDataViewType.Single, 2).ToString());
        Assert.Equal("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.Equal("Vector<Int32, 2, *>", new VectorDataViewType(NumberDataViewType.Int32, 2, 0).ToString());
    }

    [Fact]
    public void Types_AreEqualByValue()
    {
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(uint), 3));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3).GetHashCode(), new KeyDataViewType(typeof(uint), 3).GetHashCode());
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(uint), 4));
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(byte), 3));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.NotEqual(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, 2, 3));
        Assert.False(NumberDataViewType.Single.Equals((DataViewType)NumberDataViewType.Double));
        Assert.Equal(6, new VectorDataViewType(NumberDataViewType.Single, 2, 3).Size);
        Assert.False(new VectorDataViewType(NumberDataViewType.Single, 2, 0).IsKnownSize);
    }

    [Fact]
    public void InvalidTypes_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorDataViewType(NumberDataViewType.Single, -1));
        Assert.Throws<ArgumentNullException>(() => new VectorDataViewType(null!, 1));
    }

    [Fact]
    public void Columns_AreFoundByNameAndByIndex()
    {
        DataViewSchema schema = Schema(("A", NumberDataViewType.Single), ("B", TextDataViewType.Instance));
        Assert.Equal(2, schema.Count);
        Assert.Equal(1, schema["B"].Index);
        Assert.Equal("A", schema[0].Name);
        Assert.Equal("A: Single", schema[0].ToString());
        Assert.Null(schema.GetColumnOrNull("C"));
        var byName = Assert.Throws<ArgumentOutOfRangeException>(() => schema["nope"]);
        Assert.Equal("Column 'nope' not found (Parameter 'name')", byName.Message);
        Assert.Equal("columnIndex", Assert.Throws<ArgumentOutOfRangeException>(() => schema[2]).ParamName);
    }

    [Fact]
    public void OfColumnsWithOneName_OnlyTheLastIsVisible()
    {
        DataViewSchema schema = Schema(("A", NumberDataViewType.Single), ("A", NumberDataViewType.Double));
        Assert.True(schema[0].IsHidden);
        Assert.False(schema[1].IsHidden);
        Assert.Equal(1, schema["A"].Index);
    }

    [Fact]
    public void Annotations_GiveTypedValues()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("Answer", NumberDataViewType.Int32, 42);
        builder.Add(
            "SlotNames",
            new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> names) => names = new(2, ["x".AsMemory(), "y".AsMemory()]));
        var annotations = builder.ToAnnotations();
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("F", new VectorDataViewType(NumberDataViewType.Single, 2), annotations);
        DataViewSchema.Column column = schema.ToSchema()["F"];

        int answer = 0;
        column.Annotations.GetValue("Answer", ref answer);
        Assert.Equal(42, answer);
        Assert.True(column.HasSlotNames());
        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        Assert.Equal(["x", "y"], slots.DenseValues().Select(name => name.ToString()));
        Assert.Equal("F: Vector<Single, 2> {Answer, SlotNames}", column.ToString());
        Assert.False(column.IsNormalized());

        float wrong = 0;
        Assert.Equal(
            "Invalid call to 'GetGetter'",
            Assert.Throws<InvalidOperationException>(() => column.Annotations.GetValue("Answer", ref wrong)).Message);
        Assert.Equal(
            "Invalid call to 'GetValue'",
            Assert.Throws<InvalidOperationException>(() => column.Annotations.GetValue("Absent", ref wrong)).Message);
    }

    [Fact]
    public void AnnotationsBuilder_CopiesChosenKindsAndChecksTypes()
    {
        var source = new DataViewSchema.Annotations.Builder();
        source.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        source.AddPrimitiveValue("Other", NumberDataViewType.Int32, 1);
        var copy = new DataViewSchema.Annotations.Builder();
        copy.Add(source.ToAnnotations(), kind => kind == "IsNormalized");
        Assert.Equal("IsNormalized", copy.ToAnnotations().ToString());
        Assert.Throws<ArgumentException>(() => copy.AddPrimitiveValue("Bad", NumberDataViewType.Single, 1));
        Assert.Throws<ArgumentNullException>(() => copy.AddPrimitiveValue("", NumberDataViewType.Int32, 1));
    }

    [Fact]
    public void RowIds_FollowThePublishedHash()
    {
        Assert.Equal("00000000000000000000000000000005", new DataViewRowId(5, 0).ToString());
        Assert.Equal(new DataViewRowId(1, 2), new DataViewRowId(1, 2));
        Assert.True(new DataViewRowId(5, 1).CompareTo(new DataViewRowId(9, 0)) > 0);
        Assert.Equal("000000173e99df31000000011adce74c", new DataViewRowId(5, 7).Next().ToString());
        Assert.Equal("000000173e99df3134e09d0a71021974", new DataViewRowId(5, 7).Fork().ToString());
        Assert.Equal("f6be6de16534a5db7783d3beac7bb40c", new DataViewRowId(5, 7).Combine(new DataViewRowId(11, 13)).ToString());
    }

    private static DataViewSchema Schema(params (string Name, DataViewType Type)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach ((string name, DataViewType type) in columns)
            builder.AddColumn(name, type);
        return builder.ToSchema();
    }
}
