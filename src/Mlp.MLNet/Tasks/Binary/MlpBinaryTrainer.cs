using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Models;
using Mlp.MLNet.Options;
using Mlp.MLNet.Tasks.Binary;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that tells two classes apart: one output, the logit of the positive class, and binary
/// cross-entropy by default.
/// </summary>
/// <remarks>
/// The label is <see cref="bool"/>, <see cref="float"/> with 0 and 1 (or −1 and 1), or a key with 2 values, of which the second is the
/// positive class unless <see cref="Options.PositiveClass"/> says otherwise. Its probabilities need no calibrator: the loss is proper.
/// Create it with <see cref="MlpCatalogExtensions.Mlp(BinaryClassificationCatalog.BinaryClassificationTrainers, Options)"/>.
/// </remarks>
public sealed class MlpBinaryTrainer : MlpTrainerBase<MlpBinaryTransformer>
{
    internal MlpBinaryTrainer(IHostEnvironment environment, Options options)
        : base(environment, options, new BinaryTask(options.PositiveClass))
    {
    }

    private protected override MlpBinaryTransformer CreateTransformer(TransformerContent content) => new(Host, content);

    /// <summary>The columns and hyper-parameters of a <see cref="MlpBinaryTrainer"/>.</summary>
    /// <remarks>
    /// <see cref="MlpOptions.Loss"/> is <see cref="Loss.BinaryCrossEntropy"/> unless it is set. Others that make sense:
    /// <see cref="Loss.BinaryFocal"/> for a rare class, and <see cref="Loss.SquaredError"/> and the other errors of numbers, which compare
    /// the probability with 0 or 1: with them the output layer is trained through a sigmoid.
    /// </remarks>
    public sealed class Options : MlpClassificationOptions
    {
        /// <summary>Options that are left to a preset until they are set.</summary>
        /// <param name="preset">Which one.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
        public Options(MlpPreset preset = MlpPreset.Default)
            : base(preset)
        {
        }

        /// <summary>
        /// How much rows of the negative and of the positive class count, in this order, besides their example weights:
        /// <see cref="ClassWeights.Balanced"/>, or given by <see cref="ClassWeights.Of"/>. They
        /// concern training and validation rows. scikit-learn: class_weight; PyTorch: pos_weight of BCEWithLogitsLoss. Default: none.
        /// </summary>
        public ClassWeights? ClassWeights { get; set; }

        /// <summary>
        /// The positive class of a label that is a key with values, as <c>Conversion.MapValueToKey</c> makes them: one of its two values,
        /// as text ("yes", "1"). PredictedLabel is then a key with the values of the label, which <c>Conversion.MapKeyToValue</c> turns
        /// into the text. Null: the second value of the key, which is the one that comes second in the data, and a Boolean
        /// PredictedLabel. scikit-learn: pos_label of its metrics; PyTorch: none. Default: the second value of a key.
        /// </summary>
        public string? PositiveClass { get; set; }

        /// <summary>
        /// The part of new rows whose class the set in the column PredictedLabelSet is to hold, in (0, 1): 0.9 for nine of ten. The set is
        /// a vector of Boolean, one slot per class: those that are probable enough, and always the most probable one. How probable that is,
        /// is found from the rows that networks hold out, or from the validation data; without both, as with Plain, Fit says so. Scores
        /// stay as they are without. scikit-learn, PyTorch: none. Default: none.
        /// </summary>
        public double? PredictionSets { get; set; }

        private protected override Loss DefaultLoss => Loss.BinaryCrossEntropy;

        internal override OutputFunctions OutputFunctionsOf(ResolvedOptions resolved) =>
            OutputFunctions.ForClasses(
                resolved, "one output for two classes", allowsSoftmax: false, "BinaryCrossEntropy, or BinaryFocal for a rare class");

        internal override ResolvedOptions Resolve() => base.Resolve() with
        {
            ClassWeights = ClassWeights,
            PositiveClass = PositiveClass,
            PredictionSets = PredictionSets,
        };

        internal override IEnumerable<(string Name, object? Value)> Values(ResolvedOptions resolved) =>
        [
            .. base.Values(resolved), (nameof(ClassWeights), resolved.ClassWeights), (nameof(PositiveClass), resolved.PositiveClass),
            (nameof(PredictionSets), resolved.PredictionSets),
        ];
    }
}
