using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Mlp.MLNet.Onnx;

namespace Mlp.MLNet;

// ml.Model.ConvertToOnnx follows the data views of a pipeline from the last to the first, as long as they are of this internal interface.
internal sealed partial class ScoringDataView : ITransformCanSaveOnnx
{
    IDataView IDataTransform.Source => input;

    // Asked first of all, before a step that comes earlier can fail for the same reason with less to say.
    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx)
    {
        OnnxLineage.CheckSteps(ctx, input, mapper.Features);
        return true;
    }

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
    {
        ctx.CheckOpSetVersion(OnnxFile.OperatorSet, "Mlp");
        OnnxLineage.CheckColumns(ctx, input, mapper.Features);
        var graph = new OnnxContextGraph(ctx, mapper.Predictions.ToDictionary(column => column.Name, column => column.Type));
        PredictionNodes.AddWithKeys(graph, mapper.Model, ctx.GetVariableName(mapper.Features.Name));
    }

    /// <summary>The input columns that columns of the output are or are computed from.</summary>
    internal IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> columns) => mapper.GetDependencies(columns);

    // Part of the interface; only programs of ML.NET's command line save data views.
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        "A data view with predictions cannot be saved by itself. Save the model with ml.Model.Save, and transform the data again.");
}
