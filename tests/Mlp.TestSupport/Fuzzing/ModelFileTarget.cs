using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.State;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>The engine's model file.</summary>
/// <param name="canSeek">Whether the reader can know beforehand how long the file is.</param>
/// <typeparam name="T">The precision it is read in.</typeparam>
public sealed class ModelFileTarget<T>(bool canSeek) : FuzzTarget
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LargestFeatureCount = 1 << 16;

    /// <inheritdoc/>
    public override string Name => $"model file, {typeof(T).Name}, {(canSeek ? "seekable" : "not seekable")}";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        Bytes(Network<T>.Create(1, [Layer.Dense(1) with { HasBiases = false }])),
        Bytes(
            Network<T>.Create(
                2, [Layer.Dense(3, Activation.Gelu), Layer.Dense(2, Activation.Softplus) with { HasBiases = false }, Layer.Dense(1)]),
            new FeatureScaling<T>([T.One, -T.One], [T.One, T.Zero]),
            [new EpochResult(1, 5, 0.1, null, 0.01, 1.5, 0.25),
                new EpochResult(2, 5, 1e-300, 0.7, 0.01, double.NaN, 0.5) { ValidationMetric = 0.875 }]),
        Bytes(Network<T>.Create(5, [.. Enumerable.Repeat(Layer.Dense(2, Activation.Tanh), 6)])),
        Bytes(Ensemble(OutputLink.Sigmoid)),
        Bytes(Ensemble(OutputLink.Identity)),
        Bytes(Mixed()),
        Bytes(BinsAndCurves()),
        Bytes(SparseAlone()),
        Bytes(new Model<T>(Network<T>.Create(new InputDescription(2) { MissingColumns = [1] }, [Layer.Dense(1)]))
        {
            Middles = [T.One, T.Zero],
        }),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Func<byte[]>> EveryDamage() => Samples.SelectMany(EveryDamageTo);

    /// <inheritdoc/>
    public override byte[] Damage(byte[] file, byte[] other, Random random) => DamageFile(file, other, random);

    /// <summary>Every damage to the file, and every damage to its body with the checksum repaired.</summary>
    public static IEnumerable<Func<byte[]>> EveryDamageTo(byte[] file) => ByteDamage.Every(file).Concat(
        ByteDamage.Every(ModelFileBytes.Body(file)).Select(body => (Func<byte[]>)(() => ModelFileBytes.WithBody(file, body()))));

    /// <summary>Some damage, mostly to the body, with the checksum repaired: else hardly anything would get past it.</summary>
    public static byte[] DamageFile(byte[] file, byte[] other, Random random)
    {
        int kind = random.Next(8);
        if (kind < 2 || file.Length < LittleEndianReader.HeaderSize)
            return ByteDamage.Some(file, other, random);
        byte[] damaged = ModelFileBytes.WithBody(file, ByteDamage.Some(ModelFileBytes.Body(file), ModelFileBytes.Body(other), random));
        // A length of which much is to come.
        return kind == 2 ? ByteDamage.WithNumber(damaged, ModelFileBytes.LengthPosition, 8, long.MaxValue >> random.Next(64)) : damaged;
    }

    /// <inheritdoc/>
    public override object Read(byte[] file) =>
        ModelFile.Read<T>(canSeek ? new MemoryStream(file) : new DripStream(file, bytesAtATime: 100));

    /// <summary>Predicts, and writes the model again.</summary>
    public override void Use(object content)
    {
        const int RowCount = 3;
        var model = (Model<T>)content;
        ModelFile.Write(Stream.Null, model);
        // A vector may have any number of slots that no row of the training had.
        if (model.FeatureCount > LargestFeatureCount)
            return;
        using var predictor = new Predictor<T>(model, RowCount);
        T[] features = new T[RowCount * model.FeatureCount], outputs = new T[RowCount * model.Network.OutputCount];
        predictor.Predict(features, outputs);
        Array.Fill(features, T.One);
        predictor.Predict(features, outputs);
        Array.Fill(features, T.NaN);
        predictor.Predict(features, outputs);
    }

    /// <summary>A position within the file and a message that says more than the type does.</summary>
    public override Verdict Judge(Exception exception, byte[] file) =>
        exception is ModelFileException damage && damage.Position >= 0 && damage.Position <= file.Length
        && damage.Message.StartsWith("Model file", StringComparison.Ordinal)
        || exception is ModelFileException { Message: "This is not a model file: it does not begin with MLPMODEL." }
            ? Verdict.Refusal
            : Verdict.Broken;

    /// <summary>Several networks with an embedding, robust scaling, and a temperature or a range.</summary>
    private static Model<T> Ensemble(OutputLink link)
    {
        T[] features = [.. Enumerable.Range(0, 12).Select(value => T.CreateChecked(value * value % 7))];
        Network<T>[] networks = [.. Enumerable.Range(1, 3).Select(seed => Network<T>.Create(
            3, [Layer.PeriodicEmbedding([0, 2], frequencies: 2, outputs: 1), Layer.Dense(2, Activation.Silu), Layer.Dense(1)], seed))];
        return new Model<T>(
            networks, FeatureScaling<T>.Robust(new RowBlocks<T>(features, rowLength: 3)), link,
            [new EpochResult(1, 5, 0.1, 0.2, 0.01, 1.5, 0.25) { NetworkIndex = 2 }])
        {
            Temperature = 1.25,
            Range = link == OutputLink.Identity ? new TargetRange<T>([-T.One], [T.One]) : null,
        };
    }

    /// <summary>Rows of numbers that may be missing, categories, one of a column of its own, and sparse slots; two slots are none of
    /// these.</summary>
    private static Model<T> Mixed()
    {
        var inputs = new InputDescription(2)
        {
            MissingColumns = [1],
            Categories = [new CategoryDescription(3, 2), new CategoryDescription(2, 1), new CategoryDescription(4, 1)],
            SparseCount = 3,
        };
        return new Model<T>(
            [.. Enumerable.Range(1, 2).Select(seed => Network<T>.Create(inputs, [Layer.Dense(2, Activation.Silu), Layer.Dense(1)], seed))],
            new FeatureScaling<T>([T.One, -T.One], [T.One, T.Zero], T.One))
        {
            Layout = new FeatureLayout
            {
                SlotCount = 12,
                NumberSlots = [0, 5],
                Categories = [new CategorySlots(2, 3), new CategorySlots(9, 2)],
                KeyCounts = [4],
                SparseSlots = [6, 7, 11],
            },
            Middles = [T.One, T.Zero],
            SparseScaling = new FeatureScaling<T>(new T[3], [T.One, T.Zero, T.One], T.One),
        };
    }

    private static Model<T> BinsAndCurves()
    {
        var inputs = new InputDescription(2) { Categories = [new CategoryDescription(3, 2)] };
        T two = T.One + T.One;
        return new Model<T>(
            Network<T>.Create(inputs, [Layer.Dense(2)], seed: 1),
            new FeatureScaling<T>([T.One, -T.One], [T.One, T.One], T.One)
            {
                Curves = [new(1, [-T.One, T.Zero, two], [T.Zero, T.One, two])],
            })
        {
            Layout = new FeatureLayout { SlotCount = 2, NumberSlots = [0, 1], Bins = [new(0, [0.5, 2])] },
        };
    }

    /// <summary>Rows without a number, of whose first layer the weights have no columns.</summary>
    private static Model<T> SparseAlone() =>
        new(Network<T>.Create(new InputDescription(0) { SparseCount = 2 }, [Layer.Dense(1)]))
        {
            Layout = new FeatureLayout { SlotCount = 3, NumberSlots = [], SparseSlots = [0, 2] },
        };

    private static byte[] Bytes(Network<T> network, FeatureScaling<T>? scaling = null, IReadOnlyList<EpochResult>? history = null) =>
        Bytes(new Model<T>(network, scaling, OutputLink.Softmax, history));

    private static byte[] Bytes(Model<T> model)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, model);
        return stream.ToArray();
    }
}
