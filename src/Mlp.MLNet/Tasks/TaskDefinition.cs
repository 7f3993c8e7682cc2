using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Tasks;

/// <summary>All that a task differs in: what its label is, what it predicts, and how that is saved and exported.</summary>
/// <remarks>A folder below this one holds a task, with its trainer and its transformer. <see cref="KnownTaskAttribute{T}"/> makes it
/// known.</remarks>
internal abstract class TaskDefinition
{
    private static readonly Lazy<IReadOnlyList<TaskDefinition>> Known = new(() =>
        [.. typeof(TaskDefinition).Assembly.GetCustomAttributes<KnownTaskAttribute>().Select(attribute => attribute.Create())]);

    /// <summary>In words: "binary classification".</summary>
    public abstract string Name { get; }

    /// <summary>What a model file calls its content, eight letters.</summary>
    public abstract string ModelSignature { get; }

    /// <summary>What a model file calls the class that loads it: the transformer.</summary>
    public abstract string LoaderSignature { get; }

    /// <summary>Whether a model file always has an entry for the label; otherwise only when there are names.</summary>
    public virtual bool SavesLabel => true;

    /// <summary>The task that a network without a trainer is taken for.</summary>
    public static TaskDefinition Of(Model<float> model) =>
        Known.Value.Single(task => task.IsTaskOf(model.Link, model.Network.OutputCount));

    /// <summary>Whether a network without a trainer is taken for one of this task; one task says yes.</summary>
    public abstract bool IsTaskOf(OutputLink link, int outputCount);

    /// <summary>What ML.NET calls it.</summary>
    public abstract PredictionKind KindOf(int outputCount);

    /// <summary>This task, reading labels as a model was trained on them.</summary>
    public virtual TaskDefinition ReadingAs(LabelContent trained) => this;

    /// <exception cref="ArgumentOutOfRangeException">The task cannot learn from a label of this type.</exception>
    public abstract void CheckLabel(ColumnDescription label);

    /// <exception cref="ArgumentOutOfRangeException">The task cannot learn from this label.</exception>
    public virtual void CheckLabel(DataViewSchema.Column label) => CheckLabel(ColumnDescription.Of(label));

    /// <summary>What stands behind the outputs that a label asks for; null when the label does not say.</summary>
    public virtual LabelValues? NamesOf(DataViewSchema.Column label) => LabelValues.Of(label);

    /// <param name="row">To follow.</param>
    /// <param name="label">Checked; active.</param>
    /// <param name="link">Of the loss, which not every label suits.</param>
    public abstract LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label, OutputLink link);

    /// <summary>Units of the output layer.</summary>
    public virtual int CountOutputs(TrainingColumns columns) => columns.TargetCount;

    /// <summary>Classes that exclude each other, whose indices are the targets; 0 when targets are something else.</summary>
    public virtual int CountClasses(TrainingColumns columns) => 0;

    /// <exception cref="InvalidOperationException">The labels of all rows together allow no training.</exception>
    public virtual void CheckTargets(TargetSummary targets, TrainingColumns columns)
    {
    }

    public virtual IRowSource<float> ToRowSource(TrainingRows rows, TrainingColumns columns) => rows.ToRowSource();

    /// <summary>What a model keeps of the label it was trained on.</summary>
    public virtual LabelContent Describe(DataViewSchema.Column label) => new(label.Type is VectorDataViewType, NamesOf(label));

    /// <summary>How many outputs a model must have; null for any number.</summary>
    public virtual int? OutputCountOf(LabelContent label) => null;

    /// <summary>The columns that are added, in the order in which ML.NET lists them for an estimator.</summary>
    /// <param name="label">Of the training data.</param>
    /// <param name="options">May ask for further columns.</param>
    public abstract IEnumerable<SchemaShape.Column> OutputShapes(SchemaShape.Column label, ResolvedOptions options);

    /// <summary>The columns that are added, in the order in which ML.NET's transformers add them.</summary>
    /// <param name="scoreColumnSetId">Tells these columns from those of other models.</param>
    /// <param name="outputCount">Of the network.</param>
    /// <param name="label">It was trained on.</param>
    /// <param name="coverage">Has columns of its own.</param>
    public abstract IReadOnlyList<OutputColumn> CreateOutputColumns(
        uint scoreColumnSetId, int outputCount, LabelContent label, Coverage coverage);

    /// <summary>What becomes of the predictions of a row with a NaN among its features: "Score is NaN".</summary>
    public abstract string DescribeMissing(LabelContent label);

    /// <summary>Adds the columns to an ONNX graph, but for a class with a name, of which there is the index.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="label">It was trained on.</param>
    /// <param name="output">Of the networks, [rows x outputs].</param>
    /// <returns>The columns, and the index where there are classes with names: of several that of the largest score, the first among
    /// equals; of two 1 for the positive one.</returns>
    public abstract (IReadOnlyList<OnnxOutput> Outputs, string? Index) AddScores(
        IOnnxGraph graph, Model<float> model, LabelContent label, string output);

    /// <summary>Adds the columns of intervals or sets to an ONNX graph.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="coverage">Of it.</param>
    /// <param name="output">Of the networks, [rows x outputs].</param>
    /// <param name="inputs">What they read.</param>
    public virtual IReadOnlyList<OnnxOutput> AddCoverage(
        IOnnxGraph graph, Model<float> model, Coverage coverage, string output, InputNodes inputs) => [];

    /// <summary>The rows of a label must be named as the outputs of the model that they are compared with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They have other key values or slot names.</exception>
    public void CheckNames(DataViewSchema.Column label, LabelContent trained)
    {
        if (LabelValues.Difference(
            ReadingAs(trained).NamesOf(label), trained.Values, label, "this data", SchemaChecks.TrainingPlace) is string difference)
            throw SchemaChecks.Error($"{difference} Transform this data with the transformers that were fitted for the training.");
    }
}
