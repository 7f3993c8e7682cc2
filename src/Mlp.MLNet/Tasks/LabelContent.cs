using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tasks;

/// <summary>What a model keeps of the label it was trained on.</summary>
/// <param name="IsVector">Whether it was a vector, and so the predictions are.</param>
/// <param name="Values">What stands behind the outputs: one value per output, of two classes with one output both, the negative one first;
/// null when nothing is known.</param>
/// <param name="Decision">Of a binary task: how a class is predicted.</param>
internal sealed record LabelContent(bool IsVector, LabelValues? Values, BinaryDecision Decision = default);
