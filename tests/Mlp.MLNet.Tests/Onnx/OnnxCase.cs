namespace Mlp.MLNet.Tests.Onnx;

/// <summary>A model as an ONNX file, rows for it, and what Mlp.MLNet predicts for them.</summary>
/// <param name="Task">What is predicted.</param>
/// <param name="Variant">What is special about the model.</param>
/// <param name="Activation">Of its hidden layers, as text.</param>
/// <param name="File">The file.</param>
/// <param name="RowCount">Rows of inputs and outputs.</param>
/// <param name="Inputs">What the graph reads.</param>
/// <param name="Outputs">What a runtime has to give.</param>
internal sealed record OnnxCase(
    string Task, string Variant, string Activation, byte[] File, int RowCount,
    IReadOnlyList<OnnxValues> Inputs, IReadOnlyList<OnnxValues> Outputs)
{
    /// <summary>The first rows.</summary>
    public OnnxCase Take(int rowCount) => this with
    {
        RowCount = rowCount,
        Inputs = [.. Inputs.Select(input => input.Take(rowCount))],
        Outputs = [.. Outputs.Select(output => output.Take(rowCount))],
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Task}, {Variant}, {Activation}, {RowCount} rows";
}
