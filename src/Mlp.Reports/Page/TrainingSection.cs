using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>Losses and learning rates over the epochs, one line per network.</summary>
internal static class TrainingSection
{
    // Above this ratio a linear axis would show only the first epochs.
    private const double LogarithmicRatio = 20;

    public static void Write(ReportPage page, ReportContent content)
    {
        IReadOnlyList<LearningCurve> curves = LearningCurve.Of(content.History);
        LearningCurve[] validated = [.. curves.Where(curve => curve.HasValidation)];
        LearningCurve[] refits = validated.Length == 0 ? [] : [.. curves.Where(curve => !curve.HasValidation)];
        double seconds = curves.Max(curve => curve.Epochs[^1].Seconds);
        string refitted = refits.Length == 0 ? ""
            : $" Then {Texts.Plural(refits.Length, "network")} {(refits.Length == 1 ? "was" : "were")} trained on all rows, "
                + "for as many epochs as had been best. "
                + (content.Model.Networks.Count == curves.Count
                    ? "The model averages all of them." : "That was interrupted: the model averages the networks before.");
        page.Paragraph(
            $"{Texts.Plural(curves.Count - refits.Length, "network")}, "
            + $"{Texts.Plural(curves.Sum(curve => curve.Epochs.Count), "epoch")} in total; "
            + $"the longest training took {Texts.Short(seconds)} s.{refitted}");
        page.BeginFigures();
        string help = validated.Length > 0
            ? "Where the validation loss rises while the training loss falls, a network overfits. "
                + "The dot is the epoch whose parameters were kept. Dropout and label smoothing raise only the training loss."
            : "The loss on the training rows; it should fall and level off.";
        page.Figure(
            "Loss", curves.Count > 1 ? $"One faint line per network. {help}" : help,
            (markup, id) => DrawLosses(markup, id, curves, refits), Numbers(curves));
        page.Figure(
            "Learning rate", "The size of the steps in each epoch, as the schedule gave it.",
            (markup, id) => DrawRates(markup, id, curves),
            new ReportTable("Learning rate by epoch", ["Epoch", "Learning rate"], [.. Ranks(curves[0].Epochs).Select(
                epoch => (string[])[Texts.Count(epoch.Epoch), Texts.Short(epoch.LearningRate)])]));
        page.EndFigures();
    }

    private static void DrawLosses(Markup markup, string id, IReadOnlyList<LearningCurve> curves, LearningCurve[] refits)
    {
        EpochResult best = curves[0].Chosen;
        var chart = new Chart(
            markup, id, "Loss",
            $"First network: training loss {Texts.Short(curves[0].Epochs[0].Loss)} in its first and "
            + $"{Texts.Short(curves[0].Epochs[^1].Loss)} in its last epoch; chosen epoch {Texts.Count(best.Epoch)}",
            height: 280);
        double[] losses = [.. curves.SelectMany(curve => curve.Epochs).SelectMany(
            epoch => epoch.ValidationLoss is double validation ? (double[])[epoch.Loss, validation] : [epoch.Loss])];
        chart.Frame(EpochAxis(curves), LossAxis(losses), right: 76);
        string weight = curves.Count > 1 ? "faint" : "";
        var labels = new List<(double, string, string)>();
        foreach (LearningCurve curve in curves)
        {
            bool isRefit = refits.Contains(curve);
            chart.Line(curve.Drawn.Select(epoch => (chart.X(epoch.Epoch), chart.Y(epoch.Loss))), $"{(isRefit ? "s2" : "s0")} {weight}",
                NameOf(curve, curves.Count, isRefit ? "all rows" : "training"));
            if (curve.HasValidation)
            {
                chart.Line(
                    curve.Drawn.Where(epoch => epoch.ValidationLoss is not null)
                        .Select(epoch => (chart.X(epoch.Epoch), chart.Y(epoch.ValidationLoss!.Value))),
                    $"s1 {weight}", NameOf(curve, curves.Count, "validation"));
            }
        }
        // On top of all lines.
        foreach (LearningCurve curve in curves.Except(refits))
            chart.Mark(
                curve.Chosen.Epoch, curve.Chosen.ValidationLoss ?? curve.Chosen.Loss, 0, curve.HasValidation ? "f1" : "f0", size: 3.5);
        LearningCurve[] first = [.. curves.Except(refits)];
        labels.Add((first.Average(curve => curve.Epochs[^1].Loss), "training", "t0"));
        if (first.Any(curve => curve.HasValidation))
            labels.Add((first.Where(curve => curve.HasValidation).Average(LastValidationLoss), "validation", "t1"));
        if (refits.Length > 0)
            labels.Add((refits.Average(curve => curve.Epochs[^1].Loss), "all rows", "t2"));
        chart.EndLabels(labels);
        chart.End();
    }

    private static string NameOf(LearningCurve curve, int count, string rows) =>
        count == 1 ? rows : $"network {curve.NetworkIndex + 1}{(rows.Length == 0 ? "" : ", ")}{rows}";

    private static double LastValidationLoss(LearningCurve curve) =>
        curve.Epochs.Last(epoch => epoch.ValidationLoss is not null).ValidationLoss!.Value;

    private static void DrawRates(Markup markup, string id, IReadOnlyList<LearningCurve> curves)
    {
        var chart = new Chart(
            markup, id, "Learning rate",
            $"{Texts.Short(curves[0].Epochs[0].LearningRate)} in the first and "
            + $"{Texts.Short(curves[0].Epochs[^1].LearningRate)} in the last epoch of the first network",
            height: 280);
        double highest = curves.SelectMany(curve => curve.Epochs).Max(epoch => epoch.LearningRate);
        chart.Frame(EpochAxis(curves), new Axis("learning rate", 0, highest > 0 ? 1.05 * highest : 1));
        foreach (LearningCurve curve in curves)
            chart.Line(
                curve.Drawn.Select(epoch => (chart.X(epoch.Epoch), chart.Y(epoch.LearningRate))), curves.Count > 1 ? "s0 faint" : "s0",
                NameOf(curve, curves.Count, ""));
        chart.End();
    }

    private static Axis EpochAxis(IReadOnlyList<LearningCurve> curves) =>
        new("epoch", 0, Math.Max(1, curves.Max(curve => curve.Epochs[^1].Epoch)));

    private static Axis LossAxis(double[] losses)
    {
        double minimum = losses.Min(), maximum = losses.Max();
        if (minimum > 0 && maximum / minimum > LogarithmicRatio)
            return new Axis("loss (logarithmic)", minimum / 1.3, maximum * 1.3, IsLogarithmic: true);
        // The axis starts at 0 if the losses are near 0, so that ratios can be seen.
        var around = Axis.Around("loss", losses);
        return minimum >= 0 && minimum < 0.5 * maximum ? around with { Minimum = 0 } : around;
    }

    private static ReportTable Numbers(IReadOnlyList<LearningCurve> curves) => curves.Count == 1
        ? new ReportTable("Loss by epoch", ["Epoch", "Training loss", "Validation loss"], [.. Ranks(curves[0].Epochs).Select(epoch =>
            (string[])[Texts.Count(epoch.Epoch), Texts.Short(epoch.Loss), epoch.ValidationLoss is double loss ? Texts.Short(loss) : ""])])
        : new ReportTable(
            "Network by network", ["Network", "Epochs", "Chosen epoch", "Training loss there", "Validation loss there"],
            [.. curves.Select(curve =>
            (string[])
            [
                Texts.Count(curve.NetworkIndex + 1), Texts.Count(curve.Epochs.Count), Texts.Count(curve.Chosen.Epoch),
                Texts.Short(curve.Chosen.Loss),
                curve.Chosen.ValidationLoss is double loss ? Texts.Short(loss) : "",
            ])]);

    /// <summary>Some twenty epochs from the first to the last.</summary>
    private static IEnumerable<EpochResult> Ranks(IReadOnlyList<EpochResult> epochs)
    {
        int stride = 1 + (epochs.Count - 1) / 20;
        return epochs.Where((_, index) => index % stride == 0 || index == epochs.Count - 1);
    }
}
