using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Mlp.MLNet.Onnx;

namespace Mlp.MLNet.Interop;

/// <summary>
/// A data view that ml.Model.ConvertToOnnx can convert: it follows the data views of a pipeline from the last to the first, as long as they
/// are of this internal interface.
/// </summary>
/// <param name="input">Of which the columns are computed.</param>
internal abstract class OnnxDataView(IDataView input) : ITransformCanSaveOnnx
{
    public abstract DataViewSchema Schema { get; }

    public bool CanShuffle => input.CanShuffle;

    IDataView IDataTransform.Source => input;

    protected IDataView Input => input;

    /// <summary>The feature column of the input.</summary>
    protected abstract DataViewSchema.Column Features { get; }

    /// <summary>The key columns of the input that are read beside them.</summary>
    protected abstract IReadOnlyList<DataViewSchema.Column> Keys { get; }

    /// <summary>The columns that are added.</summary>
    protected abstract IEnumerable<DataViewSchema.DetachedColumn> Predictions { get; }

    public long? GetRowCount() => input.GetRowCount();

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    public abstract DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);

    /// <summary>The input columns that columns of the output are or are computed from.</summary>
    public abstract IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> columns);

    // Asked first of all, before a step that comes earlier can fail for the same reason with less to say.
    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx)
    {
        foreach (DataViewSchema.Column column in (DataViewSchema.Column[])[Features, .. Keys])
            OnnxLineage.CheckSteps(ctx, input, column);
        return true;
    }

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
    {
        ctx.CheckOpSetVersion(OnnxFile.OperatorSet, "Mlp");
        foreach (DataViewSchema.Column column in (DataViewSchema.Column[])[Features, .. Keys])
            OnnxLineage.CheckColumns(ctx, input, column);
        var graph = new OnnxContextGraph(ctx, Predictions.ToDictionary(column => column.Name, column => column.Type));
        AddNodes(
            graph, new GraphInputs(ctx.GetVariableName(Features.Name), [.. Keys.Select(key => ctx.GetVariableName(key.Name))]));
    }

    // Part of the interface; only programs of ML.NET's command line save data views.
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        "A data view with predictions cannot be saved by itself. Save the model with ml.Model.Save, and transform the data again.");

    /// <summary>Adds the columns to a graph.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="names">What the graph calls the inputs.</param>
    protected abstract void AddNodes(IOnnxGraph graph, GraphInputs names);
}
