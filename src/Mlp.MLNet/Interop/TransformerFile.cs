using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>
/// A transformer's entry in ML.NET's model zip. ITransformer includes saving, and what it is given to save to and load from has
/// internal members only.
/// </summary>
/// <remarks>
/// Model.key, in ML.NET's frame: the name of the feature column (an index into the frame's strings), one byte that is 1 for a vector
/// and 0 for a single number. Network: the engine's model file (<see cref="ModelFile"/>).
/// </remarks>
internal static class TransformerFile
{
    private const string NetworkEntryName = "Network";
    private const uint FormatVersion = 0x00010001;

    /// <summary>The frame names the loader and its assembly, so that ML.NET finds both without being told.</summary>
    private static VersionInfo Version(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: FormatVersion,
        verReadableCur: FormatVersion,
        verWeCanReadBack: FormatVersion,
        loaderAssemblyName: typeof(TransformerFile).Assembly.FullName!,
        loaderSignature: loaderSignature);

    public static void Save(ModelSaveContext context, MlpTransformerBase transformer, string modelSignature, string loaderSignature)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version(modelSignature, loaderSignature));
        context.SaveNonEmptyString(transformer.FeatureColumnName);
        context.Writer.Write(transformer.IsFeatureVector ? (byte)1 : (byte)0);
        context.SaveBinaryStream(NetworkEntryName, writer => transformer.Model.Save(writer.BaseStream));
    }

    /// <exception cref="FormatException">The entry is damaged; a <see cref="ModelFileException"/> if it is the network.</exception>
    public static (MlpModelParameters Model, string FeatureColumnName, bool IsFeatureVector) Load(
        ModelLoadContext context, int outputCount, string modelSignature, string loaderSignature)
    {
        context.CheckAtModel(Version(modelSignature, loaderSignature));
        try
        {
            string featureColumnName = context.LoadNonEmptyString();
            byte isFeatureVector = context.Reader.ReadByte();
            MlpModelParameters? model = null;
            if (!context.TryLoadBinaryStream(NetworkEntryName, reader => model = MlpModelParameters.Load(reader.BaseStream)))
                throw new FormatException($"The model file has no entry '{NetworkEntryName}' with the weights. Save or transfer it again.");
            if (isFeatureVector > 1 || (isFeatureVector == 0 && model!.InputCount != 1))
            {
                throw new FormatException(
                    $"The model file has {isFeatureVector} where 1 stands for a feature vector and 0 for a single number, and a network of {model!.InputCount} inputs. It is damaged; save or transfer it again.");
            }
            if (model!.OutputCount != outputCount)
            {
                throw new FormatException(
                    $"The model file has a network of {model.OutputCount} outputs where {outputCount} is expected. It is damaged; save or transfer it again.");
            }
            return (model, featureColumnName, isFeatureVector == 1);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            throw new FormatException("The model file's entry of the network is cut off or damaged. Save or transfer it again.", exception);
        }
    }
}
