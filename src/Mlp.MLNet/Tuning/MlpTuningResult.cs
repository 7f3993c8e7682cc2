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

    /// <summary>Of the ensemble of the trainer's own settings, on rows that its networks were not trained on.</summary>
    public required double DefaultLoss { get; init; }

    /// <summary>Of the ensemble that was chosen, on the same rows and with as many networks; never above
    /// <see cref="DefaultLoss"/>.</summary>
    public required double Loss { get; init; }

    /// <summary>Of the difference between both, row by row; 0 where nothing was changed.</summary>
    public required double DifferenceStandardError { get; init; }

    /// <summary>What was tried, as lines of text: a head, and a line a trial.</summary>
    public string ToTable()
    {
        string[] names = [.. Trials[0].Values.Keys];
        string[][] rows =
        [
            ["trial", "rung", "loss", "± s.e.", "default", "± of difference", "seconds", "places", .. names],
            .. Trials.Select(trial => (string[])
            [
                trial.Number == 0 ? "default" : Text($"{trial.Number}"), Text($"{trial.Rung}"),
                trial.Failure is null ? Text($"{trial.Loss:G5}") : "diverged", Text($"{trial.LossStandardError:G2}"),
                Text($"{trial.DefaultLoss:G5}"), Text($"{trial.DifferenceStandardError:G2}"), Text($"{trial.Seconds:F1}"),
                Text($"{trial.Places}"),
                .. names.Select(name => Text($"{trial.Values[name]:G3}")),
            ]),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var table = new StringBuilder();
        foreach (string[] row in rows)
            table.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))));
        return table.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
