using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Options;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that says of several labels which apply: one output per label, its logit, and binary cross-entropy
/// unless told otherwise.
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
        : base(environment, options)
    {
    }

    private protected override IEnumerable<SchemaShape.Column> GetOutputColumnShapes(SchemaShape.Column label) =>
        MultiLabelOutputColumns.Shapes(label);

    private protected override void CheckLabel(ColumnDescription label) => SchemaChecks.CheckMultiLabel(label);

    private protected override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label) =>
        new MultiLabelReader(row, label, ((VectorDataViewType)label.Type).Size);

    private protected override int CountOutputs(TrainingColumns columns) => columns.TargetCount;

    private protected override MlpMultiLabelTransformer CreateTransformer(MlpModelParameters model, TrainingColumns columns) =>
        new(Host, TransformerContent.Of(model, columns, new LabelContent(IsVector: true, LabelValues.Of(columns.Label))));

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

        internal override OutputLayer OutputLayerOf(ResolvedOptions resolved) =>
            OutputLayer.ForClasses(resolved, "labels that do not exclude each other", allowsSoftmax: false, "BinaryCrossEntropy, or BinaryFocal for rare labels");
    }
}
