using System.Globalization;
using System.Text;

namespace Mlp.TestSupport;

/// <summary>Every case of every fixture file.</summary>
public static class FixtureCases
{
    /// <summary>In the order of the files.</summary>
    public static IReadOnlyList<FixtureCase> All { get; } =
    [
        .. Gradients(), .. Optimizers(), .. SklearnChecks.Cases(),
        .. Seed000Checks.Cases(), .. Seed001Checks.Cases(), .. Seed002Checks.Cases(), .. Seed003Checks.Cases(), .. Seed004Checks.Cases(),
    ];

    /// <summary>Those of one file.</summary>
    public static IEnumerable<FixtureCase> Of(string file) => All.Where(each => each.File == file);

    /// <summary>A row per file: cases, passed, numbers, worst deviations. Runs whatever has not run yet.</summary>
    public static string Table()
    {
        var table = new StringBuilder();
        table.AppendLine(
            "| fixture file | cases | passed, double | passed, single | numbers | worst deviation, double | worst deviation, single |");
        table.AppendLine("| --- | --: | --: | --: | --: | --- | --- |");
        foreach (IGrouping<string, FixtureCase> file in All.GroupBy(each => each.File))
        {
            FixtureResult[] inDouble = [.. file.Select(each => each.InDouble)], inSingle = [.. file.Select(each => each.InSingle)];
            string passed = $"{file.Count()} | {Passed(inDouble)} | {Passed(inSingle)}";
            string numbers = inDouble.Sum(each => each.Check.NumberCount).ToString("N0", CultureInfo.InvariantCulture);
            table.AppendLine($"| {file.Key} | {passed} | {numbers} | {Worst(inDouble)} | {Worst(inSingle)} |");
        }
        return table.ToString();
    }

    private static int Passed(FixtureResult[] results) => results.Count(each => each.Failure is null);

    /// <summary>The largest deviation, and the largest part of a tolerance that was needed.</summary>
    private static string Worst(FixtureResult[] results) => string.Create(CultureInfo.InvariantCulture,
        $"{results.Max(each => each.Check.WorstDeviation):0.0E0} ({results.Max(each => each.Check.WorstShare):P1})");

    private static IEnumerable<FixtureCase> Gradients()
    {
        foreach (GradientCase each in Fixtures.Gradients.Cases)
        {
            int count = 1 + each.Expected.RowLosses.Length + each.Expected.Outputs.Data.Length + each.Expected.InputGradient.Data.Length
                + each.Expected.Gradients.Sum(layer => layer.Weights.Data.Length + (layer.Bias?.Length ?? 0));
            yield return new FixtureCase(
                "gradients", each.Id,
                check => check.Add(GradientFixtureCheck.Run<double>(each, tolerance: 1e-12), 1e-12, count),
                check => check.Add(GradientFixtureCheck.Run<float>(each, tolerance: 1e-5), 1e-5, count));
        }
    }

    private static IEnumerable<FixtureCase> Optimizers()
    {
        foreach (OptimizerCase each in Fixtures.Optimizers.Optimizers)
        {
            int count = each.LossBeforeStep.Length + 1 + each.GradientNormBeforeClipping.Length
                + each.ParametersAfter.Sum(snapshot => snapshot.Parameters.Sum(layer => layer.Weights.Data.Length + layer.Bias!.Length));
            yield return new FixtureCase(
                "optimizers", each.Id,
                check => check.Add(OptimizerFixtureCheck.Run<double>(each, tolerance: 1e-12), 1e-12, count),
                check => check.Add(OptimizerFixtureCheck.Run<float>(each, tolerance: 1e-5), 1e-5, count));
        }
        yield return new FixtureCase("optimizers", "initial", ScheduleChecks.Initial<double>, ScheduleChecks.Initial<float>);
        for (int index = 0; index < Fixtures.Optimizers.Schedules.Length; index++)
        {
            ScheduleCase each = Fixtures.Optimizers.Schedules[index];
            yield return new FixtureCase(
                "optimizers", $"schedule {index}, {each.Name}", check => ScheduleChecks.Run<double>(each, check),
                check => ScheduleChecks.Run<float>(each, check));
        }
    }
}
