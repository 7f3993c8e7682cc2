using Microsoft.ML;

namespace Mlp.MLNet.Interop;

/// <summary>Writes an entry of ML.NET's model zip. ITransformer includes saving, and what it is given to save to has internal members
/// only.</summary>
internal sealed class ModelEntryWriter(ModelSaveContext context)
{
    /// <summary>Begins the entry with ML.NET's frame, which names the loader and its assembly, so that ML.NET finds both by
    /// itself.</summary>
    public void Begin(string modelSignature, string loaderSignature)
    {
        context.CheckAtModel();
        context.SetVersionInfo(ModelEntryVersion.Of(modelSignature, loaderSignature));
    }

    public void WriteName(string name) => context.SaveNonEmptyString(name);

    public void WriteByte(byte value) => context.Writer.Write(value);

    /// <summary>Adds a part beside the frame.</summary>
    public void AddPart(string name, Action<BinaryWriter> write) => context.SaveBinaryStream(name, write);
}
