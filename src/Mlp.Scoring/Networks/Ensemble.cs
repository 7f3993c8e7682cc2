using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>Networks of one shape, and the mean of their outputs.</summary>
internal sealed class Ensemble
{
    private readonly OutputMean _mean;
    private readonly Network[] _networks;
    private readonly LastLayers? _lastLayers;

    public Ensemble(WeightsReader reader, InputLayout layout)
    {
        Shape = new NetworkShape(reader, layout);
        _mean = new OutputMean(reader, Shape.OutputCount);
        _networks = new Network[_mean.NetworkCount];
        for (int index = 0; index < _networks.Length; index++)
            _networks[index] = new Network(reader, Shape);
        _lastLayers = LastLayers.For(_networks, Shape);
    }

    public NetworkShape Shape { get; }

    public LinkKind Link => _mean.Link;

    /// <param name="maxRowCount">Rows at once.</param>
    public EnsembleSpace CreateSpace(int maxRowCount) => new(Shape, _networks[0], _lastLayers, maxRowCount);

    /// <summary>Scores rows.</summary>
    /// <param name="rows">Scaled.</param>
    /// <param name="space">Gets the outputs.</param>
    public void Score<TLanes>(FeatureRows rows, EnsembleSpace space)
        where TLanes : struct, ILanes<TLanes, float>
    {
        (float[] outputs, double[] sums, double[] complements) = (space.Outputs, space.Sums, space.Complements);
        Array.Clear(sums);
        Array.Clear(complements);
        int count = Shape.OutputCount;
        if (rows.Count == 1 && _lastLayers is not null)
            AddRow<TLanes>(rows, space, _lastLayers);
        else
            AddRows<TLanes>(rows, space);
        for (int row = 0; row < rows.Count; row++)
            _mean.Finish(outputs.AsSpan(row * count, count), sums.AsSpan(row * count, count), complements.AsSpan(row * count, count));
    }

    private void AddRows<TLanes>(FeatureRows rows, EnsembleSpace space)
        where TLanes : struct, ILanes<TLanes, float>
    {
        (float[] outputs, double[] sums, double[] complements) = (space.Outputs, space.Sums, space.Complements);
        int count = Shape.OutputCount;
        foreach (Network network in _networks)
        {
            ReadOnlySpan<float> values = network.Forward<TLanes>(rows, space.Networks).Span;
            for (int row = 0; row < rows.Count; row++)
            {
                ReadOnlySpan<float> given = values.Slice(row * network.OutputStride, count);
                if (_networks.Length == 1)
                    given.CopyTo(outputs.AsSpan(row * count));
                else
                    _mean.Add(given, sums.AsSpan(row * count, count), complements.AsSpan(row * count, count));
            }
        }
    }

    private void AddRow<TLanes>(FeatureRows rows, EnsembleSpace space, LastLayers lastLayers)
        where TLanes : struct, ILanes<TLanes, float>
    {
        // From the last network to the first every other time: of weights that fill the cache the larger part is still there from the time
        // before.
        for (int step = 0; step < _networks.Length; step++)
        {
            int index = space.BeginsLast ? _networks.Length - 1 - step : step;
            Span<float> inputs = lastLayers.InputsOf(index, space.LastInputs!);
            _networks[index].Forward<TLanes>(rows, space.Networks, withoutLast: true).Span[..inputs.Length].CopyTo(inputs);
        }
        space.BeginsLast = !space.BeginsLast;
        lastLayers.Forward<TLanes>(space.LastInputs!, space.LastOutputs!);
        for (int index = 0; index < _networks.Length; index++)
            _mean.Add(space.LastOutputs!.Span.Slice(index, 1), space.Sums, space.Complements);
    }
}

/// <summary>Room for the outputs of an ensemble.</summary>
internal sealed class EnsembleSpace(NetworkShape shape, Network network, LastLayers? lastLayers, int maxRowCount)
{
    private readonly int _outputCount = shape.OutputCount;

    public NetworkSpace Networks { get; } = new(shape, network, maxRowCount);

    /// <summary>[rows x outputs].</summary>
    public float[] Outputs { get; } = new float[maxRowCount * shape.OutputCount];

    public double[] Sums { get; } = new double[maxRowCount * shape.OutputCount];

    public double[] Complements { get; } = new double[maxRowCount * shape.OutputCount];

    /// <summary>What the last layers of all networks get of a single row; null where they are computed network by network.</summary>
    public AlignedArray? LastInputs { get; } = lastLayers?.CreateInputs();

    /// <summary>What they give.</summary>
    public AlignedArray? LastOutputs { get; } = lastLayers?.CreateOutputs();

    /// <summary>Whether the next single row begins with the last network.</summary>
    public bool BeginsLast { get; set; }

    public ReadOnlySpan<float> OutputsOf(int row) => Outputs.AsSpan(row * _outputCount, _outputCount);
}
