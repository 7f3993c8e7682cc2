using System.Globalization;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Random trainings with whatever options validation accepts and whatever rows.</summary>
internal sealed class RandomTrainingsPart : ISoakPart
{
    // Some seconds; a case that fails is drawn again with its seed.
    private const int CasesAtOnce = 1_000;

    public string Name => "properties";

    public double Share => 0.6;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        var tally = new Tally(run.Time);
        var outcomes = new SortedDictionary<CaseOutcome, long>();
        var seed = (ulong)run.Seed;
        // At least once, and then for as long as there is time.
        do
        {
            tally.RunTogether([() => Try(seed++)]);
        }
        while (!tally.IsOver && tally.FailureCount == 0);
        yield return tally.Result(
            run,
            "Random trainings give finite parameters or say why not",
            "trainings",
            string.Join(
                ", ", outcomes.Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{outcome.Value:N0} {outcome.Key}"))));

        void Try(ulong caseSeed)
        {
            int caseCount = run.Time.TotalSeconds < 10 ? CasesAtOnce / 10 : CasesAtOnce;
            foreach ((CaseOutcome outcome, int count) in PropertyRun.Run(caseCount, caseSeed))
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + count;
            tally.Add(caseCount);
        }
    }
}
