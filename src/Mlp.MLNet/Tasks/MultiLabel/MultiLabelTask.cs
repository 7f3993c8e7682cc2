using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

[assembly: Mlp.MLNet.Tasks.KnownTask<Mlp.MLNet.Tasks.MultiLabel.MultiLabelTask>]

namespace Mlp.MLNet.Tasks.MultiLabel;

/// <summary>Which of several labels apply: one output per label, its logit.</summary>
internal sealed class MultiLabelTask : TaskDefinition
{
    public override string Name => "multi-label classification";

    public override string ModelSignature => "MLPMLABL";

    public override string LoaderSignature => MlpMultiLabelTransformer.LoaderSignature;

    public override bool IsTaskOf(OutputLink link, int outputCount) => link == OutputLink.Sigmoid && outputCount > 1;

    // ML.NET has no such task.
    public override PredictionKind KindOf(int outputCount) => PredictionKind.Custom;

    public override void CheckLabel(ColumnDescription label)
    {
        if (label.IsKey || !label.ItemType.Equals(BooleanDataViewType.Instance) || label.Kind != SchemaShape.Column.VectorKind.Vector)
        {
            throw SchemaChecks.Error(
                $"Label column '{label.Name}' is {label.TypeName}; multi-label classification needs Vector<Boolean> of known size. " +
                "Put the labels together with Concatenate, give the size with [VectorType(n)], or set LabelColumnName.");
        }
    }

    public override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label, OutputLink link) =>
        new MultiLabelReader(row, label, ((VectorDataViewType)label.Type).Size);

    public override IEnumerable<SchemaShape.Column> OutputShapes(SchemaShape.Column label, ResolvedOptions options) =>
        MultiLabelOutputColumns.Shapes(label);

    public override IReadOnlyList<OutputColumn> CreateOutputColumns(
        uint scoreColumnSetId, int outputCount, LabelContent label, Coverage coverage) =>
        MultiLabelOutputColumns.Create(scoreColumnSetId, outputCount, label.Values);

    public override string DescribeMissing(LabelContent label) =>
        "Score and Probability are NaN and all of PredictedLabel is false, which means nothing";

    public override (IReadOnlyList<OnnxOutput> Outputs, string? Index) AddScores(
        IOnnxGraph graph, Model<float> model, LabelContent label, string output)
    {
        int width = model.Network.OutputCount;
        IReadOnlyList<OnnxOutput> logits = PredictionNodes.AddLogits(graph, output, width);
        PredictionNodes.AddFlags(graph, PredictionNodes.PredictedLabel, output, threshold: 0);
        return ([new(PredictionNodes.PredictedLabel, OnnxElement.Boolean, width), .. logits], null);
    }
}
