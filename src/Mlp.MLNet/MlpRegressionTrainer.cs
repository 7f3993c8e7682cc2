using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that predicts a number, or several at once: one output per number, and squared error unless told
/// otherwise.
/// </summary>
/// <remarks>
/// The label is <see cref="float"/>; for several targets a vector of <see cref="float"/> of known size. Create it with
/// <see cref="MlpCatalogExtensions.Mlp(RegressionCatalog.RegressionTrainers, Options)"/>.
/// </remarks>
public sealed class MlpRegressionTrainer : MlpTrainerBase<MlpRegressionTransformer>
{
    private readonly bool _scalesTargets, _boundsScores;

    internal MlpRegressionTrainer(IHostEnvironment environment, Options options)
        : base(environment, options) =>
        (_scalesTargets, _boundsScores) = (options.ScalesTargets, options.BoundScores && options.OutputLayer.Link == OutputLink.Identity);

    private protected override IEnumerable<SchemaShape.Column> GetOutputColumnShapes(SchemaShape.Column label) =>
        RegressionOutputColumns.Shapes(label);

    private protected override void CheckLabel(ColumnDescription label) => SchemaChecks.CheckRegressionLabel(label);

    private protected override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label) =>
        new RegressionLabelReader(row, label, Settings.OutputLayer.Link);

    private protected override int CountOutputs(TrainingColumns columns) => columns.TargetCount;

    private protected override void CheckTargets(TrainingRows rows, TrainingColumns columns)
    {
        if (rows.RowWithTooLargeTarget() is not { } row)
            return;
        float label = rows.Targets[row][TargetScaling<float>.IndexOfTooLarge(rows.Targets[row])];
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Label column '{columns.Label.Name}' is {label} in row {rows.NumberOf(row):N0}; labels must lie between -{TargetScaling<float>.LargestTarget:G2} and {TargetScaling<float>.LargestTarget:G2}, so that a network with scores in their unit fits in Single. Divide the labels by a constant before Fit."));
    }

    private protected override TargetScaling<float>? CreateTargetScaling(TrainingRows rows) =>
        _scalesTargets ? TargetScaling<float>.Standardize(rows.Targets, exampleWeights: rows.ExampleWeights) : null;

    private protected override TargetRange<float>? CreateRange(TrainingRows rows) =>
        _boundsScores ? TargetRange<float>.Of(rows.Targets) : null;

    private protected override MlpRegressionTransformer CreateTransformer(MlpModelParameters model, TrainingColumns columns) => new(
        Host, TransformerContent.Of(model, columns, new LabelContent(columns.Label.Type is VectorDataViewType, LabelValues.Of(columns.Label))));

    /// <summary>The columns and hyper-parameters of a <see cref="MlpRegressionTrainer"/>.</summary>
    /// <remarks>
    /// <para>
    /// <see cref="MlpOptions.Loss"/> is <see cref="Loss.SquaredError"/> unless set. Others that make sense: <see cref="Loss.Huber"/> and
    /// <see cref="Loss.AbsoluteError"/> for outliers, <see cref="Loss.Quantile"/>, <see cref="Loss.Poisson"/> for counts (labels at least
    /// 0; Score is the rate, not its logarithm), <see cref="Loss.BinaryCrossEntropy"/> for fractions (labels in [0, 1]).
    /// </para>
    /// <para>
    /// Any <see cref="MlpOptions.OutputActivation"/> makes sense with the errors of numbers: Softplus for labels above 0, Sigmoid for
    /// labels in (0, 1), Identity unless set.
    /// </para>
    /// </remarks>
    public sealed class Options : MlpOptions
    {
        /// <summary>The values of a recipe.</summary>
        /// <param name="preset">Which one.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
        public Options(MlpPreset preset = MlpPreset.Default)
            : base(Loss.SquaredError) => MlpPresets.Apply(preset, this);

        /// <summary>
        /// Whether labels are scaled to mean 0 and standard deviation 1, as they are in the training rows, while training; true unless
        /// set. The model gives scores in the label's unit all the same. Losses that are reported, and the threshold of
        /// <see cref="Loss.Huber"/>, are in standard deviations of the label then; validation metrics are in its unit. A loss with a link
        /// of its own (Poisson, cross-entropy) or an output activation takes labels as they are; with them true is refused when it is set.
        /// scikit-learn: TransformedTargetRegressor; PyTorch: none.
        /// </summary>
        public bool NormalizeLabel
        {
            get;
            set
            {
                field = value;
                NoteSet();
            }
        } = true;

        /// <summary>
        /// Whether scores are kept within the range of the labels in the training rows, where the loss has no link of its own: between what
        /// it was shown a network guesses well, beyond it wildly. With such a loss (Poisson, cross-entropy) true is refused when it is set.
        /// False unless set. scikit-learn, PyTorch: none.
        /// </summary>
        public bool BoundScores
        {
            get;
            set
            {
                field = value;
                NoteSet();
            }
        }

        internal override OutputLayer OutputLayer => OutputLayer.ForNumbers(this);

        private protected override IEnumerable<(string Name, object? Value)> Values() =>
            [.. base.Values(), (nameof(NormalizeLabel), NormalizeLabel), (nameof(BoundScores), BoundScores)];

        internal override void Validate()
        {
            base.Validate();
            if (NormalizeLabel && IsSet(nameof(NormalizeLabel)) && !ScalesTargets)
            {
                throw new ArgumentException(
                    $"NormalizeLabel is true with the loss {Loss} and the output activation {OutputLayer.Trained}, which take labels as they are. Leave NormalizeLabel out, or set it to false.",
                    nameof(NormalizeLabel));
            }
            if (BoundScores && IsSet(nameof(BoundScores)) && OutputLayer.Link != OutputLink.Identity)
            {
                throw new ArgumentException(
                    $"BoundScores is true with the loss {Loss}, whose link {OutputLayer.Link} bounds scores itself. Leave BoundScores out, or set it to false.",
                    nameof(BoundScores));
            }
        }

        internal bool ScalesTargets => NormalizeLabel && OutputLayer is { Link: OutputLink.Identity, Trained: Activation.Identity };
    }
}
