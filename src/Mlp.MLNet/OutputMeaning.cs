namespace Mlp.MLNet;

/// <summary>What the outputs of a network stand for.</summary>
/// <param name="Task">What was learnt.</param>
/// <param name="Names">Classes, labels or targets, one per output; null when there is nothing to know of them.</param>
internal sealed record OutputMeaning(MlpTask Task, LabelValues? Names)
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
