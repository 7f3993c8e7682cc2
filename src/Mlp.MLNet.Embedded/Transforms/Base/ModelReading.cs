using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads counted items of a model file. The count is not trusted: memory grows only with what the file really holds.</summary>
internal static class ModelReading
{
    public static TItem[] ReadItems<TItem>(ModelLoadContext ctx, Func<BinaryReader, TItem> readItem)
    {
        int count = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(count >= 0);
        var items = new List<TItem>();
        for (int i = 0; i < count; i++)
            items.Add(readItem(ctx.Reader));
        return [.. items];
    }
}
