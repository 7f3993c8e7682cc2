using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Tests;

namespace Mlp.Reports.Tests.Browser;

/// <summary>Reports of every task, small and large, with names of all kinds.</summary>
internal static class ReportSamples
{
    public static IReadOnlyDictionary<string, Func<ModelReport>> All { get; } = new Dictionary<string, Func<ModelReport>>
    {
        ["binary"] = Binary,
        ["multiclass"] = () => Multiclass("wine", featureCount: 13),
        ["digits"] = () => Multiclass("digits", featureCount: 64),
        ["regression"] = Regression,
        ["keys"] = Keys,
        ["labels"] = EngineReports.SeveralLabels,
        ["targets"] = EngineReports.SeveralTargets,
        ["moons"] = EngineReports.Moons,
        ["fit"] = EngineReports.Fit,
        ["names"] = EngineReports.StrangeNames,
        ["training"] = EngineReports.TrainingAlone,
        ["weights"] = EngineReports.SmallNetwork,
    };

    private static ModelReport Binary()
    {
        var ml = new MLContext(seed: 1);
        DataOperationsCatalog.TrainTestData split = Load(ml, "breast_cancer", featureCount: 30, DataKind.Boolean, out string[] features);
        ITransformer model = ml.Transforms.Concatenate("Features", features)
            .Append(ml.BinaryClassification.Trainers.Mlp(
                new MlpBinaryTrainer.Options(MlpPreset.Default) { LabelColumnName = "label", NumberOfEpochs = 30, Seed = 1 }))
            .Fit(split.TrainSet);
        return ml.Model.ReportMlp(
            model, split.TrainSet, split.TestSet, "label",
            new ReportSettings { Title = "Breast cancer", LabelName = "tumour", OutputNames = ["malignant", "benign"] });
    }

    private static ModelReport Multiclass(string table, int featureCount)
    {
        var ml = new MLContext(seed: 1);
        DataOperationsCatalog.TrainTestData split = Load(ml, table, featureCount, DataKind.String, out string[] features);
        var options = new MlpMulticlassTrainer.Options(MlpPreset.Fast) { LabelColumnName = "Key", NumberOfEpochs = 30, Seed = 1 };
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Key", "label").Append(ml.Transforms.Concatenate("Features", features))
            .Append(ml.MulticlassClassification.Trainers.Mlp(options)).Fit(split.TrainSet);
        return ml.Model.ReportMlp(
            model, split.TrainSet, split.TestSet, "Key", new ReportSettings { Title = $"The table {table}", LabelName = "class" });
    }

    private static ModelReport Regression()
    {
        var ml = new MLContext(seed: 1);
        DataOperationsCatalog.TrainTestData split = Load(ml, "diabetes", featureCount: 10, DataKind.Single, out string[] features);
        ITransformer model = ml.Transforms.Concatenate("Features", features)
            .Append(ml.Regression.Trainers.Mlp(new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = "label", Seed = 1 }))
            .Fit(split.TrainSet);
        return ml.Model.ReportMlp(
            model, split.TrainSet, split.TestSet, "label", new ReportSettings { Title = "Diabetes", LabelName = "progression" });
    }

    private static ModelReport Keys()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = MixedRows.View(ml);
        MlpRegressionTrainer.Options options = MixedRows.Regression();
        options.CategoricalColumnNames = ["Colour as a key, with a name as long as names of columns are now and then"];
        ITransformer model = ml.Transforms.Conversion.MapValueToKey(options.CategoricalColumnNames[0], "Colour")
            .Append(ml.Transforms.Categorical.OneHotEncoding("Colour"))
            .Append(ml.Transforms.Concatenate("Features", "Size", "Colour", "Words")).Append(ml.Regression.Trainers.Mlp(options)).Fit(rows);
        return ml.Model.ReportMlp(
            model, rows, rows, "Target", new ReportSettings { Title = "A key, a range, words and missing values", LabelName = "price" });
    }

    private static DataOperationsCatalog.TrainTestData Load(
        MLContext ml, string table, int featureCount, DataKind labelKind, out string[] features)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "data", table + ".csv");
        features = File.ReadLines(path).First().Split(',')[..featureCount];
        TextLoader.Column[] columns =
        [
            .. features.Select((name, index) => new TextLoader.Column(name, DataKind.Single, index)),
            new TextLoader.Column("label", labelKind, featureCount),
        ];
        return ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile(path, columns, separatorChar: ',', hasHeader: true), testFraction: 0.25);
    }
}
