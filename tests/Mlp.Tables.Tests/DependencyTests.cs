namespace Mlp.Tables.Tests;

/// <summary>The library knows nothing of networks.</summary>
public class DependencyTests
{
    [Fact]
    public void TheLibrary_RefersToDataViewsParquetAndZstdAlone()
    {
        string[] references = [.. typeof(TableFile).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal))];

        Assert.Equal(["Microsoft.ML.DataView", "Parquet", "ZstdSharp"], references.Order());
    }
}
