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
            : $"{model.Networks.Count} networks of the same shape with {Texts.Plural(parameters, "parameter")} each; their predictions are averaged.";
        string scaling = model.Scaling switch
        {
            null => " Features are taken as they are.",
            { Limit: double limit } => $" Features are scaled first and bent smoothly into ±{Texts.Short(limit)}.",
            _ => " Features are scaled first.",
        };
        string link = model.Link switch
        {
            OutputLink.Sigmoid => " A sigmoid makes probabilities of the outputs.",
            OutputLink.Softmax => " A softmax makes probabilities of the outputs.",
            OutputLink.Exponential => " The exponential function makes numbers of the outputs.",
            _ => "",
        };
        string temperature = model.Temperature == 1 ? "" : $" Logits are divided by the temperature {Texts.Short(model.Temperature)}, which was found on held-out rows.";
        page.Paragraph(count + scaling + link + temperature);
        page.BeginFigures();
        IReadOnlyList<NetworkStage> stages = NetworkStage.Of(content);
        bool showsWeights = NetworkDrawing.ShowsWeights(content);
        page.Figure(
            "Layers",
            showsWeights ? "From the features on the left to the outputs on the right; blue weights are positive, orange ones negative, thick ones large."
                : "From the features on the left to the outputs on the right; every unit of a layer sees every unit before it.",
            (markup, id) => NetworkDrawing.Draw(markup, id, content, stages),
            new ReportTable("Stages", ["Stage", "Units", "Activation", "Parameters"], [.. stages.Select(stage =>
                (string[])[stage.Name, Texts.Count(stage.Units), stage.Activation, Texts.Count(stage.ParameterCount)])]));
        page.EndFigures();
    }
}
