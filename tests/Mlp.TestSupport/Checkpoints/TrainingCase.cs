using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mlp.TestSupport;

/// <summary>A training with a name, the same in every process, for tests that interrupt it.</summary>
public sealed class TrainingCase
{
    private const int RowCount = 300, ValidationRowCount = 700, InputCount = 6;

    private readonly TrainingSettings _settings;
    private readonly bool _isDouble, _hasValidation, _hasEmbedding;
    private readonly int _firstUnits;

    private TrainingCase(
        string name, TrainingSettings settings, bool isDouble = false, bool hasValidation = false, int firstUnits = 17,
            bool hasEmbedding = false)
    {
        (Name, _settings, _firstUnits) = (name, settings, firstUnits);
        (_isDouble, _hasValidation, _hasEmbedding) = (isDouble, hasValidation, hasEmbedding);
    }

    /// <summary>Every optimizer, and every other thing that has a state.</summary>
    public static IReadOnlyList<TrainingCase> All { get; } =
    [
        new("sgd", Settings(new Sgd { LearningRate = 0.01 }) with { Shuffle = false }),
        new("nesterov", Settings(new Sgd { LearningRate = 0.01, Momentum = 0.9, Nesterov = true })
            with { Schedule = new MultiStepDecay { Milestones = [1, 2] } }),
        new("one-cycle", Settings(new Sgd { LearningRate = 0.02 }) with { Schedule = new OneCycle() }),
        new("adam-dropout", Settings(new Adam { AmsGrad = true }) with { DropoutRates = [0.2], MaximumGradientNorm = 1 }),
        new("adamw-cosine-double", Settings(new AdamW()) with { Schedule = new CosineAnnealing { WarmupEpochs = 1 } }, isDouble: true),
        new("nadam-plateau", Settings(new NAdam())
            with { Schedule = new ReduceOnPlateau { Patience = 0, Cooldown = 1 } }, hasValidation: true),
        new("rmsprop-stopping", Settings(new RmsProp { LearningRate = 0.02, Centered = true, Momentum = 0.5 }) with
        {
            EarlyStopping = new EarlyStopping { Patience = 1_000 },
        }, hasValidation: true),
        new("adagrad", Settings(new Adagrad { InitialAccumulator = 0.1, LearningRateDecay = 0.01 }) with { L1Regularization = 1e-4 }),
        new("adadelta-double", Settings(new Adadelta())
            with { LossReduction = LossReduction.Sum, DropoutRates = [0.3, 0.1] }, isDouble: true),
        new("embedding", Settings(new Adam()) with { DropoutRates = [0.1], Schedule = new CosineAnnealing() }, hasEmbedding: true),
        new("lbfgs", Settings(Lbfgs) with { BatchSize = null, NumberOfEpochs = 12, L2Regularization = 1e-3 }),
        new("lbfgs-stopping-double", Settings(Lbfgs) with
        {
            BatchSize = null,
            NumberOfEpochs = 12,
            EarlyStopping = new EarlyStopping { Patience = 1_000 },
        }, isDouble: true, hasValidation: true),
    ];

    /// <summary>Large enough for threads to share the products and the optimizer's steps.</summary>
    public static TrainingCase Wide { get; } = new(
        "wide", Settings(new Adam()) with { BatchSize = 150, NumberOfEpochs = 3, DropoutRates = [0.1] }, hasValidation: true,
        firstUnits: 5_000);

    public string Name { get; }

    /// <summary>Whether a step is a whole line search.</summary>
    public bool IsLbfgs => _settings.Optimizer is Lbfgs;

    private static Lbfgs Lbfgs => new() { GradientTolerance = 0 };

    public static TrainingCase Find(string name) => All.Append(Wide).Single(trainingCase => trainingCase.Name == name);

    /// <summary>Trains.</summary>
    /// <param name="change">Of the settings.</param>
    public Outcome Run(Func<TrainingSettings, TrainingSettings> change) =>
        _isDouble ? Run<double>(change(_settings)) : Run<float>(change(_settings));

    public override string ToString() => Name;

    private static TrainingSettings Settings(Optimizer optimizer) => new()
    {
        Loss = Loss.SquaredError,
        Optimizer = optimizer,
        BatchSize = 32,
        NumberOfEpochs = 4,
        NumberOfThreads = 1,
        Seed = 5,
    };

    private static DenseRows<T> Rows<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] features = GemmChecks.Random<T>(count * InputCount, seed), targets = new T[count];
        for (int row = 0; row < count; row++)
            targets[row] = features[row * InputCount] * features[row * InputCount + 1] + features[row * InputCount + 2];
        return new DenseRows<T>(features, targets, InputCount);
    }

    private Outcome Run<T>(TrainingSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Layer[] layers = [Layer.Dense(_firstUnits, Activation.Tanh), Layer.Dense(9, Activation.Gelu), Layer.Dense(1)];
        var network = Network<T>.Create(InputCount, _hasEmbedding ? [Layer.PeriodicEmbedding([0, 3]), .. layers] : layers, seed: 3);
        TrainingResult result = Trainer.Fit(
            network, Rows<T>(RowCount, seed: 1), _hasValidation ? Rows<T>(ValidationRowCount, seed: 2) : null, settings);
        return new Outcome(HashOf<T>(network.Parameters.Values, result), result);
    }

    /// <summary>SHA-256 of all bits that a training may not leave to chance: the parameters, and the history but for the time.</summary>
    private static string HashOf<T>(ReadOnlySpan<T> parameters, TrainingResult result)
        where T : unmanaged
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(parameters));
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (EpochResult report in result.History)
        {
            foreach (double value in (double[])
                [report.Epoch, report.Loss, report.ValidationLoss ?? -1, report.ValidationMetric ?? -1, report.LearningRate,
                    report.GradientNorm, result.BestEpoch])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                hash.AppendData(bytes);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <param name="Hash">Of the parameters and the history.</param>
    /// <param name="Result">How it went.</param>
    public sealed record Outcome(string Hash, TrainingResult Result);
}
