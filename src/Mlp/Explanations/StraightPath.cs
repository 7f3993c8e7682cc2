using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.Explanations;

/// <summary>The straight line from a baseline to a row, in what the networks of a model make of rows before their first layers.</summary>
/// <remarks>
/// <para>
/// The coordinates are [numbers | indicators | embeddings], as an <see cref="InputEncoder{T}"/> gives them, so that finite numbers lead to
/// a missing number and to another category. Networks that encode have a block of coordinates each, because what they learnt differs;
/// networks of numbers alone share one. A last block, which all networks share, has the sparse slots that are not 0 at one of the ends:
/// the others stay 0 all along.
/// </para>
/// <para>
/// A contributor is what gets one contribution: a number with its indicator and its bins, a category with its embeddings in all networks,
/// or a sparse slot. What a pair of columns contributes is halved between them.
/// </para>
/// </remarks>
internal sealed class StraightPath
{
    // What rounding may add to shares that are means of flags.
    private const double MaxShareSum = 1.001;

    private readonly Model<double> _model;
    private readonly FeatureEncoder<double>? _encoder;
    private readonly FeatureBatch<double> _features;
    private readonly int _encodedCount, _encodedBlockCount, _maxPointCount, _firstCategory, _firstSparse;
    private readonly int[] _baselineSlots;
    private readonly double[] _baselineValues;
    private double[] _from, _to;
    private readonly int[] _others;
    private int[] _contributors, _slots, _starts = [], _repeatedSlots = [];
    private int _sparseCount;

    /// <param name="model">Its scaling is applied here.</param>
    /// <param name="baseline">Where all lines begin: one value per feature, not scaled. A category's slots may hold the shares of its
    /// values in some rows: then the embedding is the mean of theirs.</param>
    /// <param name="keyShares">Of each key column those shares; empty where no key is known.</param>
    /// <param name="maxPointCount">Points that are looked at at once, at most.</param>
    public StraightPath(Model<double> model, ReadOnlySpan<double> baseline, IReadOnlyList<double[]> keyShares, int maxPointCount)
    {
        (_model, _maxPointCount) = (model, maxPointCount);
        InputDescription inputs = model.Network.Inputs;
        _encoder = model.Layout is null or { IsIdentity: true } ? null : new FeatureEncoder<double>(model.Layout);
        _features = new FeatureBatch<double>(inputs, maxRowCount: 1);
        (_encodedCount, _encodedBlockCount) = (model.Network.EncodedCount, model.Network.Encoder is null ? 1 : model.Networks.Count);
        (_firstCategory, _firstSparse) = (inputs.NumberCount, inputs.NumberCount + inputs.Categories.Count);
        _from = new double[_encodedBlockCount * _encodedCount];
        _to = new double[_from.Length];
        _contributors = [.. Enumerable.Repeat(ContributorsOf(inputs, model.Layout), _encodedBlockCount).SelectMany(each => each)];
        _others = [.. Enumerable.Repeat(OthersOf(inputs, model.Layout), _encodedBlockCount).SelectMany(each => each)];
        // The bins of a number have no slot: they contribute with it.
        _slots = new int[_firstSparse];
        Array.Fill(_slots, -1);
        for (int number = 0; number < _firstCategory; number++)
            _slots[number] = model.Layout?.NumberSlots[number] ?? number;
        for (int key = 0; key < (model.Layout?.KeyCounts.Length ?? 0); key++)
            _slots[_firstCategory + model.Layout!.FirstKey + key] = model.Layout.SlotCount + key;

        Encode(baseline, keys: [], _from);
        for (int category = 0; category < (model.Layout?.Categories.Length ?? 0); category++)
        {
            if (_features.Categories[category] == 0)
                AddShares(category, baseline.Slice(model.Layout!.Categories[category].First, model.Layout.Categories[category].ValueCount));
        }
        for (int key = 0; key < keyShares.Count; key++)
            AddShares(model.Layout!.FirstKey + key, keyShares[key]);
        (_baselineSlots, _baselineValues) = (_features.SparseSlots.ToArray(), _features.SparseValues.ToArray());
    }

    /// <summary>Where the line begins, one value per coordinate.</summary>
    public Span<double> From => _from;

    /// <summary>Where it ends.</summary>
    public Span<double> To => _to;

    /// <summary>Who gets what a coordinate contributes, one contributor per coordinate.</summary>
    public ReadOnlySpan<int> Contributors => _contributors;

    /// <summary>Who gets half of that; −1 for nobody. Those of sparse slots are not there.</summary>
    public ReadOnlySpan<int> OtherContributors => _others;

    /// <summary>The feature at which each contributor is reported: of a category the slot of the row's value, or its first slot where that
    /// is not known; of a key column its index behind all features; -1 for none.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>Blocks of coordinates.</summary>
    public int BlockCount => _encodedBlockCount + 1;

    /// <summary>Takes another row as the end.</summary>
    /// <param name="features">One value per feature, not scaled.</param>
    /// <param name="keys">One per key column, 0 for a value that is not known; empty where none is.</param>
    public void SetRow(ReadOnlySpan<double> features, ReadOnlySpan<int> keys)
    {
        Encode(features, keys, _to);
        for (int category = 0; category < (_model.Layout?.Categories.Length ?? 0); category++)
        {
            int value = _features.Categories[category];
            _slots[_firstCategory + category] = _model.Layout!.Categories[category].First + Math.Max(0, value - 1);
        }
        if (_features.HasSparse)
            SetSparse([.. _features.SparseSlots], [.. _features.SparseValues]);
    }

    /// <summary>The coordinates of a block. Those of some points lie side by side in [block x points x coordinates of the block].</summary>
    public (int Start, int Length) Block(int block) =>
        (block * _encodedCount, block < _encodedBlockCount ? _encodedCount : _sparseCount);

    /// <summary>Writes a point of the line.</summary>
    /// <param name="points">Of all blocks.</param>
    /// <param name="point">Which one.</param>
    /// <param name="pointCount">Of how many.</param>
    /// <param name="alpha">From 0 at the baseline to 1 at the row.</param>
    public void Write(Span<double> points, int point, int pointCount, double alpha)
    {
        for (int block = 0; block < BlockCount; block++)
        {
            (int start, int length) = Block(block);
            Span<double> values = points.Slice(start * pointCount + point * length, length);
            for (int index = 0; index < length; index++)
                values[index] = _from[start + index] + alpha * (_to[start + index] - _from[start + index]);
        }
    }

    /// <summary>What a network gets of some points.</summary>
    /// <param name="values">As <see cref="Block"/> has them.</param>
    /// <param name="network">Zero-based.</param>
    /// <param name="pointCount">Points.</param>
    public Span<double> Encoded(Span<double> values, int network, int pointCount) =>
        values.Slice((_encodedBlockCount == 1 ? 0 : network) * _encodedCount * pointCount, _encodedCount * pointCount);

    /// <summary>The last block of some points.</summary>
    public Span<double> SparseValues(Span<double> values, int pointCount) => values[(_encodedBlockCount * _encodedCount * pointCount)..];

    /// <summary>That block as networks take it.</summary>
    public SparseBatch<double> Sparse(Span<double> values, int pointCount) => _features.HasSparse
        ? new(_starts.AsSpan(0, pointCount + 1), _repeatedSlots.AsSpan(0, pointCount * _sparseCount), SparseValues(values, pointCount))
        : default;

    private static int[] ContributorsOf(InputDescription inputs, FeatureLayout? layout) =>
    [
        .. Enumerable.Range(0, inputs.NumberCount), .. inputs.MissingColumns,
        .. inputs.Categories.SelectMany((category, index) => Enumerable.Repeat(ContributorOf(inputs, layout, index), category.Width)),
    ];

    private static int[] OthersOf(InputDescription inputs, FeatureLayout? layout) =>
    [
        .. Enumerable.Repeat(-1, inputs.NumberCount + inputs.MissingColumns.Count),
        .. inputs.Categories.SelectMany((category, index) => Enumerable.Repeat(
            layout?.CrossOf(index) is { } cross ? ContributorOf(inputs, cross.Second) : -1, category.Width)),
    ];

    private static int ContributorOf(InputDescription inputs, FeatureLayout? layout, int category) =>
        layout?.CrossOf(category) is { } cross ? ContributorOf(inputs, cross.First)
        : layout?.BinsOf(category)?.Number ?? inputs.NumberCount + category;

    private static int ContributorOf(InputDescription inputs, CrossedColumn column) =>
        column.Bins?.Number ?? inputs.NumberCount + column.Category;

    private void Encode(ReadOnlySpan<double> features, ReadOnlySpan<int> keys, double[] coordinates)
    {
        _features.Clear();
        if (_encoder is null)
            features.CopyTo(_features.AddNumbers(1));
        else
        {
            _encoder.Encode(features);
            _encoder.SetKeys(keys);
            _features.Add(_encoder.Numbers, _encoder.Categories, _encoder.SparseSlots, _encoder.SparseValues);
        }
        _model.Scale(_features);
        if (_model.Network.Encoder is null)
            _features.Numbers.CopyTo(coordinates);
        else
        {
            for (int network = 0; network < _encodedBlockCount; network++)
                _model.Networks[network].Encoder!.Forward(_features.Inputs, coordinates.AsSpan(network * _encodedCount, _encodedCount), 1);
        }
    }

    /// <summary>What other flags than those of one value stand for in a baseline, where they can be shares of rows.</summary>
    private void AddShares(int category, ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (double share in shares)
            sum += share >= 0 ? share : double.NaN;
        if (!(sum <= MaxShareSum))
            return;
        for (int network = 0; network < _encodedBlockCount; network++)
        {
            InputEncoder<double> encoder = _model.Networks[network].Encoder!;
            int width = _model.Network.Inputs.Categories[category].Width;
            Span<double> embedding = _from.AsSpan(network * _encodedCount + encoder.OffsetOf(category), width);
            for (int value = 0; value < shares.Length; value++)
            {
                if (shares[value] != 0)
                    Elementwise.AddScaled(shares[value], encoder.Table(category).Slice(value * width, width), embedding);
            }
        }
    }

    private void SetSparse(int[] slots, double[] values)
    {
        int[] all = [.. _baselineSlots.Union(slots).Order()];
        int first = _encodedBlockCount * _encodedCount;
        if (all.Length != _sparseCount || _starts.Length == 0)
        {
            _sparseCount = all.Length;
            Array.Resize(ref _from, first + all.Length);
            Array.Resize(ref _to, first + all.Length);
            Array.Resize(ref _contributors, first + all.Length);
            Array.Resize(ref _slots, _firstSparse + all.Length);
            _starts = [.. Enumerable.Range(0, _maxPointCount + 1).Select(point => point * all.Length)];
            _repeatedSlots = new int[_maxPointCount * all.Length];
        }
        for (int index = 0; index < all.Length; index++)
        {
            _from[first + index] = ValueOf(_baselineSlots, _baselineValues, all[index]);
            _to[first + index] = ValueOf(slots, values, all[index]);
            _contributors[first + index] = _firstSparse + index;
            _slots[_firstSparse + index] = _model.Layout!.SparseSlots[all[index]];
        }
        for (int start = 0; start < _repeatedSlots.Length; start += all.Length)
            all.CopyTo(_repeatedSlots, start);

        static double ValueOf(int[] slots, double[] values, int slot) =>
            Array.BinarySearch(slots, slot) is >= 0 and int index ? values[index] : 0;
    }
}
