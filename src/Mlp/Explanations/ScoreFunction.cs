using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.Explanations;

/// <summary>The score of one output of a model and its gradient by what its networks take, for some points of a line at a time.</summary>
internal sealed class ScoreFunction : IDisposable
{
    private readonly IReadOnlyList<Network<double>> _networks;
    private readonly Workspace<double>[] _workspaces;
    private readonly OutputScore _score;
    private readonly double[] _parameterGradients, _inputGradients, _outputs, _slopes;
    private readonly int _encodedCount, _outputCount;

    /// <param name="model">Its scaling is the caller's business.</param>
    /// <param name="maxRowCount">Points that fit.</param>
    public ScoreFunction(Model<double> model, int maxRowCount)
    {
        _networks = model.Networks;
        (_encodedCount, _outputCount) = (model.Network.EncodedCount, model.Network.OutputCount);
        _workspaces = [.. _networks.Select(network => new Workspace<double>(network, maxRowCount, threadCount: 1, forTraining: true))];
        _score = new OutputScore(model);
        _parameterGradients = new double[model.Network.Parameters.Length];
        _inputGradients = new double[maxRowCount * _encodedCount];
        _outputs = new double[_networks.Count * _outputCount];
        _slopes = new double[_outputs.Length];
    }

    /// <param name="path">Says what the points consist of.</param>
    /// <param name="points">As many as there are scores, as <see cref="StraightPath.Block"/> has them.</param>
    /// <param name="output">Which one.</param>
    /// <param name="scores">One per point, overwritten.</param>
    /// <param name="gradients">∂score/∂points, laid out like them, overwritten; empty when not wanted.</param>
    public void Evaluate(StraightPath path, Span<double> points, int output, Span<double> scores, Span<double> gradients = default)
    {
        int rowCount = scores.Length, last = _networks[0].Layers.Count - 1;
        SparseBatch<double> sparse = path.Sparse(points, rowCount);
        for (int index = 0; index < _networks.Count; index++)
        {
            _networks[index].AddOutputOffsets(
                _networks[index].ForwardEncoded(path.Encoded(points, index, rowCount), sparse, rowCount, _workspaces[index]));
        }
        for (int row = 0; row < rowCount; row++)
        {
            int start = row * _outputCount;
            for (int index = 0; index < _networks.Count; index++)
                _workspaces[index].Activations(last, rowCount).Slice(start, _outputCount).CopyTo(_outputs.AsSpan(index * _outputCount));
            scores[row] = _score.Evaluate(_outputs, output, _slopes);
            for (int index = 0; index < _networks.Count; index++)
                _slopes.AsSpan(index * _outputCount, _outputCount).CopyTo(_workspaces[index].Delta(last, rowCount)[start..]);
        }
        if (gradients.IsEmpty)
            return;
        gradients.Clear();
        Span<double> inputGradients = _inputGradients.AsSpan(0, rowCount * _encodedCount);
        for (int index = 0; index < _networks.Count; index++)
        {
            _networks[index].BackwardEncoded(
                path.Encoded(points, index, rowCount), sparse, rowCount, _workspaces[index], _parameterGradients, inputGradients);
            Elementwise.Add<double>(inputGradients, path.Encoded(gradients, index, rowCount));
            DenseLayer<double> first = _networks[index].Layers[0];
            if (first.SparseTensor is not null)
                AddSparse(first, _workspaces[index].Delta(0, rowCount), sparse, path.SparseValues(gradients, rowCount));
        }
    }

    /// <summary>∂score/∂x of a sparse slot is δW of its row of weights.</summary>
    private static void AddSparse(DenseLayer<double> layer, ReadOnlySpan<double> delta, SparseBatch<double> sparse, Span<double> gradients)
    {
        int unitCount = layer.UnitCount;
        for (int row = 0; row < sparse.Starts.Length - 1; row++)
        {
            ReadOnlySpan<double> rowDelta = delta.Slice(row * unitCount, unitCount);
            for (int entry = sparse.Starts[row]; entry < sparse.Starts[row + 1]; entry++)
            {
                ReadOnlySpan<double> weights = layer.SparseWeights.Slice(sparse.Slots[entry] * unitCount, unitCount);
                for (int unit = 0; unit < unitCount; unit++)
                    gradients[entry] += rowDelta[unit] * weights[unit];
            }
        }
    }

    public void Dispose()
    {
        foreach (Workspace<double> workspace in _workspaces)
            workspace.Dispose();
    }
}
