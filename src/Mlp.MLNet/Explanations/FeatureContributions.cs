using Microsoft.ML.Data;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Explanations;

/// <summary>What features contribute to a prediction, in the form of ML.NET's CalculateFeatureContribution. One thread at a time may use
/// it.</summary>
/// <param name="model">Is explained.</param>
/// <param name="top">How many of the largest positive contributions are kept.</param>
/// <param name="bottom">How many of the largest negative ones.</param>
/// <param name="normalize">Whether they are divided by the largest absolute one, so that they lie in [-1, 1].</param>
internal sealed class FeatureContributions(Model<float> model, int top, int bottom, bool normalize)
{
    private readonly IntegratedGradients<float> _gradients = new(model, IntegratedGradients<float>.CentreOf(model));
    private readonly float[] _features = new float[model.FeatureCount];

    /// <param name="features">Of a row, not scaled.</param>
    /// <param name="contributions">As many; those that are not kept are 0. All NaN when a feature is that the model
    /// does not take.</param>
    public void Compute(in VBuffer<float> features, ref VBuffer<float> contributions)
    {
        VectorScorer.CopyTo(features, _features);
        IReadOnlyList<double> all = _gradients.Explain(_features).Contributions;
        var kept = new float[all.Count];
        IEnumerable<int> slots = Enumerable.Range(0, all.Count);
        IEnumerable<int> largest = slots.Where(slot => all[slot] > 0).OrderByDescending(slot => all[slot]).Take(top);
        IEnumerable<int> smallest = slots.Where(slot => all[slot] < 0).OrderBy(slot => all[slot]).Take(bottom);
        double unit = normalize ? all.Max(Math.Abs) : 1;
        foreach (int slot in largest.Concat(smallest).Concat(slots.Where(slot => double.IsNaN(all[slot]))))
            kept[slot] = (float)(all[slot] / unit);
        VectorScorer.Copy(kept, ref contributions);
    }
}
