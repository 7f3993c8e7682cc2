using System.Diagnostics;
using System.Globalization;
using Scorers;

// Scores three wines with the class that mlp export wrote: one by one, and at once.
var model = Wine.Load();
WineInput[] wines =
[
    new() { Alcohol = 14.2f, MalicAcid = 1.7f, Hue = 1.04f, Proline = 1_065 },
    new() { Alcohol = 12.4f, Flavanoids = 1.1f },
    new(),
];
WineOutput[] outputs = model.ScoreAll(wines);
foreach ((WineInput wine, WineOutput output) in wines.Zip(outputs))
{
    if (!model.Score(wine).Score.SequenceEqual(output.Score))
        throw new InvalidOperationException("One row has other bits than many.");
}
Console.WriteLine(string.Join(
    ' ', outputs.SelectMany(output => output.Score).Select(score => score.ToString("R", CultureInfo.InvariantCulture))));
Console.WriteLine(Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
