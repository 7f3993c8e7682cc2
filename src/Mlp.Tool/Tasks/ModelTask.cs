using Microsoft.ML;
using Mlp.MLNet;
using Mlp.Reports;
using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tasks;

/// <summary>All that a task of the command differs in: trainer, predictions, metrics, and what it is compared with.</summary>
/// <remarks>A class in this folder is a task; <see cref="Known"/> lists them.</remarks>
internal abstract class ModelTask
{
    private static readonly ModelTask[] Known = [new BinaryModelTask(), new MulticlassModelTask(), new RegressionModelTask()];

    /// <summary>What tables call it.</summary>
    public abstract TableTask Name { get; }

    /// <summary>Whether the label is one of some classes; otherwise it is a number.</summary>
    public virtual bool HasClasses => true;

    /// <summary>Whether the last of two classes is the positive one, which is predicted from a threshold on. Its metrics need rows of
    /// both.</summary>
    public virtual bool HasPositiveClass => false;

    /// <summary>Whether the predicted label is a key, to be mapped back to the name of its class.</summary>
    public virtual bool PredictsKey => false;

    /// <summary>Type of the trainer's options, as C# writes it.</summary>
    public abstract string OptionsType { get; }

    /// <summary>The ML.NET catalog, as C# writes it.</summary>
    public abstract string Catalog { get; }

    /// <summary>The option that asks for intervals or sets, as C# writes it.</summary>
    public virtual string CoverageOption => "PredictionSets";

    /// <summary>What a progress bar calls the metric of held-out rows.</summary>
    public virtual string ProgressMetric => "accuracy";

    /// <summary>The name of the metric that says best whether the model is of use.</summary>
    public virtual string LeadingMetric => "accuracy";

    /// <summary>The same task, as reports know it.</summary>
    public abstract PredictionTask ReportTask { get; }

    /// <summary>The arguments of <c>Evaluate</c> before the label, of the variables <c>model</c> and <c>test</c>.</summary>
    public virtual string EvaluatedCode => "model.Transform(test)";

    /// <summary>The task of a table's label.</summary>
    public static ModelTask Of(TableTask name) => Known.Single(task => task.Name == name);

    /// <summary>The task of a predictor; null for one that predicts several things at once.</summary>
    public static ModelTask? Of(MlpTransformerBase network) => Known.SingleOrDefault(task => task.IsTaskOf(network));

    /// <summary>New options of the trainer.</summary>
    public abstract MlpOptions CreateOptions(MlpPreset preset);

    /// <summary>Asks for intervals or sets.</summary>
    /// <param name="options">As <see cref="CreateOptions"/> makes them.</param>
    /// <param name="levels">At least one, ascending; sets have the first.</param>
    public abstract void SetLevels(MlpOptions options, IReadOnlyList<double> levels);

    /// <summary>The trainer.</summary>
    /// <param name="ml">Makes it.</param>
    /// <param name="options">As <see cref="CreateOptions"/> makes them.</param>
    public abstract IEstimator<ITransformer> CreateTrainer(MLContext ml, MlpOptions options);

    /// <summary>Updates a model with new rows.</summary>
    /// <param name="ml">Makes the trainer.</param>
    /// <param name="model">Not changed.</param>
    /// <param name="rows">New ones.</param>
    /// <param name="options">As <see cref="CreateOptions"/> makes them.</param>
    public abstract MlpUpdate<ITransformer> Update(MLContext ml, ITransformer model, IDataView rows, MlpOptions options);

    /// <summary>Searches for a better trainer.</summary>
    /// <param name="ml">Of the search.</param>
    /// <param name="train">Rows.</param>
    /// <param name="before">Steps before the trainer.</param>
    /// <param name="trainer">As <see cref="CreateTrainer"/> makes it: where the search begins.</param>
    /// <param name="settings">Of the search.</param>
    public abstract TunedModel Tune(
        MLContext ml, IDataView train, IEstimator<ITransformer> before, IEstimator<ITransformer> trainer, MlpTuningSettings settings);

    /// <summary>Whether a model can have so many classes.</summary>
    public abstract bool TakesClasses(int count);

    /// <summary>The columns of <see cref="CreateReader"/>.</summary>
    public virtual IReadOnlyList<string> PredictionColumns => [MLNetColumns.Score];

    /// <summary>Reads the prediction of the cursor's row: the index of the class, null for none, and the probability of each class or the
    /// number.</summary>
    /// <param name="row">With <see cref="PredictionColumns"/>.</param>
    /// <param name="classCount">Of the model.</param>
    public abstract Func<(int? ClassIndex, float[] Values)> CreateReader(DataViewRow row, int classCount);

    /// <summary>The outputs that reports take, of the values of <see cref="CreateReader"/>.</summary>
    public virtual IReadOnlyList<double> ReportOutputs(IReadOnlyList<double> values) => values;

    /// <summary>The class of each row, by index; below 0 for none.</summary>
    /// <param name="data">With the label as the trainer takes it.</param>
    /// <param name="labelColumn">Its name.</param>
    public abstract IEnumerable<int> ReadClasses(IDataView data, string labelColumn);

    /// <summary>What an output of the network is, in words.</summary>
    public abstract string NameOfOutput(int output, IReadOnlyList<string> classes, string label);

    /// <summary>The metrics that are shown, in order.</summary>
    /// <param name="ml">Evaluates.</param>
    /// <param name="model">Predicts, with its own threshold.</param>
    /// <param name="rows">Not scored yet, with the label.</param>
    /// <param name="labelColumn">Its name.</param>
    /// <param name="train">The labels from which the guess is made.</param>
    /// <param name="test">The labels of the rows.</param>
    public abstract IEnumerable<Metric> Evaluate(
        MLContext ml, ITransformer model, IDataView rows, string labelColumn, LabelSummary train, TestLabels test);

    /// <summary>Statements that print the metrics, of the variable <c>metrics</c>.</summary>
    public abstract IEnumerable<string> MetricsCode();

    /// <summary>What is always guessed without features, in words.</summary>
    public abstract string NameOfGuess(LabelSummary train, IReadOnlyList<string> classes);

    /// <summary>By how much the guess's two losses of a row are above the model's. The first is null where the guess has none.</summary>
    /// <param name="label">Of the row.</param>
    /// <param name="row">What the model predicts of it.</param>
    /// <param name="train">The labels from which the guess is made.</param>
    public abstract (double? First, double Second) GainOverGuess(float label, RowPrediction row, LabelSummary train);

    /// <summary>Whether the metrics alone say that the model is of no use.</summary>
    public virtual bool IsOfNoUse(IReadOnlyList<Metric> metrics) => false;

    /// <summary>Whether the model orders rows better than by chance, whatever its losses are.</summary>
    public virtual bool RanksBetter(IReadOnlyList<Metric> metrics, long rowCount) => false;

    /// <summary>Whether the model makes so few errors that a column may hold the label.</summary>
    public abstract bool IsTooGood(IReadOnlyList<Metric> metrics);

    /// <summary>Whether a predictor has this task; at most one says yes.</summary>
    protected abstract bool IsTaskOf(MlpTransformerBase network);
}
