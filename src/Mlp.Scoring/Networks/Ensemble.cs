using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>Networks of one shape, and the mean of their outputs.</summary>
internal sealed class Ensemble
{
    private readonly OutputMean _mean;
    private readonly Network[] _networks;

    public Ensemble(WeightsReader reader, InputLayout layout)
    {
        Shape = new NetworkShape(reader, layout);
        _mean = new OutputMean(reader, Shape.OutputCount);
        _networks = new Network[_mean.NetworkCount];
        for (int index = 0; index < _networks.Length; index++)
            _networks[index] = new Network(reader, Shape);
    }

    public NetworkShape Shape { get; }

    public LinkKind Link => _mean.Link;

    /// <param name="maxRowCount">Rows at once.</param>
    public EnsembleSpace CreateSpace(int maxRowCount) => new(Shape, _networks[0], maxRowCount);

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
        for (int row = 0; row < rows.Count; row++)
            _mean.Finish(outputs.AsSpan(row * count, count), sums.AsSpan(row * count, count), complements.AsSpan(row * count, count));
    }
}

/// <summary>Room for the outputs of an ensemble.</summary>
internal sealed class EnsembleSpace(NetworkShape shape, Network network, int maxRowCount)
{
    private readonly int _outputCount = shape.OutputCount;

    public NetworkSpace Networks { get; } = new(shape, network, maxRowCount);

    /// <summary>[rows x outputs].</summary>
    public float[] Outputs { get; } = new float[maxRowCount * shape.OutputCount];

    public double[] Sums { get; } = new double[maxRowCount * shape.OutputCount];

    public double[] Complements { get; } = new double[maxRowCount * shape.OutputCount];

    public ReadOnlySpan<float> OutputsOf(int row) => Outputs.AsSpan(row * _outputCount, _outputCount);
}
