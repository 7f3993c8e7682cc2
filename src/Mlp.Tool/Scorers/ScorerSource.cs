using System.Text;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Scorers;

/// <summary>Writes the class: the template with what differs from model to model, and the scorer itself where no package has it.</summary>
internal static class ScorerSource
{
    private const string LineStart = "            ";

    /// <param name="plan">The model.</param>
    /// <param name="weights">Name of the file of weights.</param>
    /// <param name="model">Where the model comes from, for the comment at the top.</param>
    /// <param name="usesPackage">Whether the class refers to the package Mlp.Scoring instead of having a copy of it.</param>
    public static string Write(ScorerPlan plan, string weights, string model, bool usesPackage)
    {
        string scoring = usesPackage ? "Mlp.Scoring" : $"{plan.Namespace}.{plan.Name}Parts";
        EngineSource engine = usesPackage ? EngineSource.None : EngineSource.Read();
        string[] own = ["System", "System.Collections.Generic", "System.IO", "System.Linq"];
        var text = new StringBuilder(ReadTemplate());
        Replace("Usings", string.Join(
            '\n', own.Concat(engine.Usings).Distinct().Order(StringComparer.Ordinal).Append(scoring).Select(name => $"using {name};")));
        Replace("Properties", Lines(
            "        ", plan.Fields.SelectMany((field, index) => index == 0 ? field.ToCode() : ["", .. field.ToCode()])));
        Replace("OutputDocs", Lines("    ", plan.Output.Docs.Select(part => $"/// <param name=\"{part.Name}\">{part.Doc}</param>")));
        Replace("OutputParameters", plan.Output.Parameters);
        Replace("Fields", string.Concat(plan.Members.Select(member => $"        private readonly {member.Type} {member.Name};\n")));
        Replace("Assignments", string.Concat(plan.Members.Select(member => $"{LineStart}{member.Name} = {member.Value};\n")));
        Replace("Names", plan.Output.Names.Count == 0 ? "" : $"""

                    /// <summary>What stands behind the scores.</summary>
                    public static IReadOnlyList<string> {plan.NamesProperty} => s_names;

                    private static readonly string[] s_names = [{string.Join(", ", plan.Output.Names.Select(CSharp.Literal))}];

            """);
        Replace("Features", Lines(LineStart, plan.Statements));
        Replace("Result", Lines(LineStart, plan.Output.Result));
        Replace("Summary", plan.Summary);
        Replace("Fingerprint", plan.Id);
        Replace("Model", CSharp.Comment(model));
        Replace("Weights", weights);
        Replace("Namespace", plan.Namespace);
        Replace("Name", plan.Name);
        if (!usesPackage)
            text.Append('\n').Append(engine.ToCode(scoring));
        return text.ToString();

        void Replace(string marker, string with) => text.Replace($"${marker}$", with);
    }

    private static string Lines(string start, IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(line => line.Length == 0 ? "" : start + line));

    private static string ReadTemplate()
    {
        using Stream stream = typeof(ScorerSource).Assembly.GetManifestResourceStream("Scorer.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
