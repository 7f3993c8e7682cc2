// Which grower is a wine from? A model that was trained with ML.NET, in a program that has none of it.
// Wine.cs and Wine.weights were written by these commands:
//   mlp train samples/data/wine.csv --label label --split-column split --preset fast --layers 16 --out wine.zip
//   mlp export wine.zip --csharp samples/GeneratedScorer/Wine.cs --use-package --namespace Samples.GeneratedScorer
using System.Globalization;
using Samples.GeneratedScorer;

// One model for all threads.
var model = Wine.Load();
WineInput[] wines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "wine.csv")).Skip(1).Select(Read)];

Console.WriteLine("Three wines, one by one:");
foreach (WineInput wine in (WineInput[])[wines[0], wines[70], wines[^1]])
    Print(wine);

// What is not set is missing.
Console.WriteLine("A wine of which the alcohol is all that is known:");
Print(new WineInput { Alcohol = 13.2f });

// Many at once: the weights are read once for all of them.
WineOutput[] outputs = model.ScoreAll(wines);
Console.WriteLine($"All {outputs.Length} wines at once:");
foreach (var group in outputs.GroupBy(output => output.PredictedLabel).OrderBy(group => group.Key))
    Console.WriteLine($"  grower {group.Key}: {group.Count()} wines");

void Print(WineInput wine)
{
    WineOutput output = model.Score(wine);
    string shares = string.Join(", ", Wine.Classes.Zip(output.Score, (name, share) => string.Create(
        CultureInfo.InvariantCulture, $"{name} with {share:F3}")));
    Console.WriteLine($"  grower {output.PredictedLabel}: {shares}");
}

static WineInput Read(string line)
{
    float[] cells = [.. line.Split(',').Take(13).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
    return new WineInput
    {
        Alcohol = cells[0],
        MalicAcid = cells[1],
        Ash = cells[2],
        AlcalinityOfAsh = cells[3],
        Magnesium = cells[4],
        TotalPhenols = cells[5],
        Flavanoids = cells[6],
        NonflavanoidPhenols = cells[7],
        Proanthocyanins = cells[8],
        ColorIntensity = cells[9],
        Hue = cells[10],
        Od280Od315OfDilutedWines = cells[11],
        Proline = cells[12],
    };
}
