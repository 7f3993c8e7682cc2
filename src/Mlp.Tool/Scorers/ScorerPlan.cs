using Mlp.MLNet;
using Mlp.MLNet.Tasks;
using Mlp.Models.Intervals;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Scorers;

/// <summary>A class that scores as a model does: what differs from model to model.</summary>
internal sealed record ScorerPlan
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>A sentence about the model.</summary>
    public required string Summary { get; init; }

    /// <summary>Says whether weights are this model's.</summary>
    public required string Id { get; init; }

    /// <summary>The properties of the input.</summary>
    public required IReadOnlyList<ScorerField> Fields { get; init; }

    /// <summary>Statements that set the features, of the variables <c>row</c> and <c>rows</c>.</summary>
    public required IReadOnlyList<string> Statements { get; init; }

    /// <summary>Tables of texts, in the order of their indices.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Tables { get; init; }

    /// <summary>Members of the class, and what they are.</summary>
    public required IReadOnlyList<(string Type, string Name, string Value)> Members { get; init; }

    /// <summary>Parameters of vectors, in the order of their indices.</summary>
    public required IReadOnlyList<float[]> Numbers { get; init; }

    public required ScorerOutput Output { get; init; }

    public required Model<float> Model { get; init; }

    /// <summary>Around the predictions; null for none.</summary>
    public required IntervalModel<float>? Intervals { get; init; }

    /// <summary>What the names of the output are.</summary>
    public string NamesProperty => Output.Parameters.Contains("PredictedLabel", StringComparison.Ordinal)
        ? Output.Parameters.Split(", ").Contains("bool[] PredictedLabel") ? "Labels" : "Classes" : "Targets";

    /// <param name="model">Whose zip.</param>
    /// <param name="name">Of the class.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="hasCoverage">Whether it gives the intervals or sets of classes that the model predicts.</param>
    /// <exception cref="ToolException">A step of the pipeline has no form in C#.</exception>
    public static ScorerPlan Create(SavedModel model, string name, string space, bool hasCoverage)
    {
        MlpTransformerBase network = model.Network;
        IReadOnlyDictionary<string, ColumnForm> forms = PipelineReader.Read(model.Transformer, model.Schema);
        IReadOnlyList<FeaturePart> parts = PartsOf(model, forms);
        ColumnForm[] keys = [.. network.CategoricalColumnNames.Select(column => KeyOf(model, column, forms[column]))];
        FeatureCheck.Run(model.Path, model.Transformer, model.Schema, network.FeatureColumnName, parts);
        var statements = new ScorerStatements(model, name);
        statements.Add(parts, keys);
        Coverage coverage = hasCoverage ? network.Model.Coverage : Coverage.None;
        return new ScorerPlan
        {
            Name = name,
            Namespace = space,
            Summary = SummaryOf(model),
            Id = network.Model.Fingerprint,
            Fields = statements.Inputs.Fields,
            Statements = statements.Lines,
            Tables = statements.Tables,
            Members = statements.Members,
            Numbers = statements.Numbers,
            Output = ScorerOutput.Of(model, name, coverage),
            Model = network.Model.EngineModel,
            Intervals = coverage.Intervals,
        };
    }

    private static IReadOnlyList<FeaturePart> PartsOf(SavedModel model, IReadOnlyDictionary<string, ColumnForm> forms)
    {
        string column = model.Network.FeatureColumnName;
        ColumnForm form = forms[column];
        if (PipelineReader.Numbers(form) is { } numbers && numbers.Width == model.Network.Model.InputCount)
            return numbers.Parts;
        throw Unreadable(model, column, form);
    }

    private static ColumnForm KeyOf(SavedModel model, string column, ColumnForm form) =>
        form is ColumnForm.Key or ColumnForm.Hash ? form : throw Unreadable(model, column, form);

    private static ToolException Unreadable(SavedModel model, string column, ColumnForm form) => new(
        ExitCode.BadInput,
        form is ColumnForm.Unreadable lost
            ? $"'{model.Path}': column '{lost.Column}' is made {lost.Origin}, which has no form in C#. Leave that step out or use "
                + "another in its place, as docs/scoring.md says, and train again."
            : $"'{model.Path}': column '{column}', which the network reads, is not made of numbers and texts of the input. Make it by "
                + "steps that docs/scoring.md lists, and train again.");

    private static string SummaryOf(SavedModel model)
    {
        MlpModelParameters network = model.Network.Model;
        string networks = Figures.Count(network.Networks.Count, "network", "networks");
        string predicts = model.IsFromTool ? $"Predicts {CSharp.Comment(model.Notes.Label.Fields[0])} by" : "Has";
        string features = Figures.Count(network.InputCount, "feature", "features");
        return System.Security.SecurityElement.Escape($"{predicts} {networks} of {features}.");
    }
}
