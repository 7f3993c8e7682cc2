using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Options;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that tells two classes apart: one output, the logit of the positive class, and binary
/// cross-entropy unless told otherwise.
/// </summary>
/// <remarks>
/// The label is <see cref="bool"/>, <see cref="float"/> with 0 and 1 (or −1 and 1), or a key with 2 values, of which the second is the positive class
/// unless <see cref="Options.PositiveClass"/> says otherwise.
/// Its probabilities need no calibrator: the loss is proper. Create it with
/// <see cref="MlpCatalogExtensions.Mlp(BinaryClassificationCatalog.BinaryClassificationTrainers, Options)"/>.
/// </remarks>
public sealed class MlpBinaryTrainer : MlpTrainerBase<MlpBinaryTransformer>
{
    internal MlpBinaryTrainer(IHostEnvironment environment, Options options)
        : base(environment, options)
    {
    }

    private string? PositiveClass => Resolved.PositiveClass;

    private protected override IEnumerable<SchemaShape.Column> GetOutputColumnShapes(SchemaShape.Column label) =>
        BinaryOutputColumns.Shapes(PositiveClass is null ? null : label);

    private protected override void CheckLabel(ColumnDescription label) => SchemaChecks.CheckBinaryLabel(label, PositiveClass is not null);

    private protected override void CheckLabel(DataViewSchema.Column label)
    {
        base.CheckLabel(label);
        if (PositiveClass is string positive)
            SchemaChecks.CheckPositiveClass(label, positive);
    }

    private protected override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label) =>
        new BinaryLabelReader(row, label, PositiveKeyOf(label));

    private protected override LabelValues? NamesOf(DataViewSchema.Column label) => BinaryLabelReader.ClassesOf(label, PositiveKeyOf(label));

    private protected override int CountOutputs(TrainingColumns columns) => 1;

    private protected override int CountClasses(TrainingColumns columns) => 2;

    private protected override void CheckTargets(TrainingRows rows, TrainingColumns columns)
    {
        if (rows.OnlyTarget() is not float target)
            return;
        string only = BinaryLabelReader.NameOf(target, columns.Label, NamesOf(columns.Label));
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Label column '{columns.Label.Name}' is {only} in {rows.Every}; a binary classifier needs both classes. Check how the rows were filtered and split."));
    }

    private protected override MlpBinaryTransformer CreateTransformer(MlpModelParameters model, TrainingColumns columns) =>
        new(Host, TransformerContent.Of(
            model, columns, NamesOf(columns.Label) is LabelValues classes ? new LabelContent(IsVector: false, classes) : null) with
        {
            Decision = new BinaryDecision(Threshold: 0, PositiveClass is null ? null : PositiveKeyOf(columns.Label)),
        });

    private int PositiveKeyOf(DataViewSchema.Column label) =>
        PositiveClass is null ? BinaryLabelReader.SecondKey : BinaryLabelReader.KeyOf(label, PositiveClass) ?? BinaryLabelReader.SecondKey;

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
        /// The positive class of a label that is a key with values, as <c>Conversion.MapValueToKey</c> makes them: one of its two values, as
        /// text ("yes", "1"). PredictedLabel is then a key with the values of the label, which <c>Conversion.MapKeyToValue</c> turns into
        /// the text. Null: the second value of the key, which is the one that comes second in the data, and a Boolean
        /// PredictedLabel. scikit-learn: pos_label of its metrics; PyTorch: none. Default: the second value of a key.
        /// </summary>
        public string? PositiveClass { get; set; }

        private protected override Loss DefaultLoss => Loss.BinaryCrossEntropy;

        internal override OutputLayer OutputLayerOf(ResolvedOptions resolved) =>
            OutputLayer.ForClasses(resolved, "one output for two classes", allowsSoftmax: false, "BinaryCrossEntropy, or BinaryFocal for a rare class");

        internal override ResolvedOptions Resolve() => base.Resolve() with { ClassWeights = ClassWeights, PositiveClass = PositiveClass };

        internal override IEnumerable<(string Name, object? Value)> Values(ResolvedOptions resolved) => [.. base.Values(resolved), (nameof(ClassWeights), resolved.ClassWeights), (nameof(PositiveClass), resolved.PositiveClass)];
    }
}
