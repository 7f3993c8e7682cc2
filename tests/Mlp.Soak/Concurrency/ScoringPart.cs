using Microsoft.ML;

namespace Mlp.Soak.Concurrency;

/// <summary>One transformer, many threads that score with it, and some that save it and load it meanwhile.</summary>
internal sealed class ScoringPart : ISoakPart
{
    private const int ScoringThreadCount = 16, SavingThreadCount = 2, RowCount = 500;

    public string Name => "scoring";

    public double Share => 2;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        SoakRow[] rows = SoakRow.Create(RowCount, run.Seed);
        var model = new SoakModel(run.Seed, rows);
        var ml = new MLContext(run.Seed);
        var tally = new Tally(run.Time);
        long saveCount = 0;
        tally.RunTogether(
        [
            .. Enumerable.Range(0, ScoringThreadCount).Select<int, Action>(
                index => index % 2 == 0 ? () => ScoreSingleRows(ml, model, rows, tally) : () => ScoreViews(ml, model, rows, tally)),
            .. Enumerable.Repeat<Action>(() => Interlocked.Add(ref saveCount, SaveAndLoad(ml, model, rows, tally)), SavingThreadCount),
        ]);
        yield return tally.Result(
            run, $"Rows scored by {ScoringThreadCount} threads with one transformer have the bits that one thread gives", "rows",
            $"saved and loaded {saveCount:N0} times meanwhile by {SavingThreadCount} more threads");
    }

    private static void ScoreSingleRows(MLContext ml, SoakModel model, SoakRow[] rows, Tally tally)
    {
        using var engine = ml.Model.CreatePredictionEngine<SoakRow, SoakPrediction>(model.Transformer);
        while (!tally.IsOver)
        {
            for (int index = 0; index < rows.Length; index++)
                Compare(engine.Predict(rows[index]).Score, model.Expected[index], index, tally);
            tally.Add(rows.Length);
        }
    }

    private static void ScoreViews(MLContext ml, SoakModel model, SoakRow[] rows, Tally tally)
    {
        while (!tally.IsOver)
        {
            float[][] scores = SoakModel.Scores(ml, model.Transformer, rows);
            for (int index = 0; index < rows.Length; index++)
                Compare(scores[index], model.Expected[index], index, tally);
            tally.Add(rows.Length);
        }
    }

    private static long SaveAndLoad(MLContext ml, SoakModel model, SoakRow[] rows, Tally tally)
    {
        DataViewSchema schema = ml.Data.LoadFromEnumerable(rows).Schema;
        SoakRow[] some = rows[..20];
        long count = 0;
        for (; !tally.IsOver; count++)
        {
            ITransformer loaded = ml.Model.Load(new MemoryStream(model.Save(ml, schema)), out _);
            float[][] scores = SoakModel.Scores(ml, loaded, some);
            for (int index = 0; index < some.Length; index++)
                Compare(scores[index], model.Expected[index], index, tally);
        }
        return count;
    }

    private static void Compare(float[] scores, float[] expected, int index, Tally tally)
    {
        if (!SoakPrediction.AreSame(scores, expected))
            tally.Fail($"Row {index} has scores {string.Join(' ', scores)}; one thread gives {string.Join(' ', expected)}.");
    }
}
