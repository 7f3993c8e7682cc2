using Microsoft.ML;
using Microsoft.ML.Data;
using static Mlp.MLNet.Tests.Runtime.ColumnText;

namespace Mlp.MLNet.Tests.Runtime;

public class ColumnTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public ColumnTests() => _data = TransformRows.Load(_ml);

    [Fact]
    public void CopyColumns_KeepsTypeAndAnnotations()
        => AssertColumn(
            _ml.Transforms.NormalizeMinMax("A").Append(_ml.Transforms.CopyColumns("O", "A")),
            _data,
            "O",
            "Single; IsNormalized: True",
            "0.1", "-0.25", "NaN", "0", "1");

    [Fact]
    public void NewColumns_ComeLast_AndHidingOnesAfterTheHidden()
    {
        var pipeline = _ml.Transforms.SelectColumns("A", "D")
            .Append(_ml.Transforms.CopyColumns("A", "D"))
            .Append(_ml.Transforms.CopyColumns("Z", "A"));
        DataViewSchema schema = pipeline.Fit(_data).GetOutputSchema(_data.Schema);
        Assert.Equal(
            ["A Single hidden", "A Double", "D Double", "Z Double"],
            schema.Select(column => $"{column.Name} {column.Type}{(column.IsHidden ? " hidden" : "")}"));
    }

    [Fact]
    public void DropColumns_KeepsTheOthersInOrder()
    {
        IDataView selected = _ml.Transforms.SelectColumns("Text", "A", "D").Fit(_data).Transform(_data);
        Assert.Equal(["Text", "A", "D"], selected.Schema.Select(column => column.Name));
        ITransformer model = _ml.Transforms.DropColumns("A").Fit(selected);
        Assert.Equal(["Text", "D"], model.Transform(selected).Schema.Select(column => column.Name));
        IDataView loaded = SaveAndLoad(_ml, model, selected.Schema).Transform(selected);
        Assert.Equal(["Text", "D"], loaded.Schema.Select(column => column.Name));
        Assert.Equal(["'red'", "'green'", "'red'", "''", "'Blue'"], Values(loaded, "Text"));
    }

    [Fact]
    public void MissingColumns_AreNamed()
    {
        Assert.Equal(
            "Could not find input column 'Nope,X' (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.DropColumns("A", "Nope", "X").Fit(_data)).Message);
        Assert.Equal(
            "Could not find input column 'Nope' (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.CopyColumns("O", "Nope").Fit(_data)).Message);
        Assert.Throws<InvalidOperationException>(() => _ml.Transforms.DropColumns());
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputOutputColumnPair(""));
    }

    [Fact]
    public void Transform_ReadsNothing_BeforeACursorMoves_AndOnlyActiveColumns()
    {
        int rowsRead = 0;
        IEnumerable<OneNumber> Rows()
        {
            for (int i = 0; i < 3; i++)
            {
                rowsRead++;
                yield return new OneNumber { A = i };
            }
        }

        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        IDataView view = _ml.Transforms.CopyColumns("B", "A").Append(_ml.Transforms.Concatenate("C", "A", "B")).Fit(data).Transform(data);
        Assert.Equal(0, rowsRead);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["B"]]);
        Assert.True(cursor.IsColumnActive(view.Schema["B"]));
        Assert.False(cursor.IsColumnActive(view.Schema["C"]));

        // Of which type depends in ML.NET on whether the rows are computed ahead by other threads.
        Assert.ThrowsAny<Exception>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["C"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["B"]));
    }

    [Fact]
    public void CursorSet_ReturnsEveryRowOnce()
    {
        IDataView view = _ml.Transforms.CopyColumns("O", "Int").Fit(_data).Transform(_data);
        var values = new List<int>();
        foreach (DataViewRowCursor cursor in view.GetRowCursorSet([view.Schema["O"]], 3))
        {
            using (cursor)
            {
                ValueGetter<int> getter = cursor.GetGetter<int>(view.Schema["O"]);
                int value = 0;
                while (cursor.MoveNext())
                {
                    getter(ref value);
                    values.Add(value);
                }
            }
        }

        Assert.Equal([-3, 0, 3, 3, 100000], values.Order());
    }

    [Fact]
    public void RowMapper_TellsItsDependencies_AndFollowsARow()
    {
        ITransformer model = _ml.Transforms.Concatenate("O", "A", "V").Fit(_data);
        Assert.True(model.IsRowToRowMapper);
        IRowToRowMapper mapper = model.GetRowToRowMapper(_data.Schema);
        Assert.Equal(["A", "V"], mapper.GetDependencies([mapper.OutputSchema["O"]]).Select(column => column.Name));
        using DataViewRowCursor cursor = _data.GetRowCursor(_data.Schema);
        using DataViewRow row = mapper.GetRow(cursor, [mapper.OutputSchema["O"]]);
        ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["O"]);
        VBuffer<float> value = default;
        Assert.True(cursor.MoveNext());
        getter(ref value);
        Assert.Equal([1f, 1, 2, 0], value.DenseValues());
    }

    private sealed class OneNumber
    {
        public float A { get; set; }
    }
}
