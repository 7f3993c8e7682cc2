using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet;

/// <summary>What a search has come to.</summary>
/// <param name="Model">The transforms, fitted to all rows, and the network: an ordinary model, to be saved, exported and explained.</param>
/// <param name="Network">The last of its steps.</param>
/// <param name="Trials">What was tried, the trainer's own settings first.</param>
public sealed record MlpTuningResult<TTransformer>(
    TransformerChain<ITransformer> Model, TTransformer Network, IReadOnlyList<MlpTrial> Trials)
    where TTransformer : MlpTransformerBase
{
    /// <summary>Places of the model that a trial can take.</summary>
    public int NumberOfPlaces => Trials.Sum(trial => trial.Places);

    /// <summary>The loss of the ensemble of the trainer's own settings, on rows that its networks were not trained on.</summary>
    public required double DefaultLoss { get; init; }

    /// <summary>The loss of the ensemble that was chosen, on the same rows and with as many networks; never above
    /// <see cref="DefaultLoss"/>.</summary>
    public required double Loss { get; init; }

    /// <summary>The standard error of the difference between both losses, row by row; 0 where nothing was changed.</summary>
    public required double DifferenceStandardError { get; init; }

    /// <summary>What was tried, as lines of text: a head, and a line a trial, the trainer's own settings first. Of the hyper-parameters it
    /// names those that a trial has otherwise.</summary>
    public string ToTable()
    {
        string[][] rows =
        [
            ["trial", "rung", "loss", "to default", "± s.e.", "seconds", "places", "settings"],
            .. Trials.Select(trial => (string[])
            [
                trial.Number == 0 ? "default" : Text($"{trial.Number}"), Text($"{trial.Rung}"),
                trial.Failure is null ? Text($"{trial.Loss:G5}") : "diverged",
                Text($"{trial.Loss - trial.DefaultLoss:+0.00000;-0.00000;0}"),
                Text($"{trial.DifferenceStandardError:F5}"), Text($"{trial.Seconds:F1}"), Text($"{trial.Places}"), SettingsOf(trial),
            ]),
        ];
        int last = rows[0].Length - 1;
        int[] widths = [.. Enumerable.Range(0, last).Select(column => rows.Max(row => row[column].Length))];
        var table = new StringBuilder();
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row[..last].Select((cell, column) => cell.PadLeft(widths[column])));
            table.AppendLine($"{line}  {row[last]}".TrimEnd());
        }
        return table.ToString();
    }

    private string SettingsOf(MlpTrial trial) => string.Join(", ", trial.Values
        .Where(value => value.Value != Trials[0].Values[value.Key]).Select(value => Text($"{value.Key} {value.Value:G3}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
