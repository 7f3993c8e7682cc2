using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Soak.Concurrency;

/// <summary>A trained pipeline with three classes, as a zip, and the scores that one thread computes with it.</summary>
internal sealed class SoakModel
{
    public SoakModel(int seed, SoakRow[] rows)
    {
        var ml = new MLContext(seed);
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        Transformer = ml.Transforms.Conversion.MapValueToKey("Label", nameof(SoakRow.Colour))
            .Append(ml.Transforms.NormalizeMinMax(nameof(SoakRow.Features)))
            .Append(ml.MulticlassClassification.Trainers.Mlp(
                new MlpMulticlassTrainer.Options(MlpPreset.Plain) { HiddenLayerSizes = [16, 8], NumberOfEpochs = 3, Seed = seed }))
            .Fit(data);
        Expected = Scores(ml, Transformer, rows);
        Zip = Save(ml, data.Schema);
    }

    public ITransformer Transformer { get; }

    /// <summary>Scores of each row.</summary>
    public float[][] Expected { get; }

    public byte[] Zip { get; }

    public static float[][] Scores(MLContext ml, ITransformer transformer, SoakRow[] rows) =>
        [.. transformer.Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Score")];

    public byte[] Save(MLContext ml, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(Transformer, schema, stream);
        return stream.ToArray();
    }
}
