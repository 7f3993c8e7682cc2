using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>
/// A transformer's entry in ML.NET's model zip. ITransformer includes saving, and what it is given to save to and load from has
/// internal members only.
/// </summary>
/// <remarks>
/// Model.key, in ML.NET's frame: the name of the feature column (an index into the frame's strings), one byte that is 1 for a vector
/// and 0 for a single number. Network: the engine's model file (<see cref="ModelFile"/>). Label, where the task needs it or there are
/// values: one byte that is 1 for a label that is a vector, one byte that is 1 if values follow, the values (<see cref="LabelValues"/>),
/// one per output, of a binary task two. Features, since 0.2: what the feature column was in training (<see cref="FeatureAnnotations"/>). Decision, since 0.2, of a binary task that does not say true above
/// 0 (<see cref="BinaryDecision"/>).
/// </remarks>
internal static class TransformerFile
{
    private const string NetworkEntryName = "Network", LabelEntryName = "Label", FeaturesEntryName = "Features", DecisionEntryName = "Decision";
    private const string ParametersSignature = "MLPPARAM";
    private const uint FormatVersion = 0x00010001;

    /// <summary>The frame names the loader and its assembly, so that ML.NET finds both without being told.</summary>
    private static VersionInfo Version(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: FormatVersion,
        verReadableCur: FormatVersion,
        verWeCanReadBack: FormatVersion,
        loaderAssemblyName: typeof(TransformerFile).Assembly.FullName!,
        loaderSignature: loaderSignature);

    public static void Save(ModelSaveContext context, TransformerContent content, string modelSignature, string loaderSignature)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version(modelSignature, loaderSignature));
        context.SaveNonEmptyString(content.FeatureColumnName);
        context.Writer.Write(content.IsFeatureVector ? (byte)1 : (byte)0);
        context.SaveBinaryStream(NetworkEntryName, writer => content.Model.Save(writer.BaseStream));
        if (content.Label is LabelContent label)
        {
            context.SaveBinaryStream(LabelEntryName, writer =>
            {
                writer.Write(label.IsVector);
                writer.Write(label.Values is not null);
                label.Values?.Write(writer);
            });
        }
        if (content.Features is FeatureAnnotations features)
            context.SaveBinaryStream(FeaturesEntryName, features.Write);
        if (content.Decision != default)
            context.SaveBinaryStream(DecisionEntryName, content.Decision.Write);
    }

    /// <param name="context">At the entry.</param>
    /// <param name="outputCount">What the task asks for; null when it can be any.</param>
    /// <param name="hasLabel">Whether the task always saves its label; otherwise it may.</param>
    /// <param name="modelSignature">As saved.</param>
    /// <param name="loaderSignature">As saved.</param>
    /// <exception cref="FormatException">The entry is damaged; a <see cref="ModelFileException"/> if it is the network.</exception>
    public static TransformerContent Load(
        ModelLoadContext context, int? outputCount, bool hasLabel, string modelSignature, string loaderSignature)
    {
        context.CheckAtModel(Version(modelSignature, loaderSignature));
        try
        {
            string featureColumnName = ReadFeatureColumnName(context);
            byte isFeatureVector = context.Reader.ReadByte();
            MlpModelParameters? model = null;
            if (!context.TryLoadBinaryStream(NetworkEntryName, reader => model = MlpModelParameters.Load(reader.BaseStream)))
                throw new FormatException($"The model file has no entry '{NetworkEntryName}' with the weights. Save or transfer it again.");
            if (isFeatureVector > 1 || (isFeatureVector == 0 && model!.InputCount != 1))
            {
                throw new FormatException(
                    $"The model file has {isFeatureVector} where 1 stands for a feature vector and 0 for a single number, and a network of {model!.InputCount} inputs. It is damaged; save or transfer it again.");
            }
            if (outputCount is int expected && model!.OutputCount != expected)
                throw WrongOutputCount(model.OutputCount, expected);
            LabelContent? label = null;
            int valueCount = hasLabel ? model!.OutputCount : 2;
            if (!context.TryLoadBinaryStream(LabelEntryName, reader => label = ReadLabel(reader, valueCount)) && hasLabel)
            {
                throw new FormatException(
                    $"The model file has no entry '{LabelEntryName}' with the names of the outputs. Save or transfer it again.");
            }
            // Files of 0.1 say nothing of the features.
            FeatureAnnotations? features = null;
            context.TryLoadBinaryStream(FeaturesEntryName, reader => features = FeatureAnnotations.Read(reader, model!.InputCount));
            BinaryDecision decision = default;
            context.TryLoadBinaryStream(DecisionEntryName, reader => decision = BinaryDecision.Read(reader));
            if (decision.PositiveKey is not null && label?.Values is null)
                throw new FormatException("The model file predicts one of two classes without their names. It is damaged; save or transfer it again.");
            return new TransformerContent(model!, featureColumnName, isFeatureVector == 1, label, features, decision);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            // Without the cause: ML.NET wraps this exception, and programs look for the innermost one.
            throw new FormatException("The model file's entry of the network is cut off or damaged. Save or transfer it again.");
        }
    }

    /// <summary>Parameters by themselves, in a transformer of ML.NET's: one entry, Network.</summary>
    public static void SaveParameters(ModelSaveContext context, MlpModelParameters model)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version(ParametersSignature, MlpModelParameters.LoaderSignature));
        context.SaveBinaryStream(NetworkEntryName, writer => model.Save(writer.BaseStream));
    }

    /// <summary>Reads what <see cref="SaveParameters"/> wrote.</summary>
    /// <exception cref="FormatException">The entry is damaged; a <see cref="ModelFileException"/> if it is the network.</exception>
    public static MlpModelParameters LoadParameters(ModelLoadContext context)
    {
        context.CheckAtModel(Version(ParametersSignature, MlpModelParameters.LoaderSignature));
        MlpModelParameters? model = null;
        return context.TryLoadBinaryStream(NetworkEntryName, reader => model = MlpModelParameters.Load(reader.BaseStream)) ? model!
            : throw new FormatException($"The model file has no entry '{NetworkEntryName}' with the weights. Save or transfer it again.");
    }

    public static FormatException WrongOutputCount(int outputCount, int expected) => new(
        $"The model file has a network of {outputCount} outputs where {expected} is expected. It is damaged; save or transfer it again.");

    private static string ReadFeatureColumnName(ModelLoadContext context)
    {
        try
        {
            return context.LoadNonEmptyString();
        }
        catch (FormatException)
        {
            // Thrown by ML.NET without a word about what is wrong.
            throw new FormatException("The model file names no feature column. It is damaged; save or transfer it again.");
        }
    }

    private static LabelContent ReadLabel(BinaryReader reader, int valueCount)
    {
        (byte isVector, byte hasValues) = (reader.ReadByte(), reader.ReadByte());
        if (isVector > 1 || hasValues > 1)
        {
            throw new FormatException(
                $"The model file has {isVector} and {hasValues} in the flags of its label, which are 0 or 1. It is damaged; save or transfer it again.");
        }
        LabelValues? values = hasValues == 1 ? LabelValues.Read(reader, valueCount) : null;
        if (reader.BaseStream.ReadByte() >= 0)
            throw new FormatException("The model file has bytes after the names of the outputs. It is damaged; save or transfer it again.");
        return new LabelContent(isVector == 1, values);
    }
}
