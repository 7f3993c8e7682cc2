using Mlp.Networks;

namespace Mlp.Explanations;

/// <summary>The score of one output of a model and its gradient by the scaled features, for some rows at a time.</summary>
internal sealed class ScoreFunction : IDisposable
{
    private readonly IReadOnlyList<Network<double>> _networks;
    private readonly Workspace<double>[] _workspaces;
    private readonly OutputScore _score;
    private readonly double[] _parameterGradients, _inputGradients, _outputs, _slopes;
    private readonly int _inputCount, _outputCount;

    /// <param name="model">Its scaling is the caller's business.</param>
    /// <param name="maxRowCount">Rows that fit.</param>
    public ScoreFunction(Model<double> model, int maxRowCount)
    {
        _networks = model.Networks;
        (_inputCount, _outputCount) = (model.Network.InputCount, model.Network.OutputCount);
        _workspaces = [.. _networks.Select(network => new Workspace<double>(network, maxRowCount, threadCount: 1, forTraining: true))];
        _score = new OutputScore(model);
        _parameterGradients = new double[model.Network.Parameters.Length];
        _inputGradients = new double[maxRowCount * _inputCount];
        _outputs = new double[_networks.Count * _outputCount];
        _slopes = new double[_outputs.Length];
    }

    /// <param name="inputs">[rows x inputs], scaled.</param>
    /// <param name="output">Which one.</param>
    /// <param name="scores">One per row, overwritten.</param>
    /// <param name="gradients">∂score/∂inputs [rows x inputs], overwritten; empty when not wanted.</param>
    public void Evaluate(ReadOnlySpan<double> inputs, int output, Span<double> scores, Span<double> gradients = default)
    {
        int rowCount = scores.Length, last = _networks[0].Layers.Count - 1;
        for (int index = 0; index < _networks.Count; index++)
            _networks[index].AddOutputOffsets(_networks[index].Forward(inputs, rowCount, _workspaces[index]));
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
        Span<double> inputGradients = _inputGradients.AsSpan(0, rowCount * _inputCount);
        for (int index = 0; index < _networks.Count; index++)
        {
            _networks[index].Backward(inputs, rowCount, _workspaces[index], _parameterGradients, inputGradients);
            for (int position = 0; position < gradients.Length; position++)
                gradients[position] += inputGradients[position];
        }
    }

    public void Dispose()
    {
        foreach (Workspace<double> workspace in _workspaces)
            workspace.Dispose();
    }
}
