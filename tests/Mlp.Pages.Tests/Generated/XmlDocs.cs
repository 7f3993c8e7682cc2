using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Mlp.MLNet;

namespace Mlp.Pages.Tests.Generated;

/// <summary>The documentation comments of an assembly, from the XML file beside it, as Markdown.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, XElement>> Files = [];

    public static string Summary(ISymbol symbol) =>
        Text(symbol, "summary") ?? throw new InvalidOperationException($"{symbol} has no summary.");

    /// <summary>Null when there are none.</summary>
    public static string? Remarks(ISymbol symbol) => Text(symbol, "remarks");

    private static string? Text(ISymbol symbol, string part)
    {
        string id = symbol.GetDocumentationCommentId()!;
        XElement member = Members(symbol.ContainingAssembly.Name).GetValueOrDefault(id)
            ?? throw new InvalidOperationException($"{id} has no documentation.");
        if (member.Element("inheritdoc")?.Attribute("cref")?.Value is { } source)
            member = Members(typeof(TrainingSettings).Assembly.GetName().Name!)[source];
        return member.Element(part) is { } element ? Spaces().Replace(Render(element), " ").Trim() : null;
    }

    private static IReadOnlyDictionary<string, XElement> Members(string assembly)
    {
        if (!Files.TryGetValue(assembly, out IReadOnlyDictionary<string, XElement>? members))
        {
            var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml"));
            Files[assembly] = members = file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        }
        return members;
    }

    private static string Render(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{Name(see.Attribute("cref")!.Value)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{parameter.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "para" } paragraph => Render(paragraph) + " ",
        XElement other => throw new InvalidOperationException($"Documentation has <{other.Name.LocalName}>, which this page cannot show."),
        _ => "",
    }));

    /// <summary>"P:Mlp.EarlyStopping.Patience" is EarlyStopping.Patience, "T:Mlp.Adam" is Adam.</summary>
    private static string Name(string reference)
    {
        string name = Arity().Replace(reference[2..].Split('(')[0], "");
        string[] parts = name.Split('.');
        return name switch
        {
            "System.Single" => "float",
            "System.Boolean" => "bool",
            // On the page of the options, they need no owner.
            _ when parts[^2] is nameof(MlpOptions) or nameof(TrainingSettings)
                && typeof(MlpOptions).GetProperty(parts[^1]) is not null => parts[^1],
            _ => string.Join('.', reference[0] == 'T' ? parts[^1..] : parts[^2..]),
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
