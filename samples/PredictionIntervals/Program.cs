// How long will a trip take, and how sure is that? The network predicts minutes and an interval that holds nine trips of ten.
// The trips are made up: long ones, and those in the rush hour, take more time and are harder to foretell.
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromEnumerable(MakeTrips(3_000));
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.25);

// One level or several: [0.5, 0.9] gives vectors. The score stays what it is without intervals.
var options = new MlpRegressionTrainer.Options { LabelColumnName = nameof(Trip.Minutes), PredictionIntervals = 0.9 };
var pipeline = ml.Transforms.Concatenate("Features", nameof(Trip.Kilometers), nameof(Trip.Hour))
    .Append(ml.Regression.Trainers.Mlp(options));
ITransformer model = pipeline.Fit(split.TrainSet);

// Trips that the training has not seen: how many are within their interval?
Forecast[] forecasts = [.. ml.Data.CreateEnumerable<Forecast>(model.Transform(split.TestSet), reuseRowObject: false)];
int held = forecasts.Count(trip => trip.Minutes >= trip.Lower && trip.Minutes <= trip.Upper);
Console.WriteLine($"Of {forecasts.Length} new trips {100.0 * held / forecasts.Length:F1} % took as long as their interval says.");

ml.Model.Save(model, data.Schema, "model.zip");
var engine = ml.Model.CreatePredictionEngine<Trip, Forecast>(ml.Model.Load("model.zip", out _));
foreach ((float kilometers, float hour) in ((float, float)[])[(2, 11), (2, 17), (20, 11), (20, 17)])
{
    Forecast forecast = engine.Predict(new Trip { Kilometers = kilometers, Hour = hour });
    Console.WriteLine(
        $"  {kilometers,2} km at {hour}:00: {forecast.Score:F0} minutes, nine times of ten {forecast.Lower:F0} to {forecast.Upper:F0}");
}

static IEnumerable<Trip> MakeTrips(int count)
{
    var random = new Random(1);
    for (int trip = 0; trip < count; trip++)
    {
        (float kilometers, float hour) = (1 + 24 * random.NextSingle(), random.Next(6, 22));
        bool isRushHour = hour is 8 or 17 or 18;
        // Never negative, and now and then much: as jams are.
        double delay = -Math.Log(1 - random.NextDouble()) * kilometers * (isRushHour ? 0.6 : 0.2);
        yield return new Trip { Kilometers = kilometers, Hour = hour, Minutes = (float)(3 + 1.5 * kilometers + delay) };
    }
}

/// <summary>A trip that was made.</summary>
internal sealed class Trip
{
    public float Kilometers { get; set; }

    public float Hour { get; set; }

    public float Minutes { get; set; }
}

/// <summary>What the model says of it.</summary>
internal sealed class Forecast
{
    public float Minutes { get; set; }

    public float Score { get; set; }

    [ColumnName("Score.Lower")]
    public float Lower { get; set; }

    [ColumnName("Score.Upper")]
    public float Upper { get; set; }
}
