using Microsoft.ML;

namespace Mlp.Soak.Concurrency;

/// <summary>A service under load whose model is replaced all the time: every request gets the answer of a model that was in
/// place.</summary>
internal sealed class HotSwapPart : ISoakPart
{
    private const int ThreadCount = 16, VersionCount = 4, RowCount = 200;

    public string Name => "hotswap";

    public double Share => 1;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        SoakRow[] rows = SoakRow.Create(RowCount, run.Seed);
        SoakModel[] models = [.. Enumerable.Range(0, VersionCount).Select(version => new SoakModel(run.Seed + version, rows))];
        var ml = new MLContext(run.Seed);
        ModelVersion current = Load(ml, models, 0);
        var tally = new Tally(run.Time);
        long swapCount = 0, requestCount = 0;
        tally.RunTogether([.. Enumerable.Range(0, ThreadCount).Select<int, Action>(index => () => Request(index)), Swap]);
        if (requestCount != tally.Count)
            tally.Fail($"{requestCount:N0} requests were made and {tally.Count:N0} answered.");
        yield return tally.Result(
            run, "Requests answered by a model that was in place, while models are swapped", "requests",
            $"{swapCount:N0} swaps, {ThreadCount} threads");

        void Request(int thread)
        {
            var random = new Random(run.Seed + thread);
            while (!tally.IsOver)
            {
                int row = random.Next(rows.Length);
                Interlocked.Increment(ref requestCount);
                ModelVersion version = Volatile.Read(ref current);
                float[] scores = version.Predict(rows[row]);
                if (!SoakPrediction.AreSame(scores, models[version.Number].Expected[row]))
                    tally.Fail($"Row {row} has scores {string.Join(' ', scores)} by version {version.Number}.");
                tally.Add(1);
            }
        }

        void Swap()
        {
            for (int number = 1; !tally.IsOver; number = (number + 1) % VersionCount)
            {
                Volatile.Write(ref current, Load(ml, models, number));
                swapCount++;
                // Long enough for every version to serve some requests.
                Thread.Sleep(2);
            }
        }
    }

    private static ModelVersion Load(MLContext ml, SoakModel[] models, int number) =>
        new(number, ml, ml.Model.Load(new MemoryStream(models[number].Zip), out _));
}
