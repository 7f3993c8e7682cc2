using System.Globalization;
using System.Text;
using Mlp.Tables;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary>Writes a plan as a C# program that trains the same model with ML.NET and prints the same metrics.</summary>
internal static class ProgramWriter
{
    // Types whose names would conflict with the program's own class.
    private static readonly string[] ReservedNames = ["Row", "Class", "Program"];

    /// <param name="plan">What to do.</param>
    /// <param name="table">How the file is written.</param>
    /// <param name="path">Of the file: the default path of the program.</param>
    /// <param name="commandLine">Of <c>mlp train</c>, for the first comment.</param>
    public static string Write(PipelinePlan plan, TableDescription table, string path, string commandLine)
    {
        var taken = new HashSet<string>(ReservedNames);
        var properties = plan.Inputs.ToDictionary(input => input, input => CSharp.Identifier(input.Name, taken));
        string label = properties[plan.Label];
        var code = new StringBuilder();
        code.AppendLine(CultureInfo.InvariantCulture, $"""
            // {CSharp.Comment(commandLine)}
            // wrote this program. It trains the same model and prints the same figures. To run it, in a folder of its own:
            //   dotnet new console, put this file in the place of Program.cs,
            //   dotnet add package for each of Microsoft.ML, Mlp.MLNet and Mlp.Tables (or project references to src/Mlp.MLNet and src/Mlp.Tables),
            //   dotnet run.
            using Microsoft.ML;
            using Microsoft.ML.Data;
            using Mlp;
            using Mlp.MLNet;
            using Mlp.Tables;

            string path = args.Length > 0 ? args[0] : {CSharp.Literal(path)};
            var ml = new MLContext(seed: {CSharp.Literal(plan.Trainer.Seed)});
            """);
        AppendLoading(code, plan, table);
        AppendSplit(code, plan, label, properties);
        if (plan.Classes.Count > 0)
        {
            code.AppendLine("// The order of the classes" + (plan.Definition.HasPositiveClass ? "; the second is the positive one." : "."));
            code.AppendLine(CultureInfo.InvariantCulture, $"string[] names = [{string.Join(", ", plan.Classes.Select(CSharp.Literal))}];");
            code.AppendLine("var classes = ml.Data.LoadFromEnumerable(names.Select(name => new Class { Name = name }));");
            code.AppendLine();
        }
        foreach (string line in plan.Trainer.ToCode())
            code.AppendLine(line);
        code.AppendLine();
        AppendPipeline(code, plan);
        AppendMetrics(code, plan);
        AppendTypes(code, plan, properties);
        return code.ToString().ReplaceLineEndings("\n");
    }

    private static void AppendLoading(StringBuilder code, PipelinePlan plan, TableDescription table)
    {
        code.AppendLine("var data = TableFile.Load(path, new TableOptions");
        code.AppendLine("{");
        code.AppendLine(CultureInfo.InvariantCulture, $"    Separator = {CSharp.Literal(table.Separator)},");
        code.AppendLine(CultureInfo.InvariantCulture, $"    HasHeader = {CSharp.Literal(table.HasHeader)},");
        code.AppendLine(CultureInfo.InvariantCulture, $"    Label = {CSharp.Literal(plan.Label.Fields[0])},");
        code.AppendLine(CultureInfo.InvariantCulture, $"    Task = TableTask.{plan.Task},");
        if (table.Split is { } split)
            code.AppendLine(CultureInfo.InvariantCulture, $"    SplitColumn = {CSharp.Literal(split.Column.Name)},");
        code.AppendLine("},");
        code.AppendLine("[");
        foreach (InputColumn input in plan.Inputs)
            code.AppendLine(CultureInfo.InvariantCulture, $"    {input.ToCode()},");
        code.AppendLine("]);");
        code.AppendLine();
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
        if (plan.Split.TimeColumn is string time)
        {
            string property = properties[plan.Inputs.Single(input => input.Name == time)];
            code.AppendLine(CultureInfo.InvariantCulture, $$"""
                // The latest rows test.
                var rows = ml.Data.CreateEnumerable<Row>(data, reuseRowObject: false);
                float[] times = [.. rows.Select(row => row.{{property}})];
                int count = Math.Min((int)Math.Round({{CSharp.Literal(plan.Split.TestFraction!.Value)}} * times.Length), times.Length - 1);
                int[] latest = [.. Enumerable.Range(0, times.Length).OrderBy(row => times[row]).TakeLast(count)];
                HashSet<int> testRows = [.. latest];
                var train = ml.Data.LoadFromEnumerable(rows.Where((_, row) => !testRows.Contains(row)));
                var test = ml.Data.LoadFromEnumerable(rows.Where((_, row) => testRows.Contains(row)));

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
        if (plan.Threshold is double threshold)
        {
            code.AppendLine("// Predicts the positive class from this probability on.");
            code.AppendLine("var model = new TransformerChain<ITransformer>([.. pipeline.Fit(train).Select(step =>");
            code.AppendLine(CultureInfo.InvariantCulture,
                $"    step is MlpBinaryTransformer network ? network.WithThreshold((float){CSharp.Literal(threshold)}) : step)]);");
        }
        else
        {
            code.AppendLine("var model = pipeline.Fit(train);");
        }
        code.AppendLine(
            CultureInfo.InvariantCulture,
            $"var metrics = ml.{plan.Definition.Catalog}.Evaluate({plan.Definition.EvaluatedCode}, {CSharp.Literal(plan.Label.Name)});");
        foreach (string line in plan.Definition.MetricsCode())
            code.AppendLine(line);
        code.AppendLine("ml.Model.SaveAtomically(model, data.Schema, \"model.zip\");");
        code.AppendLine();
    }

    private static void AppendTypes(StringBuilder code, PipelinePlan plan, Dictionary<InputColumn, string> properties)
    {
        if (plan.Classes.Count > 0)
            code.AppendLine("public class Class\n{\n    public string Name { get; set; } = \"\";\n}\n");
        code.AppendLine("public class Row\n{");
        foreach (InputColumn input in plan.Inputs)
        {
            string named = input.Name == properties[input] ? "" : $"[ColumnName({CSharp.Literal(input.Name)})] ";
            (string size, string type, string initial) = input switch
            {
                { IsVector: true } => ($"[VectorType({input.Fields.Count})] ", "float[]", " = [];"),
                { IsText: true } => ("", "string", " = \"\";"),
                _ => ("", "float", ""),
            };
            code.AppendLine(CultureInfo.InvariantCulture, $"    {named}{size}public {type} {properties[input]} {{ get; set; }}{initial}");
        }
        code.AppendLine("}");
    }
}
