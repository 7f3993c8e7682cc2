using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

[assembly: Mlp.MLNet.Tasks.KnownTask<Mlp.MLNet.Tasks.Regression.RegressionTask>]

namespace Mlp.MLNet.Tasks.Regression;

/// <summary>A number, or several: one output per number.</summary>
internal sealed class RegressionTask : TaskDefinition
{
    public override string Name => "regression";

    public override string ModelSignature => "MLPREGRS";

    public override string LoaderSignature => MlpRegressionTransformer.LoaderSignature;

    public override bool IsTaskOf(OutputLink link, int outputCount) => link is OutputLink.Identity or OutputLink.Exponential;

    public override PredictionKind KindOf(int outputCount) =>
        outputCount == 1 ? PredictionKind.Regression : PredictionKind.MultiOutputRegression;

    public override void CheckLabel(ColumnDescription label)
    {
        if (label.IsKey || !label.ItemType.Equals(NumberDataViewType.Single) || label.Kind == SchemaShape.Column.VectorKind.VariableVector)
        {
            throw SchemaChecks.Error(
                $"Label column '{label.Name}' is {label.TypeName}; regression needs Single, or for several targets Vector<Single> of "
                    + "known size. " +
                "Convert it with Conversion.ConvertType or Concatenate, or set LabelColumnName.");
        }
    }

    public override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label, OutputLink link) =>
        new RegressionLabelReader(row, label, link);

    public override void CheckTargets(TargetSummary targets, TrainingColumns columns)
    {
        if (targets.TooLarge is not (long row, float label))
            return;
        throw new InvalidOperationException(
            $"Label column '{columns.Label.Name}' is {label} in row {row:N0}; labels must lie between "
                + $"-{TargetScaling<float>.LargestTarget:G2} and {TargetScaling<float>.LargestTarget:G2}, so that a network with scores "
                    + "in their unit fits in Single. Divide the labels by a constant before Fit.");
    }

    public override int? OutputCountOf(LabelContent label) => label.IsVector ? null : 1;

    public override IEnumerable<SchemaShape.Column> OutputShapes(SchemaShape.Column label, ResolvedOptions options) =>
        RegressionOutputColumns.Shapes(label, options.PredictionIntervals?.Count ?? 0);

    public override IReadOnlyList<OutputColumn> CreateOutputColumns(
        uint scoreColumnSetId, int outputCount, LabelContent label, Coverage coverage) =>
        RegressionOutputColumns.Create(scoreColumnSetId, outputCount, label, coverage.Intervals);

    public override string DescribeMissing(LabelContent label) => "Score is NaN";

    public override (IReadOnlyList<OnnxOutput> Outputs, string? Index) AddScores(
        IOnnxGraph graph, Model<float> model, LabelContent label, string output)
    {
        ModelNodes.AddLink(graph, model.Link, PredictionNodes.Score, output);
        return ([new(PredictionNodes.Score, OnnxElement.Single, model.Network.OutputCount)], null);
    }

    public override IReadOnlyList<OnnxOutput> AddCoverage(
        IOnnxGraph graph, Model<float> model, Coverage coverage, string output, InputNodes inputs)
    {
        if (coverage.Intervals is not { } intervals)
            return [];
        string predictions = model.Link == OutputLink.Identity
            ? output : ModelNodes.AddLink(graph, model.Link, "intervals/predictions", output);
        IntervalNodes.Add(graph, intervals, predictions, inputs, IntervalColumns.Names);
        int width = intervals.TargetCount * intervals.Levels.Length;
        return [.. IntervalColumns.Names.Select(name => new OnnxOutput(name, OnnxElement.Single, width))];
    }
}
