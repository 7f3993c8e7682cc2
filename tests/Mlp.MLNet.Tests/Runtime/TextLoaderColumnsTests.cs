using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>Which columns ML.NET's text loader makes: from options, attributes, ranges and the header.</summary>
public class TextLoaderColumnsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Attributes_NameTypesAndPlacesOfTheColumns()
    {
        using var file = new TextFile("ok,a,b,c,name,k", "1,1.5,2,-3e1,Ann,0", "0,,?,x,,2", "yes,7");
        var data = _ml.Data.LoadFromTextFile<Row>(file.Path, separatorChar: ',', hasHeader: true);

        Assert.Equal(
            "Label:Boolean, Features:Vector<Single, 3>, Name:String, Key:Key<UInt32, 0-1>, Two:Vector<Double, 2>, "
            + "One:Vector<Single, 1>",
            DataText.Schema(data));
        Assert.Equal(
            """
            True [1.5 2 -30] 'Ann' 1 [-30 1.5] [2]
            False [0 NaN NaN] '' 0 [2| 0:NaN] [NaN]
            True [3| 0:7] '' 0 [2| 1:7] [1| ]
            """,
            DataText.Rows(data));
        Assert.Null(data.GetRowCount());
        Assert.False(data.CanShuffle);
    }

    [Fact]
    public void TypedLoader_TakesNoSlotNamesFromTheHeader_WithoutASample()
    {
        using var file = new TextFile("ok,a,b,c,name,k", "1,1,2,3,Ann,0");
        var sample = new MultiFileSource(file.Path);

        Assert.Empty(_ml.Data.LoadFromTextFile<Row>(file.Path, ',', hasHeader: true).Schema["Features"].Annotations.Schema);
        var view = _ml.Data.CreateTextLoader<Row>(',', hasHeader: true, dataSample: sample).Load(sample);
        Assert.Equal("a|b|c", SlotNames(view, "Features"));
    }

    [Fact]
    public void Header_NamesTheSlots_WhenThePathIsASample()
    {
        using var file = new TextFile("# a comment", "", "lab, x , \"y z\" ,,w", "1,2,3,4,5");
        var options = new TextLoader.Options
        {
            HasHeader = true,
            AllowQuoting = true,
            Separators = [','],
            Columns =
            [
                new TextLoader.Column("L", DataKind.Single, 0),
                new TextLoader.Column("V", DataKind.Single, 1, 4),
                new TextLoader.Column("W", DataKind.Single, [new TextLoader.Range(4), new TextLoader.Range(0)]),
                new TextLoader.Column("X", DataKind.Single, [new TextLoader.Range(3, 3)]),
            ],
        };
        var data = _ml.Data.LoadFromTextFile(file.Path, options);

        Assert.Equal("L:Single, V:Vector<Single, 4>, W:Vector<Single, 2>, X:Vector<Single, 1>", DataText.Schema(data));
        Assert.Equal("none / x|y z||w / w|lab / none", string.Join(" / ", data.Schema.Select(column => SlotNames(data, column.Name))));
        Assert.Equal("1 [2 3 4 5] [5 1] [4]", DataText.Rows(data));
        Assert.Equal(data.Schema.Count, _ml.Data.CreateTextLoader(options).GetOutputSchema().Count);
    }

    [Fact]
    public void Columns_OfEveryKind()
    {
        using var file = new TextFile(
            "1\t-128\t255\t-32768\t65535\t-2147483648\t4294967295\t-9223372036854775808\t18446744073709551615\t0.1\ttext"
            + "\t1.02:03:04\t2020-01-02T03:04:05\t2020-01-02T03:04:05+02:00",
            "\t\t\t\t\t\t\t\t\t\t\t\t\t");
        DataKind[] kinds =
        [
            DataKind.Boolean, DataKind.SByte, DataKind.Byte, DataKind.Int16, DataKind.UInt16, DataKind.Int32, DataKind.UInt32, DataKind.Int64,
            DataKind.UInt64, DataKind.Double, DataKind.String, DataKind.TimeSpan, DataKind.DateTime, DataKind.DateTimeOffset,
        ];
        var data = _ml.Data.LoadFromTextFile(file.Path, kinds.Select((kind, i) => new TextLoader.Column($"C{i}", kind, i)).ToArray());

        Assert.Equal(
            "C0:Boolean, C1:SByte, C2:Byte, C3:Int16, C4:UInt16, C5:Int32, C6:UInt32, C7:Int64, C8:UInt64, C9:Double, "
            + "C10:String, C11:TimeSpan, C12:DateTime, C13:DateTimeOffset",
            DataText.Schema(data));
        Assert.Equal(
            """
            True -128 255 -32768 65535 -2147483648 4294967295 -9223372036854775808 18446744073709551615 0.1 'text' 1.02:03:04 2020-01-02T03:04:05.0000000Z 2020-01-02T03:04:05.0000000+02:00
            False 0 0 0 0 0 0 0 0 0 '' 00:00:00 0001-01-01T00:00:00.0000000 0001-01-01T00:00:00.0000000+00:00
            """,
            DataText.Rows(data));
    }

    [Fact]
    public void Ranges_ToTheEnd_Variable_AndAllOther()
    {
        using var file = new TextFile("1 2 3 4 5", "6 7 8 9 10");
        using var ragged = new TextFile("1 2 3", "4", "5 6 7 8 9");
        var toEnd = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options
        {
            Separators = [' '],
            Columns = [Column("A", new TextLoader.Range(3, null)), Column("B", new TextLoader.Range(0))],
        });
        var variable = _ml.Data.LoadFromTextFile(ragged.Path, new TextLoader.Options
        {
            Separators = [' '],
            Columns = [Column("A", new TextLoader.Range { Min = 1, VariableEnd = true }, new TextLoader.Range(0))],
        });
        var other = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options
        {
            Separators = [' '],
            Columns =
            [
                Column("A", new TextLoader.Range(1), new TextLoader.Range(3)),
                Column("B", new TextLoader.Range { Min = 0, AutoEnd = true, AllOther = true }),
                Column("C", new TextLoader.Range { Min = 2, Max = 2, ForceVector = true }),
                Column("D", new TextLoader.Range { Min = 4 }),
            ],
        });

        Assert.Equal(
            """
            A:Vector<Single, 2>, B:Single
            [4 5] 1
            [9 10] 6
            """,
            DataText.Schema(toEnd) + "\n" + DataText.Rows(toEnd));
        Assert.Equal(
            """
            A:Vector<Single>
            [2 3 1]
            [4]
            [6 7 8 9 5]
            """,
            DataText.Schema(variable) + "\n" + DataText.Rows(variable));
        Assert.Equal(
            """
            A:Vector<Single, 2>, B:Vector<Single, 1>, C:Vector<Single, 1>, D:Single
            [2 4] [1] [3] 5
            [7 9] [6] [8] 10
            """,
            DataText.Schema(other) + "\n" + DataText.Rows(other));
    }

    [Fact]
    public void AllOther_GoesOnToTheNextRange()
    {
        using var file = new TextFile("0 1 2 3 4 5 6 7 8");
        var data = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options
        {
            Separators = [' '],
            Columns = [Column("A", new TextLoader.Range { Min = 0, Max = 4, AllOther = true }), Column("B", new TextLoader.Range(7))],
        });

        Assert.Equal("[0 1 2 3 4 5 6] 7", DataText.Rows(data));
    }

    [Fact]
    public void NoColumns_MeansLabelAndFeatures()
    {
        using var file = new TextFile("1\t2\t3", "4\t5\t6");
        var data = _ml.Data.LoadFromTextFile(file.Path);

        Assert.Equal(
            """
            Label:Single, Features:Vector<Single, 2>
            1 [2 3]
            4 [5 6]
            """,
            DataText.Schema(data) + "\n" + DataText.Rows(data));
    }

    [Fact]
    public void Errors_InTheOptions()
    {
        using var file = new TextFile("1,2");
        string Load(TextLoader.Options options) => DataText.Error(() => _ml.Data.LoadFromTextFile(file.Path, options));

        Assert.Equal(
            "ArgumentOutOfRangeException: File or directory does not exist at path: no/such/file (Parameter 'path')",
            DataText.Error(() => _ml.Data.LoadFromTextFile<Row>("no/such/file")).Replace('\\', '/'));
        Assert.Equal(
            "ArgumentOutOfRangeException: path cannot be null or empty (Parameter 'path')",
            DataText.Error(() => _ml.Data.LoadFromTextFile<Row>("")));
        Assert.Equal(
            "InvalidOperationException: Property 'A' is missing the LoadColumnAttribute attribute",
            DataText.Error(() => _ml.Data.LoadFromTextFile<Unmarked>(file.Path)));
        Assert.Equal(
            "InvalidOperationException: Field 'A' is missing the LoadColumnAttribute attribute",
            DataText.Error(() => _ml.Data.LoadFromTextFile<UnmarkedField>(file.Path)));
        Assert.Equal(
            "InvalidOperationException: Property A is of unsupported type.",
            DataText.Error(() => _ml.Data.LoadFromTextFile<Unsupported>(file.Path)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Should define at least one public, readable field or property in TInput. (Parameter "
            + "'TInput')",
            DataText.Error(() => _ml.Data.LoadFromTextFile<Empty>(file.Path)));
        Assert.Equal("ArgumentOutOfRangeException: Illegal separator: '7' (Parameter 'Separator')", Load(new() { Separators = ['7'] }));
        Assert.Equal("ArgumentOutOfRangeException: Illegal separator: '\"' (Parameter 'Separator')", Load(new() { Separators = ['"'] }));
        Assert.Equal(
            "ArgumentOutOfRangeException: When the separator is colon, turn off allowSparse (Parameter 'Separator')",
            Load(new() { Separators = [':'], AllowSparse = true }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Decimal marker cannot be the ';' character. It must be '.' or ','. (Parameter "
            + "'DecimalMarker')",
            Load(new() { DecimalMarker = ';' }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Quoting must be allowed if decimal marker and separator are the ',' character. "
            + "(Parameter 'AllowQuoting')",
            Load(new() { DecimalMarker = ',', Separators = [','] }));
        Assert.Equal(
            "ArgumentOutOfRangeException: EscapeChar ',' can't be used both as EscapeChar and separator (Parameter "
            + "'EscapeChar')",
            Load(new() { EscapeChar = ',', Separators = [','] }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Specified argument was out of the range of valid values. (Parameter 'MaxRows')",
            Load(new() { MaxRows = -1 }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must specify some source column indices (Parameter 'Source')",
            Load(new() { Columns = [Column("A")] }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Name cannot be null or white space (Parameter 'Name')",
            Load(new() { Columns = [Column(" ", new TextLoader.Range(0))] }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Intervals specified for column 'A' overlap (Parameter 'Source')",
            Load(new() { Columns = [Column("A", new TextLoader.Range(0, 3), new TextLoader.Range(2))] }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Column #5 not found in the dataset (it only has 1 columns) (Parameter 'Min')",
            Load(new() { Columns = [Column("A", new TextLoader.Range(5, null))] }));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be non-negative (Parameter 'index')",
            DataText.Error(() => new TextLoader.Range(-1)));
        Assert.Equal(
            "ArgumentOutOfRangeException: If specified, must be greater than or equal to min (Parameter 'max')",
            DataText.Error(() => new TextLoader.Range(3, 2)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Can't determine the number of source columns without valid data (Parameter 'Source')",
            DataText.Error(() => _ml.Data.CreateTextLoader([Column("A", new TextLoader.Range(0, null))])));
        Assert.Equal(
            "ArgumentOutOfRangeException: Must be non-negative (Parameter 'index')",
            DataText.Error(() => new LoadColumnAttribute(-1)));
    }

    private static TextLoader.Column Column(string name, params TextLoader.Range[] ranges) => new() { Name = name, Source = ranges };

    private static string SlotNames(IDataView data, string column)
    {
        if (data.Schema[column].Annotations.Schema.Count == 0)
            return "none";
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema[column].GetSlotNames(ref names);
        return string.Join("|", names.DenseValues());
    }

    private sealed class Row
    {
        [LoadColumn(0)]
        public bool Label { get; set; }

        [LoadColumn(1, 3)]
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [LoadColumn(4)]
        [ColumnName("Name")]
        public string Text { get; set; } = "";

        [LoadColumn(5)]
        [KeyType(2)]
        public uint Key { get; set; }

        [LoadColumn([3, 1])]
        public double[]? Two { get; set; }

        [LoadColumn(2, 2)]
        public float[]? One { get; set; }
    }

    private sealed class Unmarked
    {
        public float A { get; set; }
    }

    private sealed class UnmarkedField
    {
        public float A = 0;
    }

    private sealed class Unsupported
    {
        [LoadColumn(0)]
        public decimal A { get; set; }
    }

    private sealed class Empty;
}
