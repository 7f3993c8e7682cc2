namespace Mlp.Tables.Tests;

/// <summary>The library knows nothing of networks.</summary>
public class DependencyTests
{
    [Fact]
    public void TheLibrary_RefersToDataViewsParquetAndUnpackersAlone()
    {
        string[] references = [.. typeof(TableFile).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal))];

        Assert.Equal(
            ["K4os.Compression.LZ4", "Microsoft.ML.DataView", "Parquet", "Snappier", "ZstdSharp"],
            references.Order(StringComparer.Ordinal));
    }
}
