// A model that learns on: how many bicycles will be lent? Rows come day by day; the model goes on from each day, and says how far the day
// is from those before. In the end a new station opens, and then the weather turns. The rows are made up.
using Microsoft.ML;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
string[] stations = ["harbour", "market", "park"];
IDataView year = ml.Data.LoadFromEnumerable(Rent(days: 300, firstDay: 0, stations, warmer: 0));

// With a memory, the model keeps a sample of its rows: so that it does not forget what new rows do not show.
var options = new MlpRegressionTrainer.Options { LabelColumnName = nameof(Hour.Bicycles), ReplayRowCount = 5_000 };
var trainer = ml.Regression.Trainers.Mlp(options);
var pipeline = ml.Transforms.Categorical.OneHotEncoding(nameof(Hour.Station))
    .Append(ml.Transforms.Concatenate("Features", nameof(Hour.Station), nameof(Hour.Time), nameof(Hour.Temperature)))
    .Append(trainer);
ITransformer first = pipeline.Fit(year);

// The memory is a file beside the model, model.zip.replay, so that the model can be given away without the rows.
ml.Model.SaveMlpWithReplay(first, year.Schema, "model.zip");

Learn("a week like those before", Rent(days: 7, firstDay: 300, stations, warmer: 0));
Learn("a new station", Rent(days: 7, firstDay: 307, [.. stations, "airport"], warmer: 0));
Learn("a heat wave", Rent(days: 7, firstDay: 314, [.. stations, "airport"], warmer: 12));

ITransformer last = ml.Model.Load("model.zip", out _);
IDataView old = ml.Data.LoadFromEnumerable(Rent(days: 30, firstDay: 400, stations, warmer: 0));
Console.WriteLine($"Days like the first ones: error {Error(first, old):F2} at first, {Error(last, old):F2} now.");

void Learn(string what, IEnumerable<Hour> rows)
{
    IDataView week = ml.Data.LoadFromEnumerable(rows);
    ITransformer model = ml.Model.LoadMlpWithReplay("model.zip", out DataViewSchema? schema);
    MlpUpdate<ITransformer> update = ml.Model.UpdateMlp(model, week, trainer);
    // Killed at any time, there is the old model with its memory, or the new one with its own.
    ml.Model.SaveMlpWithReplay(update.Model, schema, "model.zip");
    Console.WriteLine($"{what}: error {Error(model, week):F2} before, {Error(update.Model, week):F2} after");
    foreach (ColumnDrift column in update.Drift.Where(column => column.Level != DriftLevel.None))
        Console.WriteLine($"  {column.Column}: stability index {column.Index:F2}, {column.Level} drift");
}

double Error(ITransformer model, IDataView rows) =>
    ml.Regression.Evaluate(model.Transform(rows), nameof(Hour.Bicycles)).RootMeanSquaredError;

static IEnumerable<Hour> Rent(int days, int firstDay, string[] stations, float warmer)
{
    var random = new Random(firstDay);
    for (int day = firstDay; day < firstDay + days; day++)
    {
        float temperature = 12 + warmer + 6 * MathF.Sin(day / 58f) + 3 * random.NextSingle();
        foreach (string station in stations)
        {
            for (int time = 6; time < 22; time += 3)
            {
                float size = station switch { "harbour" => 30, "market" => 20, "park" => 10, _ => 45 };
                float comfort = 1 - MathF.Abs(temperature - 18) / 30, hour = time is 9 or 18 ? 1.5f : 1;
                float bicycles = size * comfort * hour + 2 * (random.NextSingle() - 0.5f);
                yield return new Hour { Station = station, Time = time, Temperature = temperature, Bicycles = bicycles };
            }
        }
    }
}

/// <summary>What was lent at a station from an hour on.</summary>
internal sealed class Hour
{
    public string Station { get; set; } = "";

    public float Time { get; set; }

    public float Temperature { get; set; }

    public float Bicycles { get; set; }
}
