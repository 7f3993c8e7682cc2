using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks;

namespace Mlp.MLNet.Models;

/// <summary>A transformer's entry in ML.NET's model zip.</summary>
/// <remarks>
/// Model.key, in ML.NET's frame: the name of the feature column (an index into the frame's strings), one byte that is 1 for a vector
/// and 0 for a single number. Network: the engine's model file (<see cref="ModelFile"/>). Label, where the task needs it or there are
/// values: one byte that is 1 for a label that is a vector, one byte that is 1 if values follow, the values (<see cref="LabelValues"/>),
/// one per output, of a binary task two. Features, since 0.2: what the feature column was in training (<see cref="FeatureAnnotations"/>).
/// Decision, since 0.2, of a binary task that does not say true above 0 (<see cref="BinaryDecision"/>). Categories, since 0.2, of a network
/// that reads key columns beside its features (<see cref="CategoryValues"/>). Intervals and Sets, since 0.2, of a model that was asked for
/// them (<see cref="CoverageParts"/>).
/// </remarks>
internal static class TransformerFile
{
    private const string NetworkEntryName = "Network", LabelEntryName = "Label", FeaturesEntryName = "Features",
        DecisionEntryName = "Decision", CategoriesEntryName = "Categories";
    private const string ParametersSignature = "MLPPARAM";

    public static void Save(ModelEntryWriter file, TransformerContent content, TaskDefinition task)
    {
        file.Begin(task.ModelSignature, task.LoaderSignature);
        file.WriteName(content.FeatureColumnName);
        file.WriteByte(content.IsFeatureVector ? (byte)1 : (byte)0);
        file.AddPart(NetworkEntryName, writer => content.Model.Save(writer.BaseStream));
        LabelContent label = content.Label;
        if (task.SavesLabel || label.Values is not null)
        {
            file.AddPart(LabelEntryName, writer =>
            {
                writer.Write(label.IsVector);
                writer.Write(label.Values is not null);
                label.Values?.Write(writer);
            });
        }
        if (content.Features is FeatureAnnotations features)
            file.AddPart(FeaturesEntryName, features.Write);
        if (label.Decision != default)
            file.AddPart(DecisionEntryName, label.Decision.Write);
        if (content.Categories.Count > 0)
            file.AddPart(CategoriesEntryName, writer => CategoryValues.Write(writer, content.Categories));
        CoverageParts.Save(file, content.Coverage);
    }

    /// <param name="file">At the entry.</param>
    /// <param name="task">Of the transformer that loads.</param>
    /// <exception cref="FormatException">The entry is damaged; a <see cref="ModelFileException"/> if it is the network.</exception>
    public static TransformerContent Load(ModelEntryReader file, TaskDefinition task)
    {
        file.Begin(task.ModelSignature, task.LoaderSignature);
        try
        {
            string featureColumnName = ReadFeatureColumnName(file);
            byte isFeatureVector = file.ReadByte();
            MlpModelParameters model = ReadParameters(file);
            if (isFeatureVector > 1 || (isFeatureVector == 0 && model.InputCount != 1))
            {
                throw new FormatException(
                    $"The model file has {isFeatureVector} where 1 stands for a feature vector and 0 for a single number, and a network "
                        + $"of {model.InputCount} inputs. It is damaged; save or transfer it again.");
            }
            LabelContent label = ReadLabel(file, task, model.OutputCount);
            if (task.OutputCountOf(label) is int expected && model.OutputCount != expected)
            {
                throw new FormatException(
                    $"The model file has a network of {model.OutputCount} outputs where {expected} is expected. It is damaged; save or "
                        + "transfer it again.");
            }
            // Files of 0.1 say nothing of the features.
            FeatureAnnotations? features = null;
            file.TryReadPart(FeaturesEntryName, reader => features = FeatureAnnotations.Read(reader, model.InputCount));
            BinaryDecision decision = default;
            file.TryReadPart(DecisionEntryName, reader => decision = BinaryDecision.Read(reader));
            if (decision.PositiveKey is not null && label.Values is null)
                throw new FormatException(
                    "The model file predicts one of two classes without their names. It is damaged; save or transfer it again.");
            return new TransformerContent(model, featureColumnName, isFeatureVector == 1, label with { Decision = decision }, features)
            {
                Categories = ReadCategories(file, model.EngineModel.Layout?.KeyCounts ?? []),
                Coverage = CoverageParts.Read(file, model),
            };
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            // Without the cause: ML.NET wraps this exception, and programs look for the innermost one.
            throw new FormatException("The model file's entry of the network is cut off or damaged. Save or transfer it again.");
        }
    }

    /// <summary>Parameters by themselves, in a transformer of ML.NET's: one entry, Network.</summary>
    public static void SaveParameters(ModelEntryWriter file, MlpModelParameters model)
    {
        file.Begin(ParametersSignature, MlpModelParameters.LoaderSignature);
        file.AddPart(NetworkEntryName, writer => model.Save(writer.BaseStream));
    }

    /// <summary>Reads what <see cref="SaveParameters"/> wrote.</summary>
    /// <exception cref="FormatException">The entry is damaged; a <see cref="ModelFileException"/> if it is the network.</exception>
    public static MlpModelParameters LoadParameters(ModelEntryReader file)
    {
        file.Begin(ParametersSignature, MlpModelParameters.LoaderSignature);
        return ReadParameters(file);
    }

    private static MlpModelParameters ReadParameters(ModelEntryReader file)
    {
        MlpModelParameters? model = null;
        return file.TryReadPart(NetworkEntryName, reader => model = MlpModelParameters.Load(reader.BaseStream)) ? model!
            : throw new FormatException($"The model file has no entry '{NetworkEntryName}' with the weights. Save or transfer it again.");
    }

    private static string ReadFeatureColumnName(ModelEntryReader file)
    {
        try
        {
            return file.ReadName();
        }
        catch (FormatException)
        {
            throw new FormatException("The model file names no feature column. It is damaged; save or transfer it again.");
        }
    }

    private static CategoryValues[] ReadCategories(ModelEntryReader file, int[] counts)
    {
        CategoryValues[] categories = [];
        if (!file.TryReadPart(CategoriesEntryName, reader => categories = CategoryValues.Read(reader, counts)) && counts.Length > 0)
        {
            throw new FormatException(
                $"The model file has no entry '{CategoriesEntryName}' with the names of the {counts.Length} key columns that its network "
                    + "reads. Save or transfer it again.");
        }
        return categories;
    }

    private static LabelContent ReadLabel(ModelEntryReader file, TaskDefinition task, int outputCount)
    {
        LabelContent? label = null;
        int valueCount = task.SavesLabel ? outputCount : 2;
        if (!file.TryReadPart(LabelEntryName, reader => label = ReadLabel(reader, valueCount)) && task.SavesLabel)
        {
            throw new FormatException(
                $"The model file has no entry '{LabelEntryName}' with the names of the outputs. Save or transfer it again.");
        }
        return label ?? new LabelContent(IsVector: false, Values: null);
    }

    private static LabelContent ReadLabel(BinaryReader reader, int valueCount)
    {
        (byte isVector, byte hasValues) = (reader.ReadByte(), reader.ReadByte());
        if (isVector > 1 || hasValues > 1)
        {
            throw new FormatException(
                $"The model file has {isVector} and {hasValues} in the flags of its label, which are 0 or 1. It is damaged; save or "
                    + "transfer it again.");
        }
        LabelValues? values = hasValues == 1 ? LabelValues.Read(reader, valueCount) : null;
        if (reader.BaseStream.ReadByte() >= 0)
            throw new FormatException("The model file has bytes after the names of the outputs. It is damaged; save or transfer it again.");
        return new LabelContent(isVector == 1, values);
    }
}
