using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

[assembly: Mlp.MLNet.Tasks.KnownTask<Mlp.MLNet.Tasks.Multiclass.MulticlassTask>]

namespace Mlp.MLNet.Tasks.Multiclass;

/// <summary>One of several classes: one output per class.</summary>
internal sealed class MulticlassTask : TaskDefinition
{
    private const int MaxClassCount = 1_000_000;

    public override string Name => "multiclass classification";

    public override string ModelSignature => "MLPMULTI";

    public override string LoaderSignature => MlpMulticlassTransformer.LoaderSignature;

    public override bool IsTaskOf(OutputLink link, int outputCount) => link == OutputLink.Softmax;

    public override PredictionKind KindOf(int outputCount) => PredictionKind.MulticlassClassification;

    public override void CheckLabel(ColumnDescription label)
    {
        if (label is not { IsScalar: true, IsKey: true })
        {
            throw SchemaChecks.Error(
                $"Label column '{label.Name}' is {label.TypeName}; a multiclass classifier needs a key. " +
                "Make one with Conversion.MapValueToKey, or set LabelColumnName.");
        }
        if (label.KeyCount == 1)
            throw SchemaChecks.OneClass(label);
        if (label.KeyCount > MaxClassCount)
        {
            throw SchemaChecks.Error(
                $"Label column '{label.Name}' is a key with {label.KeyCount:N0} values; a multiclass classifier needs 2 to "
                    + $"{MaxClassCount:N0}. Make the key from the classes that occur, with Conversion.MapValueToKey.");
        }
    }

    public override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label, OutputLink link) =>
        new MulticlassLabelReader(row, label);

    public override int CountOutputs(TrainingColumns columns) => CountClasses(columns);

    public override int CountClasses(TrainingColumns columns) => (int)((KeyDataViewType)columns.Label.Type).Count;

    public override void CheckTargets(TargetSummary targets, TrainingColumns columns)
    {
        if (targets.Only is not float target)
            return;
        var only = (int)target;
        string name = LabelValues.OfKey(columns.Label) is LabelValues values ? $"'{values.NameOf(only)}'" : $"key value {only + 1}";
        throw new InvalidOperationException(
            $"Label column '{columns.Label.Name}' is {name} in {targets.Every}; a classifier needs rows of at least two classes. Check how "
                + "the rows were filtered and split.");
    }

    public override IRowSource<float> ToRowSource(TrainingRows rows, TrainingColumns columns) => rows.ToClassRows(CountClasses(columns));

    public override IEnumerable<SchemaShape.Column> OutputShapes(SchemaShape.Column label, ResolvedOptions options) =>
        MulticlassOutputColumns.Shapes(label, options.PredictionSets is not null);

    public override IReadOnlyList<OutputColumn> CreateOutputColumns(
        uint scoreColumnSetId, int outputCount, LabelContent label, Coverage coverage) =>
        MulticlassOutputColumns.Create(scoreColumnSetId, outputCount, label.Values, coverage.Sets);

    public override string DescribeMissing(LabelContent label) => "Score is NaN and PredictedLabel is the missing key";

    public override (IReadOnlyList<OnnxOutput> Outputs, string? Index) AddScores(
        IOnnxGraph graph, Model<float> model, LabelContent label, string output)
    {
        string score = ModelNodes.AddLink(graph, model.Link, PredictionNodes.Score, output);
        string index = graph.AddNode(
            "ArgMax", PredictionNodes.PredictedLabelIndex, [score], OnnxAttribute.Axis(1), new OnnxAttribute("keepdims", 1));
        return ([new(PredictionNodes.Score, OnnxElement.Single, model.Network.OutputCount)], index);
    }

    public override IReadOnlyList<OnnxOutput> AddCoverage(
        IOnnxGraph graph, Model<float> model, Coverage coverage, string output, InputNodes inputs)
    {
        if (coverage.Sets is not { } sets)
            return [];
        LabelSetNodes.Add(graph, sets, ModelNodes.AddLink(graph, model.Link, "sets/probabilities", output), LabelSetColumn.Name);
        return [new(LabelSetColumn.Name, OnnxElement.Boolean, model.Network.OutputCount)];
    }
}
