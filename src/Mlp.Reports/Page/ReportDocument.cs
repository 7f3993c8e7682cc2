using Mlp.Reports.Content;
using Mlp.Reports.Findings;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>The HTML of a report: one file with one script, nothing loaded.</summary>
internal static class ReportDocument
{
    public static string Write(ReportContent content, ReportFindings findings)
    {
        var page = new ReportPage();
        Markup markup = page.Markup;
        markup.DocumentType();
        markup.Open("html", ("lang", "en"));
        PageHead.Write(markup, content.Settings.Title, PageScript.Policy);
        markup.Open("body");
        markup.Leaf("a", "Skip to the report", ("class", "skip"), ("href", "#main"));
        WriteHeader(markup, content, findings);
        Section[] sections = [.. Sections(content, findings)];
        WriteContents(markup, sections);
        markup.Open("main", ("id", "main"));
        WriteWarnings(markup, findings.Warnings);
        foreach (Section section in sections)
        {
            page.BeginSection(section.Id, section.Title);
            section.Write(page);
            page.EndSection();
        }
        markup.CloseBlock();
        WriteFooter(markup, content);
        PageScript.Write(markup);
        markup.Close();
        markup.CloseBlock();
        return markup.ToString();
    }

    private static IEnumerable<Section> Sections(ReportContent content, ReportFindings findings)
    {
        if (content.Predictions is not null)
        {
            yield return new("results", "How good it is", page => ResultsSection.Write(page, content, findings));
            yield return new("importance", "What it relies on", page => ImportanceSection.Write(page, content, findings));
        }
        if (DecisionSurface.Find(content, findings) is { } surface)
            yield return new("decision", "How it decides", page => DecisionSection.Write(page, content, surface));
        if (content.Predictions is not null)
            yield return new("rows", "Single rows", page => RowsSection.Write(page, content));
        if (Disagreement.Find(content) is { } disagreement)
            yield return new("networks", "Where its networks disagree", page => DisagreementSection.Write(page, content, disagreement));
        if (content.History.Count > 0)
            yield return new("training", "The training", page => TrainingSection.Write(page, content));
        yield return new("network", "The network", page => NetworkSection.Write(page, content));
        if ((content.Train ?? content.Test) is { RowCount: > 0 })
            yield return new("data", "The data", page => DataSection.Write(page, content, findings));
    }

    private static void WriteHeader(Markup markup, ReportContent content, ReportFindings findings)
    {
        markup.Open("header");
        markup.Leaf("h1", content.Settings.Title);
        markup.Leaf("p", Describe(content), ("class", "lead"));
        if (findings.Metrics.Count > 0)
        {
            markup.Open("dl", ("class", "tiles"));
            foreach (ReportMetric metric in findings.Metrics.Take(3))
            {
                markup.Open("div", ("class", "tile"));
                markup.Leaf("dt", metric.Name);
                markup.Leaf("dd", Texts.Of(metric, metric.Value), ("class", "value"));
                markup.Leaf(
                    "dd", $"95\u202F% between {Texts.Of(metric, metric.Low)} and {Texts.Of(metric, metric.High)}", ("class", "note"));
                if (metric.Baseline is double baseline)
                    markup.Leaf("dd", $"without features: {Texts.Of(metric, baseline)}", ("class", "note"));
                markup.Close();
            }
            markup.Close();
        }
        markup.CloseBlock();
    }

    private static string Describe(ReportContent content)
    {
        string networks = content.Model.Networks.Count == 1 ? "One network" : $"{content.Model.Networks.Count} networks, averaged";
        string train = content.Train is null ? "" : $", trained on {Texts.Plural(content.Train.TotalRowCount, "row")}";
        string test = content.Test is null ? ""
            : $"{(train.Length == 0 ? ", " : " and ")}tested on {Texts.Plural(content.Test.TotalRowCount, "row")}";
        return $"{content.Task.Describe(content)} from {Texts.Plural(content.Columns.Count, "column")}. {networks}{train}{test}.";
    }

    private static void WriteContents(Markup markup, IEnumerable<Section> sections)
    {
        markup.Open("nav", ("aria-label", "Contents"));
        markup.Open("ul");
        foreach (Section section in sections)
        {
            markup.Open("li");
            markup.Leaf("a", section.Title, ("href", $"#{section.Id}"));
            markup.Close();
        }
        markup.Close();
        markup.CloseBlock();
    }

    private static void WriteWarnings(Markup markup, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return;
        markup.Open("section", ("class", "warnings"), ("aria-labelledby", "warnings-h"));
        markup.Leaf("h2", warnings.Count == 1 ? "A note" : $"{warnings.Count} notes", ("id", "warnings-h"));
        markup.Open("ul");
        foreach (string warning in warnings)
            markup.Leaf("li", warning);
        markup.Close();
        markup.CloseBlock();
    }

    private static void WriteFooter(Markup markup, ReportContent content)
    {
        markup.Open("footer");
        (ReportRows? Rows, string Purpose)[] parts = [(content.Train, "training"), (content.Test, "test")];
        string samples = string.Concat(parts.Where(part => part.Rows is { IsSample: true }).Select(part =>
            $" Of the {Texts.Count(part.Rows!.TotalRowCount)} {part.Purpose} rows, a random sample of {Texts.Count(part.Rows.RowCount)} "
            + $"is used (seed {part.Rows.Seed})."));
        string intervals = content.Predictions is null ? "" :
            " Intervals are 95\u202F%: Wilson's for shares of rows, otherwise percentile bootstraps of "
            + $"{Texts.Count(ConfidenceIntervals.ResampleCount(content.Predictions.RowCount))} resamples (seed {content.Settings.Seed}).";
        markup.Leaf("p", $"Computed in double precision; the same model, rows and seed give the same report.{intervals}{samples}");
        markup.CloseBlock();
    }

    private sealed record Section(string Id, string Title, Action<ReportPage> Write);
}
