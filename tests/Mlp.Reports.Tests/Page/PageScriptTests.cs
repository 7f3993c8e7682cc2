using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Mlp.Reports.Tests.Page;

public class PageScriptTests
{
    [Fact]
    public void ThePolicy_AllowsTheScriptOfThePage_AndNoOther()
    {
        var network = Network<double>.Create(1, [Layer.Dense(1)], seed: 1);
        using var writer = new StringWriter();
        ModelReport.Create(new Model<double>(network), train: null, test: null).Write(writer);
        string page = writer.ToString();

        // What a browser hashes: all between the tags, byte by byte.
        string script = Assert.Single(Regex.Matches(page, "<script>(.*?)</script>", RegexOptions.Singleline)).Groups[1].Value;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        string policy = Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;

        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                + $"script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'",
            policy);
        Assert.DoesNotContain("<!--", script);
        Assert.DoesNotContain("]]>", script[..^"]]>\n".Length]);
        Assert.DoesNotMatch(@"\b(fetch|XMLHttpRequest|WebSocket|EventSource|eval|innerHTML|localStorage|import)\b", script);
    }
}
