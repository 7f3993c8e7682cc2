using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Options;
using Mlp.MLNet.Training;
using Mlp.Training.Checkpoints;
using Mlp.Training.Tuning;

namespace Mlp.MLNet.Tuning;

/// <summary>Searches for an ensemble that does better than the trainer's own, on rows that no network was trained on.</summary>
/// <param name="trainer">Whose options are varied.</param>
/// <param name="transforms">Before it, fitted anew to the rows of each fold; null for none.</param>
/// <param name="settings">How much is tried.</param>
internal sealed class Tuner<TTransformer>(
    MlpTrainerBase<TTransformer> trainer, IEstimator<ITransformer>? transforms, MlpTuningSettings settings)
    where TTransformer : MlpTransformerBase
{
    private readonly MlpOptions _options = trainer.CopyOptions();
    private readonly ResolvedOptions _inForce = trainer.OptionsInForce;

    /// <inheritdoc cref="MlpTuningExtensions" path="/exception"/>
    public MlpTuningResult<TTransformer> Run(IDataView data)
    {
        SearchChecks.Check(_options, _inForce, settings);
        if (settings.Folder is { } folder)
            Directory.CreateDirectory(folder);
        using IChannel channel = trainer.StartChannel("Tuning");
        var log = new TrainingLog(channel);
        int seed = trainer.FindSeed();
        int[] foldOfRows = FoldsOfRows.Of(data, trainer.LabelColumnName, SearchPlan.FoldCount, seed, trainer.ThrowIfCanceled);
        var space = MlpSearchSpace.For(_options, foldOfRows.Length);
        var team = new JobTeam(_inForce.NumberOfThreads, settings.Part, trainer.ThrowIfCanceled, _options.CancellationToken);
        Search search = Look(data, foldOfRows, space, seed, team, log);

        ITransformer? fitted = transforms?.Fit(data);
        TTransformer network = TrainModel(fitted?.Transform(data) ?? data, search, seed, team, log);
        ITransformer[] steps = fitted is null ? [] : fitted is IEnumerable<ITransformer> chain ? [.. chain] : [fitted];
        return new MlpTuningResult<TTransformer>(
            new TransformerChain<ITransformer>([.. steps, network]), network,
            search.Table.ToTrials(search.Loss, number => search.Members.Count(member => member == number)))
        {
            DefaultLoss = search.Before.Mean,
            Loss = search.After.Mean,
            DifferenceStandardError = search.Before.GainOf(search.After).StandardError,
        };
    }

    /// <summary>Trains and judges trials, and chooses among them.</summary>
    private Search Look(IDataView data, int[] foldOfRows, MlpSearchSpace space, int seed, JobTeam team, TrainingLog log)
    {
        var preparation = Stopwatch.StartNew();
        PreparedRows[] folds =
            [.. Enumerable.Range(0, SearchPlan.FoldCount).Select(fold => PrepareFold(data, foldOfRows, fold, log))];
        FoldRows<float>[] truths = [.. folds.Select(trainer.TruthOf)];
        EnsembleLoss<float> loss = trainer.CreateLoss(folds[0], truths);
        var table = new TrialTable(space, seed);
        FrequencyRange frequencies = trainer.FrequenciesOf(folds[0], seed);
        double secondsBefore = preparation.Elapsed.TotalSeconds * _inForce.NumberOfThreads;
        var runner = new TrialRunner<TTransformer>(trainer, space, folds, truths, frequencies, seed, settings, team);
        TrialJob[] defaults =
        [
            .. Enumerable.Range(0, SearchPlan.PlaceCount).SelectMany(replica =>
                Enumerable.Range(0, SearchPlan.FoldCount).Select(fold => new TrialJob(Number: 0, replica, fold, Rung: 3))),
        ];
        TrialOutcome[] outcomes = Do(defaults);
        double secondsOfNetwork = runner.Seconds / defaults.Length;
        int trialCount = 0;
        while (NextRound(secondsBefore + runner.Seconds, secondsOfNetwork, trialCount) is > 0 and int roundSize)
        {
            double before = runner.Seconds;
            int[] numbers = [.. Enumerable.Range(trialCount + 1, roundSize)];
            trialCount += roundSize;
            foreach ((int[] newFolds, int count) in SearchPlan.RungsOf(roundSize))
            {
                int rung = newFolds[0] == 0 ? 1 : newFolds[0] == 1 ? 2 : 3;
                if (rung > 1)
                    numbers = table.Best(numbers, count, loss);
                Do([.. numbers.SelectMany(number => newFolds.Select(fold => new TrialJob(number, Replica: 0, fold, rung)))]);
            }
            // Of the rounds so far: trials take longer than the trainer's own settings, or less long.
            secondsOfNetwork = Math.Max(secondsOfNetwork, (runner.Seconds - before) / SearchPlan.NetworksOf(roundSize));
            log.Info($"{trialCount} trials; their networks took {runner.Seconds:F1} s together.");
        }

        Candidate<float>[] ownOnes =
        [
            .. Enumerable.Range(0, SearchPlan.PlaceCount).Select(replica => new Candidate<float>(
                [.. outcomes.Skip(replica * SearchPlan.FoldCount).Take(SearchPlan.FoldCount).Select(outcome => outcome.Outputs!)])),
        ];
        int[] finished = table.Finished(SearchPlan.FoldCount);
        int[] start = [.. Enumerable.Range(0, ownOnes.Length)];
        (int[] members, HeldOutLoss after) = EnsembleChoice.Choose(
            loss, [.. ownOnes, .. finished.Select(table.CandidateOf)], start, SearchPlan.FoldCount, trialCount,
            trainer.ThrowIfCanceled);
        HeldOutLoss beforeChoice = loss.Of(ownOnes, SearchPlan.FoldCount);
        members = [.. members.Order()];
        int[] chosen = [.. members.Select(member => member < ownOnes.Length ? 0 : finished[member - ownOnes.Length])];
        log.Info($"Loss on held-out rows: {beforeChoice.Mean:G6} before, {after.Mean:G6} with trials {string.Join(", ", chosen)}.");
        return new Search(table, loss, chosen, beforeChoice, after, [.. members.Zip(
            chosen, (member, number) => runner.OptionsOf(number, replica: number == 0 ? member : 0))]);

        TrialOutcome[] Do(TrialJob[] jobs)
        {
            TrialOutcome[] done = runner.Run(jobs);
            for (int job = 0; job < jobs.Length; job++)
                table.Add(jobs[job], done[job]);
            return done;
        }
    }

    /// <summary>Trials of the next round; 0 for the end of the search.</summary>
    private int NextRound(double seconds, double secondsOfNetwork, int trialCount)
    {
        int mostTrials = settings.NumberOfTrials ?? (settings.Time is null ? MlpTuningSettings.DefaultNumberOfTrials : int.MaxValue);
        int roundSize = Math.Min(SearchPlan.RoundSize, mostTrials - trialCount);
        if (settings.Time is not { } time)
            return roundSize;
        // The networks of the model see all rows, those of the folds four fifths.
        double left = time.TotalSeconds * _inForce.NumberOfThreads - seconds - 1.25 * SearchPlan.NetworkCount * secondsOfNetwork;
        while (roundSize > 0 && SearchPlan.NetworksOf(roundSize) * secondsOfNetwork > left)
            roundSize--;
        return roundSize;
    }

    private PreparedRows PrepareFold(IDataView data, int[] foldOfRows, int fold, TrainingLog log)
    {
        var train = new FoldView(data, [.. foldOfRows.Select(own => own != fold)]);
        var heldOut = new FoldView(data, [.. foldOfRows.Select(own => own == fold)]);
        ITransformer? fitted = transforms?.Fit(train);
        return trainer.PrepareRows(fitted?.Transform(train) ?? train, fitted?.Transform(heldOut) ?? heldOut, log);
    }

    /// <summary>Trains the networks of the model on all rows; where no trial has a place, the trainer's own model.</summary>
    private TTransformer TrainModel(IDataView transformed, Search search, int seed, JobTeam team, TrainingLog log)
    {
        if (search.Members.All(member => member == 0))
            return trainer.Fit(transformed);
        PreparedRows rows = trainer.PrepareRows(transformed, validationData: null, log);
        int networkCount = NetworksOfPlace(rows, search.Options);
        foreach (MlpOptions options in search.Options)
        {
            options.NumberOfNetworks = networkCount;
            if (networkCount == 1)
                options.RefitOnAllRows = false;
        }
        Model<float>[] places = team.Run([.. Enumerable.Range(0, search.Options.Count)], Find, Train);
        return trainer.JoinPlaces(rows, places, search.After.Temperature);

        Model<float>? Find(int place) => settings.Folder is null ? null
            : PlaceFile.Read(PathOf(place), rows.Inputs.Description);

        Model<float> Train(int place, int threadCount, CancellationToken cancellationToken)
        {
            using ClaimedCheckpoint? claimed = settings.Folder is null ? null : new Checkpoint(PathOf(place) + ".checkpoint").Claim();
            Model<float> model = trainer.TrainPlace(
                rows, search.Options[place], TrialJob.SeedOfPlace(seed, place), threadCount, claimed?.Checkpoint, cancellationToken);
            if (settings.Folder is not null)
                FileTarget.Write(PathOf(place), stream => ModelFile.Write(stream, model));
            return model;
        }

        // Another choice, or another number of networks, is another file.
        string PathOf(int place) => Path.Combine(
            settings.Folder!, string.Create(CultureInfo.InvariantCulture, $"place-{place}.trial-{search.Members[place]}.{networkCount}"));
    }

    /// <summary>As many as the user asked for, or as keep a prediction from taking much longer than that of the trainer's own
    /// model.</summary>
    private int NetworksOfPlace(PreparedRows rows, IReadOnlyList<MlpOptions> places)
    {
        if (_options.NumberOfNetworks is int asked)
            return Math.Max(1, asked / SearchPlan.PlaceCount);
        IReadOnlyList<int> own = _inForce.HiddenLayerSizesFor(rows.Rows.RowCount);
        int[] padded = Networks.PaddedNetwork.CommonSizes([.. places.Select(options => options.HiddenLayerSizes ?? own)]);
        // A table of few rows has small networks, of which more cost little.
        int[] reference = Networks.PaddedNetwork.CommonSizes([own, MlpOptions.HiddenLayerSizesFor(long.MaxValue)]);
        double growth = (double)trainer.CountParameters(rows, padded) / trainer.CountParameters(rows, reference);
        // Half of them are refits: all of them or the least, no odd number between.
        return growth * SearchPlan.NetworkCount <= SearchPlan.MostWork
            ? SearchPlan.NetworkCount / SearchPlan.PlaceCount : SearchPlan.LeastNetworksOfPlace;
    }

    /// <summary>What a search has found.</summary>
    /// <param name="Table">Of all trials.</param>
    /// <param name="Loss">Judges.</param>
    /// <param name="Members">The trial in each place.</param>
    /// <param name="Before">Loss of the trainer's own settings.</param>
    /// <param name="After">Loss of the members.</param>
    /// <param name="Options">Of each place.</param>
    private sealed record Search(
        TrialTable Table, EnsembleLoss<float> Loss, int[] Members, HeldOutLoss Before, HeldOutLoss After,
        IReadOnlyList<MlpOptions> Options);
}
