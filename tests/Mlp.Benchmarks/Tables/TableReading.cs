using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables;
using Parquet;
using Parquet.Schema;

namespace Mlp.Benchmarks.Tables;

/// <summary>Rows per second of one cursor over all columns: ML.NET's TextLoader, and Mlp.Tables on the same rows as CSV and as Parquet of
/// two writers.</summary>
internal static class TableReading
{
    private const int NumberCount = 28, GroupRows = 100_000;

    public static void Run(int rowCount, int rounds, string? file)
    {
        if (file is not null)
        {
            IDataView given = TableFile.Load(file);
            Report(file, [.. Enumerable.Range(0, rounds).Select(_ => Measure(given))], reference: null);
            return;
        }
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlp-tables-");
        try
        {
            string csv = Path.Combine(folder.FullName, "rows.csv"), parquet = Path.Combine(folder.FullName, "rows.parquet");
            float[][] columns = Columns(rowCount);
            WriteCsv(csv, columns);
            WriteParquet(parquet, columns).GetAwaiter().GetResult();
            string arrow = Path.Combine(folder.FullName, "arrow.parquet");
            ArrowFile.Write(arrow, columns, Kind);
            Console.WriteLine(
                $"{rowCount:N0} rows of {NumberCount} numbers and a category; CSV {new FileInfo(csv).Length / 1e6:F0} MB, Parquet "
                    + $"{new FileInfo(parquet).Length / 1e6:F0} and {new FileInfo(arrow).Length / 1e6:F0} MB; "
                    + $"{Machine.Processor}, {Machine.Tier}");
            var ml = new MLContext();
            TextLoader.Column[] loaded = [.. Enumerable.Range(0, NumberCount).Select(
                column => new TextLoader.Column($"x{column}", DataKind.Single, column)), new("kind", DataKind.String, NumberCount)];
            (string Name, IDataView View)[] views =
            [
                ("TextLoader, CSV", ml.Data.LoadFromTextFile(csv, loaded, separatorChar: ',', hasHeader: true)),
                ("Mlp.Tables, CSV", TableFile.Load(csv)), ("Mlp.Tables, Parquet of Parquet.Net", TableFile.Load(parquet)),
                ("Mlp.Tables, Parquet of Arrow, as pyarrow writes it", TableFile.Load(arrow)),
            ];
            var rates = views.Select(_ => new List<Rate>()).ToArray();
            // In turns: what else the machine does meets all alike.
            for (int round = 0; round < rounds; round++)
            {
                for (int view = 0; view < views.Length; view++)
                    rates[view].Add(Measure(views[view].View));
            }
            Rate reference = Median(rates[0]);
            for (int view = 0; view < views.Length; view++)
                Report(views[view].Name, rates[view], reference);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report(string name, IReadOnlyList<Rate> rates, Rate? reference)
    {
        Rate median = Median(rates);
        string times = reference is not Rate other ? "" : FormattableString.Invariant(
            $"; {median.PerSecond / other.PerSecond:F1} and {median.PerProcessorSecond / other.PerProcessorSecond:F1} x TextLoader");
        Console.WriteLine(
            $"{name}: {median.PerSecond:N0} rows/s ({rates.Min(rate => rate.PerSecond):N0} to {rates.Max(rate => rate.PerSecond):N0}), "
                + $"{median.PerProcessorSecond:N0} per second of a processor{times}");
    }

    private static Rate Median(IReadOnlyList<Rate> rates) => new(
        rates.Select(rate => rate.PerSecond).Order().ElementAt(rates.Count / 2),
        rates.Select(rate => rate.PerProcessorSecond).Order().ElementAt(rates.Count / 2));

    private static Rate Measure(IDataView view)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp(), count = 0;
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<float>[] numbers = [.. view.Schema.Where(column => column.Type is NumberDataViewType).Select(cursor.GetGetter<float>)];
        ValueGetter<ReadOnlyMemory<char>>[] texts =
            [.. view.Schema.Where(column => column.Type is TextDataViewType).Select(cursor.GetGetter<ReadOnlyMemory<char>>)];
        float number = 0, sum = 0;
        ReadOnlyMemory<char> text = default;
        while (cursor.MoveNext())
        {
            foreach (ValueGetter<float> getter in numbers)
            {
                getter(ref number);
                sum += number;
            }
            foreach (ValueGetter<ReadOnlyMemory<char>> getter in texts)
            {
                getter(ref text);
                sum += text.Length;
            }
            count++;
        }
        GC.KeepAlive(sum);
        return new Rate(
            count / Stopwatch.GetElapsedTime(start).TotalSeconds, count / (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    /// <summary>Rows per second of time, and of all processors' time: the second hardly depends on what else the machine does.</summary>
    private readonly record struct Rate(double PerSecond, double PerProcessorSecond);

    private static float[][] Columns(int rowCount)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, NumberCount).Select(
            _ => Enumerable.Range(0, rowCount).Select(_ => (float)Math.Round(random.NextDouble() * 10 - 5, 6)).ToArray())];
    }

    private static string Kind(int row) => ((string[])["signal", "background", "other"])[row * 7 % 3];

    private static void WriteCsv(string path, float[][] columns)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine(string.Join(',', columns.Select((_, column) => $"x{column}")) + ",kind");
        for (int row = 0; row < columns[0].Length; row++)
        {
            foreach (float[] column in columns)
            {
                writer.Write(column[row].ToString(CultureInfo.InvariantCulture));
                writer.Write(',');
            }
            writer.WriteLine(Kind(row));
        }
    }

    private static async Task WriteParquet(string path, float[][] columns)
    {
        DataField[] fields = [.. columns.Select((_, column) => new DataField($"x{column}", typeof(float), isNullable: true)),
            new DataField("kind", typeof(string), isNullable: true)];
        await using FileStream file = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
        for (int first = 0; first < columns[0].Length; first += GroupRows)
        {
            int count = Math.Min(GroupRows, columns[0].Length - first);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int column = 0; column < columns.Length; column++)
            {
                float?[] values = [.. columns[column].Skip(first).Take(count)];
                await group.WriteAsync<float>(fields[column], values);
            }
            await group.WriteAsync(fields[^1], Enumerable.Range(first, count).Select(Kind).ToArray());
        }
    }
}
