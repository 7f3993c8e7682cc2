using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Rows with a number that may be missing, a category and mostly empty words, and a target that needs all three.</summary>
internal static class MixedRows
{
    public const int WordCount = 300, UsedWordCount = 150, FirstColour = 1, ColourCount = 3, FirstWord = FirstColour + ColourCount,
        SlotCount = FirstWord + WordCount;

    public sealed class Row
    {
        public float Size { get; set; }

        public string Colour { get; set; } = "";

        [VectorType(WordCount)]
        public VBuffer<float> Words { get; set; }

        [VectorType(2)]
        public float[] Targets { get; set; } = [];

        [VectorType(2)]
        public bool[] Labels { get; set; } = [];

        public float Target { get; set; }
    }

    public static IDataView View(MLContext ml) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 2 * UsedWordCount).Select(index =>
    {
        int colour = index * 7 % ColourCount, word = index % UsedWordCount;
        float size = index % 5 == 0 ? float.NaN : index % 11 - 5;
        float target = (float.IsNaN(size) ? 8 : size) + 5 * colour + (word % 2);
        return new Row
        {
            Size = size,
            Colour = ((string[])["red", "green", "blue"])[colour],
            Words = new VBuffer<float>(WordCount, 1, [1], [word]),
            Target = target,
            Targets = [target, colour],
            Labels = [target > 5, colour == 1],
        };
    }));

    /// <summary>Size, the flags of Colour, and Words, with a network behind them.</summary>
    public static ITransformer Fit<TTransformer>(MLContext ml, IDataView data, MlpTrainerBase<TTransformer> trainer)
        where TTransformer : MlpTransformerBase =>
        ml.Transforms.Categorical.OneHotEncoding("Colour").Append(ml.Transforms.Concatenate("Features", "Size", "Colour", "Words"))
            .Append(trainer).Fit(data);

    /// <summary>Options of a regression with embeddings of categories.</summary>
    public static MlpRegressionTrainer.Options Regression(string label = "Target")
    {
        MlpRegressionTrainer.Options options = Blobs.Regression(label, numberOfEpochs: 60);
        options.CategoricalEmbedding = new CategoricalEmbedding();
        return options;
    }
}
