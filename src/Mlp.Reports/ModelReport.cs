using System.Numerics;
using System.Text;
using Mlp.Explanations;
using Mlp.Models.Files;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Page;
using Mlp.Reports.Writing;

namespace Mlp.Reports;

/// <summary>What a model learnt and how well it predicts, as figures and as one HTML file that needs nothing else to be read.</summary>
/// <remarks>
/// Computed in double, repeatable bit for bit, on any number of threads. The file has no scripts and loads nothing; names in it are escaped.
/// Metrics are those of the test rows that <see cref="ReportRows"/> kept; their 95 % intervals are Wilson's (1927) for shares of rows and
/// percentile bootstraps otherwise. Importances are taken on at most 2,000 of them.
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

    /// <summary>On the test rows; none without them.</summary>
    public IReadOnlyList<ReportMetric> Metrics => _findings.Metrics;

    /// <summary>On the test rows, the most important column first; none without test rows.</summary>
    public IReadOnlyList<FeatureImportance> Importances => _findings.Importances;

    /// <summary>What is odd about the data, a sentence each: constant, duplicated and leaking columns, rows that are in both parts, few rows.</summary>
    public IReadOnlyList<string> Warnings => _findings.Warnings;

    /// <summary>Looks at a model.</summary>
    /// <param name="model">With the history of its training, if the curves are wanted.</param>
    /// <param name="train">Rows that it was trained on, features not scaled; null leaves out what they tell.</param>
    /// <param name="test">Rows that it was not trained on; null leaves out what they tell.</param>
    /// <param name="settings">Names; defaults for null.</param>
    /// <exception cref="ArgumentException">Rows, names and model do not fit each other, or a target is none of the task's.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ReportSettings.CancellationToken"/> asked for it.</exception>
    public static ModelReport Create<T>(Model<T> model, ReportRows? train, ReportRows? test, ReportSettings? settings = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelReport(new ReportContent(WideModel.Of(model), model.History, train, test, settings ?? new ReportSettings()));
    }

    /// <summary>Writes the file. One that is there is replaced, and only when the new one is complete.</summary>
    /// <param name="path">Where to; see <see cref="FileTarget"/>.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ReportSettings.CancellationToken"/> asked for it.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string page = ReportDocument.Write(_content, _findings);
        FileTarget.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
    }

    /// <summary>Writes the drawing of how the model decides as an SVG file that stands alone: the classes over two features, or the curve over
    /// one.</summary>
    /// <param name="path">A file that is there is replaced.</param>
    /// <returns>False, and no file, where there is none: more than two features are needed, several numbers are predicted, or there are no
    /// rows.</returns>
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
    /// <param name="writer">Not closed. Its encoding should be UTF-8, as the document says.</param>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(ReportDocument.Write(_content, _findings));
    }
}
