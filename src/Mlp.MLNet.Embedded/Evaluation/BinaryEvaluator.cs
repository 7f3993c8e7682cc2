using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Evaluates scores of two classes: by their order, by the sign of the score and, if there is one, by the probability.</summary>
internal sealed class BinaryEvaluator : Evaluator<CalibratedBinaryClassificationMetrics>
{
    /// <summary>The area under the precision-recall curve is that of a sample of at most so many rows.</summary>
    private const int PrecisionRecallSampleSize = 100000;

    private readonly Columns _columns;
    private readonly string[] _classNames;
    private readonly BinaryCounts _counts = new();
    private readonly List<float> _positiveScores = [];
    private readonly List<float> _negativeScores = [];
    private readonly ReservoirSample<(float Score, bool IsPositive)> _sample;

    public BinaryEvaluator(IHostEnvironment env, IDataView data, Columns columns)
        : base(data, columns.Active)
    {
        var host = env.Register("BinaryClassifierEvaluator");
        columns.CheckTypes(host);
        _columns = columns;
        _classNames = ClassNames(columns.Label);
        _sample = new ReservoirSample<(float, bool)>(PrecisionRecallSampleSize, host.Register("Aggregator").Rand);
    }

    protected override Action Bind(DataViewRow row)
    {
        var getLabel = EvaluationColumns.BindLabel(row, _columns.Label);
        var getScore = EvaluationColumns.Bind<float>(row, _columns.Score);
        var getProbability = _columns.Probability is { } column ? EvaluationColumns.Bind<float>(row, column) : () => float.NaN;
        return () =>
        {
            float label = getLabel();
            float score = getScore();
            // Rows without a label or a usable score count nowhere.
            if (!float.IsFinite(score) || float.IsNaN(label))
                return;
            bool isPositive = label > 0;
            _counts.Add(isPositive, score, getProbability());
            (isPositive ? _positiveScores : _negativeScores).Add(score);
            _sample.Add((score, isPositive));
        };
    }

    protected override CalibratedBinaryClassificationMetrics Finish()
    {
        double areaUnderRoc = RocCurve.Area(_positiveScores, _negativeScores);
        double areaUnderPrecisionRecall = PrecisionRecallCurve.Area(_sample.Items);
        return new CalibratedBinaryClassificationMetrics(
            _counts, areaUnderRoc, areaUnderPrecisionRecall,
            new ConfusionMatrix(_counts.ConfusionTable, _classNames, isBinary: true));
    }

    /// <summary>A key label names its classes itself, whatever their order means.</summary>
    private static string[] ClassNames(DataViewSchema.Column label)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        if (label.Type is not KeyDataViewType
            || label.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is not VectorDataViewType { Size: > 0 } type
            || type.ItemType is not TextDataViewType)
            return ["positive", "negative"];
        label.GetKeyValues(ref names);
        return names.DenseValues().Select(name => name.ToString()).ToArray();
    }

    /// <summary>The columns that take part; without a probability the metrics that need one are NaN.</summary>
    internal sealed record Columns(DataViewSchema.Column Label, DataViewSchema.Column Score, DataViewSchema.Column? Probability)
    {
        public static Columns Find(DataViewSchema schema, string label, string score, string? probability, string predictedLabel)
        {
            var columns = new Columns(
                EvaluationColumns.Find(schema, "Label", label),
                EvaluationColumns.Find(schema, "Score", score),
                probability == null ? null : EvaluationColumns.Find(schema, "Probability", probability));
            // It is not read, but it has to be there.
            EvaluationColumns.Find(schema, "PredictedLabel", predictedLabel);
            return columns;
        }

        public IEnumerable<DataViewSchema.Column> Active => Probability is { } probability ? [Label, Score, probability] : [Label, Score];

        public void CheckTypes(IHostEnvironment env)
        {
            EvaluationColumns.CheckType(env, Score.Type == NumberDataViewType.Single, "score", Score, "Single");
            bool isLabel = Label.Type == NumberDataViewType.Single || Label.Type == NumberDataViewType.Double
                || Label.Type is BooleanDataViewType or KeyDataViewType { Count: 2 };
            EvaluationColumns.CheckType(env, isLabel, "label", Label, "Single, Double, Boolean, or a Key with cardinality 2");
            if (Probability is { } probability)
                EvaluationColumns.CheckType(env, probability.Type == NumberDataViewType.Single, "probability", probability, "Single");
        }
    }
}
