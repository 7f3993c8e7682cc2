using System.Security.Cryptography;
using System.Text;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>The script of reports: a file beside the code, written into the page, and the only one that a browser runs there.</summary>
internal static class PageScript
{
    /// <summary>HTML takes the marks around it for comments; XML takes them for the ends of a text that needs no escapes.</summary>
    private static readonly string Text = "\n//<![CDATA[\n" + StyleSheet.Read("report.js") + "//]]>\n";

    /// <summary>What a content security policy says to allow this script and no other: its hash.</summary>
    public static string Policy { get; } = $"; script-src 'sha256-{Hash()}'; base-uri 'none'; form-action 'none'";

    /// <summary>Behind all that it works on.</summary>
    public static void Write(Markup markup) => markup.Script(Text);

    private static string Hash() => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
