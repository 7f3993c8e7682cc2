using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Makes one data view of another, lazily.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Whether every row of the output comes from one row of the input.</summary>
    bool IsRowToRowMapper { get; }

    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    IDataView Transform(IDataView input);

    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}
