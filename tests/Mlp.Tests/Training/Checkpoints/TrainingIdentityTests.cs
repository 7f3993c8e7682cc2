using System.Globalization;
using System.Reflection;
using Mlp.TestSupport;
using Mlp.Training;
using Mlp.Training.Checkpoints;

namespace Mlp.Tests.Training.Checkpoints;

/// <summary>A checkpoint is taken for what it is, and refused with the words that help.</summary>
public sealed class TrainingIdentityTests : IDisposable
{
    /// <summary>The bits of a training do not depend on them.</summary>
    private static readonly string[] Irrelevant =
    [
        nameof(TrainingSettings.NumberOfThreads), nameof(TrainingSettings.EpochCallback), nameof(TrainingSettings.StepCallback),
        nameof(TrainingSettings.WarningCallback), nameof(TrainingSettings.CancellationToken),
            nameof(TrainingSettings.ReturnBestOnCancellation),
        nameof(TrainingSettings.Checkpoint), nameof(TrainingSettings.Ranks),
    ];

    private static readonly TrainingSettings Settings = new() { Loss = Loss.Huber(1.5), NumberOfEpochs = 2, NumberOfThreads = 1 };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> SettingNames =>
        [.. typeof(TrainingSettings).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.Name)
            .Except(Irrelevant)];

    public void Dispose() => _folder.Dispose();

    /// <summary>A new setting that is forgotten in the identity fails here.</summary>
    [Theory]
    [MemberData(nameof(SettingNames))]
    public void EverySetting_IsPartOfIt(string name) =>
        Assert.Contains(name, Of(Settings with { Schedule = new CosineAnnealing() }).Names);

    [Fact]
    public void EveryPropertyOfOptimizersAndSchedules_IsPartOfIt()
    {
        Type[] types = [.. typeof(Optimizer).Assembly.GetExportedTypes().Where(type => !type.IsAbstract)];
        Optimizer[] optimizers =
            [.. types.Where(type => type.IsSubclassOf(typeof(Optimizer))).Select(type => (Optimizer)Activator.CreateInstance(type)!)];
        LearningRateSchedule[] schedules =
            [.. types.Where(type => type.IsSubclassOf(typeof(LearningRateSchedule)))
                .Select(type => (LearningRateSchedule)Activator.CreateInstance(type)!)];
        Assert.True(optimizers.Length >= 8 && schedules.Length >= 7, "They are looked for in the wrong place.");
        foreach (Optimizer optimizer in optimizers)
            AssertNamed("Optimizer", optimizer, Of(Settings with { Optimizer = optimizer }));
        foreach (LearningRateSchedule schedule in schedules)
            AssertNamed("Schedule", schedule, Of(Settings with { Schedule = schedule }));
        AssertNamed("EarlyStopping", new EarlyStopping(), Of(Settings with { EarlyStopping = new EarlyStopping() }));
        Assert.Equal("[3 7]", Of(Settings with { Schedule = new MultiStepDecay { Milestones = [3, 7] } })["Schedule.Milestones"]);

        static void AssertNamed(string name, object record, TrainingIdentity identity)
        {
            Assert.Equal(record.GetType().Name, identity[name]);
            foreach (PropertyInfo property in record.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
                Assert.Contains($"{name}.{property.Name}", identity.Names);
        }
    }

    [Fact]
    public void Values_ReadTheSame_InEveryCulture()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo before = CultureInfo.CurrentCulture;
        TrainingIdentity identity;
        try
        {
            CultureInfo.CurrentCulture = comma;
            identity = Of(Settings with { L2Regularization = 0.5, DropoutRates = [0.5], Schedule = new MultiStepDecay { Factor = 0.25 } });
            Assert.Same(comma, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.Equal(
            ["Huber(1.5)", "0.5", "[0.5]", "0.001", "0.25"],
            new[] { "Loss", "L2Regularization", "DropoutRates", "Optimizer.LearningRate",
                "Schedule.Factor" }.Select(name => identity[name]));
    }

    [Fact]
    public void OtherSettings_AreRefused_WithWhatDiffers()
    {
        Train(Settings);
        AssertRefused("Seed was 0 and is 1.", Settings with { Seed = 1 });
        AssertRefused("StopAfterEpoch was none and is 1.", Settings with { StopAfterEpoch = 1 });
        AssertRefused("GradientShards was none and is 4.", Settings with { GradientShards = 4 });
        AssertRefused("BatchSize was 32 and is 16.", Settings with { BatchSize = 16 });
        AssertRefused("Loss was Huber(1.5) and is Huber(2).", Settings with { Loss = Loss.Huber(2) });
        AssertRefused("Optimizer.LearningRate was 0.001 and is 0.01.", Settings with { Optimizer = new Adam { LearningRate = 0.01 } });
        AssertRefused(
            "Optimizer was Adam and is AdamW, Optimizer.WeightDecay was 0 and is 0.01.", Settings with { Optimizer = new AdamW() });
        AssertRefused("DropoutRates was [] and is [0.1 0.2].", Settings
            with
        { DropoutRates = [0.1, 0.2] }, hidden: [3, 3], also: "Layers[0] was 4 x Tanh and is 3 x Tanh");
        AssertRefused(
            "EarlyStopping was none and is EarlyStopping, EarlyStopping.Patience was none and is 3, EarlyStopping.MinimumImprovement was "
                + "none and is 0.",
            Settings with { EarlyStopping = new EarlyStopping { Patience = 3 } });
        Train(Settings with { NumberOfThreads = 3 });
    }

    [Fact]
    public void OtherRowsAndNetworks_AreRefused_WithWhatDiffers()
    {
        Train(Settings);
        AssertRefused("Checksum of the training features was ", Settings, change: data => data.Features[5] = 9);
        AssertRefused("Checksum of the training targets was ", Settings, change: data => data.Targets[1] = 9);
        AssertRefused("Checksum of the training example weights was ", Settings, change: data => data.Weights[1] = 9);
        AssertRefused("Checksum of the validation targets was ", Settings, change: data => data.ValidationTargets[1] = 9);
        AssertRefused("Checksum of the first parameters was ", Settings, networkSeed: 2);
        AssertRefused("Layers[0] was 4 x Tanh and is 5 x Tanh, ", Settings, hidden: [5]);
        AssertRefused("Embedding was none and is 2 columns, 4 frequencies to 2 outputs", Settings, embedding: Layer.PeriodicEmbedding(
            [0, 1], frequencies: 4, outputs: 2));
    }

    private static TrainingIdentity Of(TrainingSettings settings)
    {
        var rows = new DenseRows<float>(new float[] { 1, 2 }, new float[] { 1, 2 }, inputCount: 1);
        return TrainingDescription.Of(Network<float>.Create(1, [Layer.Dense(1)]), rows, rows, settings);
    }

    private void AssertRefused(
        string difference, TrainingSettings settings, int[]? hidden = null, int networkSeed = 1, Action<Data>? change = null,
            string also = "", Layer? embedding = null)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Train(settings, hidden, networkSeed, change, embedding));
        Assert.StartsWith($"Checkpoint '{_folder.PathOf("c")}' belongs to another training: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            " Give another path, delete the file, or set Checkpoint.Resume to false.", exception.Message, StringComparison.Ordinal);
        Assert.Contains(difference, exception.Message.Replace(", Layers", ". Layers", StringComparison.Ordinal)
            .Replace(", Number", ". Number", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(also, exception.Message, StringComparison.Ordinal);
    }

    private void Train(
        TrainingSettings settings, int[]? hidden = null, int networkSeed = 1, Action<Data>? change = null, Layer? embedding = null)
    {
        var data = new Data();
        change?.Invoke(data);
        IEnumerable<Layer> layers = (hidden ?? [4]).Select(units => Layer.Dense(units, Activation.Tanh));
        Trainer.Fit(
            Network<float>.Create(2, [.. embedding is null ? [] : new[] { embedding }, .. layers, Layer.Dense(1)], networkSeed),
            new DenseRows<float>(data.Features, data.Targets, inputCount: 2, exampleWeights: data.Weights),
            new DenseRows<float>(data.Features, data.ValidationTargets, inputCount: 2),
            settings with { BatchSize = settings.BatchSize ?? 32, Checkpoint = new Checkpoint(_folder.PathOf("c")) });
    }

    private sealed class Data
    {
        public float[] Features { get; } = GemmChecks.Random<float>(80, seed: 1);

        public float[] Targets { get; } = GemmChecks.Random<float>(40, seed: 2);

        public float[] ValidationTargets { get; } = GemmChecks.Random<float>(40, seed: 2);

        public float[] Weights { get; } = [.. Enumerable.Repeat(1f, 40)];
    }
}
