using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads counted items of a model file. The count is not trusted: every item takes at least one byte.</summary>
internal static class ModelReading
{
    public static TItem[] ReadItems<TItem>(ModelLoadContext ctx, Func<BinaryReader, TItem> readItem)
    {
        int count = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(count >= 0 && count <= ctx.Remaining);
        var items = new TItem[count];
        for (int i = 0; i < count; i++)
            items[i] = readItem(ctx.Reader);
        return items;
    }
}
