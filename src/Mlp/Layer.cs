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
}
