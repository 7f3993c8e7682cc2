namespace Mlp.MLNet;

/// <summary>A trained network, or several whose predictions are averaged, read-only, with the scaling of their features and the history of their training.</summary>
public sealed class MlpModelParameters
{
    internal MlpModelParameters(Model<float> model)
    {
        Model = model;
        Networks = [.. model.Networks.Select(network => new MlpNetwork(network))];
    }

    /// <summary>Number of features the network takes.</summary>
    public int InputCount => Model.Network.InputCount;

    /// <summary>Number of values the network gives.</summary>
    public int OutputCount => Model.Network.OutputCount;

    /// <summary>The networks, all of the same shape; at least one.</summary>
    public IReadOnlyList<MlpNetwork> Networks { get; }

    /// <summary>The layers of the first network, first hidden layer first; the last one gives the outputs. A linear model has one.</summary>
    public IReadOnlyList<MlpLayer> Layers => Networks[0].Layers;

    /// <inheritdoc cref="Model{T}.Temperature"/>
    public double Temperature => Model.Temperature;

    /// <inheritdoc cref="Model{T}.Range"/>
    public TargetRange<float>? ScoreRange => Model.Range;

    /// <summary>What is done to features before they enter the first layer; null for nothing.</summary>
    public FeatureScaling<float>? FeatureScaling => Model.Scaling;

    /// <summary>What turns the outputs of the last layer into predictions.</summary>
    public OutputLink Link => Model.Link;

    /// <summary>One report per epoch, training after training: those of the networks that held rows out, and with a refit then those of
    /// the final ones.</summary>
    public IReadOnlyList<EpochReport> History => Model.History;

    internal Model<float> Model { get; }

    /// <summary>Reads a network that <see cref="Save"/> wrote.</summary>
    /// <param name="stream">Read from its position; not closed. It is not trusted.</param>
    /// <exception cref="ModelFileException">It is not an intact model file; the message says where and why.</exception>
    public static MlpModelParameters Load(Stream stream) => new(ModelFile.Read<float>(stream));

    /// <summary>Writes the network in the format of <see cref="ModelFile"/>, which programs without ML.NET can read.</summary>
    /// <param name="stream">Written to at its position; not closed.</param>
    /// <remarks>Reading it gives the same bits.</remarks>
    public void Save(Stream stream) => ModelFile.Write(stream, Model);
}
