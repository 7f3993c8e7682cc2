using Microsoft.ML.Data;
using Mlp.Losses;

namespace Mlp.MLNet;

/// <summary>Scores single feature vectors for ML.NET's own transformers. One thread at a time may use it.</summary>
internal sealed class VectorScorer(Model<float> model)
{
    private readonly Predictor<float> _predictor = new(model, maxRowCount: 1);
    private readonly float[] _features = new float[model.Network.InputCount], _outputs = new float[model.Network.OutputCount];
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

    /// <summary>Copies a feature vector, dense or sparse.</summary>
    /// <inheritdoc cref="Score" path="/exception"/>
    public static void CopyTo(in VBuffer<float> features, float[] values)
    {
        if (features.Length != values.Length)
            throw new InvalidOperationException($"A row has {features.Length} features, and the model was trained on {values.Length}. Give it the features of the training.");
        SparseVectors.CopyTo(features, values, "The feature column");
    }

    public static void Copy(ReadOnlySpan<float> values, ref VBuffer<float> vector)
    {
        var editor = VBufferEditor.Create(ref vector, values.Length);
        values.CopyTo(editor.Values);
        vector = editor.Commit();
    }
}
