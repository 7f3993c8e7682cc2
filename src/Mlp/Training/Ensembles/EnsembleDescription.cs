using System.Numerics;
using System.Runtime.InteropServices;
using Mlp.State;
using Mlp.Training.Checkpoints;

namespace Mlp.Training.Ensembles;

/// <summary>Describes the training of a whole ensemble, so that parts of it are told from parts of another one.</summary>
internal static class EnsembleDescription
{
    /// <summary>Raised when the same settings begin to mean other bits, or a part holds something else.</summary>
    private const int PartVersion = 1;

    /// <param name="first">The first network of the whole ensemble, with its first parameters.</param>
    /// <param name="rows">That all networks train on, or hold out from.</param>
    /// <param name="validation">Null for none.</param>
    /// <param name="settings">Of each network, with the seed of the ensemble.</param>
    /// <param name="ensemble">With the part: how many jobs there are counts, which of them this is does not.</param>
    /// <param name="targetScaling">Null for none.</param>
    public static TrainingIdentity Of<T>(
        Network<T> first, IRowSource<T> rows, IRowSource<T>? validation, TrainingSettings settings, EnsembleSettings ensemble,
        TargetScaling<T>? targetScaling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingIdentity identity = TrainingDescription.Of(first, rows, validation, settings);
        identity.Add("Version of the parts", PartVersion);
        identity.Add("Number of jobs", ensemble.Part?.Count);
        // A checkpoint may be told to go on for longer; a part is what it is.
        if (!settings.Schedule.DependsOnNumberOfEpochs)
            identity.Add(nameof(TrainingSettings.NumberOfEpochs), settings.NumberOfEpochs);
        identity.Add("Networks side by side", ensemble.NumberOfNetworks);
        identity.Add("Refits", ensemble.RefitCount);
        if (ensemble.RefitsContinue)
            identity.Add(nameof(EnsembleSettings.RefitsContinue), true);
        identity.Add(nameof(EnsembleSettings.ValidationFraction), ensemble.ValidationFraction);
        identity.Add(nameof(EnsembleSettings.CalibrateProbabilities), ensemble.CalibrateProbabilities);
        identity.Add(nameof(EnsembleSettings.ContinuesTraining), ensemble.ContinuesTraining);
        if (targetScaling is not null)
        {
            var scaling = new Crc32C();
            scaling.Add(MemoryMarshal.AsBytes(targetScaling.Offsets));
            scaling.Add(MemoryMarshal.AsBytes(targetScaling.Deviations));
            identity.Add("Checksum of the scaling of the targets", scaling.Value);
        }
        return identity;
    }
}
