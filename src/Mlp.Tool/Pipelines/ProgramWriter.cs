using System.Globalization;
using System.Text;
using Mlp.Tool.Models;
using Mlp.Tables;

namespace Mlp.Tool.Pipelines;

/// <summary>A plan → a C# program that trains the same model with ML.NET and prints the same metrics.</summary>
internal static class ProgramWriter
{
    // Types that the program's own class would hide or be hidden by.
    private static readonly string[] ReservedNames = ["Row", "Class", "Program"];

    /// <param name="plan">What to do.</param>
    /// <param name="table">Where the columns are.</param>
    /// <param name="file">What the program reads.</param>
    /// <param name="path">Of that file, as the program has it when it is given none.</param>
    /// <param name="commandLine">Of <c>mlp train</c>, for the first comment.</param>
    public static string Write(PipelinePlan plan, TableDescription table, LoadableTable file, string path, string commandLine)
    {
        var taken = new HashSet<string>(ReservedNames);
        var properties = plan.Inputs.ToDictionary(input => input, input => CSharp.Identifier(input.Name, taken));
        string label = properties[plan.Label];
        var code = new StringBuilder();
        code.AppendLine(CultureInfo.InvariantCulture, $"""
            // {CSharp.Comment(commandLine)}
            // wrote this program. It trains the same model and prints the same figures. To run it, in a folder of its own:
            //   dotnet new console, put this file in the place of Program.cs,
            //   dotnet add package Microsoft.ML and dotnet add package Mlp.MLNet (or a project reference to src/Mlp.MLNet), dotnet run.
            using Microsoft.ML;
            using Microsoft.ML.Data;
            using Microsoft.ML.Transforms;
            using Mlp;
            using Mlp.MLNet;

            string path = args.Length > 0 ? args[0] : {CSharp.Literal(path)};
            var ml = new MLContext(seed: {CSharp.Literal(plan.Trainer.Seed)});
            var data = ml.Data.LoadFromTextFile<Row>(path, new TextLoader.Options
            """);
        code.AppendLine("{");
        code.AppendLine(CultureInfo.InvariantCulture, $"    Separators = [{CSharp.Literal(file.Separator)}],");
        if (file.DecimalMark != '.')
            code.AppendLine(CultureInfo.InvariantCulture, $"    DecimalMarker = {CSharp.Literal(file.DecimalMark)},");
        code.AppendLine(CultureInfo.InvariantCulture, $"    HasHeader = {CSharp.Literal(file.HasHeader)},");
        code.AppendLine(CultureInfo.InvariantCulture, $"    AllowQuoting = {CSharp.Literal(file.AllowQuoting)},");
        code.AppendLine("    MissingRealsAsNaNs = true,");
        code.AppendLine("});");
        code.AppendLine();
        AppendSplit(code, plan, label, properties);
        if (plan.Classes.Count > 0)
        {
            code.AppendLine("// The order of the classes" + (plan.Task == TableTask.Binary ? "; the second is the positive one." : "."));
            code.AppendLine(CultureInfo.InvariantCulture, $"string[] names = [{string.Join(", ", plan.Classes.Select(CSharp.Literal))}];");
            code.AppendLine("var classes = ml.Data.LoadFromEnumerable(names.Select(name => new Class { Name = name }));");
            code.AppendLine();
        }
        foreach (string line in plan.Trainer.ToCode())
            code.AppendLine(line);
        code.AppendLine();
        AppendPipeline(code, plan);
        AppendMetrics(code, plan);
        AppendTypes(code, plan, table, properties);
        return code.ToString().ReplaceLineEndings("\n");
    }

    private static void AppendSplit(StringBuilder code, PipelinePlan plan, string label, Dictionary<InputColumn, string> properties)
    {
        if (plan.Split.Column is string column)
        {
            string property = properties[plan.Inputs.Single(input => input.Name == column)];
            code.AppendLine(CultureInfo.InvariantCulture, $"""
                var rows = ml.Data.CreateEnumerable<Row>(data, reuseRowObject: false);
                var train = ml.Data.LoadFromEnumerable(rows.Where(row => row.{property} == {CSharp.Literal(plan.Split.TrainValue)}));
                var test = ml.Data.LoadFromEnumerable(rows.Where(row => row.{property} == {CSharp.Literal(plan.Split.TestValue)}));

                """);
            return;
        }
        string key = plan.Classes.Count > 0 ? label : "";
        string what = plan.Classes.Count > 0 ? "Of each class the same part tests" : "A part of the rows tests";
        string group = key.Length > 0 ? $"rows.Select(row => row.{key})" : "rows.Select(_ => \"\")";
        code.AppendLine(CultureInfo.InvariantCulture, $$"""
            // {{what}}, drawn by the seed.
            var rows = ml.Data.CreateEnumerable<Row>(data, reuseRowObject: false);
            string[] groups = [.. {{group}}];
            var isTest = new bool[groups.Length];
            var random = new Random({{CSharp.Literal(plan.Split.Seed)}});
            foreach (var group in Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]))
            {
                int[] members = [.. group];
                random.Shuffle(members);
                foreach (int row in members.Take(Math.Min((int)Math.Round({{CSharp.Literal(plan.Split.TestFraction!.Value)}} * members.Length), members.Length - 1)))
                    isTest[row] = true;
            }
            var train = ml.Data.LoadFromEnumerable(rows.Where((_, row) => !isTest[row]));
            var test = ml.Data.LoadFromEnumerable(rows.Where((_, row) => isTest[row]));

            """);
    }

    private static void AppendPipeline(StringBuilder code, PipelinePlan plan)
    {
        code.Append("var pipeline = new EstimatorChain<ITransformer>()");
        foreach (PipelineStep step in plan.Steps)
            code.Append("\n    .Append(").Append(step.ToCode()).Append(')');
        code.AppendLine(";");
        code.AppendLine();
    }

    private static void AppendMetrics(StringBuilder code, PipelinePlan plan)
    {
        IEnumerable<string> lines = plan.Task switch
        {
            TableTask.Binary => MetricDefinitions.Binary.Select(metric => metric.ToCode()),
            TableTask.Multiclass => MetricDefinitions.Multiclass.Select(metric => metric.ToCode()),
            _ => MetricDefinitions.Regression.Select(metric => metric.ToCode()),
        };
        code.AppendLine("var model = pipeline.Fit(train);");
        code.AppendLine(CultureInfo.InvariantCulture, $"var metrics = ml.{plan.Trainer.Catalog}.Evaluate(model.Transform(test), {CSharp.Literal(plan.Label.Name)});");
        foreach (string line in lines)
            code.AppendLine(line);
        code.AppendLine("ml.Model.SaveAtomically(model, data.Schema, \"model.zip\");");
        code.AppendLine();
    }

    private static void AppendTypes(StringBuilder code, PipelinePlan plan, TableDescription table, Dictionary<InputColumn, string> properties)
    {
        Dictionary<string, ColumnDescription> columns = PipelinePlanner.ByName(table);
        if (plan.Classes.Count > 0)
            code.AppendLine("public class Class\n{\n    public string Name { get; set; } = \"\";\n}\n");
        code.AppendLine("public class Row\n{");
        foreach (InputColumn input in plan.Inputs)
        {
            int[] indices = [.. input.Fields.Select(field => columns[field].Index)];
            (int First, int Last)[] ranges = [.. InputColumn.Ranges(indices)];
            string where = indices.Length == 1 ? CSharp.Literal(indices[0])
                : ranges.Length == 1 ? $"{ranges[0].First}, {ranges[0].Last}"
                : $"[{string.Join(", ", indices)}]";
            string named = input.Name == properties[input] ? "" : $", ColumnName({CSharp.Literal(input.Name)})";
            (string size, string type, string initial) = input switch
            {
                { IsVector: true } => ($", VectorType({indices.Length})", "float[]", " = [];"),
                { IsText: true } => ("", "string", " = \"\";"),
                _ => ("", "float", ""),
            };
            code.AppendLine(CultureInfo.InvariantCulture, $"    [LoadColumn({where}){named}{size}] public {type} {properties[input]} {{ get; set; }}{initial}");
        }
        code.AppendLine("}");
    }
}
