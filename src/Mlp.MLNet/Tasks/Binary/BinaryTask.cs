using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

[assembly: Mlp.MLNet.Tasks.KnownTask<Mlp.MLNet.Tasks.Binary.BinaryTask>]

namespace Mlp.MLNet.Tasks.Binary;

/// <summary>One of two classes: one output, the logit of the positive class.</summary>
internal sealed class BinaryTask : TaskDefinition
{
    // The first must be a value of the label's key; the second, that of a model, need not be known to a label.
    private readonly string? _positiveClass, _positiveClassOfModel;

    public BinaryTask()
        : this(positiveClass: null)
    {
    }

    /// <param name="positiveClass">The positive class of a label that is a key, by its value; null for the second one.</param>
    /// <param name="positiveClassOfModel">That of a model; null where nothing is known.</param>
    public BinaryTask(string? positiveClass, string? positiveClassOfModel = null) =>
        (_positiveClass, _positiveClassOfModel) = (positiveClass, positiveClassOfModel);

    public override string Name => "binary classification";

    public override string ModelSignature => "MLPBINRY";

    public override string LoaderSignature => MlpBinaryTransformer.LoaderSignature;

    public override bool SavesLabel => false;

    public override bool IsTaskOf(OutputLink link, int outputCount) => link == OutputLink.Sigmoid && outputCount == 1;

    public override PredictionKind KindOf(int outputCount) => PredictionKind.BinaryClassification;

    public override TaskDefinition ReadingAs(LabelContent trained) => new BinaryTask(_positiveClass, trained.Values?.NameOf(1));

    public override void CheckLabel(ColumnDescription label)
    {
        if (label is { IsScalar: true, IsKey: true, KeyCount: 1 })
            throw SchemaChecks.OneClass(label);
        bool isKeyOfTwo = label is { IsScalar: true, IsKey: true, KeyCount: null or 2 };
        if (!isKeyOfTwo && !label.IsScalarOf(BooleanDataViewType.Instance) && !label.IsScalarOf(NumberDataViewType.Single))
        {
            throw SchemaChecks.Error(
                $"Label column '{label.Name}' is {label.TypeName}; a binary classifier needs Boolean, Single with 0 and 1 (or -1 and 1), "
                    + "or a key with 2 values. " +
                (label.IsKey ? "For more classes use the multiclass trainer" : "Convert it, for example with Conversion.ConvertType")
                + ", or set LabelColumnName.");
        }
        if (_positiveClass is not null && !label.IsKey)
        {
            throw SchemaChecks.Error(
                $"Label column '{label.Name}' is {label.TypeName}, and PositiveClass names a value of a key; the positive class of such "
                    + $"a label is {(label.ItemType is BooleanDataViewType ? "true" : "1")}. " +
                "Leave PositiveClass out, or make a key of the label with Conversion.MapValueToKey.");
        }
    }

    public override void CheckLabel(DataViewSchema.Column label)
    {
        base.CheckLabel(label);
        if (_positiveClass is null || KeyOf(label, _positiveClass) is not null)
            return;
        string found = LabelValues.OfKey(label) is LabelValues values
            ? $"the values of its key are '{values.NameOf(0)}' and '{values.NameOf(1)}'" : "its key has no values";
        throw SchemaChecks.Error(
            $"PositiveClass is '{_positiveClass}', which is no value of label column '{label.Name}': {found}. Set PositiveClass to one "
                + "of them, or to null for the second.");
    }

    /// <summary>The values of a key, the negative class first; null for another label, or without values.</summary>
    public override LabelValues? NamesOf(DataViewSchema.Column label) =>
        LabelValues.Of(label) is LabelValues values ? PositiveKeyOf(label) == BinaryLabelReader.SecondKey
        ? values : values.Reversed() : null;

    public override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label, OutputLink link) =>
        new BinaryLabelReader(row, label, PositiveKeyOf(label));

    public override int CountOutputs(TrainingColumns columns) => 1;

    public override int CountClasses(TrainingColumns columns) => 2;

    public override void CheckTargets(TargetSummary targets, TrainingColumns columns)
    {
        if (targets.Only is not float target)
            return;
        string only = BinaryLabelReader.NameOf(target, columns.Label, NamesOf(columns.Label));
        throw new InvalidOperationException(
            $"Label column '{columns.Label.Name}' is {only} in {targets.Every}; a binary classifier needs both classes. Check how the rows "
                + "were filtered and split.");
    }

    public override LabelContent Describe(DataViewSchema.Column label) => new(
        IsVector: false, NamesOf(label), new BinaryDecision(Threshold: 0, _positiveClass is null ? null : PositiveKeyOf(label)));

    public override int? OutputCountOf(LabelContent label) => 1;

    public override IEnumerable<SchemaShape.Column> OutputShapes(SchemaShape.Column label, ResolvedOptions options) =>
    [
        .. BinaryOutputColumns.Shapes(_positiveClass is null ? null : label),
        .. options.PredictionSets is null ? [] : BinarySetColumn.Shapes(label),
    ];

    public override IReadOnlyList<OutputColumn> CreateOutputColumns(
        uint scoreColumnSetId, int outputCount, LabelContent label, Coverage coverage) =>
        [
            .. BinaryOutputColumns.Create(scoreColumnSetId, label.Decision, label.Values),
            .. coverage.Sets is { } sets ? [BinarySetColumn.Create(scoreColumnSetId, sets, label)] : Array.Empty<OutputColumn>(),
        ];

    public override string DescribeMissing(LabelContent label) => label.Decision.PositiveKey is not null
        ? "Score and Probability are NaN and PredictedLabel is the missing key"
        : "Score and Probability are NaN and PredictedLabel is false, which means nothing";

    public override (IReadOnlyList<OnnxOutput> Outputs, string? Index) AddScores(
        IOnnxGraph graph, Model<float> model, LabelContent label, string output)
    {
        IReadOnlyList<OnnxOutput> logits = PredictionNodes.AddLogits(graph, output, width: 1);
        if (label.Decision.PositiveKey is null)
        {
            PredictionNodes.AddFlags(graph, PredictionNodes.PredictedLabel, output, label.Decision.Threshold);
            return ([new(PredictionNodes.PredictedLabel, OnnxElement.Boolean, 1), .. logits], null);
        }
        string isPositive = PredictionNodes.AddFlags(graph, "isPositive", output, label.Decision.Threshold);
        return (logits, graph.AddNode(
            "Cast", PredictionNodes.PredictedLabelIndex, [isPositive], new OnnxAttribute("to", (long)OnnxElement.Int64)));
    }

    public override IReadOnlyList<OnnxOutput> AddCoverage(
        IOnnxGraph graph, Model<float> model, Coverage coverage, string output, InputNodes inputs)
    {
        if (coverage.Sets is not { } sets)
            return [];
        string positive = ModelNodes.AddLink(graph, OutputLink.Sigmoid, "sets/positive", output);
        string negative = graph.AddNode("Sub", "sets/negative", [graph.AddConstant("sets/one", [1f], 1, 1), positive]);
        string both = graph.AddNode("Concat", "sets/probabilities", [negative, positive], OnnxAttribute.Axis(1));
        LabelSetNodes.Add(graph, sets, both, LabelSetColumn.Name);
        return [new(LabelSetColumn.Name, OnnxElement.Boolean, 2)];
    }

    private int PositiveKeyOf(DataViewSchema.Column label) =>
        (_positiveClass ?? _positiveClassOfModel) is string positive
        ? KeyOf(label, positive) ?? BinaryLabelReader.SecondKey : BinaryLabelReader.SecondKey;

    /// <summary>The key of one of its values, given as text: 1 or 2; null when it has no such value.</summary>
    private static int? KeyOf(DataViewSchema.Column label, string value) =>
        label.Type is KeyDataViewType && LabelValues.OfKey(label) is LabelValues values
        && Array.IndexOf(values.ToTexts(), value) is >= 0 and int index
            ? index + 1 : null;
}
