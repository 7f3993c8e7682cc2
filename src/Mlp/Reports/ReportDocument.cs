namespace Mlp.Reports;

/// <summary>The HTML of a report.</summary>
internal static class ReportDocument
{
    public static string Write(ModelReport report, ReportContent content) => throw new NotImplementedException();
}
