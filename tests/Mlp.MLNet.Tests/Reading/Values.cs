namespace Mlp.MLNet.Tests;

/// <summary>Rows as one array.</summary>
internal static class Values
{
    public static float[] Of(RowBlocks<float> rows) => [.. rows.Blocks.SelectMany(block => block.ToArray())];
}
