using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

public class EnumerableTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Schema_FollowsMembersAndAttributes()
    {
        DataViewSchema schema = _ml.Data.LoadFromEnumerable(Rows()).Schema;
        Assert.Equal(
            [
                "Number: Single", "Renamed: Int32", "Fixed: Vector<Single, 2>", "Free: Vector<Double>", "Matrix: Vector<Int32, 2, 2>",
                "Buffer: Vector<Single, 3>", "Category: Key<UInt32, 0-2>", "Categories: Vector<Key<UInt32, 0-4>>", "Flag: Boolean",
                "Text: String", "Memory: String", "Words: Vector<String>", "When: DateTime", "Span: TimeSpan", "Byte: Byte",
                "Long: Int64",
            ],
            schema.Select(column => column.ToString()));
    }

    [Fact]
    public void Values_ComeBackAsTheyWere()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        Row[] rows = [.. _ml.Data.CreateEnumerable<Row>(data, reuseRowObject: false)];
        Assert.Equal([1.5f, -2f, 0f], rows.Select(row => row.Number));
        Assert.Equal([10, 20, 30], rows.Select(row => row.Other));
        Assert.Equal([1f, 2f], rows[0].Fixed);
        Assert.Equal([1.0, 2.0, 3.0], rows[1].Free);

        // An empty vector leaves the member of a new object as it is.
        Assert.Null(rows[2].Free);
        Assert.Equal([1, 2, 3, 4], rows[0].Matrix);
        Assert.Equal([0f, 5f, 0f], rows[0].Buffer.DenseValues());
        Assert.False(rows[0].Buffer.IsDense);
        Assert.Equal([true, false, false], rows.Select(row => row.Flag));
        Assert.Equal(["a", "", ""], rows.Select(row => row.Text));
        Assert.Equal("memory", rows[0].Memory.ToString());
        Assert.Equal(["one", "", "two"], rows[0].Words);
        Assert.Equal(new DateTime(2020, 2, 29), rows[0].When);
        Assert.Equal(TimeSpan.FromHours(1), rows[0].Span);
        Assert.Equal(255, rows[0].Byte);
        Assert.Equal(long.MinValue, rows[0].Long);
        Assert.Equal(0, rows[0].Ignored);
    }

    [Fact]
    public void Keys_CountFromZeroInObjectsAndFromOneInColumns()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());

        // 0, 2, and 7, which is no category of three.
        Assert.Equal([1u, 3u, 0u], data.GetColumn<uint>("Category"));

        // The way back does not shift, nor do vectors of keys in either direction.
        Assert.Equal([1u, 3u, 0u], _ml.Data.CreateEnumerable<Row>(data, false).Select(row => row.Category));
        Assert.Equal([0u, 4u], data.GetColumn<uint[]>("Categories").First());
    }

    [Fact]
    public void ReusedObject_IsAlwaysTheSame()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        Row[] reused = [.. _ml.Data.CreateEnumerable<Row>(data, reuseRowObject: true)];
        Assert.Same(reused[0], reused[2]);
        Assert.Equal(0f, reused[0].Number);
        Row[] fresh = [.. _ml.Data.CreateEnumerable<Row>(data, reuseRowObject: false)];
        Assert.NotSame(fresh[0], fresh[1]);
    }

    [Fact]
    public void MissingColumn_IsAnErrorUnlessIgnored()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(new[] { new { Number = 1f } });
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateEnumerable<Row>(data, false));
        Assert.Equal("Could not find  column 'Renamed' (Parameter 'Schema')", exception.Message);
        Row row = _ml.Data.CreateEnumerable<Row>(data, false, ignoreMissingColumns: true).Single();
        Assert.Equal(1f, row.Number);
        Assert.Equal(0, row.Other);
    }

    [Fact]
    public void WrongMemberType_IsNamed()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(new[] { new { Number = 1 } });
        var exception = Assert.Throws<InvalidOperationException>(
            () => _ml.Data.CreateEnumerable<OneNumber>(data, false, ignoreMissingColumns: true));
        Assert.Equal(
            "Can't bind the IDataView column 'Number' of type 'Int32' to field or property 'Number' of type 'System.Single'.",
            exception.Message);
    }

    [Fact]
    public void UnsupportedMembers_AreRefused()
    {
        Assert.Equal(
            "Could not determine an IDataView type and registered custom types for member Value (Parameter 'rawType')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { new { Value = new object() } })).Message);
        Assert.Equal(
            "Could not determine an IDataView type and registered custom types for member Value (Parameter 'rawType')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { new { Value = (int?)1 } })).Message);
        Assert.Equal(
            "Duplicate column name 'B' detected, this is disallowed (Parameter 'userType')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { new Duplicate() })).Message);
        Assert.Throws<ArgumentNullException>(() => _ml.Data.LoadFromEnumerable<Row>(null!));
    }

    [Fact]
    public void SchemaDefinition_ChangesTypesNamesAndAnnotations()
    {
        var definition = SchemaDefinition.Create(typeof(TwoMembers));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        definition["Values"].AddAnnotation(
            "SlotNames", new[] { "x", "y" }, new VectorDataViewType(TextDataViewType.Instance, 2));
        definition["Name"].ColumnName = "Title";
        IDataView data = _ml.Data.LoadFromEnumerable([new TwoMembers { Values = [3, 4], Name = "n" }], definition);
        Assert.Equal(["Values: Vector<Single, 2> {SlotNames}", "Title: String"], data.Schema.Select(column => column.ToString()));
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["Values"].GetSlotNames(ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(["n"], data.GetColumn<string>("Title"));
        Assert.Null(definition["Absent"]);
    }

    [Fact]
    public void SchemaDefinition_ThatDoesNotFitTheClass_IsRefused()
    {
        var wrongItem = SchemaDefinition.Create(typeof(TwoMembers));
        wrongItem["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Double, 2);
        Assert.Equal(
            "Column 'Values' is supposed to have item type System.Double, but associated field has type System.Single " +
            "(Parameter 'userSchemaDefinition')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { new TwoMembers() }, wrongItem)).Message);
        var wrongShape = SchemaDefinition.Create(typeof(TwoMembers));
        wrongShape["Values"].ColumnType = NumberDataViewType.Single;
        Assert.Equal(
            "Column 'Values' is supposed to be scalar, but type of associated field 'Values' is vector (Parameter 'userSchemaDefinition')",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _ml.Data.LoadFromEnumerable(new[] { new TwoMembers() }, wrongShape)).Message);
    }

    [Fact]
    public void Schema_GivesTypesAndAnnotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Values", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        IDataView data = _ml.Data.LoadFromEnumerable([new TwoMembers { Values = [3, 4] }], builder.ToSchema());
        Assert.Equal("Vector<Single, 2>", data.Schema["Values"].Type.ToString());
        Assert.True(data.Schema["Values"].IsNormalized());
        builder.AddColumn("Absent", NumberDataViewType.Single);
        Assert.Equal(
            "Type should contain a member named Absent",
            Assert.Throws<InvalidOperationException>(
                () => _ml.Data.LoadFromEnumerable(new[] { new TwoMembers() }, builder.ToSchema())).Message);
    }

    [Fact]
    public void Cursor_ComputesWhatItWasAskedFor()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Number"]]);
        Assert.Equal(-1, cursor.Position);
        Assert.Equal(0, cursor.Batch);
        Assert.True(cursor.IsColumnActive(data.Schema["Number"]));
        Assert.False(cursor.IsColumnActive(data.Schema["Flag"]));
        ValueGetter<float> number = cursor.GetGetter<float>(data.Schema["Number"]);
        float value = 0;
        Assert.Throws<NullReferenceException>(() => number(ref value));
        Assert.True(cursor.MoveNext());
        number(ref value);
        Assert.Equal(1.5f, value);
        DataViewRowId id = default;
        cursor.GetIdGetter()(ref id);
        Assert.Equal(new DataViewRowId(0, 0), id);
        Assert.True(cursor.MoveNext() && cursor.MoveNext());
        Assert.Equal(2, cursor.Position);
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Cursor_RefusesInactiveColumnsAndWrongTypes()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Number"]]);
        Assert.Equal(
            "requested column not active (Parameter 'column')",
            Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<bool>(data.Schema["Flag"])).Message);
        Assert.Equal(
            "Invalid TValue in GetGetter for column #Number: Single: 'System.Double', expected type: 'System.Single'.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(data.Schema["Number"])).Message);
        IDataView other = _ml.Data.LoadFromEnumerable(new[] { new OneNumber() });
        Assert.Equal(
            "The requested column: Flag: Boolean is not part of the sourceSchema",
            Assert.Throws<InvalidOperationException>(() => other.GetRowCursor([data.Schema["Flag"]])).Message);
    }

    [Fact]
    public void Sequence_IsReadByEachCursorAndNotBefore()
    {
        int enumerations = 0;
        IDataView data = _ml.Data.LoadFromEnumerable(Sequence());
        Assert.Null(data.GetRowCount());
        Assert.False(data.CanShuffle);
        Assert.Equal(0, enumerations);
        Assert.Equal([1f, 2f], data.GetColumn<float>("Number"));
        Assert.Equal([1f, 2f], data.GetColumn<float>("Number"));
        Assert.Equal(2, enumerations);
        Assert.Equal(3, _ml.Data.LoadFromEnumerable(Rows()).GetRowCount());
        Assert.Single(data.GetRowCursorSet(data.Schema, 4));

        IEnumerable<OneNumber> Sequence()
        {
            enumerations++;
            yield return new OneNumber { Number = 1 };
            yield return new OneNumber { Number = 2 };
        }
    }

    [Fact]
    public void NullObject_IsAnError()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(new OneNumber[] { null! });
        Assert.Equal(
            "Encountered null when iterating over data, this is not supported.",
            Assert.Throws<InvalidOperationException>(() => data.GetColumn<float>("Number").ToArray()).Message);
    }

    [Fact]
    public void ArrayOfAnotherLengthThanItsType_IsPassedOn()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row { Fixed = [1, 2, 3] }]);
        Assert.Equal([1f, 2f, 3f], data.GetColumn<float[]>("Fixed").Single());
    }

    [Fact]
    public void GetColumn_ConvertsTextAndVectorsOnly()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        Assert.Equal(["a", "", ""], data.GetColumn<string>("Text"));
        Assert.Equal(["one", "", "two"], data.GetColumn<string[]>("Words").First());
        Assert.Equal([1f, 2f], data.GetColumn<VBuffer<float>>("Fixed").First().DenseValues());
        Assert.Equal([0f, 5f, 0f], data.GetColumn<float[]>("Buffer").First());
        Assert.Equal(
            "Cannot map column (name: Number, type: Single) in data to the user-defined type, System.Double. (Parameter 'column')",
            Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<double>("Number")).Message);
        Assert.Equal(
            "Column 'nope' not found (Parameter 'name')",
            Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float>("nope")).Message);
    }

    private static Row[] Rows() =>
    [
        new Row
        {
            Number = 1.5f, Other = 10, Fixed = [1, 2], Free = [1], Matrix = [1, 2, 3, 4], Buffer = new VBuffer<float>(3, 1, [5], [1]),
            Category = 0, Categories = [0, 4], Flag = true, Text = "a", Memory = "memory".AsMemory(), Words = ["one", null!, "two"],
            When = new DateTime(2020, 2, 29), Span = TimeSpan.FromHours(1), Byte = 255, Long = long.MinValue, Ignored = 5,
        },
        new Row { Number = -2, Other = 20, Fixed = [3, 4], Free = [1, 2, 3], Text = "", Category = 2 },
        new Row { Other = 30, Category = 7 },
    ];

    public sealed class Row
    {
        public float Number;

        [ColumnName("Renamed")]
        public int Other;

        [VectorType(2)]
        public float[] Fixed = null!;

        public double[] Free = null!;

        [VectorType(2, 2)]
        public int[] Matrix = null!;

        [VectorType(3)]
        public VBuffer<float> Buffer;

        [KeyType(3)]
        public uint Category;

        [KeyType(5)]
        public uint[] Categories = null!;

        [NoColumn]
        public int Ignored;

        public bool Flag { get; set; }

        public string? Text { get; set; }

        public ReadOnlyMemory<char> Memory { get; set; }

        public string[] Words { get; set; } = null!;

        public DateTime When { get; set; }

        public TimeSpan Span { get; set; }

        public byte Byte { get; set; }

        public long Long { get; set; }

        [NoColumn]
        public object? Unsupported { get; set; }
    }

    private sealed class OneNumber
    {
        public float Number { get; set; }
    }

    private sealed class TwoMembers
    {
        public float[]? Values { get; set; }

        public string? Name { get; set; }
    }

    private sealed class Duplicate
    {
        [ColumnName("B")]
        public float A { get; set; }

        public float B { get; set; }
    }
}
