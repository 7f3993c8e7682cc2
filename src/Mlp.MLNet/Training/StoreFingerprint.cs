using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Mlp.Data.Stores;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>Tells the rows of one training on disk from those of another, before all of them are read.</summary>
internal static class StoreFingerprint
{
    // Compared by their values; the others by what RowStore says of the source, or by reading them.
    private const int FirstRowCount = 1_000;

    // What the rows on disk do not depend on.
    private static readonly string[] Others =
    [
        nameof(ResolvedOptions.NumberOfThreads), nameof(ResolvedOptions.Checkpoint), nameof(ResolvedOptions.ReturnBestOnCancellation),
        nameof(ResolvedOptions.RowStore), nameof(ResolvedOptions.NumberOfEpochs), nameof(ResolvedOptions.Part),
        nameof(ResolvedOptions.Seed), nameof(ResolvedOptions.GradientShards), nameof(ResolvedOptions.Ranks),
    ];

    /// <param name="request">Gives columns and rows.</param>
    /// <param name="options">With their values.</param>
    /// <param name="store">Says what tells its source from another.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="reader">Reads the first rows.</param>
    /// <returns>16 hexadecimal digits.</returns>
    /// <exception cref="InvalidOperationException">The first rows cannot be used.</exception>
    public static string Of(
        FitRequest request, IEnumerable<(string Name, object? Value)> options, RowStore store, int seed, StoredReader reader)
    {
        var version = typeof(StoreFingerprint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        using var writer = new RawRowWriter(reader.Layout, bucketCount: 0, seed: 0, _ => throw new InvalidOperationException("No bucket."));
        (long rowCount, _) = reader.Read(request.Data, writer, survey: null, FirstRowCount);
        FormattableString numbers = $"{seed} {request.Data.GetRowCount()} {rowCount} {writer.Checksum:x8} {request.HasValidation}";
        string text = string.Join('\n', [
            version?.InformationalVersion ?? "", FormattableString.Invariant(numbers), store.Source ?? "", request.Start?.Fingerprint ?? "",
            string.Join(' ', FeatureAnnotations.Of(request.Columns.Features).CategoricalSlotRanges ?? []),
            .. request.Columns.All.Select(column => $"{column.Name}: {column.Type}"),
            .. options.Where(option => !Others.Contains(option.Name)).Select(
                option => $"{option.Name} = {ResolvedOptions.Describe(option.Name, option.Value)}")]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
