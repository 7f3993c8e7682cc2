namespace Mlp.Onnx;

/// <summary>Values of one output.</summary>
/// <param name="Name">Of the output.</param>
/// <param name="Values">Row-major, rows x width: an array of float, bool, long or string.</param>
public sealed record OnnxExpectation(string Name, Array Values);
