using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Models;
using Mlp.MLNet.Options;
using Mlp.MLNet.Tasks.MultiLabel;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that says of several labels which apply: one output per label, its logit, and binary cross-entropy by
/// default.
/// </summary>
/// <remarks>
/// The label is a vector of <see cref="bool"/> of known size; any number of its slots can be true. ML.NET has no such task. Its door
/// stands with the trainers of several classes, as a method of its own, because what it returns is another: a transformer with
/// probabilities that do not add up to 1, and options without class weights. Create it with
/// <see cref="MlpCatalogExtensions.MlpMultiLabel(MulticlassClassificationCatalog.MulticlassClassificationTrainers, Options)"/>.
/// </remarks>
public sealed class MlpMultiLabelTrainer : MlpTrainerBase<MlpMultiLabelTransformer>
{
    internal MlpMultiLabelTrainer(IHostEnvironment environment, Options options)
        : base(environment, options, new MultiLabelTask())
    {
    }

    private protected override MlpMultiLabelTransformer CreateTransformer(TransformerContent content) => new(Host, content);

    /// <summary>The columns and hyper-parameters of a <see cref="MlpMultiLabelTrainer"/>.</summary>
    /// <remarks>
    /// <see cref="MlpOptions.Loss"/> is <see cref="Loss.BinaryCrossEntropy"/> unless it is set. Others that make sense:
    /// <see cref="Loss.BinaryFocal"/> for rare labels, and <see cref="Loss.SquaredError"/> and the other errors of numbers, which compare
    /// the probabilities with 0 or 1: with them the output layer is trained through a sigmoid.
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

        private protected override Loss DefaultLoss => Loss.BinaryCrossEntropy;

        internal override OutputFunctions OutputFunctionsOf(ResolvedOptions resolved) =>
            OutputFunctions.ForClasses(resolved, "labels that do not exclude each other", allowsSoftmax: false,
                "BinaryCrossEntropy, or BinaryFocal for rare labels");
    }
}
