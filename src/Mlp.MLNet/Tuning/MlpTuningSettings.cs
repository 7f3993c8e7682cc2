using Mlp.Numerics;

namespace Mlp.MLNet;

/// <summary>How much a search may try, and where it keeps what it has.</summary>
public sealed record MlpTuningSettings
{
    /// <summary>The trials of a search that has neither <see cref="NumberOfTrials"/> nor <see cref="Time"/>.</summary>
    public const int DefaultNumberOfTrials = 24;

    /// <summary>Settings that are tried beside the trainer's own, at least 1. The same number gives the same model, on any number of
    /// threads and machines. Null: as many as there is <see cref="Time"/> for, or <see cref="DefaultNumberOfTrials"/>. Default:
    /// null.</summary>
    public int? NumberOfTrials { get; init; }

    /// <summary>About how long the search may take, the training of its model included; positive. It decides the number of trials, and
    /// <see cref="MlpTuningResult{TTransformer}.Trials"/> says how many there were. The trainer's own settings are tried however short it
    /// is. With <see cref="NumberOfTrials"/> the search ends at whichever comes first. Default: null, no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The folder where the search keeps what is done, so that the same call goes on from there after it was killed; made if there
    /// is none. It needs a <see cref="MlpOptions.Seed"/>, and the same data, options and <see cref="NumberOfTrials"/>, or more of them.
    /// Default: null, nothing is kept.</summary>
    public string? Folder { get; init; }

    /// <summary>Which of several jobs this is that share a <see cref="Folder"/>: each trains its part of the networks, waits for those of
    /// the others and returns the same model. Needs <see cref="NumberOfTrials"/>. A job alone, without it, does what others have left
    /// undone.
    /// Default: null, one job.</summary>
    public EnsemblePart? Part { get; init; }

    /// <summary>Called after each network of the search, one call at a time. What it throws ends the search. Default: none.</summary>
    public Action<MlpTuningProgress>? Progress { get; init; }

    /// <exception cref="ArgumentException">A value is out of range, or another is missing; the message names it.</exception>
    internal void Validate(MlpOptions options)
    {
        RangeCheck.Require(NumberOfTrials is null or >= 1, NumberOfTrials, "at least 1, or null");
        RangeCheck.Require(Time is not { } time || time > TimeSpan.Zero, Time, "positive, or null for no limit");
        if (Folder is not null && options.Seed is null)
        {
            throw new ArgumentException(
                $"Folder is '{Folder}', and Seed is null; a search that goes on must be the one that was kept. Set Seed in the trainer's "
                    + "options.", nameof(Folder));
        }
        if (Part is null)
            return;
        Part.Validate();
        if (Folder is null || NumberOfTrials is null || Time is not null)
        {
            throw new ArgumentException(
                $"Part is {Part}; jobs of one search share a Folder and a NumberOfTrials, and have no Time. Set both, and leave Time out.",
                nameof(Part));
        }
    }
}
