using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Models;
using Mlp.MLNet.Options;
using Mlp.MLNet.Tasks.Regression;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that predicts a number, or several at once: one output per number, and squared error by default.
/// </summary>
/// <remarks>
/// The label is <see cref="float"/>; for several targets a vector of <see cref="float"/> of known size. Create it with
/// <see cref="MlpCatalogExtensions.Mlp(RegressionCatalog.RegressionTrainers, Options)"/>.
/// </remarks>
public sealed class MlpRegressionTrainer : MlpTrainerBase<MlpRegressionTransformer>
{
    internal MlpRegressionTrainer(IHostEnvironment environment, Options options)
        : base(environment, options, new RegressionTask())
    {
    }

    private protected override MlpRegressionTransformer CreateTransformer(TransformerContent content) => new(Host, content);

    /// <summary>The columns and hyper-parameters of a <see cref="MlpRegressionTrainer"/>.</summary>
    /// <remarks>
    /// <para>
    /// <see cref="MlpOptions.Loss"/> is <see cref="Loss.SquaredError"/> unless it is set. Others that make sense: <see cref="Loss.Huber"/>
    /// and <see cref="Loss.AbsoluteError"/> for outliers, <see cref="Loss.Quantile"/>, <see cref="Loss.Poisson"/> for counts (labels at
    /// least 0; Score is the rate, not its logarithm), <see cref="Loss.BinaryCrossEntropy"/> for fractions (labels in [0, 1]).
    /// </para>
    /// <para>
    /// Any <see cref="MlpOptions.OutputActivation"/> makes sense with the errors of numbers: Softplus for labels above 0, Sigmoid for
    /// labels in (0, 1). Null: Identity.
    /// </para>
    /// </remarks>
    public sealed class Options : MlpOptions
    {
        /// <summary>Options that are left to a preset until they are set.</summary>
        /// <param name="preset">Which one.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
        public Options(MlpPreset preset = MlpPreset.Default)
            : base(preset)
        {
        }

        /// <summary>
        /// Whether labels are scaled to mean 0 and standard deviation 1, as they are in the training rows, while training. The model gives
        /// scores in the label's unit all the same. Losses that are reported, and the threshold of
        /// <see cref="Loss.Huber"/>, are in standard deviations of the label then; validation metrics are in its unit. A loss with a link
        /// of its own (Poisson, cross-entropy) or an output activation takes labels as they are; with them true is refused when it is set.
        /// scikit-learn: TransformedTargetRegressor; PyTorch: none. Default: true.
        /// </summary>
        public bool? NormalizeLabel { get; set; }

        /// <summary>
        /// Whether scores are kept within the range of the labels in the training rows, where the loss has no link of its own: networks
        /// interpolate well and extrapolate badly. With such a loss (Poisson, cross-entropy) true is refused when it is set.
        /// scikit-learn, PyTorch: none. Default: true (Plain: false).
        /// </summary>
        public bool? BoundScores { get; set; }

        /// <summary>
        /// The part of new labels that the intervals from Score.Lower to Score.Upper are to hold, in (0, 1); several levels have intervals
        /// each: <c>0.9</c>, <c>[0.5, 0.9]</c>. They are found from the rows that networks hold out, or from the validation data; without
        /// both, as with Plain, Fit says so. Scores stay as they are without. At most <see cref="PredictionLevels.MaximumCount"/> levels.
        /// scikit-learn, PyTorch: none. Default: none.
        /// </summary>
        public PredictionLevels? PredictionIntervals { get; set; }

        private protected override Loss DefaultLoss => Loss.SquaredError;

        internal override OutputFunctions OutputFunctionsOf(ResolvedOptions resolved) => OutputFunctions.ForNumbers(resolved);

        internal override IEnumerable<(string Name, object? Value)> Values(ResolvedOptions resolved) =>
        [
            .. base.Values(resolved), (nameof(NormalizeLabel), resolved.NormalizeLabel), (nameof(BoundScores), resolved.BoundScores),
            (nameof(PredictionIntervals), resolved.PredictionIntervals),
        ];

        internal override ResolvedOptions Resolve()
        {
            ResolvedOptions resolved = base.Resolve();
            var preset = PresetValues.Of(Preset);
            return resolved with
            {
                NormalizeLabel = NormalizeLabel ?? (preset.NormalizeLabel && TakesScaledLabels(resolved)),
                BoundScores = BoundScores ?? (preset.BoundScores && resolved.Loss.Link == OutputLink.Identity),
                PredictionIntervals = PredictionIntervals,
            };
        }

        internal override ResolvedOptions Validate()
        {
            ResolvedOptions resolved = base.Validate();
            if (resolved.NormalizeLabel && !TakesScaledLabels(resolved))
            {
                throw new ArgumentException(
                    $"NormalizeLabel is true with the loss {resolved.Loss} and the output activation "
                        + $"{OutputFunctionsOf(resolved).Trained}, which take labels as they are. Leave NormalizeLabel out, or set it to "
                        + "false.",
                    nameof(NormalizeLabel));
            }
            if (resolved.BoundScores && resolved.Loss.Link != OutputLink.Identity)
            {
                throw new ArgumentException(
                    $"BoundScores is true with the loss {resolved.Loss}, whose link {resolved.Loss.Link} bounds scores itself. Leave "
                        + "BoundScores out, or set it to false.",
                    nameof(BoundScores));
            }
            return resolved;
        }

        private static bool TakesScaledLabels(ResolvedOptions resolved) =>
            resolved is { Loss.Link: OutputLink.Identity, OutputActivation: null or Mlp.Activation.Identity };
    }
}
