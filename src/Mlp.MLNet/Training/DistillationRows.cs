using Microsoft.ML;
using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.Numerics;

namespace Mlp.MLNet.Training;

/// <summary>Reads the rows that a model is distilled with: its features, and no label.</summary>
internal static class DistillationRows
{
    private const int RowsBetweenChecks = 1 << 16;

    /// <param name="data">Has the columns that the model reads.</param>
    /// <param name="transformer">Says which, and what their slots are.</param>
    /// <param name="checkCancellation">Called for each row; what it throws ends the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type or size.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or infinite features, or the rows do not fit in memory.</exception>
    public static FeatureTable<float> Read(IDataView data, MlpTransformerBase transformer, Action checkCancellation)
    {
        DataViewSchema.Column column =
            SchemaChecks.FindScoringFeatures(data.Schema, transformer.FeatureColumnName, transformer.Model.InputCount);
        DataViewSchema.Column[] keyColumns = SchemaChecks.FindCategories(data.Schema, transformer.CategoricalColumnNames);
        FeatureLayout layout = transformer.Model.EngineModel.Layout ?? FeatureLayout.Dense(transformer.Model.InputCount);
        var table = new FeatureTableBuilder<float>(layout, data.GetRowCount());
        var problems = new RowProblems();
        string problem = $"Feature column '{column.Name}' is infinite";
        using DataViewRowCursor cursor = data.GetRowCursor([column, .. keyColumns]);
        var features = new FeatureColumn(cursor, column);
        var keys = new KeyReader(cursor, keyColumns, layout.KeyCounts);
        int rowCount = 0;
        while (cursor.MoveNext())
        {
            checkCancellation();
            rowCount++;
            if (rowCount % RowsBetweenChecks == 0)
                SizeOf(rowCount).Check(rowsSoFar: rowCount);
            features.Read();
            ReadOnlySpan<float> values = features.Values;
            int unusual = Finite.IndexOfAnyExcept(values);
            if (unusual >= 0 && values.IndexOfAny(float.PositiveInfinity, float.NegativeInfinity) is >= 0 and int position)
            {
                int slot = features.IsDense ? position : features.Slots[position];
                problems.Add(
                    problem, rowCount, problems.Has(problem) ? null : features.Describe(slot, values[position]),
                    "Correct or filter these rows.");
            }
            if (!problems.Any)
                table.Add(features.IsDense, features.Slots, values, keys.Read(), hasMissing: unusual >= 0);
        }
        if (rowCount == 0)
            throw new InvalidOperationException("The data to distill with has no rows. Give it those that the model was trained on.");
        return problems.Any ? throw problems.ToException(rowCount, "distillation") : table.ToTable(weights: null);

        MemoryEstimate SizeOf(int count) => MemoryEstimate
            .OfData<float>(count, inputCount: 0, transformer.Model.OutputCount, hasWeights: true).WithBytes(table.Bytes);
    }
}
