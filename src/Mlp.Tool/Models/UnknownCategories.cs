using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables;
using Mlp.Tables.Reading;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>Counts the rows in which a category has a value that training did not see.</summary>
internal sealed class UnknownCategories
{
    private const int MostExamples = 10;

    private readonly HashSet<string> _known;
    private readonly int _index;
    private readonly List<string> _examples = [];

    private readonly TextForm _form;

    private UnknownCategories(string field, int index, TextForm form, HashSet<string> known) =>
        (Field, _index, _form, _known) = (field, index, form, known);

    /// <summary>The table's column.</summary>
    public string Field { get; }

    public long RowCount { get; private set; }

    /// <summary>The first different values.</summary>
    public IReadOnlyList<string> Examples => _examples;

    /// <summary>Returns null if the pipeline does not tell which categories it knows.</summary>
    /// <param name="input">The category.</param>
    /// <param name="scored">After the pipeline, in which the column of that name is a vector with a slot for each known category.</param>
    /// <param name="table">Where the column is.</param>
    public static UnknownCategories? Create(InputColumn input, DataViewSchema scored, TableDescription table)
    {
        DataViewSchema.Column column = scored[input.Name];
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        ColumnDescription field = table.Columns.First(candidate => candidate.Name == input.Fields[0]);
        return new UnknownCategories(
            field.Name, field.Index, input.TextForm, [.. names.DenseValues().Select(name => name.ToString()), "", .. field.MissingTokens]);
    }

    public void Look(string[] row)
    {
        string value = TextForms.Apply(row[_index], _form);
        if (_known.Contains(value))
            return;
        RowCount++;
        if (_examples.Count < MostExamples && !_examples.Contains(value))
            _examples.Add(value);
    }
}
