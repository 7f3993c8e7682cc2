using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Models;
using Mlp.MLNet.Options;
using Mlp.MLNet.Tasks.Multiclass;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that tells several classes apart: one output per class, and softmax cross-entropy by default.
/// </summary>
/// <remarks>
/// The label is a key, as for ML.NET's own multiclass trainers; Conversion.MapValueToKey makes one. There is one output per value of the
/// key, also for values that no training row has. Create it with
/// <see cref="MlpCatalogExtensions.Mlp(MulticlassClassificationCatalog.MulticlassClassificationTrainers, Options)"/>.
/// </remarks>
public sealed class MlpMulticlassTrainer : MlpTrainerBase<MlpMulticlassTransformer>
{
    internal MlpMulticlassTrainer(IHostEnvironment environment, Options options)
        : base(environment, options, new MulticlassTask())
    {
    }

    private protected override MlpMulticlassTransformer CreateTransformer(TransformerContent content) => new(Host, content);

    /// <summary>The columns and hyper-parameters of a <see cref="MlpMulticlassTrainer"/>.</summary>
    /// <remarks>
    /// <see cref="MlpOptions.Loss"/> is <see cref="Loss.SoftmaxCrossEntropy"/> unless it is set. Others that make sense:
    /// <see cref="Loss.SoftmaxFocal"/> for rare classes; <see cref="Loss.BinaryCrossEntropy"/> and <see cref="Loss.BinaryFocal"/>, with
    /// which each class has a sigmoid output of its own; <see cref="Loss.SquaredError"/> and the other errors of numbers, which compare
    /// those probabilities with 0 or 1.
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
        /// How much the rows of each class count, in the order of the key, besides their example weights:
        /// <see cref="ClassWeights.Balanced"/>, or given by <see cref="ClassWeights.Of"/>. They
        /// concern training and validation rows. scikit-learn: class_weight; PyTorch: weight of CrossEntropyLoss. Default: none.
        /// </summary>
        public ClassWeights? ClassWeights { get; set; }

        /// <summary>
        /// The part of new rows whose class the set in the column PredictedLabelSet is to hold, in (0, 1): 0.9 for nine of ten. The set is
        /// a vector of Boolean, one slot per class: those that are probable enough, and always the most probable one. How probable that is,
        /// is found from the rows that networks hold out, or from the validation data; without both, as with Plain, Fit says so. Scores
        /// stay as they are without. scikit-learn, PyTorch: none. Default: none.
        /// </summary>
        public double? PredictionSets { get; set; }

        private protected override Loss DefaultLoss => Loss.SoftmaxCrossEntropy;

        internal override OutputFunctions OutputFunctionsOf(ResolvedOptions resolved) =>
            OutputFunctions.ForClasses(
                resolved, "one output per class", allowsSoftmax: true, "SoftmaxCrossEntropy, or SoftmaxFocal for rare classes");

        internal override ResolvedOptions Resolve() => base.Resolve() with
        {
            ClassWeights = ClassWeights,
            PredictionSets = PredictionSets,
        };

        internal override IEnumerable<(string Name, object? Value)> Values(ResolvedOptions resolved) =>
        [
            .. base.Values(resolved), (nameof(ClassWeights), resolved.ClassWeights),
            (nameof(PredictionSets), resolved.PredictionSets),
        ];
    }
}
