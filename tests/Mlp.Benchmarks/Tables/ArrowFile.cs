using ParquetSharp;

namespace Mlp.Benchmarks.Tables;

/// <summary>Parquet files written by Apache Arrow's library for C++, which is what pyarrow and pandas write them with.</summary>
internal static class ArrowFile
{
    /// <summary>Rows of a group, as pyarrow has them.</summary>
    private const int GroupRows = 1 << 20, SampleRows = 230, SampleGroupRows = 90;

    /// <summary>How the files of the tests are written: each way of compression, encoding and page that is read.</summary>
    private static readonly (string Name, Func<WriterPropertiesBuilder, WriterPropertiesBuilder> Set)[] Samples =
    [
        ("arrow-snappy-dictionary", builder => builder.Compression(Compression.Snappy)),
        ("arrow-snappy-overflow", builder => builder.Compression(Compression.Snappy).DictionaryPagesizeLimit(200)),
        ("arrow-zstd-plain", builder => builder.Compression(Compression.Zstd).DisableDictionary()),
        ("arrow-gzip-pages-2", builder => builder.Compression(Compression.Gzip).DataPageVersion(ParquetDataPageVersion.V2)),
        ("arrow-snappy-pages-2", builder => builder.Compression(Compression.Snappy).DataPageVersion(ParquetDataPageVersion.V2)),
        ("arrow-plain-pages-2", builder => builder.Compression(Compression.Uncompressed).DisableDictionary()
            .DataPageVersion(ParquetDataPageVersion.V2)),
        ("arrow-delta", builder => builder.Compression(Compression.Snappy).DisableDictionary()
            .Encoding("i", Encoding.DeltaBinaryPacked).Encoding("l", Encoding.DeltaBinaryPacked)
            .Encoding("d", Encoding.ByteStreamSplit).Encoding("f", Encoding.ByteStreamSplit)
            .Encoding("city", Encoding.DeltaLengthByteArray)),
        ("arrow-brotli", builder => builder.Compression(Compression.Brotli)),
        ("arrow-lz4", builder => builder.Compression(Compression.Lz4)),
        // As Spark and parquet-mr of Hadoop write them: the first version of the format, times in 96 bits.
        ("arrow-as-spark", builder => builder.Compression(Compression.Snappy).Version(ParquetVersion.PARQUET_1_0)),
    ];

    /// <summary>Numbers as doubles and a category, with pyarrow's own settings: a dictionary as long as it is small, Snappy.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="columns">Of numbers, row by row.</param>
    /// <param name="kind">The category of a row.</param>
    public static void Write(string path, float[][] columns, Func<int, string> kind)
    {
        Column[] schema = [.. columns.Select((_, column) => new Column<double?>($"x{column}")), new Column<string>("kind")];
        using WriterProperties properties = new WriterPropertiesBuilder().Compression(Compression.Snappy).Build();
        using var writer = new ParquetFileWriter(path, schema, logicalTypeFactory: null, properties, keyValueMetadata: null);
        for (int first = 0; first < columns[0].Length; first += GroupRows)
        {
            int count = Math.Min(GroupRows, columns[0].Length - first);
            using RowGroupWriter group = writer.AppendRowGroup();
            foreach (float[] column in columns)
                WriteColumn<double?>(group, [.. column.Skip(first).Take(count)]);
            WriteColumn<string>(group, [.. Enumerable.Range(first, count).Select(kind)]);
        }
        writer.Close();
    }

    /// <summary>Writes the files that the tests of Mlp.Tables read; what is in a row is a function of its number, which they
    /// repeat.</summary>
    public static void WriteSamples(string folder)
    {
        foreach ((string name, Func<WriterPropertiesBuilder, WriterPropertiesBuilder> set) in Samples)
        {
            bool isOfSpark = name == "arrow-as-spark";
            Column[] schema =
            [
                new Column<double?>("d"), new Column<float?>("f"), new Column<int?>("i"), new Column<long>("l"),
                new Column<decimal?>("price", LogicalType.Decimal(29, 2)), new Column<bool?>("flag"), new Column<string>("city"),
                new Column<Date?>("day"), new Column<DateTime?>("ms", LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Millis)),
                isOfSpark ? new Column<Int96>("at", LogicalType.None())
                    : new Column<DateTime?>("at", LogicalType.Timestamp(isAdjustedToUtc: false, TimeUnit.Micros)),
                .. isOfSpark ? Array.Empty<Column>() : [
                    new Column<DateTimeNanos?>("ns", LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Nanos))],
            ];
            using var builder = new WriterPropertiesBuilder();
            using WriterProperties properties = set(builder.DataPagesize(256).WriteBatchSize(16)).Build();
            using var writer = new ParquetFileWriter(
                Path.Combine(folder, $"{name}.parquet"), schema, logicalTypeFactory: null, properties, keyValueMetadata: null);
            for (int first = 0; first < SampleRows; first += SampleGroupRows)
            {
                int[] rows = [.. Enumerable.Range(first, Math.Min(SampleGroupRows, SampleRows - first))];
                using RowGroupWriter group = writer.AppendRowGroup();
                WriteColumn<double?>(
                    group, [.. rows.Select(row => row % 7 == 3 ? (double?)null : row % 50 == 6 ? double.NaN : row * 0.37)]);
                WriteColumn<float?>(group, [.. rows.Select(row => row is >= 90 and < 180 ? (float?)null : row % 20 / 4f)]);
                WriteColumn<int?>(group, [.. rows.Select(row => row % 11 == 5 ? (int?)null : row * 1009 % 251 - 100)]);
                WriteColumn<long>(group, [.. rows.Select(row => 100_000_000_003L + row)]);
                WriteColumn<decimal?>(group, [.. rows.Select(row => row % 13 == 1 ? (decimal?)null : -9.99m + row)]);
                WriteColumn<bool?>(group, [.. rows.Select(row => row % 5 == 4 ? (bool?)null : row % 3 == 0)]);
                WriteColumn<string>(group, [.. rows.Select(row => row % 9 == 8 ? null! : ((string[])["Köln", "Bonn", "Aachen"])[row % 3])]);
                WriteColumn<Date?>(group, [.. rows.Select(row => row % 6 == 2 ? (Date?)null : new Date(18_000 + row))]);
                DateTime?[] times = [.. rows.Select(row => row % 17 == 9 ? (DateTime?)null : Time(row))];
                WriteColumn<DateTime?>(group, times);
                if (isOfSpark)
                {
                    WriteColumn<Int96>(group, [.. rows.Select(row => ToInt96(Time(row)))]);
                    continue;
                }
                WriteColumn<DateTime?>(group, times);
                WriteColumn<DateTimeNanos?>(group, [.. times.Select(
                    time => time is DateTime present
                        ? new DateTimeNanos((present - DateTime.UnixEpoch).Ticks * 100) : (DateTimeNanos?)null)]);
            }
            writer.Close();
        }
    }

    private static DateTime Time(int row) =>
        new DateTime(2020, 2, 1, 12, 30, 0, DateTimeKind.Utc).AddHours(row * 7).AddMilliseconds(row % 4 * 5);

    /// <summary>Nanoseconds of the day, then the Julian day.</summary>
    private static Int96 ToInt96(DateTime time)
    {
        long nanoseconds = time.TimeOfDay.Ticks * 100;
        int day = 2_440_588 + (time.Date - DateTime.UnixEpoch).Days;
        return new Int96((int)nanoseconds, (int)(nanoseconds >> 32), day);
    }

    private static void WriteColumn<T>(RowGroupWriter group, T[] values)
    {
        if (typeof(T) == typeof(Int96))
        {
            ((ColumnWriter<Int96>)group.NextColumn()).WriteBatch((Int96[])(object)values);
            return;
        }
        using LogicalColumnWriter<T> writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}
