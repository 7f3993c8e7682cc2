using Mlp.MLNet.Options;

namespace Mlp.MLNet.Tuning;

/// <summary>Which options a search cannot keep to.</summary>
internal static class SearchChecks
{
    /// <exception cref="ArgumentException">A setting is out of range, or an option does not go with a search; the message names
    /// it.</exception>
    public static void Check(MlpOptions options, ResolvedOptions inForce, MlpTuningSettings settings)
    {
        settings.Validate(options);
        if (inForce.EarlyStopping.IsNone)
            throw Refuse(nameof(MlpOptions.EarlyStopping), "none", "a search finds the best epoch of each network on held-out rows");
        if (options.Part is { } part)
            throw Refuse(nameof(MlpOptions.Part), part, "the jobs of a search are those of MlpTuningSettings.Part");
        if (options.Ranks is { } ranks)
            throw Refuse(nameof(MlpOptions.Ranks), $"set, on rank {ranks.Rank}", "the jobs of a search share it by MlpTuningSettings.Part");
        if (options.Checkpoint is { } checkpoint)
            throw Refuse(nameof(MlpOptions.Checkpoint), checkpoint.Path, "a search keeps what it has in MlpTuningSettings.Folder");
        if (options.ReplayRowCount is int count)
            throw Refuse(nameof(MlpOptions.ReplayRowCount), count, "a search leaves no memory for updates");
        if (inForce.RowStore.Place == RowStorePlace.Disk)
            throw Refuse(nameof(MlpOptions.RowStore), "on disk", "a search has its rows in memory");
        if (inForce.AskedCoverage is { } asked)
            throw Refuse(asked.Option, asked.Levels, "intervals and sets are found with one ensemble, not with several");
    }

    private static ArgumentException Refuse(string name, object value, string reason) =>
        new($"{name} is {value}, but {reason}. Leave {name} out for Tune.", name);
}
