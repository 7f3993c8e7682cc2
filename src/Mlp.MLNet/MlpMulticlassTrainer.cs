using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Options;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that tells several classes apart: one output per class, and softmax cross-entropy unless told otherwise.
/// </summary>
/// <remarks>
/// The label is a key, as for ML.NET's own multiclass trainers; Conversion.MapValueToKey makes one. There is one output per value of the
/// key, also for values that no training row has. Create it with
/// <see cref="MlpCatalogExtensions.Mlp(MulticlassClassificationCatalog.MulticlassClassificationTrainers, Options)"/>.
/// </remarks>
public sealed class MlpMulticlassTrainer : MlpTrainerBase<MlpMulticlassTransformer>
{
    internal MlpMulticlassTrainer(IHostEnvironment environment, Options options)
        : base(environment, options)
    {
    }

    private protected override IEnumerable<SchemaShape.Column> GetOutputColumnShapes(SchemaShape.Column label) =>
        MulticlassOutputColumns.Shapes(label);

    private protected override void CheckLabel(ColumnDescription label) => SchemaChecks.CheckMulticlassLabel(label);

    private protected override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label) =>
        new MulticlassLabelReader(row, label);

    private protected override int CountOutputs(TrainingColumns columns) => CountClasses(columns);

    private protected override int CountClasses(TrainingColumns columns) => (int)((KeyDataViewType)columns.Label.Type).Count;

    private protected override void CheckTargets(TrainingRows rows, TrainingColumns columns)
    {
        if (rows.OnlyTarget() is not float target)
            return;
        var only = (int)target;
        string name = LabelValues.OfKey(columns.Label) is LabelValues values ? $"'{values.NameOf(only)}'" : $"key value {only + 1}";
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Label column '{columns.Label.Name}' is {name} in {rows.Every}; a classifier needs rows of at least two classes. Check how the rows were filtered and split."));
    }

    private protected override IRowSource<float> ToRowSource(TrainingRows rows, TrainingColumns columns) =>
        rows.ToClassRows(CountClasses(columns));

    private protected override MlpMulticlassTransformer CreateTransformer(MlpModelParameters model, TrainingColumns columns) =>
        new(Host, TransformerContent.Of(model, columns, new LabelContent(IsVector: false, LabelValues.Of(columns.Label))));

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

        private protected override Loss DefaultLoss => Loss.SoftmaxCrossEntropy;

        internal override OutputLayer OutputLayerOf(ResolvedOptions resolved) =>
            OutputLayer.ForClasses(resolved, "one output per class", allowsSoftmax: true, "SoftmaxCrossEntropy, or SoftmaxFocal for rare classes");

        internal override ResolvedOptions Resolve() => base.Resolve() with { ClassWeights = ClassWeights };

        internal override IEnumerable<(string Name, object? Value)> Values(ResolvedOptions resolved) => [.. base.Values(resolved), (nameof(ClassWeights), resolved.ClassWeights)];
    }
}
