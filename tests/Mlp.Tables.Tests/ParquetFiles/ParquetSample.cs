using Parquet;
using Parquet.Schema;

namespace Mlp.Tables.Tests;

/// <summary>Parquet files for tests, of columns with all types that are read.</summary>
internal static class ParquetSample
{
    public const int RowCount = 60;

    public static readonly DataField[] Fields =
    [
        new DataField("age", typeof(int), isNullable: true), new DataField("income", typeof(double), isNullable: true),
        new DataField("height", typeof(float), isNullable: false), new DataField("price", typeof(decimal), isNullable: false),
        new DataField("member", typeof(bool), isNullable: true), new DataField("city", typeof(string), isNullable: true),
        new DataField("zip", typeof(string), isNullable: false), new DataField("bought", typeof(DateTime), isNullable: true),
        new DataField("id", typeof(long), isNullable: false), new DataField("picture", typeof(byte[]), isNullable: true),
        new DataField("label", typeof(string), isNullable: true),
    ];

    public static int? Age(int row) => row % 7 == 3 ? null : 20 + row * 13 % 41;

    public static double? Income(int row) => row % 11 == 5 ? null : row % 11 == 6 ? double.NaN : 1000.5 + row * 37 % 101;

    public static DateTime? Bought(int row) => row % 13 == 4 ? null : new DateTime(2020, 1, 1, 12, 30, 0).AddDays(row * 17 % 500);

    public static string? Label(int row) => row % 10 == 9 ? null : row % 3 == 0 ? "yes" : "no";

    public static string City(int row) => ((string[])["Köln", "Bonn", " Aachen "])[row % 3];

    /// <summary>Writes a file of groups of rows.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="first">Number of the first row.</param>
    /// <param name="groups">Rows of each.</param>
    public static void Write(string path, int first = 0, params int[] groups) => WriteAsync(path, first, groups).GetAwaiter().GetResult();

    private static async Task WriteAsync(string path, int first, int[] groups)
    {
        using FileStream file = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(Fields), file);
        foreach (int count in groups.Length == 0 ? [RowCount] : groups)
        {
            int[] rows = [.. Enumerable.Range(first, count)];
            first += count;
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(Fields[0], rows.Select(Age).ToArray());
            await group.WriteAsync<double>(Fields[1], rows.Select(Income).ToArray());
            await group.WriteAsync<float>(Fields[2], rows.Select(row => 1.5f + row * 7 % 50 / 100f).ToArray());
            await group.WriteAsync<decimal>(Fields[3], rows.Select(row => 9.99m + row * 3 % 17).ToArray());
            await group.WriteAsync<bool>(Fields[4], rows.Select(row => row % 5 == 4 ? (bool?)null : row % 2 == 0).ToArray());
            await group.WriteAsync(Fields[5], rows.Select(row => row % 9 == 8 ? null! : City(row)).ToArray());
            await group.WriteAsync(Fields[6], rows.Select(row => $"0{5000 + row % 4}").ToArray());
            await group.WriteAsync<DateTime>(Fields[7], rows.Select(Bought).ToArray());
            await group.WriteAsync<long>(Fields[8], rows.Select(row => 100_000_000_003L + row).ToArray());
            await group.WriteAsync(Fields[9], rows.Select(row => new byte[] { 1, 2 }).ToArray());
            await group.WriteAsync(Fields[10], rows.Select(row => Label(row)!).ToArray());
        }
    }
}
