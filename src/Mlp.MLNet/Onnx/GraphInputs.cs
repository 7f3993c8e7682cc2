namespace Mlp.MLNet.Onnx;

/// <summary>What a graph calls the inputs of a model.</summary>
/// <param name="Features">[rows x features].</param>
/// <param name="Keys">The key columns beside them, a whole number a row each, from 1; 0 and what the model does not know are
/// unknown.</param>
internal readonly record struct GraphInputs(string Features, IReadOnlyList<string> Keys);
