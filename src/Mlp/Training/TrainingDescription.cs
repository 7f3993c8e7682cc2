using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Mlp.Data;
using Mlp.Networks;
using Mlp.State;
using Mlp.Training.Checkpoints;

namespace Mlp.Training;

/// <summary>Describes a training for its checkpoints: network, settings and rows.</summary>
internal static class TrainingDescription
{
    private const string None = "none";

    public static TrainingIdentity Of<T>(Network<T> network, IRowSource<T> rows, IRowSource<T>? validation, TrainingSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var identity = new TrainingIdentity();
        identity.Add("Precision", typeof(T).Name);
        identity.Add("InputCount", network.InputCount);
        AddEmbedding(identity, network.Embedding);
        AddInputs(identity, network.Inputs, settings);
        for (int index = 0; index < network.Layers.Count; index++)
        {
            DenseLayer<T> layer = network.Layers[index];
            identity.Add(
                $"Layers[{index}]", $"{layer.UnitCount} x {layer.Activation}{(layer.BiasTensor is null ? " without biases" : "")}");
        }
        var parameters = new Crc32C();
        parameters.AddValues<T>(network.Parameters.Values);
        identity.Add("Checksum of the first parameters", parameters.Value);
        if (network.OutputOffsets.Count > 0)
            identity.Add("OutputOffsets", network.OutputOffsets);
        AddSettings(identity, settings, FeatureRows.CountOf(rows));
        // A training that is to return what it has when it is cancelled must come to have something.
        CancellationToken cancellationToken = settings.ReturnBestOnCancellation ? CancellationToken.None : settings.CancellationToken;
        AddRows(identity, "training", rows, cancellationToken);
        if (validation is null)
            identity.Add("Number of validation rows", 0);
        else
            AddRows(identity, "validation", validation, cancellationToken);
        return identity;
    }

    /// <summary>What ranks must have in common besides: how long they train, and what their processors and programs compute.</summary>
    public static void AddForRanks(TrainingIdentity identity, TrainingSettings settings)
    {
        identity.Add("Last epoch", settings.NumberOfEpochs);
        identity.Add("Moments to start from", settings.Moments is not null);
        identity.Add("Bits of a vector", Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128);
        identity.Add("Fused multiply-add", Fma.IsSupported || AdvSimd.IsSupported);
        identity.Add("Build of Mlp", typeof(Trainer).Module.ModuleVersionId);
    }

    /// <summary>Adds every setting that the bits of a training depend on.</summary>
    private static void AddSettings(TrainingIdentity identity, TrainingSettings settings, long rowCount)
    {
        identity.Add(nameof(TrainingSettings.Loss), settings.Loss);
        identity.Add("Loss.OutputReduction", settings.Loss.OutputReduction);
        identity.Add(nameof(TrainingSettings.LabelSmoothing), settings.LabelSmoothing);
        identity.Add(nameof(TrainingSettings.LossReduction), settings.LossReduction);
        identity.AddRecord(nameof(TrainingSettings.Optimizer), settings.Optimizer);
        identity.AddRecord(nameof(TrainingSettings.Schedule), settings.Schedule);
        identity.Add(nameof(TrainingSettings.BatchSize), settings.BatchSizeFor(rowCount));
        if (settings.Schedule.DependsOnNumberOfEpochs)
            identity.Add(nameof(TrainingSettings.NumberOfEpochs), settings.NumberOfEpochs);
        identity.Add(nameof(TrainingSettings.StopAfterEpoch), settings.StopAfterEpoch);
        identity.Add(nameof(TrainingSettings.Shuffle), settings.Shuffle);
        identity.Add(nameof(TrainingSettings.L2Regularization), settings.L2Regularization);
        identity.Add(nameof(TrainingSettings.L1Regularization), settings.L1Regularization);
        identity.Add(nameof(TrainingSettings.RegularizeBiases), settings.RegularizeBiases);
        identity.Add(nameof(TrainingSettings.MaximumGradientNorm), settings.MaximumGradientNorm);
        identity.Add(nameof(TrainingSettings.MaximumGradientValue), settings.MaximumGradientValue);
        identity.Add(nameof(TrainingSettings.DropoutRates), settings.DropoutRates);
        identity.AddRecord(nameof(TrainingSettings.EarlyStopping), settings.EarlyStopping);
        identity.Add(nameof(TrainingSettings.Seed), settings.Seed);
        // Files from before there were shards do not have it.
        identity.Add(nameof(TrainingSettings.GradientShards), settings.GradientShards > 1 ? settings.GradientShards : null);
        identity.AddNames(nameof(TrainingSettings.FeatureNames), settings.FeatureNames);
        identity.AddNames(nameof(TrainingSettings.OutputNames), settings.OutputNames);
    }

    /// <summary>Nothing for a network of numbers alone, which cannot be missing.</summary>
    private static void AddInputs(TrainingIdentity identity, InputDescription inputs, TrainingSettings settings)
    {
        if (inputs.IsDense)
            return;
        var shape = new Crc32C();
        shape.Add(MemoryMarshal.AsBytes<int>([.. inputs.MissingColumns]));
        shape.Add(MemoryMarshal.AsBytes<int>([.. inputs.Categories.SelectMany(category => (int[])[category.ValueCount, category.Width])]));
        identity.Add(
            "Inputs", $"{inputs.NumberCount} numbers of which {inputs.MissingColumns.Count} may be missing, {inputs.Categories.Count} "
                + $"categories, {inputs.SparseCount} sparse slots");
        identity.Add("Checksum of the inputs", shape.Value);
        identity.Add(nameof(TrainingSettings.CategoryDropoutRate), settings.CategoryDropoutRate);
    }

    /// <summary>Adds an embedding, with a checksum of its columns: a list of thousands is too long for a setting.</summary>
    private static void AddEmbedding<T>(TrainingIdentity identity, PeriodicEmbedding<T>? embedding)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (embedding is null)
        {
            identity.Add("Embedding", None);
            return;
        }
        var columns = new Crc32C();
        columns.Add(MemoryMarshal.AsBytes<int>([.. embedding.Columns]));
        identity.Add("Embedding",
            $"{embedding.Columns.Count} columns, {embedding.FrequencyCount} frequencies to {embedding.OutputsPerColumn} outputs");
        identity.Add("Checksum of the embedding's columns", columns.Value);
    }

    /// <summary>The size of the rows and what they hold.</summary>
    private static void AddRows<T>(TrainingIdentity identity, string kind, IRowSource<T> rows, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        identity.Add($"Number of {kind} rows", FeatureRows.CountOf(rows));
        if (rows is IStreamedRows<T> streamed)
        {
            identity.Add($"Checksum of the {kind} rows on disk", streamed.Checksum);
            return;
        }
        var checksum = RowsChecksum.Of(rows, cancellationToken);
        identity.Add($"Checksum of the {kind} features", checksum.Features);
        identity.Add($"Checksum of the {kind} targets", checksum.Targets);
        if (checksum.ExampleWeights is uint weights)
            identity.Add($"Checksum of the {kind} example weights", weights);
    }
}
