namespace Microsoft.ML.Data;

/// <summary>A column that a transformer adds to one input schema: its look, the columns it reads, and how its getter is made.</summary>
internal sealed record BoundColumn(
    DataViewSchema.DetachedColumn Output,
    IReadOnlyList<int> Sources,
    Func<DataViewRow, Delegate> MakeGetter);
