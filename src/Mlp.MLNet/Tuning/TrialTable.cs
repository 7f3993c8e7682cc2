using Mlp.Training.Tuning;

namespace Mlp.MLNet.Tuning;

/// <summary>What is known of the trials of a search.</summary>
/// <param name="space">Of the search.</param>
/// <param name="seed">Of the search.</param>
internal sealed class TrialTable(MlpSearchSpace space, int seed)
{
    private readonly SortedDictionary<int, Line> _lines = [];

    /// <summary>Notes what became of a job.</summary>
    public void Add(TrialJob job, TrialOutcome outcome)
    {
        if (job.Replica > 0)
            return;
        if (!_lines.TryGetValue(job.Number, out Line? line))
            _lines.Add(job.Number, line = new Line());
        line.Rung = job.Rung;
        line.Seconds += outcome.Seconds;
        if (outcome.Outputs is null)
            line.HasDiverged = true;
        else
            line.Outputs.Add(outcome.Outputs);
    }

    /// <summary>The trials among these that do best so far, the best first.</summary>
    /// <param name="numbers">Of trials that were all looked at on the same folds.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="loss">Judges.</param>
    public int[] Best(IEnumerable<int> numbers, int count, EnsembleLoss<float> loss) =>
    [
        .. numbers.Where(number => !_lines[number].HasDiverged).OrderBy(number => LossOf(number, loss).Mean).ThenBy(number => number)
            .Take(count),
    ];

    /// <summary>Those that were looked at on all folds.</summary>
    public int[] Finished(int foldCount) =>
        [.. _lines.Where(line => line.Key > 0 && line.Value.Outputs.Count == foldCount).Select(line => line.Key)];

    public Candidate<float> CandidateOf(int number) => new(_lines[number].Outputs);

    /// <summary>All lines, for users.</summary>
    /// <param name="loss">Judges.</param>
    /// <param name="placesOf">Places of a trial in the model.</param>
    public MlpTrial[] ToTrials(EnsembleLoss<float> loss, Func<int, int> placesOf) =>
        [.. _lines.Select(line => ToTrial(line.Key, line.Value, loss, placesOf(line.Key)))];

    private MlpTrial ToTrial(int number, Line line, EnsembleLoss<float> loss, int places)
    {
        HeldOutLoss? own = line.HasDiverged ? null : LossOf(number, loss);
        HeldOutLoss defaults = loss.Of([CandidateOf(0)], Math.Max(1, line.Outputs.Count));
        return new MlpTrial(number, space.Draw(seed, number))
        {
            Rung = line.Rung,
            Loss = own?.Mean ?? double.NaN,
            LossStandardError = own?.StandardError ?? double.NaN,
            DefaultLoss = defaults.Mean,
            DifferenceStandardError = own is null ? double.NaN : defaults.GainOf(own).StandardError,
            Seconds = line.Seconds,
            Places = places,
            Failure = line.HasDiverged ? "The training diverged." : null,
        };
    }

    private HeldOutLoss LossOf(int number, EnsembleLoss<float> loss) => loss.Of([CandidateOf(number)], _lines[number].Outputs.Count);

    private sealed class Line
    {
        public int Rung { get; set; }

        public double Seconds { get; set; }

        public bool HasDiverged { get; set; }

        // Of each fold that was trained, in their order.
        public List<float[]> Outputs { get; } = [];
    }
}
