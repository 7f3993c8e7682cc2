// Given time, a better model: how high does the water stand? The trainer's own settings expect what changes slowly; tides do not. A search
// finds that out, says what it tried, and goes on where it was when it is killed. The rows are made up.
using Microsoft.ML;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(Measure(rows: 1_200)), testFraction: 0.25);

// The transforms before the trainer are fitted anew to the rows outside of each fold, so that nothing of a held-out row leaks.
var transforms = ml.Transforms.Categorical.OneHotEncoding(nameof(Gauge.Harbour))
    .Append(ml.Transforms.Concatenate("Features", nameof(Gauge.Harbour), nameof(Gauge.Hour), nameof(Gauge.Wind)));
var options = new MlpRegressionTrainer.Options { LabelColumnName = nameof(Gauge.Level), Seed = 1 };

Console.WriteLine("The trainer's own settings:");
ITransformer before = transforms.Append(ml.Regression.Trainers.Mlp(options)).Fit(split.TrainSet);
Console.WriteLine($"  error {Error(before):F3} m on rows that it has not seen");

// As many trials as there is Time for; or a number of them, for the same model on every machine.
var settings = new MlpTuningSettings { NumberOfTrials = 12, Folder = "search" };
MlpTuningResult<MlpRegressionTransformer> result =
    ml.Regression.Tune(split.TrainSet, transforms, ml.Regression.Trainers.Mlp(options), settings);
Console.WriteLine($"A search of {result.Trials.Count - 1} trials:");
Console.Write(result.ToTable());
Console.WriteLine($"  loss on held-out rows {result.DefaultLoss:F4} before, {result.Loss:F4} after");
Console.WriteLine($"  error {Error(result.Model):F3} m, with {result.Network.Model.Networks.Count} networks");

// An ordinary model: it is saved, loaded, exported and explained as any other.
ml.Model.Save(result.Model, split.TrainSet.Schema, "tides.zip");
ITransformer loaded = ml.Model.Load("tides.zip", out _);
Console.WriteLine($"  error {Error(loaded):F3} m, loaded from tides.zip");

double Error(ITransformer model) =>
    ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Gauge.Level)).RootMeanSquaredError;

static IEnumerable<Gauge> Measure(int rows)
{
    var random = new Random(1);
    for (int row = 0; row < rows; row++)
    {
        string harbour = ((string[])["Husum", "Cuxhaven", "Emden"])[random.Next(3)];
        float late = harbour switch { "Husum" => 0, "Cuxhaven" => 1, _ => -2 };
        float hour = 40 * random.NextSingle(), wind = 20 * random.NextSingle();
        float tide = 1.6f * MathF.Cos(MathF.Tau * (hour - late) / 12.42f), surge = 0.002f * wind * wind;
        yield return new Gauge { Harbour = harbour, Hour = hour, Wind = wind, Level = tide + surge + 0.1f * (random.NextSingle() - 0.5f) };
    }
}

/// <summary>One reading of a tide gauge.</summary>
internal sealed class Gauge
{
    public string Harbour { get; set; } = "";

    /// <summary>Since the first reading.</summary>
    public float Hour { get; set; }

    /// <summary>In m/s, towards the land.</summary>
    public float Wind { get; set; }

    /// <summary>In m above the mean.</summary>
    public float Level { get; set; }
}
