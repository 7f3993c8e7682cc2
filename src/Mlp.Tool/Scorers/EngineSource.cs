using System.Text;

namespace Mlp.Tool.Scorers;

/// <summary>The sources of Mlp.Scoring, joined to one namespace: what a class without the package has a copy of.</summary>
/// <param name="Usings">What they import of the base library.</param>
/// <param name="Bodies">Their types, file after file.</param>
internal sealed record EngineSource(IReadOnlyList<string> Usings, IReadOnlyList<string> Bodies)
{
    private const string Prefix = "Scoring/", UsingStart = "using ", NamespaceStart = "namespace ", PublicStart = "public ";

    // What the projects of this repository import everywhere.
    private static readonly string[] Implicit =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    public static EngineSource None { get; } = new([], []);

    public static EngineSource Read()
    {
        var usings = new HashSet<string>(Implicit);
        var bodies = new List<string>();
        System.Reflection.Assembly assembly = typeof(EngineSource).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(name => name.Count(character => character == '/')).ThenBy(name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            bodies.Add(BodyOf(reader.ReadToEnd().ReplaceLineEndings("\n").TrimStart('\uFEFF'), usings));
        }
        return new EngineSource([.. usings], bodies);
    }

    /// <summary>All types in a namespace, none of them public.</summary>
    public string ToCode(string space)
    {
        var text = new StringBuilder();
        text.Append("// From here on every model has the same: the forward pass, in the order of operations of the training.\n");
        text.Append("namespace ").Append(space).Append("\n{\n");
        text.AppendJoin('\n', Bodies);
        return text.Append("}\n").ToString();
    }

    private static string BodyOf(string source, HashSet<string> usings)
    {
        var body = new StringBuilder();
        bool isHead = true;
        foreach (string line in source.TrimEnd('\n').Split('\n'))
        {
            if (isHead && line.StartsWith(UsingStart, StringComparison.Ordinal))
            {
                string name = line[UsingStart.Length..].TrimEnd(';');
                if (!name.StartsWith("Mlp", StringComparison.Ordinal))
                    usings.Add(name);
            }
            else if (line.StartsWith(NamespaceStart, StringComparison.Ordinal))
                isHead = false;
            else if (line.StartsWith(PublicStart, StringComparison.Ordinal))
                body.Append("    internal ").Append(line[PublicStart.Length..]).Append('\n');
            else if (!isHead && !(line.Length == 0 && body.Length == 0))
                body.Append(line.Length == 0 ? "" : "    ").Append(line).Append('\n');
        }
        return body.ToString();
    }
}
