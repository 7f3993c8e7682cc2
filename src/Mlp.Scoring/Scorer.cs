using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using Mlp.Scoring.Files;
using Mlp.Scoring.Networks;

namespace Mlp.Scoring;

/// <summary>A trained model without ML.NET: the networks, their scaling and the tables of its categories, as <c>mlp export --csharp</c>
/// writes them. Thread-safe.</summary>
/// <remarks>The outputs have the bits that the pipeline's <c>Score</c> has in the same process.</remarks>
public sealed class Scorer
{
    /// <summary>Rows that are scored at once.</summary>
    public const int BatchRowCount = 96;

    // "MLPS" and the version of the format.
    private const int Magic = 0x53504C4D, Version = 3;

    private readonly Ensemble _ensemble;
    private readonly IntervalWidths? _intervals;
    private readonly Scaling? _scaling, _sparseScaling;
    private readonly float[] _middles;
    private readonly CategoryTable[] _tables;
    private readonly float[][] _numbers;
    private readonly ConcurrentBag<ScoringRows> _single = [], _batches = [];

    /// <summary>Reads the weights.</summary>
    /// <param name="weights">Read from its position to its end; not closed. It is not trusted.</param>
    /// <remarks>
    /// Little-endian, int32 where nothing else is said, float32 for numbers: "MLPS" and the version; the fingerprint of the model; tables
    /// of texts; parameters of vectors; the layout of the features; the scalings of numbers and of sparse slots (offsets, factors, limit),
    /// and the middles of numbers; what the networks have in common; link, temperature and offsets (float64), range; the parameters of
    /// each network; and from version 3 on the levels of intervals, 0 for none: the parts of the range of predictions with their edges,
    /// widths, bounds, and networks of the scales of widths, as those before.
    /// </remarks>
    /// <exception cref="InvalidDataException">They are damaged, or of another version; the message says where.</exception>
    public Scorer(Stream weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var reader = new WeightsReader(weights);
        if (reader.ReadInt32("first bytes") != Magic)
            throw reader.Error("other first bytes than weights have,");
        int version = reader.ReadInt32("version");
        if (version is < 1 or > Version)
        {
            throw new InvalidDataException(
                $"The weights have version {version}, and this scorer reads versions 1 to {Version}. Export both again.");
        }
        Id = reader.ReadTexts("name of the model") is [var id] ? id : throw reader.Error("other than one name of a model");
        _tables = new CategoryTable[reader.ReadInt32(0, 1 << 24, "number of tables")];
        for (int index = 0; index < _tables.Length; index++)
            _tables[index] = new CategoryTable(reader.ReadTexts("values of a category"));
        _numbers = new float[reader.ReadInt32(0, 1 << 24, "number of parameters of vectors")][];
        for (int index = 0; index < _numbers.Length; index++)
            _numbers[index] = reader.ReadFloats(reader.ReadInt32(0, int.MaxValue, "length of a vector"), "parameters of a vector");
        var layout = new InputLayout(reader, hasCrosses: version > 1);
        _scaling = Scaling.Read(reader, layout.NumberCount, "scaling");
        _sparseScaling = Scaling.Read(reader, layout.SparseCount, "scaling of sparse slots");
        _middles = reader.ReadFloats(reader.ReadInt32(0, 1, "flag of middles") * layout.NumberCount, "middles");
        _ensemble = new Ensemble(reader, layout);
        // Those that the networks have learnt about stay missing.
        foreach (int column in _middles.Length > 0 ? _ensemble.Shape.MissingColumns : [])
            _middles[column] = float.NaN;
        if (version > 2 && reader.ReadInt32(0, IntervalWidths.MostLevels, "number of levels") is > 0 and int levelCount)
            _intervals = new IntervalWidths(reader, layout, _ensemble.Shape.OutputCount, levelCount);
        reader.CheckEnd();
    }

    /// <summary>The fingerprint of the model: two with the same give the same scores.</summary>
    public string Id { get; }

    /// <summary>Slots of the feature vector.</summary>
    public int FeatureCount => _ensemble.Shape.Layout.SlotCount;

    /// <summary>Values that the model gives for a row.</summary>
    public int OutputCount => _ensemble.Shape.OutputCount;

    /// <summary>The table of a category's values, in the order of the file.</summary>
    /// <param name="index">From 0 on.</param>
    public CategoryTable Table(int index) => _tables[index];

    /// <summary>The parameters of a step that takes vectors, in the order of the file.</summary>
    /// <param name="index">From 0 on.</param>
    public ReadOnlySpan<float> Numbers(int index) => _numbers[index];

    /// <summary>Room for rows, to be filled, scored and given back. One thread at a time may use it.</summary>
    /// <param name="rowCount">1, or more for <see cref="BatchRowCount"/> at once.</param>
    public ScoringRows Rent(int rowCount = 1)
    {
        ConcurrentBag<ScoringRows> bag = rowCount == 1 ? _single : _batches;
        return bag.TryTake(out ScoringRows? rows) ? rows : new ScoringRows(this, _ensemble, _intervals, rowCount == 1 ? 1 : BatchRowCount);
    }

    /// <summary>Takes back what <see cref="Rent"/> gave.</summary>
    /// <param name="rows">Not to be used any more.</param>
    public void Return(ScoringRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Clear();
        (rows.MaxRowCount == 1 ? _single : _batches).Add(rows);
    }

    /// <summary>With the widest vectors that the processor has.</summary>
    /// <param name="rows">Overwritten.</param>
    /// <param name="space">Of the networks.</param>
    /// <param name="spaceOfScales">Of those of intervals; null where there are none.</param>
    internal void Score(FeatureRows rows, EnsembleSpace space, EnsembleSpace? spaceOfScales)
    {
        if (Vector512.IsHardwareAccelerated)
            Score<Lanes512>(rows, space, spaceOfScales);
        else if (Vector256.IsHardwareAccelerated)
            Score<Lanes256>(rows, space, spaceOfScales);
        else
            Score<Lanes128>(rows, space, spaceOfScales);
    }

    private void Score<TLanes>(FeatureRows rows, EnsembleSpace space, EnsembleSpace? spaceOfScales)
        where TLanes : struct, ILanes<TLanes, float>
    {
        rows.Scale<TLanes>(_scaling, _sparseScaling, _middles);
        _ensemble.Score<TLanes>(rows, space);
        if (spaceOfScales is not null)
            _intervals!.Scales!.Score<TLanes>(rows, spaceOfScales);
    }
}
