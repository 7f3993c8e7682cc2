namespace Mlp;

/// <summary>The description of one layer of a network to be created.</summary>
public abstract record Layer
{
    private protected Layer()
    {
    }

    /// <summary>Every unit sees every input.</summary>
    /// <param name="units">Outputs of the layer, at least 1.</param>
    /// <param name="activation">What is applied to each output.</param>
    public static DenseLayerDescription Dense(int units, Activation activation = Activation.Identity) => new(units, activation);

    /// <summary>Shows some inputs a second time, as learnt periodic functions. Only the first of a network's layers can be one.</summary>
    /// <param name="columns">Which inputs, zero-based, ascending.</param>
    /// <param name="frequencies">Cosines per input, at least 1.</param>
    /// <param name="outputs">Numbers per input that are made of them, at least 1.</param>
    public static PeriodicEmbeddingDescription PeriodicEmbedding(IReadOnlyList<int> columns, int frequencies = 16, int outputs = 3) =>
        new(columns, frequencies, outputs);
}
