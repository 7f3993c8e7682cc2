using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tool.Scorers;

/// <summary>A row that nobody measured: given values in some columns, nothing in the others. It asks a transformer what it
/// computes.</summary>
/// <param name="schema">Of the transformer's input.</param>
/// <param name="values">By column: float[] for numbers and vectors of them, string for texts.</param>
internal sealed class ProbeRow(DataViewSchema schema, IReadOnlyDictionary<string, object> values) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    public override long Position => 0;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        object? given = values.GetValueOrDefault(column.Name);
        Delegate getter = column.Type switch
        {
            TextDataViewType => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
                value = ((string?)given ?? "").AsMemory()),
            VectorDataViewType { ItemType: NumberDataViewType } vector when vector.ItemType == NumberDataViewType.Single =>
                // A copy: some transformers write into what they get.
                (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
                    value = new VBuffer<float>(vector.Size, given is float[] numbers ? [.. numbers] : new float[vector.Size])),
            NumberDataViewType when column.Type == NumberDataViewType.Single =>
                (ValueGetter<float>)((ref float value) => value = ((float[]?)given)?[0] ?? 0),
            _ when given is float[] numbers && PlainNumbers.NameOf(column.Type) is not null =>
                PlainNumbers.CreateGetter(column.Type, numbers[0]),
            _ => (ValueGetter<TValue>)((ref TValue value) => value = default!),
        };
        return (ValueGetter<TValue>)getter;
    }

    /// <summary>What a mapper makes of such a row, in a column of numbers.</summary>
    public static float[] Compute(IRowToRowMapper mapper, string column, IReadOnlyDictionary<string, object> values)
    {
        DataViewSchema.Column output = mapper.OutputSchema[column];
        using DataViewRow row = mapper.GetRow(new ProbeRow(mapper.InputSchema, values), [output]);
        if (output.Type is not VectorDataViewType)
        {
            float number = 0;
            row.GetGetter<float>(output)(ref number);
            return [number];
        }
        VBuffer<float> numbers = default;
        row.GetGetter<VBuffer<float>>(output)(ref numbers);
        return [.. numbers.DenseValues()];
    }
}
