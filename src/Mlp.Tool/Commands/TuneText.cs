using System.Text.Json.Nodes;
using Mlp.MLNet;
using Mlp.Tool.Output;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Commands;

/// <summary>What <c>mlp train --tune</c> says of its search.</summary>
internal static class TuneText
{
    public static void Write(Terminal terminal, JsonObject document, TunedModel tuned)
    {
        terminal.Heading($"{Figures.Count(tuned.Trials.Count - 1, "trial", "trials")} beside the preset itself");
        foreach (string line in tuned.Table.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries))
            terminal.Detail($"  {line}");
        int places = tuned.Trials.Where(trial => trial.Number > 0).Sum(trial => trial.Places);
        terminal.Detail(places == 0
            ? $"Loss on held-out rows: {Figures.Value(tuned.Loss, "G5")}. No trial lowers it by more than noise: the model is the preset's."
            : $"Loss on held-out rows: {Figures.Value(tuned.DefaultLoss, "G5")} before, {Figures.Value(tuned.Loss, "G5")} after "
                + $"(± {Figures.Value(tuned.DifferenceStandardError, "G2")}); trials have {places} of "
                + $"{tuned.Trials.Sum(trial => trial.Places)} places.");
        document["tuning"] = new JsonObject
        {
            ["defaultLoss"] = Json.Number(tuned.DefaultLoss),
            ["loss"] = Json.Number(tuned.Loss),
            ["differenceStandardError"] = Json.Number(tuned.DifferenceStandardError),
            ["trials"] = new JsonArray([.. tuned.Trials.Select(trial => (JsonNode?)ToJson(trial))]),
        };
    }

    private static JsonObject ToJson(MlpTrial trial) => new()
    {
        ["trial"] = trial.Number,
        ["rung"] = trial.Rung,
        ["loss"] = Json.Number(trial.Loss),
        ["lossStandardError"] = Json.Number(trial.LossStandardError),
        ["defaultLoss"] = Json.Number(trial.DefaultLoss),
        ["differenceStandardError"] = Json.Number(trial.DifferenceStandardError),
        ["seconds"] = Json.Number(trial.Seconds),
        ["places"] = trial.Places,
        ["values"] = new JsonObject(trial.Values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)Json.Number(value.Value)))),
    };
}
