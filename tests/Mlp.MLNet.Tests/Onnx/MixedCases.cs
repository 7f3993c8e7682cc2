using Mlp.Data;
using Mlp.Networks;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Models of rows with missing numbers, categories and sparse slots, with drawn parameters, and rows with every kind of value that
/// these may hold.</summary>
internal static class MixedCases
{
    public const int RowCount = 64;

    // What a flag may hold that is none.
    private static readonly float[] WrongFlags = [0.5f, 2, -1, -0.0f, float.NaN, float.PositiveInfinity];

    private static readonly Part[] Parts =
    [
        new("missing values, learnt", Dense(5), MissingColumns: [0, 2, 4]),
        new("missing values, learnt, no middles", Dense(5), MissingColumns: [0, 1, 2, 3, 4], HasMiddles: false),
        new("missing values, middles", Dense(5)),
        new("curves", Dense(5), HasCurves: true),
        new("curves, missing values, middles, limit", Dense(5), Scaling: 3, NetworkCount: 1, HasCurves: true),
        new("categories", new() { SlotCount = 12, NumberSlots = [0, 7, 10], Categories = [new(2, 4), new(8, 2), new(11, 1)] }),
        new("numbers with bins", new() { SlotCount = 2, NumberSlots = [0, 1], Bins = [new(1, [-0.5, 0.25])] }, NetworkCount: 1),
        new("pairs of columns",
            new()
            {
                SlotCount = 8,
                NumberSlots = [0, 7],
                Categories = [new(1, 4), new(5, 2)],
                Crosses = [Pair(Of(0, 4), Of(new BinnedNumber(1, [-0.5, 0.25]))), Pair(Of(0, 3), Of(1, 2))],
            }),
        new("categories alone", new() { SlotCount = 6, NumberSlots = [], Categories = [new(0, 4), new(4, 2)] }, NetworkCount: 1),
        new("sparse slots", new() { SlotCount = 303, NumberSlots = [1, 2], SparseSlots = Range(3, 300) }),
        new("sparse slots alone", new() { SlotCount = 300, NumberSlots = [], SparseSlots = Range(0, 290) }),
        new("all of them, no scaling",
            new() { SlotCount = 310, NumberSlots = [0, 5], Categories = [new(1, 4)], SparseSlots = Range(10, 300) },
            MissingColumns: [1], NetworkCount: 1, Scaling: null),
        new("all of them, embedding, 5 networks",
            new()
            {
                SlotCount = 310,
                NumberSlots = [0, 5, 6],
                Categories = [new(1, 4), new(8, 2)],
                Bins = [new(1, [0.5]), new(2, [-1, -0.25, 0.75])],
                Crosses = [Pair(Of(new BinnedNumber(0, [0])), Of(new BinnedNumber(2, [-0.25, 0.75])))],
                SparseSlots = Range(10, 300),
            },
            MissingColumns: [1, 2], NetworkCount: 5, Scaling: 3, HasEmbedding: true),
    ];

    /// <summary>Every kind x part.</summary>
    public static IEnumerable<OnnxCase> All() =>
        NetworkCases.Kinds.SelectMany(kind => Parts.Select((part, index) => Create(kind, part, index)));

    /// <summary>A model that reads two key columns beside its features.</summary>
    public static Model<float> WithKeyColumns()
    {
        var inputs = new InputDescription(1) { Categories = [new CategoryDescription(7, 2), new CategoryDescription(3, 1)] };
        return new Model<float>(Network<float>.Create(inputs, [Layer.Dense(1)]))
        {
            Layout = new FeatureLayout { SlotCount = 1, NumberSlots = [0], KeyCounts = [7, 3] },
        };
    }

    private static CrossedCategory Pair(CrossedColumn first, CrossedColumn second) => new(first, second);

    private static CrossedColumn Of(int category, int valueCount) => CrossedColumn.Of(category, valueCount);

    private static CrossedColumn Of(BinnedNumber bins) => CrossedColumn.Of(bins);

    private static OnnxCase Create(NetworkCases.Kind kind, Part part, int seed)
    {
        var random = new Random(seed);
        FeatureLayout layout = part.Layout;
        int numberCount = layout.NumberSlots.Length, sparseCount = layout.SparseSlots.Length;
        var inputs = new InputDescription(numberCount)
        {
            MissingColumns = part.MissingColumns ?? [],
            Categories = [.. Enumerable.Range(0, layout.CategoryCount).Select(
                index => new CategoryDescription(layout.ValueCountOf(index), index + 1))],
            SparseCount = sparseCount,
            SparseInputsPerRow = sparseCount == 0 ? 0 : 3,
        };
        Layer[] layers =
        [
            .. part.HasEmbedding ? (Layer[])[Layer.PeriodicEmbedding([0, 2], frequencies: 4, outputs: 2)] : [],
            Layer.Dense(9, Activation.Silu) with { HasBiases = seed != 6, BiasInitializer = Initializer.Normal(0.5) },
            Layer.Dense(kind.OutputCount) with { BiasInitializer = Initializer.Normal(0.5) },
        ];
        Network<float>[] networks =
            [.. Enumerable.Range(0, part.NetworkCount).Select(_ => Network<float>.Create(inputs, layers, random.Next()))];
        foreach (Network<float> network in networks)
            DrawInputs(network, random);
        bool isScaled = part.Scaling is not null;
        float? limit = part.Scaling > 0 ? part.Scaling : null;
        float[] offsets = [.. Draw(numberCount)], factors = [.. Draw(numberCount).Select(value => 1 + value)];
        var model = new Model<float>(networks, isScaled ? Scaling(offsets, factors, limit, part) : null, kind.Link)
        {
            Layout = layout.IsIdentity ? null : layout,
            Middles = part.HasMiddles ? [.. Draw(numberCount)] : null,
            SparseScaling = sparseCount == 0 || !isScaled ? null
                : new FeatureScaling<float>(new float[sparseCount], [.. Draw(sparseCount).Select(value => 1 + value)], limit),
        };
        MlpModelParameters parameters = NetworkCases.ToParameters(model);
        float[] features = [.. Enumerable.Range(0, RowCount).SelectMany(row => Vector(layout, row, hasLimit: limit is not null, random))];
        using var file = new MemoryStream();
        parameters.SaveAsOnnx(file);
        return new OnnxCase(
            kind.Name, part.Name, "Silu", file.ToArray(), RowCount, [new("Features", layout.SlotCount, features)],
            NetworkCases.Predict(parameters, features, RowCount));

        IEnumerable<float> Draw(int count) => Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f);
    }

    private static FeatureScaling<float> Scaling(float[] offsets, float[] factors, float? limit, Part part) =>
        new(offsets, factors, limit)
        {
            Curves = part.HasCurves
                ? [new(1, [-1, -0.5f, 0, 1.25f], [-2, 0.5f, 0.25f, 3]), new(3, [-0.75f, 0.75f], [1, -1])] : [],
        };

    /// <summary>What a network is created with is 0: bases, and values of missing numbers.</summary>
    private static void DrawInputs(Network<float> network, Random random)
    {
        if (network.Encoder is not { } encoder)
            return;
        foreach (ref float value in encoder.MissingValues)
            value = random.NextSingle() - 0.5f;
        for (int category = 0; category < network.Inputs.Categories.Count; category++)
        {
            foreach (ref float value in encoder.Base(category))
                value = random.NextSingle() - 0.5f;
            foreach (ref float value in encoder.Table(category))
                value = 2 * random.NextSingle() - 1;
        }
    }

    private static float[] Vector(FeatureLayout layout, int row, bool hasLimit, Random random)
    {
        // What a layout does not name is not looked at.
        float[] vector = [.. Enumerable.Repeat(random.NextSingle(), layout.SlotCount)];
        foreach (int slot in layout.NumberSlots)
            vector[slot] = random.Next(4) == 0 ? float.NaN : 3 * random.NextSingle() - 1.5f;
        foreach (CategorySlots slots in layout.Categories)
        {
            Span<float> flags = vector.AsSpan(slots.First, slots.ValueCount);
            flags.Clear();
            int value = random.Next(slots.ValueCount + 1);
            if (value > 0)
                flags[value - 1] = 1;
            // Every fourth row has something wrong: another flag, or something that is none.
            if (row % 4 == 3)
                flags[random.Next(flags.Length)] = random.Next(3) == 0 ? 1 : WrongFlags[random.Next(WrongFlags.Length)];
            // 2 − 1 is 1, too.
            if (row == 7 && flags.Length > 1)
                (flags[0], flags[1]) = (2, -1);
        }
        foreach (int slot in layout.SparseSlots)
            vector[slot] = 0;
        for (int count = layout.SparseSlots.Length == 0 ? 0 : random.Next(6); count > 0; count--)
        {
            float value = random.Next(8) == 0 && hasLimit ? 1e30f : 4 * random.NextSingle() - 2;
            vector[layout.SparseSlots[random.Next(layout.SparseSlots.Length)]] = random.Next(8) == 0 ? float.NaN : value;
        }
        return vector;
    }

    private static FeatureLayout Dense(int count) => FeatureLayout.Dense(count);

    private static int[] Range(int first, int count) => [.. Enumerable.Range(first, count)];

    /// <summary>A kind of row.</summary>
    /// <param name="Name">For messages.</param>
    /// <param name="Layout">Of its slots.</param>
    /// <param name="MissingColumns">Numbers that networks have learnt a value of; null for none.</param>
    /// <param name="HasMiddles">Whether the others have one.</param>
    /// <param name="NetworkCount">Networks.</param>
    /// <param name="Scaling">The limit of the scaling; 0 for none, null for no scaling.</param>
    /// <param name="HasEmbedding">Whether some columns are shown as periodic functions, too.</param>
    /// <param name="HasCurves">Whether two columns have curves in place of their scaling.</param>
    private sealed record Part(
        string Name, FeatureLayout Layout, int[]? MissingColumns = null, bool HasMiddles = true, int NetworkCount = 2, float? Scaling = 0,
        bool HasEmbedding = false, bool HasCurves = false);
}
