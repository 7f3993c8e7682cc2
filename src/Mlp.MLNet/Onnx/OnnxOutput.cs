namespace Mlp.MLNet.Onnx;

/// <summary>An output of a graph: [rows x width].</summary>
/// <param name="Name">That of the column, and of the value in the graph.</param>
/// <param name="Element">What it holds.</param>
/// <param name="Width">Values per row.</param>
internal readonly record struct OnnxOutput(string Name, OnnxElement Element, int Width);
