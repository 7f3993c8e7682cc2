using Mlp.Reports.Content;

namespace Mlp.Reports.Findings;

/// <summary>What a report finds out, before any of it is written or drawn.</summary>
internal sealed class ReportFindings
{
    /// <summary>Computes all of it.</summary>
    /// <param name="content">Where the settings ask for cancellation, this throws <see cref="OperationCanceledException"/>.</param>
    public ReportFindings(ReportContent content)
    {
        Columns = content.Train is { RowCount: > 0 } train ? ColumnSummary.Of(content, train) : [];
        if (content.Predictions is not null)
        {
            Metrics = MetricTable.Create(content);
            Importances = PermutationImportance.Compute(content);
        }
        Warnings = [.. DataWarnings.Of(content, Columns)];
    }

    /// <summary>One per column; empty without training rows.</summary>
    public IReadOnlyList<ColumnSummary> Columns { get; }

    /// <summary>On the test rows; empty without them.</summary>
    public IReadOnlyList<ReportMetric> Metrics { get; } = [];

    /// <summary>On the test rows, the most important column first; empty without test rows.</summary>
    public IReadOnlyList<FeatureImportance> Importances { get; } = [];

    /// <summary>Possible problems of the data, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }
}
