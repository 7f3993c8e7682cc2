using System.Numerics;
using System.Text;
using Mlp.Explanations;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Page;
using Mlp.Reports.Tasks;
using Mlp.Reports.Writing;

namespace Mlp.Reports;

/// <summary>What a model learned and how well it predicts, as numbers and as one self-contained HTML file.</summary>
/// <remarks>
/// Computed in double; bit-for-bit repeatable on any number of threads. The file loads nothing; names are escaped. It has
/// one script, for thresholds, sorting, searching and reading values off curves; without it the same numbers are there.
/// Metrics are those of the test rows that <see cref="ReportRows"/> kept; their 95 % intervals are Wilson's (1927) for shares of rows and
/// percentile bootstraps otherwise. Importances use at most 2,000 of the rows.
/// </remarks>
public sealed class ModelReport
{
    private readonly ReportContent _content;
    private readonly ReportFindings _findings;

    private ModelReport(ReportContent content)
    {
        _content = content;
        _findings = new ReportFindings(content);
    }

    /// <summary>What the model predicts.</summary>
    public PredictionTask Task => _content.Task;

    /// <summary>The metrics on the test rows; empty without test rows.</summary>
    public IReadOnlyList<ReportMetric> Metrics => _findings.Metrics;

    /// <summary>The importances on the test rows, the most important column first; empty without test rows.</summary>
    public IReadOnlyList<FeatureImportance> Importances => _findings.Importances;

    /// <summary>Possible problems of the data, a sentence each: constant, duplicated and leaking columns, rows that are in both parts,
    /// few rows.</summary>
    public IReadOnlyList<string> Warnings => _findings.Warnings;

    /// <summary>Creates the report of a model.</summary>
    /// <param name="model">The curves of its training need its history.</param>
    /// <param name="train">The rows it was trained on, features not scaled; null leaves out what needs them.</param>
    /// <param name="test">Rows it was not trained on; null leaves out what needs them.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The rows or names do not fit the model, or a target is not valid for the task.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ReportSettings.CancellationToken"/> was canceled.</exception>
    public static ModelReport Create<T>(Model<T> model, ReportRows? train, ReportRows? test, ReportSettings? settings = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        settings ??= new ReportSettings();
        Model<double> wide = WideModel.Of(model);
        PredictionTask task = settings.Task ?? KnownTasks.Of(wide, (test ?? train)?.Targets.RowLength);
        return new ModelReport(new ReportContent(wide, model.History, train, test, task, settings));
    }

    /// <summary>Writes the HTML file. An existing file is replaced only when the new one is complete.</summary>
    /// <param name="path">The file to write.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ReportSettings.CancellationToken"/> was canceled.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string page = ReportDocument.Write(_content, _findings);
        FileTarget.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
    }

    /// <summary>Writes a drawing of the model's decisions as an SVG file: the classes over two features, or the curve over one.</summary>
    /// <param name="path">An existing file is replaced.</param>
    /// <returns>False, without a file, where there is nothing to draw: the model needs more than two features or predicts several numbers,
    /// or there are no rows.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public bool SaveDecision(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (DecisionSurface.Find(_content, _findings) is not { } surface)
            return false;
        var markup = new Markup { StyleOfDrawings = StyleSheet.Figures };
        DecisionDrawing.Draw(markup, "d", _content, surface);
        FileTarget.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(markup.ToString())));
        return true;
    }

    /// <summary>Writes the HTML.</summary>
    /// <param name="writer">Stays open. Its encoding should be UTF-8, which the document declares.</param>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(ReportDocument.Write(_content, _findings));
    }
}
