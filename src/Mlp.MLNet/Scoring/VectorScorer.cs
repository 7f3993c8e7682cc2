using Microsoft.ML.Data;
using Mlp.Losses;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Scoring;

/// <summary>Scores single feature vectors for ML.NET's own transformers. One thread at a time may use it.</summary>
internal sealed class VectorScorer(Model<float> model)
{
    private readonly Predictor<float> _predictor = new(model, maxRowCount: 1);
    private readonly float[] _features = new float[model.FeatureCount], _outputs = new float[model.Network.OutputCount];
    private readonly float[] _predictions = new float[model.Network.OutputCount];

    /// <summary>The outputs of a row; valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The vector has another length than the model has inputs.</exception>
    public ReadOnlySpan<float> Score(in VBuffer<float> features)
    {
        CopyTo(features, _features);
        _predictor.Predict(_features, _outputs);
        return _outputs;
    }

    /// <summary>What the outputs of the last row stand for, by the link of the model; valid until the next call.</summary>
    public ReadOnlySpan<float> Predict()
    {
        _outputs.CopyTo(_predictions, 0);
        model.Link.Apply<float>(_predictions, _predictions.Length);
        return _predictions;
    }

    /// <summary>A mapper from features to scores, single or a vector.</summary>
    public static Delegate CreateScoreMapper(Model<float> model)
    {
        var scorer = new VectorScorer(model);
        return model.Network.OutputCount == 1
            ? (ValueMapper<VBuffer<float>, float>)((in VBuffer<float> features, ref float score) => score = scorer.Score(features)[0])
            : (ValueMapper<VBuffer<float>, VBuffer<float>>)((in VBuffer<float> features, ref VBuffer<float> scores) =>
                Copy(scorer.Score(features), ref scores));
    }

    /// <summary>A mapper from features to scores and probabilities, single or vectors.</summary>
    public static Delegate CreateProbabilityMapper(Model<float> model)
    {
        var scorer = new VectorScorer(model);
        return model.Network.OutputCount == 1
            ? (ValueMapper<VBuffer<float>, float, float>)((in VBuffer<float> features, ref float score, ref float probability) =>
            {
                score = scorer.Score(features)[0];
                probability = scorer.Predict()[0];
            })
            : (ValueMapper<VBuffer<float>, VBuffer<float>, VBuffer<float>>)((
                in VBuffer<float> features, ref VBuffer<float> scores, ref VBuffer<float> probabilities) =>
            {
                Copy(scorer.Score(features), ref scores);
                Copy(scorer.Predict(), ref probabilities);
            });
    }

    /// <summary>Copies a feature vector, dense or sparse.</summary>
    /// <inheritdoc cref="Score" path="/exception"/>
    public static void CopyTo(in VBuffer<float> features, float[] values)
    {
        if (features.Length != values.Length)
            throw new InvalidOperationException(
                $"A row has {features.Length} features, and the model was trained on {values.Length}. Give it the features of "
                    + "the training.");
        SparseVectors.CopyTo(features, values, "The feature column");
    }

    public static void Copy(ReadOnlySpan<float> values, ref VBuffer<float> vector)
    {
        var editor = VBufferEditor.Create(ref vector, values.Length);
        values.CopyTo(editor.Values);
        vector = editor.Commit();
    }
}
