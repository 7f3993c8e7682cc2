using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Mlp.MLNet;

/// <summary>What the trainers of all tasks share: they check the schema, read the rows, train and wrap the model.</summary>
/// <remarks>
/// A trainer can be fitted again and from several threads. The same rows, options and seed give the same bits, whatever
/// the number of threads.
/// </remarks>
/// <typeparam name="TTransformer">What a fitted trainer becomes.</typeparam>
public abstract class MlpTrainerBase<TTransformer> : ITrainerEstimator<TTransformer, MlpModelParameters>
    where TTransformer : MlpTransformerBase
{
    private readonly Lock _randomLock = new();

    private protected MlpTrainerBase(IHostEnvironment environment, MlpOptions options)
    {
        options.Validate();
        Settings = options.Copy();
        Host = environment.Register(GetType().Name);
        // All rows are copied in one pass, so a cached view is of no use; features are scaled here unless the user forbids it.
        Info = MLNetInternals.CreateTrainerInfo(needsNormalization: Settings.NormalizeFeatures == false, wantsCaching: false);
    }

    /// <inheritdoc/>
    public TrainerInfo Info { get; }

    private protected IHost Host { get; }

    private protected MlpOptions Settings { get; }

    /// <summary>Trains a network on all rows.</summary>
    /// <param name="input">Has the label, feature and weight columns that the options name. It is read once, in the order of its rows;
    /// messages count rows from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or some have values that nothing can be learnt from: NaN or
    /// infinite features, labels that name no class, negative weights.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The context or <see cref="MlpOptions.CancellationToken"/> was cancelled.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        TrainingColumns columns = SchemaChecks.FindTrainingColumns(input.Schema, Settings, CheckLabel);
        using IChannel channel = Host.Start("Training");
        TrainingRows rows = FeatureReader.Read(input, columns, CreateLabelReader, CheckCancellation);
        CheckTargets(rows, columns);

        FeatureScaling<float>? scaling = Scale(rows, columns, channel);
        int seed = Settings.Seed ?? DrawSeed();
        var network = Network<float>.Create(columns.FeatureCount, Settings.ToLayers(OutputCount), seed);
        Log(channel, $"Training {network.Parameters.Length:N0} parameters on {rows.RowCount:N0} rows with seed {seed}.");
        TrainingSettings settings = Settings.ToTrainingSettings(Loss, seed) with
        {
            StepCallback = CheckCancellation,
            EpochCallback = report =>
            {
                Log(channel, $"Epoch {report.Epoch} of {report.NumberOfEpochs}: loss {report.Loss:G6}, {report.Seconds:F1} s.");
                Settings.EpochCallback?.Invoke(report);
            },
        };
        TrainingResult result = Training.Fit(network, rows.ToRowSource(), settings);
        var model = new Model<float>(network, scaling, Loss.Link, result.History);
        return CreateTransformer(new MlpModelParameters(model), columns.Features);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaChecks.CheckTrainingColumns(inputSchema, Settings, CheckLabel);
        // An output column takes the place of an input column of the same name.
        var columns = new OrderedDictionary<string, SchemaShape.Column>();
        foreach (SchemaShape.Column column in inputSchema.Concat(OutputColumnShapes))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private protected abstract Loss Loss { get; }

    private protected abstract int OutputCount { get; }

    private protected abstract IEnumerable<SchemaShape.Column> OutputColumnShapes { get; }

    /// <summary>Throws unless the task can learn from a label of this type.</summary>
    private protected abstract void CheckLabel(ColumnDescription label);

    private protected abstract LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label);

    /// <summary>Throws when the labels of all rows together allow no training.</summary>
    private protected abstract void CheckTargets(TrainingRows rows, TrainingColumns columns);

    private protected abstract TTransformer CreateTransformer(MlpModelParameters model, DataViewSchema.Column features);

    private static void Log(IChannel channel, FormattableString message) =>
        channel.Info(MessageSensitivity.None, message.ToString(CultureInfo.InvariantCulture));

    private FeatureScaling<float>? Scale(TrainingRows rows, TrainingColumns columns, IChannel channel)
    {
        if (!(Settings.NormalizeFeatures ?? !columns.Features.IsNormalized()))
        {
            string reason = Settings.NormalizeFeatures == false ? "NormalizeFeatures is false" : "the column is normalized";
            Log(channel, $"Feature column '{columns.Features.Name}' is taken as it is: {reason}.");
            return null;
        }
        var scaling = FeatureScaling<float>.Standardize(rows.Features.Span, columns.FeatureCount);
        scaling.Apply(rows.Features.Span);
        Log(channel, $"Feature column '{columns.Features.Name}' is scaled to mean 0 and standard deviation 1.");
        return scaling;
    }

    /// <summary>The random numbers of a host are not for several threads at once.</summary>
    private int DrawSeed()
    {
        lock (_randomLock)
            return Host.Rand.Next();
    }

    private void CheckCancellation()
    {
        Settings.CancellationToken.ThrowIfCancellationRequested();
        MLNetInternals.CheckAlive(Host);
    }
}
