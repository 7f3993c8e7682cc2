using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tasks.Binary;

/// <summary>Rows as ML.NET's binary evaluator takes them: true is the model's positive class, and a score above 0 predicts it.</summary>
internal static class BinaryRows
{
    /// <param name="environment">Of the view.</param>
    /// <param name="model">Decides.</param>
    /// <param name="scored">By the whole model.</param>
    /// <param name="labelColumnName">The truth.</param>
    public static IDataView Of(IHostEnvironment environment, MlpBinaryTransformer model, IDataView scored, string labelColumnName)
    {
        DataViewSchema.Column label = SchemaChecks.FindLabel(scored.Schema, labelColumnName);
        TaskDefinition task = model.Task.ReadingAs(model.Model.Label);
        task.CheckLabel(label);
        task.CheckNames(label, model.Model.Label);
        var rows = new List<Row>();
        using DataViewRowCursor cursor = scored.GetRowCursor([label, scored.Schema["Score"], scored.Schema["Probability"]]);
        LabelReader reader = task.CreateLabelReader(cursor, label, model.Model.Link);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scored.Schema["Score"]),
            getProbability = cursor.GetGetter<float>(scored.Schema["Probability"]);
        var target = new float[1];
        while (cursor.MoveNext())
        {
            if (reader.TryRead(target) is not null)
                continue;
            float score = 0, probability = 0;
            getScore(ref score);
            getProbability(ref probability);
            // A difference is above 0 exactly where the score is above the threshold.
            score -= model.ScoreThreshold;
            rows.Add(new Row { Label = target[0] > 0, Score = score, Probability = probability, PredictedLabel = score > 0 });
        }
        return new DataOperationsCatalog(environment).LoadFromEnumerable(rows);
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
