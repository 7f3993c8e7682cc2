using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>The same rows, computed once and then kept in memory.</summary>
    public IDataView Cache(IDataView input, params string[]? columnsToPrefetch)
    {
        Contracts.CheckValue(Environment, input, nameof(input));
        var prefetch = (columnsToPrefetch ?? [])
            .Select(name => input.Schema.GetColumnOrNull(name)?.Index
                ?? throw Environment.ExceptSchemaMismatch(nameof(columnsToPrefetch), "prefetch", name))
            .ToArray();
        return new CacheDataView(Environment, input, prefetch);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Contracts.CheckValue(Environment, input, nameof(input));
        Contracts.CheckUserArg(Environment, shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffleView(Environment, input, seed, shufflePoolSize, shuffleSource);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        CheckRows(input, count);
        return new SkipTakeView(Environment, input, skip: count, take: long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        CheckRows(input, count);
        return new SkipTakeView(Environment, input, skip: 0, take: count);
    }

    private void CheckRows(IDataView input, long count)
    {
        Contracts.CheckValue(Environment, input, nameof(input));
        Contracts.CheckUserArg(Environment, count > 0, nameof(count), "Must be greater than zero.");
    }
}
