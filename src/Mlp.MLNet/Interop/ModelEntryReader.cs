using Microsoft.ML;

namespace Mlp.MLNet.Interop;

/// <summary>Reads what <see cref="ModelEntryWriter"/> wrote; what it is given to load from has internal members only.</summary>
internal sealed class ModelEntryReader(ModelLoadContext context)
{
    /// <exception cref="FormatException">The entry is of another kind, or newer.</exception>
    public void Begin(string modelSignature, string loaderSignature) =>
        context.CheckAtModel(ModelEntryVersion.Of(modelSignature, loaderSignature));

    /// <exception cref="FormatException">It is empty; ML.NET throws it without a word about what is wrong.</exception>
    public string ReadName() => context.LoadNonEmptyString();

    public byte ReadByte() => context.Reader.ReadByte();

    /// <summary>False when there is no such part.</summary>
    public bool TryReadPart(string name, Action<BinaryReader> read) => context.TryLoadBinaryStream(name, read);
}
