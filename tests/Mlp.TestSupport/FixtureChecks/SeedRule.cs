using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>
/// The update rule of the first article, written out: errors go back through the transposed weights alone,
/// eₖ = Wₖ₊₁ᵀ eₖ₊₁ without a slope on the way, and layer k gets ∂Wₖ = eₖ f′(zₖ) aₖ₋₁ᵀ / N. That is the gradient in the last two
/// layers only.
/// </summary>
/// <remarks>The layers are the engine's; the loops are naive on purpose. Hidden layers are sigmoid, the output is the identity.</remarks>
internal sealed class SeedRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly T[] _targets, _gradients;
    private readonly T[][] _activations, _errors;
    private readonly int _rowCount;

    public SeedRule(Network<T> network, T[] inputs, T[] targets)
    {
        (_network, _targets, _rowCount) = (network, targets, inputs.Length / network.InputCount);
        _activations = [inputs, .. network.Layers.Select(layer => new T[_rowCount * layer.UnitCount])];
        _errors = [.. network.Layers.Select(layer => new T[_rowCount * layer.UnitCount])];
        _gradients = new T[network.Parameters.Length];
    }

    /// <summary>What the article takes for the gradient, laid out like the network's parameters.</summary>
    public ReadOnlySpan<T> Compute()
    {
        Forward();
        int last = _network.Layers.Count - 1;
        T[] outputs = _activations[last + 1];
        for (int index = 0; index < outputs.Length; index++)
            _errors[last][index] = T.CreateChecked(2) * (outputs[index] - _targets[index]);
        for (int index = last; index >= 0; index--)
            Backward(_network.Layers[index], index);
        return _gradients;
    }

    public void Step(T learningRate)
    {
        ReadOnlySpan<T> gradients = Compute();
        Span<T> parameters = _network.Parameters.Values;
        for (int index = 0; index < parameters.Length; index++)
            parameters[index] -= learningRate * gradients[index];
    }

    private void Forward()
    {
        for (int index = 0; index < _network.Layers.Count; index++)
        {
            DenseLayer<T> layer = _network.Layers[index];
            ReadOnlySpan<T> weights = layer.Weights, inputs = _activations[index];
            Span<T> activations = _activations[index + 1];
            (int inputCount, int unitCount, bool hidden) = (layer.InputCount, layer.UnitCount, layer.Activation == Activation.Sigmoid);
            for (int row = 0; row < _rowCount; row++)
            {
                for (int unit = 0; unit < unitCount; unit++)
                {
                    T sum = T.Zero;
                    for (int input = 0; input < inputCount; input++)
                        sum += weights[unit * inputCount + input] * inputs[row * inputCount + input];
                    activations[row * unitCount + unit] = hidden ? T.One / (T.One + T.Exp(-sum)) : sum;
                }
            }
        }
    }

    private void Backward(DenseLayer<T> layer, int index)
    {
        (int inputCount, int unitCount, bool hidden) = (layer.InputCount, layer.UnitCount, layer.Activation == Activation.Sigmoid);
        ReadOnlySpan<T> weights = layer.Weights, inputs = _activations[index], activations = _activations[index + 1],
            errors = _errors[index];
        Span<T> gradients = _gradients.AsSpan(layer.WeightTensor.Offset, layer.WeightTensor.Length);
        Span<T> previousErrors = index == 0 ? [] : _errors[index - 1];
        gradients.Clear();
        previousErrors.Clear();
        for (int row = 0; row < _rowCount; row++)
        {
            for (int unit = 0; unit < unitCount; unit++)
            {
                T activation = activations[row * unitCount + unit], error = errors[row * unitCount + unit];
                T delta = hidden ? error * (activation * (T.One - activation)) : error;
                for (int input = 0; input < inputCount; input++)
                {
                    gradients[unit * inputCount + input] += delta * inputs[row * inputCount + input];
                    if (index > 0)
                        previousErrors[row * inputCount + input] += weights[unit * inputCount + input] * error;
                }
            }
        }
        T rowCount = T.CreateChecked(_rowCount);
        foreach (ref T gradient in gradients)
            gradient /= rowCount;
    }
}
