using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Mlp.MLNet.Onnx;

namespace Mlp.MLNet;

// ml.Model.ConvertToOnnx follows the data views of a pipeline from the last to the first, as long as they are of this internal interface.
internal sealed partial class ScoringDataView : ITransformCanSaveOnnx
{
    IDataView IDataTransform.Source => input;

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
    {
        ctx.CheckOpSetVersion(OnnxFile.OperatorSet, "Mlp");
        var graph = new OnnxContextGraph(ctx, mapper.Predictions.ToDictionary(column => column.Name, column => column.Type));
        PredictionNodes.AddWithKeys(graph, mapper.Model, ctx.GetVariableName(mapper.FeatureColumnName));
    }

    // Part of the interface; only programs of ML.NET's command line save data views.
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        "A data view with predictions cannot be saved by itself. Save the model with ml.Model.Save, and transform the data again.");
}
