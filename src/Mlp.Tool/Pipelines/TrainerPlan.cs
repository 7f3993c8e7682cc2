using System.Text.Json.Serialization;
using Mlp.MLNet;
using Mlp.Tables;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Pipelines;

/// <summary>The trainer of a pipeline and the options that the user set; null leaves an option to the preset.</summary>
internal sealed record TrainerPlan
{
    public required TableTask Task { get; init; }

    public required string LabelColumn { get; init; }

    public MlpPreset Preset { get; init; } = MlpPreset.Default;

    public required int Seed { get; init; }

    public int? NumberOfEpochs { get; init; }

    public IReadOnlyList<int>? HiddenLayerSizes { get; init; }

    public double? LearningRate { get; init; }

    public int? BatchSize { get; init; }

    public int? NumberOfNetworks { get; init; }

    public int? NumberOfThreads { get; init; }

    /// <summary>Ranges of a batch's rows that ranks share; null for the whole batch.</summary>
    public int? GradientShards { get; init; }

    /// <summary>Where the training rows are; null for the trainer to decide.</summary>
    public RowStore? RowStore { get; init; }

    /// <summary>The parts of new labels that intervals, or sets of classes, are to hold, ascending; null for none.</summary>
    [JsonPropertyName("level"), JsonConverter(typeof(LevelsConverter))]
    public IReadOnlyList<double>? Levels { get; init; }

    /// <summary>What the task differs in.</summary>
    [JsonIgnore]
    public ModelTask Definition => ModelTask.Of(Task);

    /// <summary>The trainer's options.</summary>
    public MlpOptions ToOptions()
    {
        MlpOptions options = Definition.CreateOptions(Preset);
        options.LabelColumnName = LabelColumn;
        options.Seed = Seed;
        options.NumberOfEpochs = NumberOfEpochs;
        options.HiddenLayerSizes = HiddenLayerSizes is null ? null : [.. HiddenLayerSizes];
        options.LearningRate = LearningRate;
        options.BatchSize = BatchSize;
        options.NumberOfNetworks = NumberOfNetworks;
        options.NumberOfThreads = NumberOfThreads;
        options.GradientShards = GradientShards;
        options.RowStore = RowStore;
        if (Levels is not null)
            Definition.SetLevels(options, Levels);
        return options;
    }

    /// <summary>The options as C#: statements that make the variable <c>options</c>.</summary>
    public IEnumerable<string> ToCode()
    {
        yield return $"var options = new {Definition.OptionsType}(MlpPreset.{Preset})";
        yield return "{";
        yield return $"    LabelColumnName = {CSharp.Literal(LabelColumn)},";
        yield return $"    Seed = {CSharp.Literal(Seed)},";
        if (NumberOfEpochs is int epochs)
            yield return $"    NumberOfEpochs = {CSharp.Literal(epochs)},";
        if (HiddenLayerSizes is not null)
            yield return $"    HiddenLayerSizes = [{string.Join(", ", HiddenLayerSizes.Select(CSharp.Literal))}],";
        if (LearningRate is double rate)
            yield return $"    LearningRate = {CSharp.Literal(rate)},";
        if (BatchSize is int batch)
            yield return $"    BatchSize = {CSharp.Literal(batch)},";
        if (NumberOfNetworks is int networks)
            yield return $"    NumberOfNetworks = {CSharp.Literal(networks)},";
        if (NumberOfThreads is int threads)
            yield return $"    NumberOfThreads = {CSharp.Literal(threads)},";
        if (GradientShards is int shards)
            yield return $"    GradientShards = {CSharp.Literal(shards)},";
        if (RowStore is not null)
        {
            string folder = RowStore.Directory is string directory ? $" with {{ Directory = {CSharp.Literal(directory)} }}" : "";
            yield return $"    RowStore = RowStore.{RowStore.Place}{folder},";
        }
        if (Levels is not null)
        {
            string levels = string.Join(", ", Levels.Select(CSharp.Literal));
            yield return $"    {Definition.CoverageOption} = {(Levels.Count == 1 ? levels : $"[{levels}]")},";
        }
        yield return "};";
    }
}
