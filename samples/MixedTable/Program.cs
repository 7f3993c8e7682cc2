// Which deliveries will be late? A table as people have it: numbers with empty cells, carriers and 60 towns, a remark in words.
// The rows are made up by this program and written to deliveries.csv, so that they are read as a file would be.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

const string DataPath = "deliveries.csv";

var ml = new MLContext(seed: 1);
if (args is ["predict", string modelPath])
{
    Predict(ml.Model.Load(modelPath, out _));
    return;
}

File.WriteAllLines(DataPath, MakeRows(rowCount: 3_000));
// Without MissingRealsAsNaNs ML.NET reads an empty cell as 0, and the two can no longer be told apart.
IDataView data = ml.Data.LoadFromTextFile<Delivery>(
    DataPath, new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true });
DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.25);

// Numbers go in as they are, empty cells as NaN. OneHotEncoding marks its slots as a category, however many values there are, and
// FeaturizeText makes slots of words and of three letters in a row.
var pipeline = ml.Transforms.Categorical.OneHotEncoding([new InputOutputColumnPair("Carrier"), new InputOutputColumnPair("Town")])
    .Append(ml.Transforms.Text.FeaturizeText("Words", nameof(Delivery.Remark)))
    .Append(ml.Transforms.Concatenate("Features", nameof(Delivery.Distance), nameof(Delivery.Weight), "Carrier", "Town", "Words"))
    .Append(ml.BinaryClassification.Trainers.Mlp(nameof(Delivery.IsLate)));

// The log says what the trainer made of the table.
Console.WriteLine($"Training on three quarters of {DataPath}.");
ml.Log += (_, entry) =>
{
    if (entry.Kind == ChannelMessageKind.Info && entry.RawMessage.Split(' ') is var words
        && (words.Contains("categories") || words.Contains("slots") || words.Contains("missing")))
        Console.WriteLine($"  {entry.RawMessage}");
};
var model = pipeline.Fit(split.TrainSet);

Console.WriteLine("On the other quarter, which it has not seen:");
CalibratedBinaryClassificationMetrics metrics =
    ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(Delivery.IsLate));
Console.WriteLine($"  accuracy {metrics.Accuracy:F3}, AUC {metrics.AreaUnderRocCurve:F3}, F1 {metrics.F1Score:F3}");

ml.Model.SaveAtomically(model, data.Schema, "model.zip");
Console.WriteLine("Saved model.zip. A new process predicts with it: dotnet run --project samples/MixedTable -- predict model.zip");
Predict(ml.Model.Load("model.zip", out _));

// Cells that are empty, and towns and words that the training never saw, are no errors.
void Predict(ITransformer saved)
{
    var engine = ml.Model.CreatePredictionEngine<Delivery, Forecast>(saved);
    Delivery[] deliveries =
    [
        new() { Distance = 120, Weight = 2, Carrier = "north", Town = "town 7", Remark = "leave at the door" },
        new() { Distance = 900, Weight = 40, Carrier = "north", Town = "town 7", Remark = "heavy snow on the road" },
        new() { Distance = float.NaN, Weight = float.NaN, Carrier = "", Town = "", Remark = "" },
        new() { Distance = 500, Weight = float.NaN, Carrier = "east", Town = "a town that is new", Remark = "unheard-of words" },
    ];
    Console.WriteLine("Four deliveries:");
    foreach (Delivery delivery in deliveries)
    {
        float probability = engine.Predict(delivery).Probability;
        Console.WriteLine($"  {delivery.Distance,3} km, '{delivery.Town}', '{delivery.Remark}': late with probability {probability:F2}");
    }
}

// Late is what is far, in one of the slow towns, or has snow in its remark; scales are broken now and then, most often in the east.
static IEnumerable<string> MakeRows(int rowCount)
{
    string[] carriers = ["north", "east", "south", "west"];
    string[] places = ["at the door", "with the neighbours", "behind the house", "at the desk"];
    var random = new Random(1);
    yield return "distance,weight,carrier,town,remark,late";
    for (int row = 0; row < rowCount; row++)
    {
        int distance = random.Next(10, 1000), carrier = random.Next(carriers.Length), town = random.Next(60);
        bool hasSnow = random.Next(6) == 0, isWeighed = random.Next(carrier == 1 ? 2 : 10) > 0;
        double risk = distance / 400.0 + (town % 5 == 0 ? 2 : 0) + (hasSnow ? 2 : 0) + (isWeighed ? 0 : 1) + random.NextDouble() - 3;
        string remark = $"leave {places[random.Next(places.Length)]}{(hasSnow ? ", heavy snow on the road" : "")}";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{(random.Next(20) == 0 ? "" : distance)},{(isWeighed ? random.Next(1, 50) : "")},{carriers[carrier]},"
                + $"{(random.Next(20) == 0 ? "" : $"town {town}")},\"{(random.Next(10) == 0 ? "" : remark)}\",{risk > 0}");
    }
}

/// <summary>A row of the table.</summary>
internal sealed class Delivery
{
    [LoadColumn(0)]
    public float Distance { get; set; }

    [LoadColumn(1)]
    public float Weight { get; set; }

    [LoadColumn(2)]
    public string Carrier { get; set; } = "";

    [LoadColumn(3)]
    public string Town { get; set; } = "";

    [LoadColumn(4)]
    public string Remark { get; set; } = "";

    [LoadColumn(5)]
    public bool IsLate { get; set; }
}

/// <summary>What the model says of a row.</summary>
internal sealed class Forecast
{
    public float Probability { get; set; }
}
