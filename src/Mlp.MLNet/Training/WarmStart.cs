using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>Starts a training from the parameters of a model, if they fit.</summary>
internal static class WarmStart
{
    /// <param name="start">The model.</param>
    /// <param name="columns">Give the number of inputs.</param>
    /// <param name="layers">Of the network to be trained.</param>
    /// <param name="output">Its output layer.</param>
    /// <param name="networkCount">How many networks will be trained. A start with fewer is the start of several.</param>
    /// <exception cref="ArgumentException">The model has other layers; the message names the first that differs.</exception>
    public static void Check(
        MlpModelParameters start, TrainingColumns columns, DenseLayerDescription[] layers, OutputFunctions output, int networkCount)
    {
        if (start.Networks.Count > networkCount)
        {
            throw Wrong(
                $"has {start.Networks.Count} networks, and this training {networkCount}. Set NumberOfNetworks to {start.Networks.Count}");
        }
        if (start.InputCount != columns.FeatureCount)
        {
            throw Wrong(
                $"takes {start.InputCount} features, and feature column '{columns.Features.Name}' has {columns.FeatureCount}. Start from "
                    + "a model of the same features");
        }
        CheckCategories(start, [.. columns.Categories.Select(column => column.Name)]);
        if (start.Layers.Count != layers.Length)
        {
            throw Wrong(
                $"has {start.Layers.Count - 1} hidden layers ({SizesOf(start)}), and HiddenLayerSizes has {layers.Length - 1}. Set "
                    + "HiddenLayerSizes to those of the start, or to null");
        }
        for (int index = 0; index < layers.Length; index++)
        {
            bool isOutput = index == layers.Length - 1;
            DenseLayerDescription wanted = layers[index];
            MlpLayer found = start.Layers[index];
            string name = isOutput ? "its output layer" : $"layer {index + 1}";
            if (found.UnitCount != wanted.Units)
            {
                throw Wrong(isOutput
                    ? $"has {found.UnitCount} outputs, and label column '{columns.Label.Name}' needs {wanted.Units}. Start from a model "
                        + "of the same label"
                    : $"has {found.UnitCount} units in {name}, and HiddenLayerSizes[{index}] is {wanted.Units}. Set HiddenLayerSizes to "
                        + $"{SizesOf(start)}");
            }
            Activation activation = isOutput ? output.Stored : wanted.Activation;
            if (found.Activation != activation)
            {
                throw Wrong(
                    $"has {found.Activation} in {name}, and this training {activation}. Set "
                        + $"{(isOutput ? "OutputActivation" : "Activation")} to that of the start");
            }
            if (found.Biases.IsEmpty == wanted.HasBiases)
            {
                throw Wrong(
                    $"has {(wanted.HasBiases ? "no biases" : "biases")} in {name}, and HasBiases is {wanted.HasBiases}. Set HasBiases to "
                        + "what the start has");
            }
        }
        if (start.Link != output.Link)
        {
            throw Wrong(
                $"gives outputs with the link {start.Link}, and this training's loss asks for {output.Link}. Set Loss to one of "
                    + "the same kind");
        }
    }

    /// <summary>The features, key values and classes of the data must be those of the model.</summary>
    /// <param name="start">The model, of the right shape.</param>
    /// <param name="columns">Of the data.</param>
    /// <param name="names">What stands behind the outputs that its label asks for; null when it does not say.</param>
    /// <exception cref="ArgumentException">They are named otherwise; the message names the first that differs.</exception>
    public static void CheckNames(MlpModelParameters start, TrainingColumns columns, LabelValues? names)
    {
        const string Here = "the training data", There = "the training of the model to start from";
        string? difference = start.Features is null ? null
            : FeatureAnnotations.Of(columns.Features).DifferenceFrom(start.Features, columns.Features.Name, Here, There);
        difference ??= CategoryValues.Difference(columns.Categories, start.Categories, Here, There);
        difference ??= LabelValues.Difference(names, start.Label.Values, columns.Label, Here, There);
        if (difference is not null)
            throw new ArgumentException(
                $"{difference} Transform the data with the transformers that were fitted for that model.", nameof(start));
    }

    /// <param name="start">Checked.</param>
    /// <param name="index">Of the network among those to be trained.</param>
    /// <param name="network">Gets the start's parameters.</param>
    /// <param name="targetScaling">The start's outputs are in the label's unit, the network's are not; null when both are.</param>
    public static void Copy(MlpModelParameters start, int index, Network<float> network, TargetScaling<float>? targetScaling)
    {
        Network<float> source = start.EngineModel.Networks[index % start.Networks.Count];
        // Values that a key has got since have rows at the end of their table, which stay 0: as unknown values they begin.
        foreach ((ParameterTensor from, ParameterTensor to) in source.Parameters.Tensors.Zip(network.Parameters.Tensors))
            source.Parameters[from].CopyTo(network.Parameters[to]);
        network.OutputOffsets = source.OutputOffsets;
        targetScaling?.UnfoldFrom(network);
    }

    /// <summary>The stage that a network begins with; null for none.</summary>
    public static PeriodicEmbeddingDescription? EmbeddingOf(Network<float> network) => network.Embedding is { } embedding
        ? Layer.PeriodicEmbedding(embedding.Columns, embedding.FrequencyCount, embedding.OutputsPerColumn) : null;

    public static IReadOnlyList<int> HiddenLayerSizesOf(MlpModelParameters start) =>
        [.. start.Layers.SkipLast(1).Select(layer => layer.UnitCount)];

    private static void CheckCategories(MlpModelParameters start, string[] names)
    {
        string[] found = [.. start.Categories.Select(category => category.Name)];
        int count = start.KeyCounts.Length;
        // Parameters by themselves do not know the names.
        if (count != found.Length)
        {
            if (count != names.Length)
                throw Wrong($"reads {count} key columns, and CategoricalColumnNames has {names.Length}. Name those that it was trained on");
            return;
        }
        int index = found.AsSpan().CommonPrefixLength(names);
        if (index == found.Length && index == names.Length)
            return;
        throw Wrong(
            $"has {NameIn(found)} as categorical column {index + 1}, and CategoricalColumnNames has {NameIn(names)} there. Set "
                + $"CategoricalColumnNames to {(count == 0 ? "null" : $"[{string.Join(", ", found)}]")}");

        string NameIn(string[] columns) => index < columns.Length ? $"'{columns[index]}'" : "none";
    }

    private static string SizesOf(MlpModelParameters start) => $"[{string.Join(", ", HiddenLayerSizesOf(start))}]";

    private static ArgumentException Wrong(string what) => new($"The model to start from {what}.", "start");
}
