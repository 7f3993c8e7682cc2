using Mlp.MLNet;

namespace Mlp.Onnx;

/// <summary>A model, rows for it, and what it predicts for them.</summary>
/// <param name="Task">What is predicted.</param>
/// <param name="Variant">What is special about the model.</param>
/// <param name="Activation">Of its hidden layers, as text.</param>
/// <param name="Model">The model.</param>
/// <param name="Features">Row-major, rows x inputs.</param>
/// <param name="Outputs">What an ONNX runtime has to give.</param>
public sealed record OnnxCase(
    string Task, string Variant, string Activation, MlpModelParameters Model, float[] Features, IReadOnlyList<OnnxExpectation> Outputs)
{
    /// <summary>Rows of the features.</summary>
    public int RowCount => Features.Length / Model.InputCount;

    /// <inheritdoc/>
    public override string ToString() => $"{Task}, {Variant}, {Activation}";
}
