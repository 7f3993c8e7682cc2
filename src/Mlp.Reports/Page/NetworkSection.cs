using Mlp.Networks;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>The layers, drawn and counted.</summary>
internal static class NetworkSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        Model<double> model = content.Model;
        int parameters = model.Network.Parameters.Length;
        string count = model.Networks.Count == 1
            ? $"One network with {Texts.Plural(parameters, "parameter")}."
            : $"{model.Networks.Count} networks of the same shape with {Texts.Plural(parameters, "parameter")} each; "
                + "their predictions are averaged.";
        string scaling = model.Scaling switch
        {
            null => " Features are not scaled.",
            { Limit: double limit } => $" Features are scaled first and squashed smoothly into ±{Texts.Short(limit)}.",
            _ => " Features are scaled first.",
        };
        string link = model.Link switch
        {
            OutputLink.Sigmoid => " A sigmoid turns the outputs into probabilities.",
            OutputLink.Softmax => " A softmax turns the outputs into probabilities.",
            OutputLink.Exponential => " The exponential function turns the outputs into positive numbers.",
            _ => "",
        };
        string temperature = model.Temperature == 1 ? ""
            : $" Logits are divided by the temperature {Texts.Short(model.Temperature)}, which was found on held-out rows.";
        page.Paragraph(count + InputsOf(model) + scaling + link + temperature);
        page.BeginFigures();
        IReadOnlyList<NetworkStage> stages = NetworkStage.Of(content);
        bool showsWeights = NetworkDrawing.ShowsWeights(content);
        page.Figure(
            "Layers",
            showsWeights
                ? "From the features on the left to the outputs on the right. Blue weights are positive, orange ones negative, "
                    + "thick ones large."
                : "From the features on the left to the outputs on the right; every unit is connected to all units of the layer before it.",
            (markup, id) => NetworkDrawing.Draw(markup, id, content, stages),
            new ReportTable("Stages", ["Stage", "Units", "Activation", "Parameters"], [.. stages.Select(stage =>
                (string[])[stage.Name, Texts.Count(stage.Units), stage.Activation, Texts.Count(stage.ParameterCount)])]));
        page.EndFigures();
    }

    /// <summary>What the networks make of features that are not plain numbers; empty for none.</summary>
    private static string InputsOf(Model<double> model)
    {
        InputDescription inputs = model.Network.Inputs;
        List<string> parts = [];
        int binned = model.Layout?.Bins.Length ?? 0, crossed = model.Layout?.Crosses.Length ?? 0;
        int categories = inputs.Categories.Count - binned - crossed;
        if (binned > 0)
        {
            parts.Add(
                $"{Texts.Plural(binned, "number")} that {(binned == 1 ? "is" : "are")} the same in most rows, by "
                    + $"{Texts.Plural(model.Layout!.Bins.Sum(bins => bins.ValueCount), "bin")}, too");
        }
        if (categories > 0)
        {
            string noun = categories == 1 ? "1 category" : $"{Texts.Count(categories)} categories";
            int width = inputs.Categories.Where((_, index) => model.Layout?.IsDerived(index) != true).Sum(category => category.Width);
            parts.Add($"{noun} as {Texts.Plural(width, "number")} that are learnt for the values");
        }
        if (crossed > 0)
        {
            parts.Add(
                $"{Texts.Plural(crossed, "pair")} of columns as {(crossed == 1 ? "a category" : "categories")} of "
                    + $"{Texts.Plural(model.Layout!.Crosses.Sum(cross => cross.ValueCount), "value")}");
        }
        if (inputs.MissingColumns.Count > 0)
        {
            string they = inputs.MissingColumns.Count == 1 ? "it is" : "they are";
            parts.Add(
                $"{Texts.Plural(inputs.MissingColumns.Count, "number")} with a learnt value and an indicator where {they} missing");
        }
        if (inputs.SparseCount > 0)
            parts.Add($"{Texts.Plural(inputs.SparseCount, "sparse slot")}, of which a row uses those that are not 0");
        int unused = model.Layout is { } layout
            ? layout.SlotCount - layout.NumberSlots.Length - layout.SparseSlots.Length - layout.Categories.Sum(each => each.ValueCount) : 0;
        string ignored = unused == 0 ? ""
            : $" {Texts.Plural(unused, "feature")} {(unused == 1 ? "was" : "were")} 0 in all training rows, and the model does not look at "
                + (unused == 1 ? "it." : "them.");
        return (parts.Count == 0 ? "" : $" The first layer gets {string.Join("; ", parts)}.") + ignored;
    }
}
