using Mlp.Tables;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>Counts the test rows that the training rows hold as well.</summary>
internal static class KnownTestRows
{
    // Larger tables are not compared: a hash of each row is kept.
    private const int MostRows = 2_000_000;

    /// <summary>Test rows that are equal to a training row in the label and in every column that the model sees; 0 for large
    /// tables.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="plan">Which columns.</param>
    /// <param name="split">Which of the rows with a label test.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static long Count(TableDescription table, PipelinePlan plan, TableSplit split, CancellationToken cancellationToken)
    {
        LabelDescription label = table.Label!;
        if (table.RowCount > MostRows)
            return 0;
        HashSet<string> fields = [.. plan.Inputs.Where(input => input.Kind != InputKind.Split).SelectMany(input => input.Fields)];
        int[] indices = [.. table.Columns.Where(column => fields.Contains(column.Name)).Select(column => column.Index)];
        var train = new HashSet<ulong>();
        var test = new List<ulong>();
        int row = 0;
        foreach (RowReader reader in OpenTable.RowsOf(table, cancellationToken))
        {
            if (MissingTokens.HasNoLabel(reader, label))
                continue;
            ulong hash = 0;
            foreach (int index in indices)
                hash = FieldHash.Mix(hash, FieldHash.Of(reader.Field(index)));
            if (split.IsTest(row++))
                test.Add(hash);
            else
                train.Add(hash);
        }
        return test.LongCount(train.Contains);
    }
}
