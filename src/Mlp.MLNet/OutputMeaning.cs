namespace Mlp.MLNet;

/// <summary>What the outputs of a network stand for.</summary>
/// <param name="Task">What was learnt.</param>
/// <param name="Names">Classes, labels or targets, in the order of the outputs; of two classes with one output both, the negative one first.
/// Null when there is nothing to know of them.</param>
/// <param name="Decision">Of a binary task: how a class is predicted.</param>
internal sealed record OutputMeaning(MlpTask Task, LabelValues? Names, BinaryDecision Decision = default)
{
    /// <summary>What a network without a trainer can be taken for.</summary>
    public static OutputMeaning Of(Model<float> model)
    {
        MlpTask task = model.Link switch
        {
            OutputLink.Sigmoid => model.Network.OutputCount > 1 ? MlpTask.MultiLabel : MlpTask.Binary,
            OutputLink.Softmax => MlpTask.Multiclass,
            _ => MlpTask.Regression,
        };
        return new OutputMeaning(task, Names: null);
    }
}
