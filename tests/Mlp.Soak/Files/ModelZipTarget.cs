using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Soak.Files;

/// <summary>Models as ml.Model.Save writes them, with a network of every task.</summary>
/// <remarks>
/// No other transformer is in the zips. Loaders of Microsoft.ML's own read lengths without a check: NormalizeMeanVariance's goes on
/// without end where a file is shorter than it says, MapValueToKey's allocates what it says. Both would end a run, and neither is ours.
/// </remarks>
internal sealed class ModelZipTarget : FuzzTarget
{
    // A message that names none of these is of the base library, and says nothing about where.
    private static readonly string[] Things = ["file", "model", "zip"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows;
    private readonly Dictionary<byte[], ZipItem[]> _items = [];

    public ModelZipTarget()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(SoakRow.Create(rowCount: 12, seed: 1));
        _rows = Preparation(_ml).Fit(rows).Transform(rows);
        Samples = [.. Trainers(_ml).Select(trainer => Zip(trainer.Fit(_rows)))];
        foreach (byte[] sample in Samples)
            _items[sample] = ZipBytes.Items(sample);
    }

    public override string Name => "model zip";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override IEnumerable<Func<byte[]>> EveryDamage() =>
        Samples.SelectMany(zip => ByteDamage.Every(zip).Concat(ZipDamage.Every(_items[zip])));

    public override byte[] Damage(byte[] file, byte[] other, Random random) =>
        _items.TryGetValue(file, out ZipItem[]? items) && random.Next(5) > 0
            ? ZipDamage.Some(items, _items[Samples[random.Next(Samples.Count)]], random)
            : base.Damage(file, other, random);

    public override object Read(byte[] file) => _ml.Model.Load(new MemoryStream(file), out _);

    /// <summary>Microsoft.ML unpacks entries to files, however large they become; our readers see those.</summary>
    public override long SizeOf(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return zip.Entries.Sum(entry => entry.Length);
    }

    /// <summary>Predicts some rows, and reads the names of the outputs. A model of other columns is a model, too.</summary>
    public override void Use(object content)
    {
        IDataView scored;
        try
        {
            scored = ((ITransformer)content).Transform(_rows);
        }
        catch (Exception exception) when (IsOfOtherColumns(exception))
        {
            return;
        }
        if (scored.Schema.GetColumnOrNull("Score") is not DataViewSchema.Column score)
            return;
        if (score.Type.Equals(NumberDataViewType.Single))
            _ = scored.GetColumn<float>(score).Count();
        else if (score.Type is VectorDataViewType)
            _ = scored.GetColumn<VBuffer<float>>(score).Count();
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (score.HasSlotNames())
            score.GetSlotNames(ref names);
    }

    /// <summary>What ML.NET's transformers say of rows whose columns have other names, types or annotations than their model has.</summary>
    private static bool IsOfOtherColumns(Exception exception) =>
        exception is ArgumentOutOfRangeException
        || exception.Message == "Metadata KeyValues does not exist"
        || exception.Message.StartsWith("Could not apply a map over type", StringComparison.Ordinal);

    /// <summary>
    /// A refusal is a <see cref="FormatException"/> that says something; Microsoft.ML wraps it, because it calls loaders by reflection.
    /// What is thrown without a method of ours on the stack is Microsoft.ML's own.
    /// </summary>
    public override Verdict Judge(Exception exception, byte[] file)
    {
        bool isOurs = false;
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            isOurs |= cause.StackTrace?.Contains("at Mlp.MLNet.", StringComparison.Ordinal) ?? false;
            if (cause is FormatException && isOurs
                && Things.Any(thing => cause.Message.Contains(thing, StringComparison.OrdinalIgnoreCase)))
                return Verdict.Refusal;
            // What ML.NET says of any zip without a model.
            if (cause is InvalidOperationException { Message: "Could not load legacy format model" })
                return Verdict.Refusal;
        }
        return isOurs ? Verdict.Broken : Verdict.Foreign;
    }

    /// <summary>What the trainers need beside the columns of the rows.</summary>
    private static IEstimator<ITransformer> Preparation(MLContext ml) =>
        // A category, a number that may be missing, and a vector of which hardly a slot is used twice.
        ml.Transforms.Categorical.OneHotEncoding("ColourSlots", "Colour")
            .Append(ml.Transforms.ReplaceMissingValues("Price"))
            .Append(ml.Transforms.Conversion.Hash("Wide", "Features", numberOfBits: 9))
            .Append(ml.Transforms.Conversion.MapKeyToVector("Wide", outputCountVector: true))
            .Append(ml.Transforms.Concatenate("Inputs", "Features", "ColourSlots", "Price", "Age", "Wide"))
            .Append(ml.Transforms.Conversion.MapValueToKey("ColourKey", "Colour"));

    private static IEnumerable<IEstimator<ITransformer>> Trainers(MLContext ml)
    {
        const int Epochs = 2;
        yield return ml.Regression.Trainers.Mlp(new MlpRegressionTrainer.Options(MlpPreset.Plain)
        {
            LabelColumnName = "Price",
            HiddenLayerSizes = [],
            NumberOfEpochs = Epochs,
            Seed = 1
        });
        yield return ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options
            {
                LabelColumnName = "Flag",
                FeatureColumnName = "Inputs",
                HiddenLayerSizes = [3],
                NumericEmbedding = new NumericEmbedding { Frequencies = 2, Outputs = 1 },
                MinimumExampleCountPerSlot = 1,
                NumberOfNetworks = 4,
                NumberOfEpochs = Epochs,
                Seed = 1,
            });
        yield return ml.MulticlassClassification.Trainers.Mlp(
            new MlpMulticlassTrainer.Options(MlpPreset.Plain)
            {
                LabelColumnName = "ColourKey",
                HiddenLayerSizes = [2, 2],
                NumberOfEpochs = Epochs,
                Seed = 1
            });
        // A key beside the features.
        yield return ml.Regression.Trainers.Mlp(
            new MlpRegressionTrainer.Options(MlpPreset.Plain)
            {
                LabelColumnName = "Price",
                CategoricalColumnNames = ["ColourKey"],
                HiddenLayerSizes = [],
                NumberOfEpochs = Epochs,
                Seed = 1
            });
        yield return ml.MulticlassClassification.Trainers.MlpMultiLabel(
            new MlpMultiLabelTrainer.Options(MlpPreset.Plain)
            {
                LabelColumnName = "Answers",
                HiddenLayerSizes = [2],
                NumberOfEpochs = Epochs,
                Seed = 1
            });
    }

    private byte[] Zip(ITransformer model)
    {
        using var stream = new MemoryStream();
        // Microsoft.ML can read a damaged schema of its own without end, which is not ours to test and would end every run.
        _ml.Model.Save(model, inputSchema: null, stream);
        return stream.ToArray();
    }
}
