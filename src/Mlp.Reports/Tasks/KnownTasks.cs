using Mlp.MLNet;

namespace Mlp.Reports.Tasks;

/// <summary>The tasks that there are.</summary>
internal static class KnownTasks
{
    private static readonly PredictionTask[] All = [new BinaryTask(), new MulticlassTask(), new MultiLabelTask(), new RegressionTask()];

    public static PredictionTask Of(MlpTransformerBase transformer) => All.Single(task => task.IsTaskOf(transformer));

    /// <summary>The task that a model without a transformer is taken for.</summary>
    /// <param name="model">Its link and number of outputs decide.</param>
    /// <param name="targetCount">Of a row, which decides where several outputs have the sigmoid; null without rows.</param>
    public static PredictionTask Of(Model<double> model, int? targetCount) =>
        All.Single(task => task.IsTaskOf(model.Link, model.Network.OutputCount, targetCount));
}
