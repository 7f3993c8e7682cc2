using Mlp.MLNet;

namespace Mlp.Reports.Tasks;

/// <summary>All tasks.</summary>
internal static class KnownTasks
{
    private static readonly PredictionTask[] All = [new BinaryTask(), new MulticlassTask(), new MultiLabelTask(), new RegressionTask()];

    public static PredictionTask Of(MlpTransformerBase transformer) => All.Single(task => task.IsTaskOf(transformer));

    /// <summary>The task of a model without a transformer.</summary>
    /// <param name="model">Its link and number of outputs decide.</param>
    /// <param name="targetCount">Of a row; it decides when a model has several outputs with the sigmoid. Null without rows.</param>
    public static PredictionTask Of(Model<double> model, int? targetCount) =>
        All.Single(task => task.IsTaskOf(model.Link, model.Network.OutputCount, targetCount));
}
