namespace Mlp.MLNet.Onnx;

/// <summary>Takes the constants and nodes of a graph, each after what it reads from.</summary>
/// <remarks>Two of them: a file of our own, and what ML.NET's converter collects from all transformers of a pipeline.</remarks>
internal interface IOnnxGraph
{
    /// <summary>Adds numbers.</summary>
    /// <param name="name">Not given before.</param>
    /// <param name="values">Row-major.</param>
    /// <param name="dimensions">None for a single number.</param>
    /// <returns>What nodes call it.</returns>
    string AddConstant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions);

    /// <inheritdoc cref="AddConstant(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    string AddConstant(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> dimensions);

    /// <summary>Adds an operator of the standard domain.</summary>
    /// <param name="operation">Which one.</param>
    /// <param name="name">Of the node and the value it gives; not given before. The name of an output makes it that output.</param>
    /// <param name="inputs">What it reads, by the names that were returned.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>What other nodes call its value.</returns>
    string AddNode(string operation, string name, IReadOnlyList<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes);
}
